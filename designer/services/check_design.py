"""The checks that look at the design alone: conflicts, findings, normal forms, names, and what has to be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.change import Change, ChangeConflict, apply, compose
from designer.commands import Edit, Refused
from designer.commands.edit import rename
from designer.commands.names import called
from designer.dependencies.assess import CLEAN, VIOLATION, State, state_of
from designer.lint.conventions import Patience, Verdict, judged
from designer.schema import Attribute, Column, Design, Entity, Id, Record, Relationship, Table, View
from designer.services.check_contract import MOST_LINES, Check, Line, told
from designer.services.check_rules import FORMS, Rules
from designer.services.check_subject import Subject
from designer.services.words import counted

_STOPS = {"error": ("error",), "warning": ("error", "warning"), "info": ("error", "warning", "info")}
_KINDS: dict[str, type[Record]] = {
    "tables": Table, "views": View, "columns": Column, "entities": Entity, "attributes": Attribute,
    "relationships": Relationship,
}  # fmt: skip


def of_conflicts(subject: Subject) -> Check:
    """Say whether both sides have changed one thing; whoever merges decides."""
    said = f"{counted(subject.conflicts, 'conflict')} to decide" if subject.conflicts else "none"
    return Check("conflicts", "Conflicts", not subject.conflicts, said, required=False, count=subject.conflicts)


def of_findings(subject: Subject, rules: Rules) -> Check:
    """Say which findings are new, and whether they are of those that stop a merge."""
    stops = _STOPS.get(rules.lint, ())
    bad = [each for each in subject.fresh if each.severity in stops or _is_never(each.code, rules)]
    shown = bad or subject.fresh
    said = counted(len(shown), "new finding") if shown else "no new findings"
    lines = tuple(Line(each.message, each.about, mark=each.code) for each in shown[:MOST_LINES])
    return Check("lint", "Findings", not bad, said, bool(rules.lint or rules.never), lines, count=len(shown))


def _is_never(code: str, rules: Rules) -> bool:
    return code in rules.never or code[2] in rules.never


def of_forms(subject: Subject, rules: Rules) -> Check:
    """Say which tables fall below the normal form they were in, and which new ones are not in the form asked for."""
    lines = tuple(_lower(subject, rules))
    title, required = "Normal forms", rules.forms or bool(rules.form)
    said = f"{counted(len(lines), 'table')} below where it should be" if lines else "none is worse than before"
    return Check("forms", title, not lines, said, required, lines[:MOST_LINES], count=len(lines))


def _lower(subject: Subject, rules: Rules) -> Iterator[Line]:
    for owner in sorted(subject.owners, key=lambda each: called(subject.after, subject.after[each])):
        new = state_of(subject.after, owner)
        old = state_of(subject.before, owner) if owner in subject.before else None
        text = _fallen(old, new) if rules.forms or not rules.form else ""
        if owner in subject.change.added and not text:
            text = _not_in(new, rules)
        if text:
            yield Line(f"{called(subject.after, subject.after[owner])} {text}", owner)


def _fallen(old: State | None, new: State) -> str:
    worse = new.state == VIOLATION and (old is None or old.state != VIOLATION or new.below(old.form))
    return f"is in {new.form}: {new.text}" if worse else ""


def _not_in(new: State, rules: Rules) -> str:
    if rules.form and new.form and FORMS.index(new.form) < FORMS.index(rules.form):
        return f"is new and in {new.form}, not in {rules.form}"
    if rules.assessed and new.state != CLEAN:
        return "is new, and nobody has confirmed that its keys are all that determines anything"
    return ""


def of_names(subject: Subject, rules: Rules) -> Check:
    """Say which names that are new break the project's convention, and what they should be."""
    found = list(_broken(subject, rules))
    said = f"{counted(len(found), 'name')} against the convention" if found else "all that is new keeps the convention"
    if not rules.convention:
        said = "no convention is agreed on"
    lines = tuple(
        Line(_said(subject.after, record, verdict), record.id, fix=verdict.wish)
        for record, verdict in found[:MOST_LINES]
    )
    action = "fix" if any(each.fix for each in lines) else ""
    required = rules.naming and bool(rules.convention)
    return Check("naming", "Names", not found, said, required, lines, action=action, count=len(found))


def _said(design: Design, record: Record, verdict: Verdict) -> str:
    wish = f"; {verdict.wish} would do" if verdict.wish else ""
    return f"{told(design, record)} {verdict.problem}{wish}"


def _broken(subject: Subject, rules: Rules) -> Iterator[tuple[Record, Verdict]]:
    fresh = [*subject.change.added, *(each for each, said in subject.change.changed.items() if "name" in said)]
    yield from broken_names(subject.after, fresh, rules)


def broken_names(design: Design, records: Iterable[Id], rules: Rules) -> Iterator[tuple[Record, Verdict]]:
    """Yield what of some records breaks a convention, in the order of their names."""
    patience = Patience()
    found = [design[each] for each in records if each in design]
    for record in sorted(found, key=lambda each: (called(design, each), each.id)):
        verdict = judged(design, record, rules.convention, patience)
        if verdict is not None:
            yield record, verdict


def renamed(design: Design, records: Iterable[Id], rules: Rules) -> Edit:
    """Return the edit that gives records the names that keep the convention. Raises Refused where none is certain."""
    now, change, done = design, Change(), 0
    label = ""
    for each in records:
        record = now.get(each)
        verdict = judged(now, record, rules.convention) if record is not None else None
        if verdict is None or not verdict.wish:
            continue
        try:
            made = rename(now, each, verdict.wish)
            now, change = apply(now, made.change), compose(change, made.change)
        except (Refused, ChangeConflict):
            continue
        done, label = done + 1, made.label
    if not done:
        raise Refused(
            "these names keep the convention already, or there is no one way to make them; choose them by hand"
        )
    return Edit(change, label if done == 1 else f"Give {done} names as the convention has them")


def of_definitions(subject: Subject, rules: Rules) -> Check:
    """Say what is new and has no definition, no classification, or no owner, where the project wants one."""
    found = list(_bare(subject, rules))
    said = f"{counted(len(found), 'new element')} without {_what(rules)}" if found else "everything new says what it is"
    asked = rules.definitions or bool(rules.classified or rules.owned)
    return Check("definitions", "Definitions", not found, said, asked, tuple(found[:MOST_LINES]), count=len(found))


def _what(rules: Rules) -> str:
    said = [
        "a definition" if rules.defined else "",
        "a class" if rules.classified else "",
        "an owner" if rules.owned else "",
    ]
    words = [each for each in said if each]
    return " or ".join(words) or "what the project asks for"


def _bare(subject: Subject, rules: Rules) -> Iterator[Line]:
    wanted = [
        (tuple(_KINDS[each] for each in kinds), field, words)
        for kinds, field, words in (
            (rules.defined, "comment", "has no definition"),
            (rules.classified, "classification", "is not classified"),
            (rules.owned, "owner", "has no owner"),
        )
    ]
    for record in sorted(subject.change.added.values(), key=lambda each: (told(subject.after, each), each.id)):
        if _is_part(subject.after, record):
            continue
        missing = [words for kinds, field, words in wanted if isinstance(record, kinds) and not getattr(record, field)]
        if missing:
            yield Line(f"{told(subject.after, record)} {' and '.join(missing)}", record.id)


def _is_part(design: Design, record: Record) -> bool:
    """Say whether a record is a partition or hangs on one: it is what the table that it belongs to is."""
    table = record if isinstance(record, Table) else design.get(record.parent or "")
    return isinstance(table, Table) and table.partition_of is not None
