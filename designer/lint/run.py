"""Running the rules over a design."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from designer.change import ChangeConflict, apply, compose
from designer.commands import Edit, Refused
from designer.lint.contract import SEVERITIES, Finding, Fix, Rule
from designer.lint.registry import all_rules, get
from designer.lint.subject import Subject
from designer.schema import Design, Id, IdSource, models

_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}


def findings(
    design: Design, model: Id | None = None, *, rules: Iterable[Rule] | None = None, tables: frozenset[Id] | None = None
) -> list[Finding]:
    """Return what the rules find in a design or in one model of it, the worst first, then by code and name.

    With `tables` other tables are taken as not there, which is right for rules that look at one table alone. The cost
    grows with the number of records.
    """
    chosen = [each for each in models(design) if model is None or each.id == model]
    used = all_rules() if rules is None else tuple(rules)
    found = [each for one in chosen for each in _in_model(Subject(design, one, tables), used)]
    return sorted(found, key=lambda each: (_RANK[each.severity], each.code, each.message, each.about))


def _in_model(subject: Subject, rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        if rule.applies(subject):
            for found in rule.check(subject):
                severity = found.severity or rule.severity
                yield Finding(rule.code, severity, found.message, found.about, found.related, found.fix)


def fix_for(design: Design, code: str, about: Sequence[Id], ids: IdSource) -> Edit:
    """Return the edit that settles the findings of one rule about some records, as the design now is.

    What is settled already is passed over. Raises Refused where there is nothing to do, or no certain way to do it.
    """
    same = [each for model in _models_of(design, about) for each in _of_rule(design, code, model)]
    wanted = set(about)
    found = [each for each in same if each.about in wanted]
    if not found:
        raise Refused("this is settled already; look at the findings again")
    fixes = [each.fix for each in found if each.fix]
    if not fixes:
        raise Refused("there is no one way to fix this; change the design by hand")
    first = fixes[0].run(design, ids)
    return _and_then(design, first, fixes[1:], ids, get(code)) if len(fixes) > 1 else first


def _models_of(design: Design, about: Iterable[Id]) -> set[Id]:
    found = (design.model_of(design[each]) for each in about if each in design)
    return {model.id for model in found if model is not None}


def _of_rule(design: Design, code: str, model: Id) -> list[Finding]:
    try:
        return findings(design, model, rules=[get(code)])
    except KeyError:
        raise Refused(f"there is no rule {code}", "code") from None


def _and_then(design: Design, first: Edit, fixes: Sequence[Fix], ids: IdSource, rule: Rule) -> Edit:
    """Return an edit and the fixes after it as one step; a fix that an earlier one has spoilt is left out."""
    change, notes, done = first.change, first.notes, 1
    now = apply(design, change)
    for fix in fixes:
        try:
            edit = fix.run(now, ids)
            now, change = apply(now, edit.change), compose(change, edit.change)
        except (Refused, ChangeConflict):
            continue
        notes, done = (*notes, *edit.notes), done + 1
    return Edit(change, f"Fix {done} findings: {rule.title}", notes=notes) if done > 1 else first
