"""WK107: a fact that depends on something else than the key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.dependencies.finding import Finding, findings
from designer.dependencies.fixes import extract
from designer.dependencies.subject import HOLDING
from designer.lint.contract import ENTITY_LEVELS, PHYSICAL, WARNING, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, Dependency, Design, IdSource, Key, Model, Table

_RECORDS = (
    Model(id="m", name="Shop", level="physical", target="postgresql"),
    Table(id="t", parent="m", name="order_lines"),
    Column(id="ca", parent="t", name="order_id", type="bigint", logical="bigint", nullable=False, order="a"),
    Column(id="cb", parent="t", name="line_no", type="integer", logical="integer", nullable=False, order="b"),
    Column(id="cc", parent="t", name="promised_on", type="date", logical="date", nullable=False, order="c"),
    Column(id="cd", parent="t", name="quantity", type="integer", logical="integer", nullable=False, order="d"),
    Key(id="k", parent="t", name="pk_order_lines", primary=True, columns=("ca", "cb")),
)


def _states(determinant: str, dependent: str) -> Dependency:
    return Dependency(id="d", parent="t", determinant=(determinant,), dependent=(dependent,), source="person")


def _check(subject: Subject) -> Iterator[Found]:
    for owner in dict.fromkeys(each.parent for each in subject.of(Dependency) if each.state in HOLDING):
        for finding in findings(subject.design, owner) if owner else ():
            if not finding.settled:
                yield _found(subject, finding)


def _found(subject: Subject, finding: Finding) -> Found:
    name = subject.called(finding.owner)
    rule = finding.rule[:1].lower() + finding.rule[1:] if finding.kind == "multivalued" else finding.rule
    message = f"{name} is not in {finding.form}: {rule.rstrip('.')}"
    related = (*finding.determinant, *finding.dependent)
    fix = None
    if finding.repair.kind in ("table", "home", "copy"):
        fix = Fix("Put it where it depends on the whole key", partial(_extract, finding=finding))
    return Found(finding.owner, message, related, fix)


def _extract(design: Design, ids: IdSource, finding: Finding) -> Edit:
    return extract(design, finding.owner, finding.determinant, finding.dependent, ids)


RULE = Rule(
    code="WK107",
    name="broken-normal-form",
    title="A fact depends on something else than the key",
    severity=WARNING,
    help="Somebody confirmed the dependency, so one fact stands in many rows: an update of one of them contradicts the "
    "others, and with the last row the fact is lost. Give it a table of its own, or keep it with a reason. "
    "Tables whose dependencies nobody stated are never reported.",
    firing=Example(
        "A table order_lines (order_id, line_no, promised_on, quantity) with the key (order_id, line_no), of which "
        "somebody confirmed that order_id determines promised_on.",
        records=(*_RECORDS, _states("ca", "cc")),
    ),
    silent=Example(
        "The same table, of which somebody confirmed that its key determines quantity.",
        records=(*_RECORDS, Dependency(id="d", parent="t", determinant=("ca", "cb"), dependent=("cd",))),
    ),
    check=_check,
    levels=(*PHYSICAL, *ENTITY_LEVELS),
)
