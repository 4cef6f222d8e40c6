"""What an archivist may choose for recognition, and what names a result."""

from dataclasses import asdict, dataclass
from hashlib import sha256

from django.conf import settings

from media.values import Direction, Script

PIPELINE_VERSION = 1
"""Raised whenever the same settings would give another text than before."""

DEFAULT_TIMEOUT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """Choices for one page; None means: find out from the page.

    ``psm`` is Tesseract's page segmentation mode. ``character_pixels`` is the
    height to which characters are shrunk; ``blur`` the Gaussian σ, in pixels, for
    characters 46 pixels high (0 for none). ``timeout_seconds`` bounds each run of
    the engine and does not change the text, so it is not part of the key.
    """

    direction: Direction | None = None
    script: Script | None = None
    languages: tuple[str, ...] = ()
    psm: int | None = None
    blur: float | None = None
    character_pixels: float = 30.0
    deskew: bool = True
    remove_seals: bool = True
    timeout_seconds: float | None = None

    @property
    def timeout(self) -> float:
        """Seconds that one run of the engine may take."""
        if self.timeout_seconds is not None:
            return self.timeout_seconds
        default = DEFAULT_TIMEOUT_SECONDS
        return float(getattr(settings, "OCR_TIMEOUT_SECONDS", default))

    def key(self, engine: str) -> str:
        """Names engine (its name and version), pipeline and choices, for equality.

        The same key on the same image gives the same text.
        """
        choices = {k: v for k, v in asdict(self).items() if k != "timeout_seconds"}
        digest = sha256(repr(sorted(choices.items())).encode()).hexdigest()[:12]
        return f"{engine}/p{PIPELINE_VERSION}/{digest}"
