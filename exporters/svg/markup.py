"""Writing XML: elements with escaped text, and numbers without a useless fraction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from designer.layout.route import Command
from designer.layout.text import text_width, visible

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
WIDEST_FONT = 1.2
"""How much wider than our table the font of another machine may be: DejaVu Sans and Verdana are, by up to a fifth."""


def escaped(text: str) -> str:
    """Return text as it may stand in an element or a quoted attribute.

    What XML 1.0 does not allow at all (control characters, lone surrogates) has become U+FFFD.
    """
    return text if text.isalnum() else visible(text).translate(_ESCAPES)


def number(value: float) -> str:
    """Return a number with at most two decimals."""
    if isinstance(value, int):
        return str(value)
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def tag(name: str, body: str | None = None, /, **attributes: object) -> str:
    """Return an element; `_` in attribute names becomes `-`, None leaves an attribute out, `body` is markup."""
    opening = f"<{name}"
    for key, value in attributes.items():
        if value is not None:
            written = number(value) if isinstance(value, (int, float)) else escaped(str(value))
            opening += f' {_attribute(key)}="{written}"'
    return opening + "/>" if body is None else f"{opening}>{body}</{name}>"


def text(
    content: str, x: float, y: float, size: int = 0, bold: bool = False, room: float | None = None, **attributes: object
) -> str:
    """Return a text element; spaces inside the content are kept.

    Where the font of the reader's machine could make it wider than its `room` in pixels, it says how long it is, so
    that any renderer fits it; `size` and `bold` are needed for that only. Any other text is left as its font has it.
    """
    opening = "<text"
    if "  " in content or content != content.strip():
        opening += ' xml:space="preserve"'
    if room is not None and content:
        width = text_width(content, size, bold)
        if width * WIDEST_FONT > room:
            attributes["textLength"], attributes["lengthAdjust"] = width, "spacingAndGlyphs"
    return opening + tag("text", escaped(content), x=x, y=y, **attributes)[5:]


def path_data(commands: Iterable[Command]) -> str:
    """Return drawing commands as the `d` of a path."""
    return "".join(name + " ".join(map(number, numbers)) for name, numbers in commands)


def polygon_points(points: Sequence[tuple[float, float]]) -> str:
    """Return points as the `points` of a polygon."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)
