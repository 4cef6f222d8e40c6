"""What can be wrong with a sample document or with the machine's fonts."""


class SampleError(Exception):
    """The sample collection cannot be made."""


class DocumentError(SampleError):
    """A document file breaks the plain format that ``document`` reads."""


class LayoutError(SampleError):
    """Something does not fit on the page that the document asks for."""


class FontError(SampleError):
    """A font of the Noto CJK family is not installed."""
