"""What is wrong with the normal form of a table, in five parts: rule, evidence, derivation, anomalies, fix.

One finding is about one set of columns and all that depends on it, as a minimal cover of what is known has it; so a
chain of dependencies is one finding a link, and what only follows from them is not said again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.commands.names import called
from designer.dependencies.anomalies import Anomaly, anomalies
from designer.dependencies.deliberate import COPIES, why
from designer.dependencies.evidence import Evidence, evidence, used
from designer.dependencies.fix_words import Repair, repair
from designer.dependencies.sample import Sample
from designer.dependencies.subject import Origin, Subject, subject_of
from designer.dependencies.walks import Walk, walk_of
from designer.normalization.analysis import Analysis, analyse
from designer.normalization.contract import FD, MVD, Violation, bits
from designer.schema import Design, Id

FORMS = ("2NF", "3NF", "EKNF", "BCNF", "4NF", "5NF")
"""What a finding can break, the lowest first."""
BEFORE = {"2NF": "1NF", "3NF": "2NF", "EKNF": "3NF", "BCNF": "3NF", "4NF": "BCNF", "5NF": "4NF"}
"""The form that is left where one is broken."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A dependency that keeps a table out of `form`, explained.

    `left` and `right` are columns by number, `determinant` and `dependent` the same by id. `settled` says why nothing
    needs to be done: it is waived for a reason, deliberate, or the database keeps the copies equal by itself.
    """

    owner: Id
    form: str
    kind: str  # partial, transitive, prime, constant, multivalued, join
    left: int
    right: int
    determinant: tuple[Id, ...]
    dependent: tuple[Id, ...]
    rule: str
    evidence: Evidence
    walk: Walk
    anomalies: tuple[Anomaly, ...]
    repair: Repair
    settled: str = ""
    waived: bool = False

    @property
    def multivalued(self) -> bool:
        """Whether it is about combinations and not about single values."""
        return self.kind == "multivalued"


def findings(design: Design, owner: Id, sample: Sample | None = None) -> tuple[Finding, ...]:
    """Return what keeps a table or an entity out of higher normal forms, the lowest first.

    `sample` are rows of the table to show what is meant by. Raises KeyError where there is no such table.
    """
    subject = subject_of(design, owner)
    analysis = analyse(subject.relation)
    return tuple(_finding(design, subject, analysis, group, sample or Sample()) for group in broken(analysis))


@dataclass(frozen=True, slots=True)
class Broken:
    """What one set of columns determines although it is no key."""

    form: str
    kind: str
    left: int
    right: int
    key: int = 0
    components: tuple[int, ...] = ()

    @property
    def dependency(self) -> FD | MVD:
        """What is violated, as the kernel has it."""
        return (MVD if self.kind == "multivalued" else FD)(self.left, self.right)


def broken(analysis: Analysis) -> list[Broken]:
    """Return the violations of a relation by what determines, the lowest form first, in the order of the columns."""
    violations = [each for each in analysis.verdict.violations if each.kind != "undecided"]
    links = {(fd.left, column) for fd in analysis.cover for column in bits(fd.right)} if violations else set()
    chosen = [each for each in violations if _is_link(each, links)]
    lowest = min((_rank(each) for each in violations), default=0)
    if violations and all(_rank(each) > lowest for each in chosen):  # only what follows breaks the lowest form
        chosen += [each for each in violations if _rank(each) == lowest and each not in chosen]
    grouped: dict[tuple[int, str], list[Violation]] = {}
    for each in chosen:
        grouped.setdefault((each.left, _kind(each)), []).append(each)
    found = [_broken(left, kind, members) for (left, kind), members in grouped.items()]
    return sorted(found, key=lambda each: (_rank(each), tuple(bits(each.left))))


def _rank(each: Violation | Broken) -> int:
    return FORMS.index(each.form)


def _is_link(violation: Violation, links: set[tuple[int, int]]) -> bool:
    if violation.multivalued or violation.components:
        return True
    return (violation.left, violation.right.bit_length() - 1) in links


def _kind(violation: Violation) -> str:
    return "constant" if not violation.left and violation.kind in ("partial", "transitive") else violation.kind


def _broken(left: int, kind: str, members: Sequence[Violation]) -> Broken:
    right = 0
    for each in members:
        right |= each.right
    worst = min(members, key=_rank)
    return Broken(worst.form, kind, left, right, worst.key, worst.components)


def _finding(design: Design, subject: Subject, analysis: Analysis, group: Broken, sample: Sample) -> Finding:
    origins = used(subject, group.dependency)
    fix = repair(design, subject, group.dependency, group.kind, sample)
    held_by = called(design, design[fix.target]) if fix.kind == "copy" else ""
    return Finding(
        owner=subject.owner,
        form=group.form,
        kind=group.kind,
        left=group.left,
        right=group.right,
        determinant=subject.ids_of(group.left),
        dependent=subject.ids_of(group.right),
        rule=rule_of(subject, analysis, group),
        evidence=evidence(subject, group.dependency, origins, sample),
        walk=walk_of(subject, group.dependency, group.key),
        anomalies=anomalies(subject, analysis, group.dependency, sample, held_by),
        repair=fix,
        settled=settled_by(origins) or why(design, subject.owner, subject.ids_of(group.right), COPIES),
        waived=any(each.state == "waived" for each in origins),
    )


def settled_by(origins: Sequence[Origin]) -> str:
    """Return why a violation needs nothing done, or nothing: waived with a reason, or kept by the database."""
    waived = next((each for each in origins if each.state == "waived"), None)
    if waived is not None:
        return waived.waiver or "it is left as it is"
    kept = [each for each in origins if each.kept]
    return f"the database keeps it so: {kept[0].reason}" if origins and len(kept) == len(origins) else ""


def rule_of(subject: Subject, analysis: Analysis, group: Broken) -> str:
    """Return the rule that is broken as one sentence about this table."""
    right, left = subject.names(group.right), subject.names(group.left)
    depend = "depends" if group.right.bit_count() == 1 else "depend"
    are, no = ("is", "no key") if group.left.bit_count() == 1 else ("are", "no key together")
    key = group.key or (analysis.listed_keys[0] if analysis.listed_keys else 0)
    match group.kind:
        case "constant":
            return f"{right} {'is' if group.right.bit_count() == 1 else 'are'} the same in all rows."
        case "partial":
            whole = f"not on the whole key ({subject.names(key)})"
            return f"{right} {depend} on {left} alone, {whole}."
        case "transitive":
            through = f"on the key {_bracketed(subject, key)} only through {'it' if are == 'is' else 'them'}"
            return f"{right} {depend} on {left}, which {are} {no}, and {through}."
        case "multivalued":
            return f"For one {left}, every {right} stands with every other value of the row, and {left} is no key."
        case "join":
            return "The rows are all combinations of smaller facts, and no key makes them so."
        case _:
            part = "is a part of a key" if group.right.bit_count() == 1 else "are parts of keys"
            return f"{right} {part} and {depend} on {left}, which {are} {no}."


def _bracketed(subject: Subject, key: int) -> str:
    names = subject.names(key)
    return names if key.bit_count() == 1 else f"({names})"
