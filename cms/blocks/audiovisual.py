"""Sound and film of the house's own, with captions or a transcript; never embeds."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from cms.mediafiles import AUDIO, CAPTIONS, VIDEO, kind_of, speaks_vtt

_LANGUAGES = [("zh-Hans", _("简体中文")), ("zh-Hant", _("繁体中文")), ("en", _("英文"))]


class AudioBlock(blocks.StructBlock):
    """A recording with its transcript, for those who do not hear it."""

    title = blocks.CharBlock(label=_("名称"))
    file = DocumentChooserBlock(
        label=_("音频文件"), help_text=_("MP3、M4A、OGG 或 WAV，先上传到“文件”。")
    )
    transcript = blocks.TextBlock(label=_("文字稿"), rows=6)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        _require(cleaned, file=AUDIO)
        return cleaned

    class Meta:
        label = _("音频")
        icon = "media"
        template = "cms/blocks/audio.html"


class VideoBlock(blocks.StructBlock):
    """A film with captions; what is only to be seen is told in the description."""

    title = blocks.CharBlock(label=_("名称"))
    file = DocumentChooserBlock(
        label=_("视频文件"), help_text=_("MP4 或 WebM，先上传到“文件”。")
    )
    captions = DocumentChooserBlock(
        label=_("字幕文件"), help_text=_("WebVTT（.vtt），UTF-8 编码，先上传到“文件”。")
    )
    language = blocks.ChoiceBlock(
        label=_("字幕的文字"), choices=_LANGUAGES, default="zh-Hans"
    )
    poster = ImageBlock(label=_("封面"), required=False)
    description = blocks.TextBlock(
        label=_("画面说明或文字稿"),
        required=False,
        rows=4,
        help_text=_("画面里有而声音里没有的，写在这里。"),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        _require(cleaned, file=VIDEO, captions=CAPTIONS)
        captions = cleaned["captions"]
        if captions is not None and not speaks_vtt(captions):
            message = gettext("“%(name)s”不是 WebVTT 字幕：第一行应为 WEBVTT。")
            told = ValidationError(message % {"name": captions.title})
            raise StructBlockValidationError(block_errors={"captions": told})
        return cleaned

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        name = dict(_LANGUAGES).get(value["language"], "")
        return {**context, "language_name": name}

    class Meta:
        label = _("视频")
        icon = "media"
        template = "cms/blocks/video.html"


def _require(value: Any, **kinds: tuple[str, ...]) -> None:
    """Refuse files of another kind, naming the field and what it takes."""
    errors = {}
    for name, suffixes in kinds.items():
        document = value[name]
        if document is not None and kind_of(document.filename) not in suffixes:
            message = gettext("“%(name)s”的格式用不了，请选 %(kinds)s。")
            listed = "、".join(one.upper() for one in suffixes)
            told = message % {"name": document.title, "kinds": listed}
            errors[name] = ValidationError(told)
    if errors:
        raise StructBlockValidationError(block_errors=errors)
