"""Proofs as plain data with the relation's names: whoever doubts one can check it without this program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from designer.normalization.analysis import Analysis, Explained, Judged, KeyProof
from designer.normalization.contract import (
    FD,
    JD,
    MVD,
    Chased,
    Derivation,
    Lossless,
    Lossy,
    Lost,
    Relation,
    Step,
    TwoRows,
    Undecided,
)
from designer.normalization.proofs import lost_rows

Data = dict[str, Any]
MOST_KEYS = 20
"""Keys that are proved one by one; all keys of a relation have proofs alike."""
MOST_NAMES = 100_000
"""Names that the proof of one key may hold; for the columns that come after it is not shown that they are needed."""
MOST_IN_ALL = 500_000
"""Names in the proofs of the violations of one relation; violations that come after are counted only."""


def dependency(relation: Relation, stated: FD | MVD | JD) -> Data:
    """Return a dependency: `{"dependency": [[..], [..]], "multivalued": bool}`, or the parts of a join."""
    if isinstance(stated, JD):
        return {"join": [list(relation.names(each)) for each in stated.components]}
    sides = [list(relation.names(stated.left)), list(relation.names(stated.right))]
    return {"dependency": sides, "multivalued": isinstance(stated, MVD)}


def proof(relation: Relation, stated: FD | MVD, found: Derivation | TwoRows) -> Data:
    """Return a derivation, or the rows that speak against a dependency."""
    said = dependency(relation, stated)
    if isinstance(found, TwoRows):
        agree = list(relation.names(found.agree))
        return {"kind": "two rows", **said, "agree": agree, "rows": [list(row) for row in found.rows]}
    steps = [_step(relation, each) for each in found.steps]
    return {"kind": "derivation", **said, "walk": list(found.walk), "steps": steps}


def _step(relation: Relation, step: Step) -> Data:
    kind = MVD if step.multivalued else FD
    data: Data = {"rule": step.rule, **dependency(relation, kind(step.left, step.right)), "of": list(step.of)}
    if step.given is not None:
        data["given"] = step.given
    return data


def key(relation: Relation, found: KeyProof) -> Data:
    """Return why a set is a candidate key."""
    whole = relation.every
    without = [(FD(found.key & ~(1 << column), whole), rows) for column, rows in found.minimal]
    return {
        "kind": "key",
        "key": list(relation.names(found.key)),
        "determines": proof(relation, FD(found.key, whole), found.determines),
        "minimal": [proof(relation, fd, rows) for fd, rows in without],
        **({"minimal_left_out": left_out} if (left_out := found.key.bit_count() - len(without)) else {}),
    }


def violation(relation: Relation, found: Explained) -> Data:
    """Return why a dependency holds although its left side is no superkey."""
    each = found.violation
    data: Data = {"kind": "violation", "form": each.form, "reason": each.kind}
    if found.derivation is None or found.no_superkey is None:
        return {**data, **dependency(relation, JD(each.components))}
    stated = (MVD if each.multivalued else FD)(each.left, each.right)
    return {
        **data,
        **dependency(relation, stated),
        "key": list(relation.names(each.key)),
        "holds": proof(relation, stated, found.derivation),
        "no_superkey": proof(relation, FD(each.left, relation.every), found.no_superkey),
    }


def cut(relation: Relation, found: Judged) -> Data:
    """Return why a decomposition is lossless, or rows that it mixes up."""
    schemas = [list(relation.names(each)) for each in found.schemas]
    answer = found.lossless
    if isinstance(answer, Undecided):
        return {"kind": "undecided", "schemas": schemas, "why": answer.why}
    if isinstance(answer, Lossy):
        rows = [list(row) for row in answer.rows]
        return {"kind": "lossy", "schemas": schemas, "rows": rows, "spurious": list(answer.spurious)}
    return {"kind": "lossless", "schemas": schemas, **_lossless(relation, answer)}


def _lossless(relation: Relation, found: Lossless) -> Data:
    merges = [
        {
            "first": list(relation.names(each.first)),
            "second": list(relation.names(each.second)),
            "common": list(relation.names(each.common)),
            "determined": list(relation.names(each.determined)),
            "multivalued": each.multivalued,
        }
        for each in found.merges
    ]
    return {"merges": merges, "chased": [_chased(relation, each) for each in found.chased]}


def _chased(relation: Relation, step: Chased) -> Data:
    return {"rows": list(step.rows), **dependency(relation, step.by)}


def lost(relation: Relation, schemas: Sequence[int], found: Lost) -> Data:
    """Return the rows that every part of a decomposition accepts and that break a dependency."""
    parts = [list(relation.names(each)) for each in schemas]
    rows = [list(row) for row in found.rows]
    return {"kind": "lost", **dependency(relation, found.fd), "schemas": parts, "rows": rows}


def of_analysis(analysis: Analysis) -> Data:
    """Return the certificates of a relation: its keys, its violations, and an example of everything."""
    relation = analysis.relation
    example = analysis.example
    violations = list(_violations(analysis))
    data: Data = {
        "keys": [key(relation, proof) for proof in _keys(analysis)],
        "violations": violations,
        "example": {"kind": "undecided", "why": example.why}
        if isinstance(example, Undecided)
        else {"kind": "armstrong", "rows": [list(row) for row in example]},
    }
    left_out = len(analysis.verdict.violations) - len(violations)
    return {**data, "violations_left_out": left_out} if left_out else data


def _keys(analysis: Analysis) -> Iterator[KeyProof]:
    """Yield the proofs of the first keys; of a very wide relation, for a part of the columns only."""
    most = MOST_NAMES // max(1, len(analysis.relation.attributes)) + 1
    for each in analysis.listed_keys[:MOST_KEYS]:
        yield analysis.key_proof(each, most)


def _violations(analysis: Analysis) -> Iterator[Data]:
    names = 0
    for each in analysis.verdict.violations:
        if names > MOST_IN_ALL:
            return
        found = analysis.explain(each)
        if isinstance(found.derivation, Derivation):
            names += sum(step.left.bit_count() + step.right.bit_count() for step in found.derivation.steps)
        names += len(analysis.relation.attributes)
        yield violation(analysis.relation, found)


def of_judged(relation: Relation, found: Judged) -> list[Data]:
    """Return the certificates of a proposed decomposition."""
    rows = (lost_rows(relation, found.schemas, fd) for fd in found.lost)
    return [cut(relation, found), *(lost(relation, found.schemas, each) for each in rows if each is not None)]
