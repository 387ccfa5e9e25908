"""The parts of a picture in the DOT language: boxes with rows, diamonds, and lines with crow's feet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from designer.schema import Id
from exporters.contract import Note
from exporters.dot.text import label, node


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a picture."""

    background: str
    ink: str
    faint: str
    header: str
    row: str


THEMES = {
    "light": Theme(background="#ffffff", ink="#1f2933", faint="#52606d", header="#d9e2ec", row="#ffffff"),
    "dark": Theme(background="#12181f", ink="#e4e7eb", faint="#9aa5b1", header="#2f3f52", row="#1c2530"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One attribute: `keys` are its marks (PK, FK, UK)."""

    id: Id
    name: str
    type: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A table or an entity."""

    id: Id
    name: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """One end of a line: a box or diamond, perhaps at one of its rows, with an arrow shape of Graphviz."""

    node: Id
    row: Id | None = None
    shape: str = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two ends; solid where `identifying`."""

    start: End
    end: End
    label: str = ""
    identifying: bool = True


@dataclass(slots=True)
class Drawing:
    """A picture before it is written down. `groups` are boxes by the name of their schema."""

    groups: dict[str, list[Box]] = field(default_factory=dict)
    diamonds: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def text(self, theme: Theme) -> str:
        """Return the picture in the DOT language."""
        return "\n".join(self._text_lines(theme)) + "\n"

    def _text_lines(self, theme: Theme) -> Iterator[str]:
        ink = f'color="{theme.ink}" fontcolor="{theme.ink}" fontname="Arial"'
        yield "digraph wholekey {"
        yield f'  graph [rankdir=LR bgcolor="{theme.background}" {ink} nodesep=0.5 ranksep=1.2]'
        yield f"  node [shape=plain {ink} fontsize=12]"
        yield f"  edge [dir=both arrowsize=0.9 {ink} fontsize=10]"
        for number, (group, boxes) in enumerate(self.groups.items()):
            yield from _group(number, group, [_box(box, theme) for box in boxes])
        for diamond in self.diamonds:
            yield f"  {node(diamond.id)} [shape=diamond label=<{label(diamond.name)}>]"
        for line in self.lines:
            yield "  " + _line(line)
        yield "}"


def _group(number: int, name: str, boxes: Iterable[str]) -> Iterator[str]:
    if not name:
        yield from (f"  {box}" for box in boxes)
        return
    yield f"  subgraph cluster_{number} {{"
    yield f"    label=<{label(name)}>"
    yield from (f"    {box}" for box in boxes)
    yield "  }"


def _box(box: Box, theme: Theme) -> str:
    rows = "".join(_row(row, theme) for row in box.rows)
    head = f'<TR><TD COLSPAN="3" BGCOLOR="{theme.header}"><B>{label(box.name) or " "}</B></TD></TR>'
    table = f'<TABLE BORDER="0" CELLBORDER="1" CELLSPACING="0" CELLPADDING="4" BGCOLOR="{theme.row}">'
    return f"{node(box.id)} [label=<{table}{head}{rows}</TABLE>>]"


def _row(row: Row, theme: Theme) -> str:
    cells = (
        f'<TD ALIGN="LEFT" SIDES="LB">{label(row.keys) or " "}</TD>',
        f'<TD ALIGN="LEFT" SIDES="B">{label(row.name) or " "}</TD>',
        f'<TD ALIGN="LEFT" SIDES="BR" PORT={node(row.id)}>{_faint(row.type, theme)}</TD>',
    )
    return f"<TR>{''.join(cells)}</TR>"


def _faint(text: str, theme: Theme) -> str:
    return f'<FONT COLOR="{theme.faint}">{label(text)}</FONT>' if text else " "


def _line(line: Line) -> str:
    style = "solid" if line.identifying else "dashed"
    shown = f" label=<{label(line.label)}>" if line.label else ""
    shapes = f"arrowtail={line.start.shape} arrowhead={line.end.shape}"
    return f"{_end(line.start)} -> {_end(line.end)} [{shapes} style={style}{shown}]"


def _end(end: End) -> str:
    return node(end.node) if end.row is None else f"{node(end.node)}:{node(end.row)}"
