"""Decompositions for people: the relations, step by step, and what becomes of rows and dependencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.normalization.analysis import Analysis, Judged, judged
from designer.normalization.contract import (
    FD,
    MVD,
    Chased,
    Cut,
    Decomposition,
    Fragment,
    Lossless,
    Lossy,
    Merge,
    Relation,
    Undecided,
)
from designer.normalization.keys import expand
from designer.normalization.preservation import repeated
from designer.normalization.proofs import lost_rows
from designer.normalization.report.blocks import Block, Fold, Grid, Heading, Items, Paragraph
from designer.normalization.report.why import rows_table
from designer.normalization.report.words import columns, count_of, said

MOST_PARTS = 200
MOST_COMPARED = 30  # relations among which facts that are said twice are looked for
_HOW = {
    "synthesis": "A relation is made for each left side of the minimal cover (Bernstein's synthesis).",
    "split": "The relation is split on dependencies whose left side is no key, until there are none.",
    "synthesis and split": "A relation is made for each left side; what is not in BCNF is split on others.",
    "split of pairs": "It is split on pairs of columns (Tsou and Fischer), being too large for other ways.",
    "dependency basis": "The relation is split on multivalued dependencies whose left side is no key.",
}


def decompositions(analysis: Analysis) -> Iterator[Block]:
    """Yield the ways into 3NF, BCNF and 4NF that change something."""
    third, bcnf, fourth = analysis.third_nf, analysis.bcnf, analysis.fourth_nf
    same = _schemas(third) == _schemas(bcnf)
    if len(third.fragments) > 1:
        yield from _decomposition(analysis, third, "3NF and BCNF" if same else "3NF")
    if not same and len(bcnf.fragments) > 1:
        yield from _decomposition(analysis, bcnf, "BCNF")
    if fourth is not None and len(fourth.fragments) > 1 and _schemas(fourth) not in (_schemas(third), _schemas(bcnf)):
        yield from _decomposition(analysis, fourth, "4NF")
    if analysis.trade_off:
        yield Heading(3, "3NF or BCNF")
        lost = ", ".join(said(analysis.relation, each) for each in bcnf.lost[:20])
        yield Paragraph(
            f"3NF keeps every dependency within a relation, but some facts are repeated. BCNF repeats none, but {lost} "
            "must then be checked across relations, by a trigger or by the program."
        )


def _schemas(decomposition: Decomposition) -> set[int]:
    return {each.columns for each in decomposition.fragments}


def _decomposition(analysis: Analysis, found: Decomposition, form: str) -> Iterator[Block]:
    relation = analysis.relation
    yield Heading(3, f"In {form}: {count_of(len(found.fragments), 'relation')}")
    if found.how in _HOW:
        yield Paragraph(_HOW[found.how])
    if found.cuts:
        yield Items(tuple(_cut(relation, each) for each in found.cuts[:MOST_PARTS]), ordered=True)
    rows = tuple(_fragment(relation, each) for each in found.fragments[:MOST_PARTS])
    yield Grid(("columns", "keys", "form"), rows)
    if len(found.fragments) > MOST_PARTS:
        yield Paragraph(f"… and {len(found.fragments) - MOST_PARTS:,} more.")
    if not found.decided:
        yield Paragraph(
            "Not all of this was decided within the budget: a relation may be in a lower form than it says."
        )
    yield from _judgement(relation, judged(relation, tuple(each.columns for each in found.fragments), analysis.budget))
    yield from _repeated(relation, found)


def _repeated(relation: Relation, found: Decomposition) -> Iterator[Block]:
    """Yield what a decomposition that loses nothing says twice."""
    schemas = [each.columns for each in found.fragments]
    if found.lost or not 1 < len(schemas) <= MOST_COMPARED:
        return
    twice = [
        f"{columns(relation, column)} in {columns(relation, schema)} also follows by way of the other relations"
        for schema, column in repeated(relation, schemas)
    ]
    if twice:
        yield Paragraph("Some facts are said twice, and both places must be kept the same:")
        yield Items(tuple(twice[:MOST_PARTS]))


def _cut(relation: Relation, cut: Cut) -> str:
    kind = MVD if cut.multivalued else FD
    parts = " and ".join(columns(relation, part) for part in cut.parts)
    return f"{columns(relation, cut.columns)} by {said(relation, kind(cut.left, cut.right))} into {parts}"


def _fragment(relation: Relation, fragment: Fragment) -> tuple[str, ...]:
    keys = [columns(relation, each) for each in expand(fragment.keys, 5)]
    more = f" and {fragment.keys.count - 5:,} more" if fragment.keys.count > 5 else ""
    form = fragment.form if fragment.decided else f"{fragment.form} at least"
    return columns(relation, fragment.columns), "; ".join(keys) + more, form


def proposed(relation: Relation, found: Judged) -> Iterator[Block]:
    """Yield what becomes of a relation that is cut as somebody proposed."""
    yield Heading(3, f"The proposed decomposition: {count_of(len(found.schemas), 'relation')}")
    yield Items(tuple(columns(relation, each) for each in found.schemas[:MOST_PARTS]))
    yield from _judgement(relation, found)


def _judgement(relation: Relation, found: Judged) -> Iterator[Block]:
    if isinstance(found.lossless, Undecided):
        yield Paragraph(f"Whether it is lossless was not decided: {found.lossless.why}.")
    elif isinstance(found.lossless, Lossy):
        yield from _lossy(relation, found.lossless)
    else:
        yield Paragraph("Lossless: joining the relations gives back exactly the rows that there were.")
        yield from _lossless(relation, found.schemas, found.lossless)
    yield from _kept(relation, found)


def _lossy(relation: Relation, found: Lossy) -> Iterator[Block]:
    yield Paragraph("Lossy: these rows satisfy every dependency,")
    yield from rows_table(relation, found.rows)
    yield Paragraph("and when their parts are joined, this row comes back with them:")
    yield from rows_table(relation, [found.spurious])


def _lossless(relation: Relation, schemas: Sequence[int], found: Lossless) -> Iterator[Block]:
    if found.merges:
        steps = tuple(_merge(relation, each) for each in found.merges[:MOST_PARTS])
        yield Fold("Why it is lossless", (Items(steps, ordered=True),))
    elif found.chased:
        start = "Start with a row for each relation that has 0 in its columns; the steps make one row all zeros."
        steps = tuple(_chased(relation, each) for each in found.chased[:MOST_PARTS])
        yield Fold("Why it is lossless", (Paragraph(start), Items(steps, ordered=True)))
    elif relation.every in schemas:
        yield Paragraph("One of them has all columns.")


def _merge(relation: Relation, merge: Merge) -> str:
    first, second = columns(relation, merge.first), columns(relation, merge.second)
    verb = "multidetermines" if merge.multivalued else "determines"
    common, beyond = columns(relation, merge.common), columns(relation, merge.determined)
    return f"join {first} with {second}: what they share, {common}, {verb} {beyond}"


def _chased(relation: Relation, step: Chased) -> str:
    rows = " and ".join(str(number + 1) for number in step.rows)
    effect = "become equal" if isinstance(step.by, FD) else "make a new row"
    return f"rows {rows} {effect} by {said(relation, step.by)}"


def _kept(relation: Relation, found: Judged) -> Iterator[Block]:
    if not found.lost:
        if relation.fds:
            yield Paragraph("Every functional dependency can be checked within single relations.")
        return
    yield Paragraph(
        f"{count_of(len(found.lost), 'dependency', 'dependencies')} can no longer be checked within relations:"
    )
    for fd in found.lost[:20]:
        yield Paragraph(said(relation, fd))
        rows = lost_rows(relation, found.schemas, fd)
        if rows is not None:
            table = (Paragraph("No relation objects to its part of these rows:"), *rows_table(relation, rows.rows))
            yield Fold("Rows that break it unseen", table)
    if len(found.lost) > 20:
        yield Paragraph(f"… and {len(found.lost) - 20:,} more.")
