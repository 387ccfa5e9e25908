"""Writing XML: elements with escaped text, and numbers without a useless fraction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.layout.route import Command
from designer.layout.text import visible

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escaped(text: str) -> str:
    """Return text as it may stand in an element or a quoted attribute.

    What XML 1.0 does not allow at all (control characters, lone surrogates) has become U+FFFD.
    """
    return visible(text).translate(_ESCAPES)


def number(value: float) -> str:
    """Return a number with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def tag(name: str, body: str | None = None, /, **attributes: object) -> str:
    """Return an element; `_` in attribute names becomes `-`, None leaves an attribute out, `body` is markup."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}/>" if body is None else f"<{name}{written}>{body}</{name}>"


def _value(value: object) -> str:
    return number(value) if isinstance(value, (int, float)) else escaped(str(value))


def text(content: str, x: float, y: float, **attributes: object) -> str:
    """Return a text element; spaces inside the content are kept."""
    keep = "preserve" if "  " in content or content != content.strip() else None
    space = f' xml:space="{keep}"' if keep else ""
    return tag("text", escaped(content), x=x, y=y, **attributes).replace("<text", f"<text{space}", 1)


def path_data(commands: Iterable[Command]) -> str:
    """Return drawing commands as the `d` of a path."""
    return "".join(name + " ".join(map(number, numbers)) for name, numbers in commands)


def polygon_points(points: Sequence[tuple[float, float]]) -> str:
    """Return points as the `points` of a polygon."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)
