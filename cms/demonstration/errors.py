"""What is wrong with the demonstration's own data."""


class DemonstrationError(Exception):
    """The text names the file and what is wrong in it."""
