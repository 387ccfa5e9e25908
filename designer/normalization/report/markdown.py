"""A report as Markdown that GitHub and GitLab show; names cannot become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from designer.normalization.report.blocks import Block, Fold, Grid, Heading, Items, Paragraph, rendered

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$@])")
_RUNS = re.compile("`+")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def written(blocks: Sequence[Block]) -> str:
    """Return a report as Markdown."""
    return "\n".join(_lines(blocks)).strip() + "\n"


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(level, text, badge):
                yield f"{'#' * level} {_inline(text)}{f' — {_escaped(badge)}' if badge else ''}"
            case Paragraph(text):
                yield _inline(text)
            case Items(items, ordered):
                yield from (
                    f"{f'{number}.' if ordered else '-'} {_inline(item)}" for number, item in enumerate(items, 1)
                )
            case Grid():
                yield from _table(block)
            case Fold(summary, inner):
                yield f"<details><summary>{_inline_html(summary)}</summary>"
                yield ""
                yield from _lines(inner)
                yield "</details>"
        yield ""


def _table(grid: Grid) -> Iterator[str]:
    yield _row(grid.header)
    yield f"|{' --- |' * len(grid.header)}"
    yield from (_row(row) for row in grid.rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(rendered(each, _escaped, _code_in_cell) for each in cells)} |"


def _code_in_cell(text: str) -> str:
    """Return code within a table, where a pipe ends the cell even so."""
    return _code(text).replace("|", "\\|")


def _inline(text: str) -> str:
    return rendered(text, _escaped, _code)


def _escaped(text: str) -> str:
    for letter, entity in _ENTITIES.items():
        text = text.replace(letter, entity)
    return _SPECIAL.sub(r"\\\1", text)


def _code(text: str) -> str:
    """Return a code span, between more backticks than it holds in a row."""
    fence = "`" * (max((len(run) for run in _RUNS.findall(text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _inline_html(text: str) -> str:
    return rendered(text, _plain_html, lambda each: f"<code>{_plain_html(each)}</code>")


def _plain_html(text: str) -> str:
    for letter, entity in _ENTITIES.items():
        text = text.replace(letter, entity)
    return text
