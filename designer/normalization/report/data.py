"""What is known of a relation as plain data, for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from designer.normalization.analysis import Analysis, Judged, judged
from designer.normalization.contract import (
    FD,
    Decomposition,
    Fragment,
    KeySet,
    Lossless,
    Relation,
    Undecided,
    Violation,
)
from designer.normalization.keys import expand
from designer.normalization.report import certificates
from designer.normalization.report.blocks import plain
from designer.normalization.report.entry import Entry
from designer.normalization.report.words import reason

Data = dict[str, Any]
Names = list[str]


def of_entry(entry: Entry, *, proofs: bool = False) -> Data:
    """Return all answers about an entry of a report, or the sentence about what is wrong with it."""
    if entry.analysis is None:
        return {"name": entry.name, "error": entry.error}
    data = of_analysis(entry.analysis, entry.judged, proofs=proofs)
    for violation, why in zip(data["violations"], entry.settled, strict=False):
        violation.update({"settled": why} if why else {})
    return {"name": data.pop("name"), **entry.place, **data}


def of_analysis(analysis: Analysis, proposed: Judged | None = None, *, proofs: bool = False) -> Data:
    """Return all answers about a relation, with certificates where they are asked for."""
    relation, verdict = analysis.relation, analysis.verdict
    undecided = [*analysis.undecided, *(["decomposition"] if proposed and _open(proposed) else [])]
    data: Data = {
        "name": relation.name,
        "candidate_keys": [_names(relation, each) for each in analysis.listed_keys],
        "keys_count": analysis.keys.count,
        "key_factors": factors(relation, analysis.keys),
        "prime": _names(relation, verdict.prime),
        "normal_form": verdict.form,
        "eknf": verdict.eknf,
        "decided": not undecided,
        "undecided": undecided,
        "violations": [_violation(relation, each) for each in verdict.violations],
        "minimal_cover": fds(relation, analysis.cover),
        **_decompositions(analysis, proofs),
    }
    if proposed is not None:
        data.update(_judged(relation, proposed))
    if proofs:
        data["certificates"] = certificates.of_analysis(analysis)
        if proposed is not None:
            data["certificates"]["decomposition"] = certificates.of_judged(relation, proposed)
    return data


def factors(relation: Relation, keys: KeySet) -> list[list[Names]]:
    """Return the keys as factors: each key has one alternative of each. What all keys share comes first."""
    shared = [[_names(relation, keys.core)]] if keys.core or not keys.factors else []
    return [*shared, *([_names(relation, each) for each in factor] for factor in keys.factors)]


def fds(relation: Relation, listed: Iterable[FD]) -> list[list[Names]]:
    """Return functional dependencies as pairs of lists of names."""
    return [[_names(relation, each.left), _names(relation, each.right)] for each in listed]


def _names(relation: Relation, columns: int) -> Names:
    return list(relation.names(columns))


def _violation(relation: Relation, violation: Violation) -> Data:
    data: Data = {"form": violation.form}
    if violation.components:
        data["dependency"] = [_names(relation, each) for each in violation.components]
    else:
        data["dependency"] = [_names(relation, violation.left), _names(relation, violation.right)]
    kind = "join" if violation.components else "multivalued" if violation.multivalued else "functional"
    return {**data, "kind": kind, "reason": plain(reason(relation, violation))}


def _decompositions(analysis: Analysis, proofs: bool) -> Data:
    found = {"third_nf": analysis.third_nf, "bcnf": analysis.bcnf, "fourth_nf": analysis.fourth_nf}
    data: Data = {}
    for name, decomposition in found.items():
        if decomposition is None:
            continue
        data[name] = [_fragment(analysis, each) for each in decomposition.fragments]
        if decomposition.lost:
            data[f"{name}_lost"] = fds(analysis.relation, decomposition.lost)
        if proofs:
            data[f"{name}_certificates"] = _proved(analysis, decomposition)
    return data


def _proved(analysis: Analysis, decomposition: Decomposition) -> list[Data]:
    schemas = tuple(each.columns for each in decomposition.fragments)
    return certificates.of_judged(analysis.relation, judged(analysis.relation, schemas, analysis.budget))


def _fragment(analysis: Analysis, fragment: Fragment) -> Data:
    relation = analysis.relation
    keys = [_names(relation, each) for each in expand(fragment.keys, analysis.budget.keys)]
    data: Data = {"attributes": _names(relation, fragment.columns), "keys": keys}
    return data if fragment.decided else {**data, "decided": False}


def _judged(relation: Relation, found: Judged) -> Data:
    answer = None if isinstance(found.lossless, Undecided) else isinstance(found.lossless, Lossless)
    return {"lossless": answer, "dependency_preserving": not found.lost, "lost": fds(relation, found.lost)}


def _open(found: Judged) -> bool:
    return isinstance(found.lossless, Undecided)
