"""The deliberate deviations of a design as a document: a table for each model, to be read where decisions are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from designer.cli.trace_data import model_words
from designer.cli.trace_text import element_words
from designer.levels.tracing.deviating import TITLES
from designer.schema import Design, Deviation, Id

_HEADS = ("Element", "Kind", "Why", "Kept true by", "Repeats", "Decided")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def of_deviations(design: Design) -> str:
    """Return what deviates on purpose, why, and what keeps it true, as Markdown."""
    by_model: dict[Id, list[Deviation]] = {}
    for each in design.of(Deviation):
        model = design.model_of(each)
        by_model.setdefault(model.id if model else "", []).append(each)
    lines = ["# Deliberate deviations", ""]
    for model_id, found in by_model.items():
        lines += [f"## {_plain(model_words(design, model_id))}", "", _row(_HEADS), _row("---" for _ in _HEADS)]
        lines += [_row(map(_plain, _cells(design, each))) for each in found]
        lines.append("")
    return "\n".join(lines if by_model else [*lines, "Nothing is marked as a deliberate deviation.", ""])


def _cells(design: Design, each: Deviation) -> Iterator[str]:
    yield element_words(design, each.parent or "")
    yield TITLES.get(each.deviation, each.deviation)
    yield each.reason or "no reason given"
    yield ", ".join(filter(None, [each.kept_true_by, *(element_words(design, one) for one in each.kept_by)]))
    yield ", ".join(element_words(design, one) for one in each.sources)
    yield " ".join(filter(None, [each.decided_on, each.decided_by]))


def _plain(text: str) -> str:
    """Return a text that is nothing but text in a cell of a table."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
