"""Why a dependency follows and why its left side is no key, in the names of the columns."""

from __future__ import annotations

from dataclasses import dataclass

from designer.dependencies.subject import Subject
from designer.normalization.contract import FD, MVD, Derivation, Step, TwoRows, bits
from designer.normalization.proofs import prove


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a formal derivation, numbered from 1: `2  order_id → zip, city  union of 1`."""

    number: int
    dependency: str
    why: str


@dataclass(frozen=True, slots=True)
class Walk:
    """A derivation for people. `said` is read from left to right; `steps` are for those who doubt it.

    `no_key` says why the left side is no key, with two rows that the stated dependencies allow: `rows`, one value a
    column, where equal numbers are equal values.
    """

    said: tuple[str, ...]
    steps: tuple[Line, ...]
    no_key: str
    rows: tuple[tuple[int, ...], ...] = ()


def walk_of(subject: Subject, dependency: FD | MVD, key: int = 0) -> Walk:
    """Return why a dependency holds although what determines is no key; `key` is the key that holds it in part."""
    proof = prove(subject.relation, dependency)
    said = list(_said(subject, dependency, proof)) if isinstance(proof, Derivation) else []
    unused = key & ~dependency.left
    if unused and key:
        are = "is" if unused.bit_count() == 1 else "are"
        said.append(f"{subject.names(unused)} of the key {are} never used")
    steps = tuple(_lines(subject, proof)) if isinstance(proof, Derivation) else ()
    against = prove(subject.relation, FD(dependency.left, subject.relation.every))
    if not isinstance(against, TwoRows):
        return Walk(tuple(said), steps, "")
    return Walk(tuple(said), steps, _no_key(subject, dependency.left, against), against.rows)


def _said(subject: Subject, dependency: FD | MVD, proof: Derivation) -> list[str]:
    found = []
    if isinstance(dependency, MVD):
        pairs = zip(subject.relation.mvds, subject.many_origins, strict=True)
        return [_link(subject, mvd, origin.reason) for mvd, origin in pairs if mvd.left == dependency.left]
    known = dependency.left
    stated: tuple[FD | MVD, ...] = (*subject.relation.fds, *subject.relation.mvds)
    origins = (*subject.origins, *subject.many_origins)
    for number in proof.walk:
        each, origin = stated[number], origins[number]
        new = each.right & ~known or each.right
        found.append(_link(subject, type(each)(each.left, new), origin.reason))
        known |= each.right if isinstance(each, FD) else 0
    return found


def _link(subject: Subject, dependency: FD | MVD, reason: str) -> str:
    left, right = subject.names(dependency.left), subject.names(dependency.right)
    if isinstance(dependency, MVD):
        return f"each {left} has a set of {right} of its own ({reason})"
    return f"from {left} we know {right} ({reason})" if left else f"{right} is always the same ({reason})"


_RULES = {
    "given": "stated",
    "reflexivity": "a part of itself",
    "augmentation": "with the same added to both sides of {}",
    "transitivity": "from {} one after the other",
    "union": "{} together",
    "decomposition": "a part of {}",
    "complementation": "the rest of {}",
    "replication": "one value is a set of one, {}",
    "coalescence": "coalescence of {}",
}


def _lines(subject: Subject, proof: Derivation) -> list[Line]:
    return [Line(number, _arrow(subject, step), _why(subject, step)) for number, step in enumerate(proof.steps, 1)]


def _arrow(subject: Subject, step: Step) -> str:
    arrow = "↠" if step.multivalued else "→"
    return f"{subject.names(step.left) or '{}'} {arrow} {subject.names(step.right) or '{}'}"


def _why(subject: Subject, step: Step) -> str:
    if step.given is not None:
        origins = subject.many_origins if step.multivalued else subject.origins
        return origins[step.given].reason if step.given < len(origins) else "stated"
    places = " and ".join(str(each + 1) for each in step.of)
    return _RULES.get(step.rule, step.rule + " {}").format(places).strip()


def _no_key(subject: Subject, left: int, against: TwoRows) -> str:
    differ = subject.relation.every & ~against.agree
    one = next(bits(differ), None)
    if one is None:
        return ""
    two = f"two rows may have the same {subject.names(left)}" if left else "there may be two rows"
    return f"{two} and different {subject.names(differ)}, as far as is known"
