"""What is said of an event beside its text: speakers, materials, what came of it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.audiovisual import AudioBlock, VideoBlock
from cms.blocks.cards import PageCardsBlock, RecordCardsBlock
from cms.blocks.prose import FileBlock, HeadingBlock, PictureBlock, TextBlock


class SpeakerBlock(blocks.StructBlock):
    """Who speaks, from where, about what."""

    name = blocks.CharBlock(label=_("姓名"))
    unit = blocks.CharBlock(label=_("单位"), required=False)
    topic = blocks.CharBlock(label=_("发言题目"), required=False)

    class Meta:
        label = _("主讲人")
        icon = "user"


class BeforeStream(blocks.StreamBlock):
    """Posters and papers to bring along."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    file = FileBlock()


class OutcomeStream(blocks.StreamBlock):
    """Recordings with captions or a transcript, minutes, pictures."""

    heading = HeadingBlock()
    text = TextBlock()
    file = FileBlock()
    audio = AudioBlock()
    video = VideoBlock()
    picture = PictureBlock()


class RelatedStream(blocks.StreamBlock):
    """Records of the hall, and pages: cases, courses, exhibitions."""

    records = RecordCardsBlock()
    pages = PageCardsBlock()
