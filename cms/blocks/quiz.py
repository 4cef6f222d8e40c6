"""测验: questions whose answers tell at once whether they are right, and why.

Marking is in ``cms.training.quizzes``; nothing that a person answers is kept here.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

PASS_MARK = 60
"""Per cent, as most courses have it."""


class AnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("选项"))
    right = blocks.BooleanBlock(label=_("正确"), required=False)
    feedback = blocks.CharBlock(
        label=_("说明"),
        required=False,
        help_text=_("选了这一项的人看到的话：对在哪里，或错在哪里。"),
    )

    class Meta:
        label = _("选项")
        icon = "list-ul"


class ChoiceQuestionBlock(blocks.StructBlock):
    """A question with answers to choose from."""

    text = blocks.TextBlock(label=_("题目"), rows=2)
    answers = blocks.ListBlock(AnswerBlock(), label=_("选项"), min_num=2)
    explanation = blocks.TextBlock(
        label=_("解析"), required=False, rows=2, help_text=_("交卷之后人人看到。")
    )

    def right_answers_wrong(self, count: int) -> str:
        """What is wrong with so many right answers, "" for nothing."""
        return "" if count else gettext("至少要有一个正确的选项。")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        count = sum(bool(answer["right"]) for answer in cleaned["answers"])
        if message := self.right_answers_wrong(count):
            errors = {"answers": ValidationError(message)}
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class SingleBlock(ChoiceQuestionBlock):
    def right_answers_wrong(self, count: int) -> str:
        return "" if count == 1 else gettext("单选题要有且只有一个正确的选项。")

    class Meta:
        label = _("单选题")
        icon = "radio-full"


class MultipleBlock(ChoiceQuestionBlock):
    class Meta:
        label = _("多选题")
        icon = "tasks"


class TruthBlock(blocks.StructBlock):
    """A statement that is true or not."""

    text = blocks.TextBlock(label=_("说法"), rows=2)
    is_true = blocks.BooleanBlock(label=_("这个说法正确"), required=False)
    when_true = blocks.CharBlock(label=_("答“对”的人看到"), required=False)
    when_false = blocks.CharBlock(label=_("答“错”的人看到"), required=False)
    explanation = blocks.TextBlock(label=_("解析"), required=False, rows=2)

    class Meta:
        label = _("判断题")
        icon = "check"


class QuestionStream(blocks.StreamBlock):
    single = SingleBlock()
    multiple = MultipleBlock()
    truth = TruthBlock()


class QuizBlock(blocks.StructBlock):
    """A quiz of a lesson; its id is the block's own."""

    title = blocks.CharBlock(label=_("名称"), default=_("测验"))
    pass_mark = blocks.IntegerBlock(
        label=_("及格线（百分之）"),
        default=PASS_MARK,
        min_value=1,
        max_value=100,
        help_text=_("答对的题占全部题目的百分之几为及格。"),
    )
    questions = QuestionStream(label=_("题目"), min_num=1)

    def get_searchable_content(self, value: Any) -> list[str]:
        """The questions; not the answers, which search would give away."""
        asked = [child.value["text"] for child in value["questions"]]
        return [value["title"], *asked]

    class Meta:
        label = _("测验")
        icon = "form"
        template = "cms/training/blocks/quiz.html"
