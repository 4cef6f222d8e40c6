"""Running text, and what may stand between its paragraphs on any page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
"""Headings are blocks of their own; italics are shown as 着重号 (emphasis dots)."""


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        label = _("文字")
        icon = "pilcrow"
        template = "cms/blocks/text.html"


class HeadingBlock(blocks.CharBlock):
    class Meta:
        label = _("小标题")
        icon = "title"
        template = "cms/blocks/heading.html"


class DescribedImageBlock(ImageBlock):
    """Wagtail's, whose first field has no name of its own in any language."""

    def __init__(self, required: bool = True, **kwargs: object) -> None:
        super().__init__(required=required, **kwargs)
        self.child_blocks["image"].label = _("图片文件")
        self.child_blocks["alt_text"].field.help_text = _(
            "一句话说出图上是什么，读给看不见的人听。"
        )


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text and a line below it."""

    image = DescribedImageBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("图注"), required=False)
    source = blocks.CharBlock(
        label=_("来源"), required=False, help_text=_("作者、出处或授权方式。")
    )

    class Meta:
        label = _("图片")
        icon = "image"
        template = "cms/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Words of others, to the letter, and whose they are."""

    text = blocks.TextBlock(label=_("引文"))
    source = blocks.CharBlock(label=_("出处"))

    class Meta:
        label = _("引用")
        icon = "openquote"
        template = "cms/blocks/quote.html"


class FileBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("文件"))
    title = blocks.CharBlock(label=_("名称"), required=False)

    class Meta:
        label = _("下载")
        icon = "download"
        template = "cms/blocks/file.html"


class ReusableBlock(SnippetChooserBlock):
    """A passage that several pages show; nothing while it is not published."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.pop("target_model", None)
        super().__init__("cms.ReusableText", **kwargs)

    class Meta:
        label = _("复用内容")
        icon = "copy"
        template = "cms/blocks/reusable.html"
        help_text = _("多个页面共用的一段文字，改一处，处处都改。")


class ProseStream(blocks.StreamBlock):
    """What an ordinary text is made of."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    file = FileBlock()
    reusable = ReusableBlock()
