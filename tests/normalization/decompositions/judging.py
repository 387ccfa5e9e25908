"""What a decomposition must be, judged by the oracle: lossless, in its form, and honest about what it loses."""

from __future__ import annotations

from collections.abc import Sequence

from designer.normalization.contract import Decomposition, Fragment, Lossy
from designer.normalization.keys import expand
from tests.normalization.oracle import Part, Row, Schema, fixpoint, joined, members, satisfies, subsets, within

FORMS = ("1NF", "2NF", "3NF", "BCNF", "4NF")


def judge(schema: Schema, found: Decomposition) -> None:
    """Assert that relations join without loss, that each is in the form and has the keys it is said to have."""
    parts = [each.columns for each in found.fragments]
    assert found.decided
    assert schema.lossless(parts), f"{schema} is not the join of {parts}"
    assert bool(found.lost) == loses(schema, parts), f"{schema} loses other dependencies in {parts}"
    assert not any(within(one, other) for one in parts for other in parts if one != other)
    assert parts == sorted(set(parts), key=members)
    for each in found.fragments:
        judge_fragment(schema, each)
        assert at_least(Part(schema, each.columns), found.form), f"{schema}: {each} is not in {found.form}"


def judge_fragment(schema: Schema, found: Fragment) -> None:
    part = Part(schema, found.columns)
    assert found.decided
    assert expand(found.keys, 1_000) == part.keys
    assert found.form == ("4NF" if schema.mvds and part.fourth else part.form)
    held = [(fd.left, fd.right) for fd in found.fds]
    assert all(fixpoint(x, held) & part.columns == part.closure(x) for x in subsets(part.columns))


def at_least(part: Part, form: str) -> bool:
    return part.fourth if form == "4NF" else FORMS.index(part.form) >= FORMS.index(form)


def loses(schema: Schema, parts: Sequence[int]) -> bool:
    """Whether some functional dependency does not follow from what holds within single parts."""
    held = [(x, schema.closures[x] & part) for part in parts for x in subsets(part)]
    return any(fixpoint(x, held) != schema.closures[x] for x in range(1 << schema.n))


def can_be_kept(schema: Schema) -> bool:
    """Whether any decomposition into BCNF keeps all dependencies: the one into all sets in BCNF keeps most."""
    return not loses(schema, [x for x in range(1 << schema.n) if Part(schema, x).form == "BCNF"])


def judge_rows(schema: Schema, parts: Sequence[int], found: Lossy) -> None:
    """Assert that rows satisfy everything, and that their projections join to a row too many."""
    rows: set[Row] = set(found.rows)
    assert satisfies(schema, rows)
    assert all(joined(rows, jd, schema.n) == rows for jd in schema.jds)
    assert found.spurious not in rows
    assert found.spurious in joined(rows, parts, schema.n)
