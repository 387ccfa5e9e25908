"""Proofs for people: walks through dependencies, rows as tables, and formal steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.normalization.analysis import Analysis, Explained
from designer.normalization.codec import shown
from designer.normalization.contract import FD, MVD, Derivation, Relation, Step, TwoRows
from designer.normalization.report.blocks import Block, Grid, Items, Paragraph, code
from designer.normalization.report.words import columns, said

MOST_CELLS = 2_000
MOST_WIDE = 40  # columns of two rows that are drawn; wider ones are told in words
MOST_STEPS = 200
MOST_NEEDED = 50  # columns of a key that are shown to be needed


def derivation(relation: Relation, found: Derivation | TwoRows | None, formal: bool) -> Iterator[Block]:
    """Yield why a dependency follows, as a walk; with `formal` also as steps by rules."""
    if not isinstance(found, Derivation):
        return
    goal = found.steps[-1]
    if any(step.multivalued for step in found.steps):
        used = ", ".join(f"[{number + 1}]" for number in found.walk)
        yield Paragraph(f"It follows from {used}, which are multivalued in part.")
    elif found.walk:
        yield Paragraph(walk(relation, goal.left, found.walk))
    if formal or any(step.multivalued for step in found.steps):
        yield Items(tuple(_step(relation, step) for step in found.steps[:MOST_STEPS]), ordered=True)


def walk(relation: Relation, left: int, numbers: Sequence[int]) -> str:
    """Return which dependencies lead from some columns to others: `From zip we know city [3], from it …`."""
    known, parts = left, []
    for number in numbers:
        fd = relation.fds[number]
        new = fd.right & ~known
        parts.append(f"from {columns(relation, fd.left)} we know {columns(relation, new)} [{number + 1}]")
        known |= fd.right
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _step(relation: Relation, step: Step) -> str:
    kind = MVD if step.multivalued else FD
    why = (
        f"[{step.given + 1 + (len(relation.fds) if step.multivalued else 0)}]" if step.given is not None else step.rule
    )
    of = f" of {' and '.join(str(number + 1) for number in step.of)}" if step.of else ""
    return f"{said(relation, kind(step.left, step.right))} ({why}{of})"


def key_walk(analysis: Analysis, key: int) -> Iterator[Block]:
    """Yield why a set is a key: the walk to all columns, and what its parts cannot reach."""
    relation = analysis.relation
    proof = analysis.key_proof(key, MOST_NEEDED)
    if isinstance(proof.determines, Derivation):
        if not proof.determines.walk:
            yield Paragraph("It is all columns.")
        yield from derivation(relation, proof.determines, formal=False)
    beyond = [
        f"{columns(relation, key & ~(1 << column))} alone leaves {columns(relation, relation.every & ~rows.agree)} open"
        for column, rows in proof.minimal
        if isinstance(rows, TwoRows)
    ]
    if beyond:
        yield Items(tuple(beyond))


def refuted(relation: Relation, found: Explained) -> Iterator[Block]:
    """Yield the two rows that show that the left side of a violation is no key."""
    if isinstance(found.no_superkey, TwoRows):
        left = columns(relation, found.violation.left)
        yield Paragraph(f"{left} is not a key, for these two rows are allowed:")
        yield from rows_table(relation, found.no_superkey.rows)


def rows_table(relation: Relation, rows: Sequence[Sequence[int]], numbered: bool = False) -> Iterator[Block]:
    """Yield rows as a table: equal values in a column are written alike."""
    if len(rows) == 2 and len(relation.attributes) > MOST_WIDE:
        agree = sum(1 << at for at, pair in enumerate(zip(*rows, strict=True)) if pair[0] == pair[1])
        yield Paragraph(f"they agree on {columns(relation, agree)} and differ in everything else.")
        return
    if not relation.attributes or len(rows) * len(relation.attributes) > MOST_CELLS:
        yield Paragraph(f"{len(rows):,} rows of {len(relation.attributes):,} columns are too many to show.")
        return
    header = tuple(code(shown(each)) for each in relation.attributes)
    values = tuple(tuple(_value(column, value) for column, value in enumerate(row)) for row in rows)
    if numbered:
        header = ("row", *header)
        values = tuple((f"#{number}", *row) for number, row in enumerate(values, 1))
    yield Grid(header, values)


def _value(column: int, number: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return f"{letters}{number + 1}"


def example(relation: Relation, rows: Sequence[Sequence[int]]) -> Iterator[Block]:
    """Yield the Armstrong relation: rows that satisfy what follows, and that break all else."""
    if not relation.attributes:
        return
    yield Paragraph(
        "These rows satisfy every dependency above and break every other one. "
        "A row that could never stand there means that a dependency is missing."
    )
    yield from rows_table(relation, rows, numbered=True)
