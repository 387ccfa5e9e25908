"""A report as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from designer.normalization.report.blocks import Block, Fold, Grid, Heading, Items, Paragraph, plain

WIDTH = 100
MOST_WIDE = 60  # characters of a cell; a longer one is cut


def written(blocks: Sequence[Block]) -> str:
    """Return a report as text."""
    return "\n".join(_lines(blocks, "")) + "\n"


def _lines(blocks: Sequence[Block], indent: str) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield from _heading(block)
            case Paragraph(text):
                yield from _wrapped(plain(text), indent, indent)
            case Items(items, ordered):
                for number, item in enumerate(items, 1):
                    mark = f"{indent}  {f'[{number}]' if ordered else '-'} "
                    yield from _wrapped(plain(item), mark, " " * len(mark))
            case Grid():
                yield from _table(block, indent + "  ")
            case Fold(summary, inner):
                yield f"{indent}{plain(summary)}:"
                yield from _lines(inner, indent + "    ")


def _heading(heading: Heading) -> Iterator[str]:
    text = plain(heading.text) + (f"   [{heading.badge}]" if heading.badge else "")
    yield ""
    yield text
    if heading.level <= 2:
        yield ("=" if heading.level == 1 else "-") * len(text)


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    width = max(WIDTH, len(rest) + 40)
    return wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    ) or [first.rstrip()]


def _table(grid: Grid, indent: str) -> Iterator[str]:
    rows = [[_cut(plain(cell)) for cell in row] for row in (grid.header, *grid.rows)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(grid.header))]
    for number, row in enumerate(rows):
        yield (indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        if number == 0:
            yield indent + "  ".join("-" * width for width in widths)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_WIDE else text[: MOST_WIDE - 1] + "…"
