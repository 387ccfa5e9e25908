"""Bad input, as one line that editors can jump to."""

from __future__ import annotations


class Problem(Exception):
    """What is wrong and what to do, with the place: `FILE:LINE:COLUMN: message`."""

    def __init__(self, message: str, file: str = "", line: int = 0, column: int = 0):
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.column = column

    def __str__(self) -> str:
        if not self.file:
            return f"wholekey: {self.message}"
        return f"{place(self.file, self.line, self.column)}: {self.message}"


def place(file: str, line: int, column: int) -> str:
    """Return `FILE:LINE:COLUMN`, as far as it is known."""
    return ":".join([on_one_line(file), *(str(number) for number in (line, column) if number)])


def on_one_line(text: str) -> str:
    """Return a text with what would move the cursor or turn the direction shown, not sent: names are hostile."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)
