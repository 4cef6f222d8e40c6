"""Why a command of ``make`` gives up; the text tells a person what to do."""


class ToolError(Exception):
    """Ends the command with exit code 2 and its text, in both languages."""
