"""What Wagtail's checker of accessibility looks for in the preview of a page."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class HouseChecker(ContentCheckerItem):
    """Wagtail's rules, those of axe that editors can mend, all told in Chinese.

    What only developers can mend is tested with every page type elsewhere.
    """

    axe_include: ClassVar[list[str]] = ["main"]
    axe_run_only: ClassVar[list[str]] = [
        *(
            rule
            for rule in ContentCheckerItem.axe_run_only
            if rule != "empty-meta-description"
        ),
        "image-alt",
        "image-redundant-alt",
        "list",
        "listitem",
        "table-duplicate-name",
        "video-caption",
    ]
    axe_messages: ClassVar[dict[str, Any]] = {
        **ContentCheckerItem.axe_messages,
        "heading-order": {
            "error_name": _("小标题跳级"),
            "help_text": _("从大到小逐级使用小标题，不要跳过一级。"),
        },
        "empty-heading": {
            "error_name": _("小标题是空的"),
            "help_text": _("写上文字，或者删去这一块。"),
        },
        "p-as-heading": {
            "error_name": _("用加粗的段落充当小标题"),
            "help_text": _("改用“小标题”块，读屏软件和目录才认得出。"),
        },
        "link-name": {
            "error_name": _("链接没有文字"),
            "help_text": _("写明链接通向哪里。"),
        },
        "alt-text-quality": {
            "error_name": _("图片说明像文件名"),
            "help_text": _("用一句话说出图上是什么。"),
        },
        "image-alt": {
            "error_name": _("图片没有说明"),
            "help_text": _("写上替代文字；只作装饰的勾选“装饰图片”。"),
        },
        "image-redundant-alt": {
            "error_name": _("图片说明与旁边的文字重复"),
            "help_text": _("读屏时同一句话会念两遍，请改写其一。"),
        },
        "list": {
            "error_name": _("列表中混有不是列表项的内容"),
            "help_text": _("把它移到列表之外。"),
        },
        "listitem": {
            "error_name": _("列表项不在列表中"),
            "help_text": _("用编辑器的列表按钮重新排列。"),
        },
        "table-duplicate-name": {
            "error_name": _("表格的标题与说明相同"),
            "help_text": _("两者写不同的话。"),
        },
        "video-caption": {
            "error_name": _("视频没有字幕"),
            "help_text": _("请为视频加上字幕。"),
        },
        "button-name": {
            "error_name": _("按钮没有文字"),
            "help_text": _("写明按下去会怎样。"),
        },
        "input-button-name": {
            "error_name": _("按钮没有文字"),
            "help_text": _("写明按下去会怎样。"),
        },
        "empty-table-header": {
            "error_name": _("表头是空的"),
            "help_text": _("写上这一栏是什么。"),
        },
        "frame-title": {
            "error_name": _("嵌入的内容没有标题"),
            "help_text": _("写上标题，让人知道嵌入的是什么。"),
        },
    }


def use_house_checker(request: HttpRequest, items: list[Any], page: Any) -> None:
    """In the place of Wagtail's own, in the editor and in previews alike."""
    for at, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[at] = HouseChecker(in_editor=item.in_editor)
