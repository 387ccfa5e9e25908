"""What an erDiagram is made of, and its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from exporters.contract import Note
from exporters.mermaid.text import escaped, quoted, type_word, word
from exporters.selection import Distinct

MAX_TEXT_SIZE = 50_000
"""Mermaid's default `maxTextSize`: a renderer refuses longer text unless it was told otherwise."""


class Many(Enum):
    """How many of an entity stand at an end of a line: its two spellings, at the left and at the right."""

    ZERO_OR_ONE = ("|o", "o|")
    EXACTLY_ONE = ("||", "||")
    ZERO_OR_MORE = ("}o", "o{")
    ONE_OR_MORE = ("}|", "|{")

    @classmethod
    def of(cls, least: int, most: int | None) -> Many:
        """Return the symbol for `least` to `most`; None is any number, and numbers above one are any number."""
        if most == 1:
            return cls.EXACTLY_ONE if least else cls.ZERO_OR_ONE
        return cls.ONE_OR_MORE if least else cls.ZERO_OR_MORE


@dataclass(frozen=True, slots=True)
class Row:
    """One attribute of an entity, with its real name."""

    name: str
    type: str
    keys: tuple[str, ...] = ()
    comment: str = ""


@dataclass(slots=True)
class Box:
    """One entity."""

    name: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One relationship between two boxes, by their names."""

    left: str
    left_many: Many
    right_many: Many
    right: str
    label: str
    identifying: bool


@dataclass(slots=True)
class Drawing:
    """An erDiagram before it is written down."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def text(self) -> str:
        """Return the diagram in Mermaid's language."""
        return "\n".join(self._text_lines()) + "\n"

    def _text_lines(self) -> Iterator[str]:
        yield "erDiagram"
        for box in self.boxes:
            yield from _box(box)
        for line in self.lines:
            yield "  " + _line(line)


def _box(box: Box) -> Iterator[str]:
    if not box.rows:
        yield "  " + quoted(box.name)
        return
    yield f"  {quoted(box.name)} {{"
    distinct = Distinct()
    for row in box.rows:
        yield "    " + _row(row, distinct(word(row.name)))
    yield "  }"


def _row(row: Row, name: str) -> str:
    comment = row.comment
    if name != row.name:  # the comment is the only place that can hold the real name
        comment = f"{row.name}: {comment}" if comment else row.name
    written = [type_word(row.type, name), name]
    written += [", ".join(row.keys)] if row.keys else []
    written += [f'"{escaped(comment)}"'] if comment else []
    return " ".join(written)


def _line(line: Line) -> str:
    between = "--" if line.identifying else ".."
    symbol = line.left_many.value[0] + between + line.right_many.value[1]
    return f'{quoted(line.left)} {symbol} {quoted(line.right)} : "{escaped(line.label)}"'
