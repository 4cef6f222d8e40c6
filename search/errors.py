"""Everything that search can fail with."""


class SearchError(Exception):
    """Base of every error that the package raises on purpose."""


class SearchUnavailable(SearchError):
    """The engine cannot answer now (down, unreadable, index not built).

    Never turned into an empty answer: a reader must see that search is out of
    order, not that nothing was found.
    """


class PagingTooDeep(SearchError):
    """The page asked for lies beyond ``engines.base.MAX_WINDOW`` hits."""


class RequestRefused(SearchError):
    """The engine is there and calls the request itself wrong: a mistake of ours."""


class RebuildSuperseded(SearchError):
    """The generation written to is no longer the one being built."""


class WriteRejected(SearchError):
    """The engine refused documents for a reason other than their version."""
