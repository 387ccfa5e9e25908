"""Traces, impacts, coverage and matrices as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from designer.cli.problems import on_one_line
from designer.cli.trace_data import model_words, words_of
from designer.commands.names import word
from designer.levels.called import called
from designer.levels.tracing import Chain, Said, Step
from designer.levels.tracing.coverage import MEANT, MISSING, Coverage, Side
from designer.levels.tracing.deviating import TITLES
from designer.levels.tracing.impact import SEVERITIES, WHATS, Impact, Touched
from designer.levels.tracing.matrix import SHORT, WORDS, Matrix
from designer.schema import Design, Deviation, Id

Text = Callable[[], str]
_SHOWN = 200
_WIDE = 12


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{on_one_line(line)}\n" for line in lines)


def element_words(design: Design, record: Id) -> str:
    """Return the kind and the name of an element: `column orders.total`."""
    found = design[record]
    kind, name = word(found), called(design, found)
    return name.removeprefix("the ") if name.startswith(f"the {kind}") else f"{kind} {name}"


def of_chain(design: Design, found: Chain) -> str:
    """Return a chain: where from, what of it, what is said."""
    model = design.model_of(design[found.id])
    return _lines([
        f"{element_words(design, found.id)} in {model_words(design, model.id if model else '')}",
        *_origins(design, found),
        *(line for group in found.down for line in _became(design, group.model, group.steps)),
        *_said(design, found),
    ])  # fmt: skip


def _origins(design: Design, found: Chain) -> Iterator[str]:
    for step in found.up:
        model = design.model_of(design[step.id])
        yield f"  comes from {element_words(design, step.id)} in {model_words(design, model.id if model else '')}"
    if not found.up:
        owner = f"; {element_words(design, found.owner)}, which has it, has one" if found.owner else ""
        yield f"  has no origin{owner}"


def _became(design: Design, model: Id, steps: tuple[Step, ...]) -> Iterator[str]:
    yield f"  became in {model_words(design, model)}"
    for step in steps:
        yield f"    {element_words(design, step.id)}"


def _said(design: Design, found: Chain) -> Iterator[str]:
    groups: tuple[tuple[str, tuple[Said, ...]], ...] = (
        ("term", found.terms), ("rule", found.rules), ("access pattern", found.patterns),
        ("deviation", found.deviations),
    )  # fmt: skip
    for title, listed in groups:
        for each in listed:
            about = "" if each.about == found.id else f" (of {element_words(design, each.about)})"
            yield f"  {title}: {words_of(design, each)}{about}"


def of_impact(design: Design, found: Impact) -> str:
    """Return an impact, the hardest first."""
    lines = [f"if {element_words(design, found.about)} {WHATS[found.what]}"]
    for severity, words in SEVERITIES.items():
        listed = found.of(severity)
        if listed:
            lines.append(f"  {words}: {len(listed)}")
            lines += [_touched(design, each) for each in listed[:_SHOWN]]
        if len(listed) > _SHOWN:
            lines.append(f"    and {len(listed) - _SHOWN} more")
    if not found.touched:
        lines.append("  nothing else changes")
    documents = ", ".join(model_words(design, each) for each in found.exports)
    return _lines([*lines, f"  documents to write again: {documents or 'none'}"])


def _touched(design: Design, each: Touched) -> str:
    model = f" in {model_words(design, each.model)}" if each.model else ""
    later = ", with the next update from above" if each.later else ""
    return f"    {element_words(design, each.id)}{model}: {each.why}{later}"


def of_coverage(design: Design, found: Coverage) -> str:
    """Return the shares of each model and what is not covered."""
    lines = [line for side in found.without_origin for line in _side(design, side, "has an origin", "without origin")]
    lines += [line for side in found.never_derived for line in _side(design, side, "is derived", "never derived")]
    return _lines(lines or ["no model is derived from another, and nothing says where it came from"])


def _side(design: Design, side: Side, done: str, missing: str) -> Iterator[str]:
    yield f"{model_words(design, side.model)}: {side.percent} % of {len(side.items)} {done}"
    for item in side.of(MISSING)[:_SHOWN]:
        yield f"  {missing}: {element_words(design, item.id)}"
    for item in side.of(MEANT)[:_SHOWN]:
        yield f"  meant so: {element_words(design, item.id)} ({item.why})"
    more = sum(max(0, len(side.of(state)) - _SHOWN) for state in (MISSING, MEANT))
    if more:
        yield f"  and {more} more"


def of_deviations(design: Design) -> str:
    """Return what deviates on purpose, a line each, with what it repeats and what keeps it true below it."""
    lines: list[str] = []
    for each in design.of(Deviation):
        model = design.model_of(each)
        where = model_words(design, model.id if model else "")
        title, reason = TITLES.get(each.deviation, each.deviation).lower(), " ".join(each.reason.split())
        lines.append(f"{element_words(design, each.parent or '')} in {where}: {title}: {reason or 'no reason given'}")
        kept = [each.kept_true_by, *(element_words(design, one) for one in each.kept_by)]
        lines += [f"  kept true by {', '.join(filter(None, kept))}"] if any(kept) else []
        lines += [f"  repeats {', '.join(element_words(design, one) for one in each.sources)}"] if each.sources else []
    return _lines(lines or ["nothing is marked as a deliberate deviation"])


def of_matrix(found: Matrix) -> str:
    """Return a matrix as a list of concepts with their tables; a table of letters would not fit a terminal."""
    lines = []
    columns = {column.id: column.name for column in found.columns}
    for row in found.rows:
        cells = [cell for cell in found.by_row.get(row.id, ()) if cell.column in columns]
        tables = ", ".join(f"{columns[cell.column]} [{SHORT[cell.how]}]" for cell in cells[:_WIDE])
        more = f" and {len(cells) - _WIDE} more" if len(cells) > _WIDE else ""
        lines.append(f"{row.kind} {row.name}: {tables or 'no table'}{more}")
    met = {cell.column for cell in found.cells.values()}
    alone = [column.name for column in found.columns if column.id not in met]
    if alone:
        lines.append(f"tables of no concept: {', '.join(alone[:_SHOWN])}")
    legend = ", ".join(f"[{SHORT[how]}] {words}" for how, words in WORDS.items())
    return _lines([*lines, f"the table {legend}"])
