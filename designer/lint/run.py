"""Running the rules over a design."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.commands import Edit, Refused
from designer.lint.contract import SEVERITIES, Finding, Rule
from designer.lint.registry import all_rules, get
from designer.lint.subject import Subject
from designer.schema import Design, Id, IdSource, Model, models

_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}


def findings(design: Design, model: Id | None = None, *, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Return what the rules find in a design or in one model of it, the worst first, then by code and name.

    The cost grows with the number of records.
    """
    chosen = [each for each in models(design) if model is None or each.id == model]
    used = all_rules() if rules is None else tuple(rules)
    found = [each for one in chosen for each in _in_model(design, one, used)]
    return sorted(found, key=lambda each: (_RANK[each.severity], each.code, each.message, each.about))


def _in_model(design: Design, model: Model, rules: Iterable[Rule]) -> Iterator[Finding]:
    subject = Subject(design, model)
    for rule in rules:
        if rule.applies(subject):
            for found in rule.check(subject):
                severity = found.severity or rule.severity
                yield Finding(rule.code, severity, found.message, found.about, found.related, found.fix)


def fix_for(design: Design, code: str, about: Id, ids: IdSource) -> Edit:
    """Return the edit that settles a finding as the design now is. Raises Refused where there is nothing to do."""
    try:
        rule = get(code)
    except KeyError:
        raise Refused(f"there is no rule {code}", "code") from None
    record = design.get(about)
    model = record if isinstance(record, Model) else design.model_of(record) if record is not None else None
    found = findings(design, model.id, rules=[rule]) if model is not None else []
    same = [each for each in found if each.about == about]
    if not same:
        raise Refused("this is settled already; look at the findings again")
    fix = next((each.fix for each in same if each.fix), None)
    if fix is None:
        raise Refused("there is no one way to fix this; change the design by hand")
    return fix.run(design, ids)
