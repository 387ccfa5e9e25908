"""Line and column of an offset in a text."""

from __future__ import annotations

from bisect import bisect_right


class Places:
    """Turns offsets of one text into lines and columns. The list of line ends is built on first use."""

    def __init__(self, text: str):
        self._text = text
        self._starts: list[int] | None = None

    def of(self, offset: int) -> tuple[int, int]:
        """Return (line, column), both from 1; a column counts Unicode code points."""
        if self._starts is None:
            self._starts = _line_starts(self._text)
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _line_starts(text: str) -> list[int]:
    newline = "\n" if "\n" in text else "\r"
    starts = [1 if text.startswith("\ufeff") else 0]
    at = text.find(newline)
    while at >= 0:
        starts.append(at + 1)
        at = text.find(newline, at + 1)
    return starts
