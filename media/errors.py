"""Why a file or a page could not be used.

Every error carries ``code``, stable for programs, and a message in the reader's
language; neither names a directory of the machine.
"""

from django.utils.translation import gettext as _


class MediaError(Exception):
    """Base of all errors of this package; ``str(error)`` is fit for a person."""

    code = "media-error"


class UnsupportedFormat(MediaError):
    """The content is in no format that a master may have."""

    code = "unsupported-format"

    def __init__(self, found: str = "") -> None:
        accepted = "TIFF、JPEG、JPEG 2000、PNG、WebP"
        if found:
            message = _("不支持 %(found)s 文件；可用的格式：%(accepted)s。")
        else:
            message = _("无法识别的文件格式；可用的格式：%(accepted)s。")
        super().__init__(message % {"found": found, "accepted": accepted})


class FileMissing(MediaError):
    """There is no file of that name, or it may not be read."""

    code = "file-missing"

    def __init__(self) -> None:
        super().__init__(_("文件不存在，或无权读取。"))


class EmptyFile(MediaError):
    """The file has no bytes."""

    code = "empty-file"

    def __init__(self) -> None:
        super().__init__(_("文件是空的（0 字节）。"))


class BrokenImage(MediaError):
    """The image is truncated or damaged."""

    code = "broken-image"

    def __init__(self) -> None:
        super().__init__(_("图像已损坏或不完整，无法完整解码。"))


class PasswordProtected(MediaError):
    """The file is encrypted."""

    code = "password-protected"

    def __init__(self) -> None:
        super().__init__(_("文件受密码保护，请先解除密码。"))


class ImageTooLarge(MediaError):
    """The header declares more pixels than the limit; nothing was decoded."""

    code = "image-too-large"

    def __init__(self, width: int, height: int, limit: int) -> None:
        values = {"width": width, "height": height, "limit": limit // 1_000_000}
        super().__init__(
            _("图像过大：%(width)d × %(height)d 像素，上限为 %(limit)d 百万像素。")
            % values
        )


class ExtensionMismatch(MediaError):
    """The file name's extension names another format than the content has."""

    code = "extension-mismatch"

    def __init__(self, extension: str, found: str = "") -> None:
        if found:
            message = _(
                "扩展名是 %(extension)s，内容却是 %(found)s；文件可能被改过名。"
            )
        else:
            message = _("扩展名是 %(extension)s，内容却不是图像；文件可能被改过名。")
        super().__init__(message % {"extension": extension, "found": found})


class MultiPageImage(MediaError):
    """A file with several pages, where one file is one page."""

    code = "multi-page-image"

    def __init__(self, pages: int) -> None:
        super().__init__(
            _("文件含 %(pages)d 页；请拆成每页一个文件。") % {"pages": pages}
        )


class SourceChanged(MediaError):
    """The file's content changed while it was being stored."""

    code = "source-changed"

    def __init__(self) -> None:
        super().__init__(_("文件在入库过程中发生了变化，请重新导入。"))


class MasterMissing(MediaError):
    """The master storage holds no such file."""

    code = "master-missing"

    def __init__(self) -> None:
        super().__init__(_("母版文件不存在。"))


class RecognitionTimeout(MediaError):
    """The engine did not finish within the page's time limit."""

    code = "recognition-timeout"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            _("识别超时：%(seconds)g 秒内没有完成。") % {"seconds": seconds}
        )


class EngineMissing(MediaError):
    """The recognition engine's program cannot be started."""

    code = "engine-missing"

    def __init__(self) -> None:
        super().__init__(_("没有找到 Tesseract；请安装 Debian 软件包 tesseract-ocr。"))


class LanguageMissing(MediaError):
    """The engine lacks the data of a language."""

    code = "language-missing"

    def __init__(self, language: str) -> None:
        package = f"tesseract-ocr-{language.replace('_', '-')}"
        super().__init__(
            _("Tesseract 缺少语言数据 %(language)s；请安装 Debian 软件包 %(package)s。")
            % {"language": language, "package": package}
        )


class EngineFailed(MediaError):
    """The engine ended with an error or gave an answer that makes no sense."""

    code = "engine-failed"

    def __init__(self, reason: str = "") -> None:
        super().__init__(_("识别程序出错：%(reason)s") % {"reason": reason or "—"})


class MachineTrouble(MediaError):
    """The machine had no room, memory or process to spare: no page is to blame."""

    code = "machine-trouble"

    def __init__(self, reason: str) -> None:
        super().__init__(_("本机故障：%(reason)s") % {"reason": reason})


class InvalidImageRequest(MediaError):
    """A region, size, rotation, quality or format that cannot be served."""

    code = "invalid-image-request"

    def __init__(self, part: str, value: str) -> None:
        super().__init__(
            _("图像参数 %(part)s 无效：%(value)s") % {"part": part, "value": value}
        )
