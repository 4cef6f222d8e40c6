"""Why a real server is not to be had."""


class Unavailable(Exception):
    """The machine lacks something the server needs; the text says what."""
