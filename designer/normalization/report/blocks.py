"""A report before it is written down: headings, paragraphs, lists, tables and folded parts.

A text holds marks round what is code: names and dependencies. Names in it are printable (`codec.shown`), so that no
name can hold a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_OPEN, _CLOSE = "\x02", "\x03"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1, `badge` is a verdict beside it, `tone` is good, bad, or open."""

    level: int
    text: str
    badge: str = ""
    tone: str = "open"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `ordered` ones are numbered from 1."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a heading row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """A part that only those read who want to know why."""

    summary: str
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Items | Grid | Fold


def code(text: str) -> str:
    """Mark a text as code."""
    return f"{_OPEN}{text}{_CLOSE}"


def plain(text: str) -> str:
    """Return a text without its marks."""
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def rendered(text: str, of_plain: Callable[[str], str], of_code: Callable[[str], str]) -> str:
    """Return a text with its plain parts and its code written by the two functions."""
    parts = _MARKED.split(text)
    return "".join(of_code(part) if at % 2 else of_plain(part) for at, part in enumerate(parts))
