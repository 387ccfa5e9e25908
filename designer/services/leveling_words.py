"""What an update or a merge brings, in words: a group for each table or entity, so that each leads to its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from designer.change import Change
from designer.change.change import Fields
from designer.change.merge import Conflict
from designer.commands.names import word
from designer.levels.called import called
from designer.levels.contract import Proposal
from designer.levels.keeping.describing import answers, changed_lines, field_word, question, value
from designer.schema import Design, Diagram, Entity, Id, Model, Placement, Record, Relationship, Schema, Table, View
from designer.services.branches import sentence

_DRAWN = (Table, View, Entity, Relationship)
_MARKS = (("new: ", "added"), ("dropped: ", "removed"))
LATER = "later"
_TEXTS = frozenset({"name", "type", "comment"})


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happens. `mark`: added, removed or changed; `old` and `new` are what the text does not say."""

    mark: str
    text: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What happens to one table, entity or other owner; `about` is what the canvas shows of it, empty for nothing.

    One that comes or goes altogether has only a head.
    """

    about: Id
    head: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A conflict of an update as a question. `drawn` is the box that it stands in; `answers`: side, meaning, value."""

    key: str
    about: Id
    drawn: Id
    title: str
    was: str
    side: str
    answers: tuple[tuple[str, str, str], ...]


def groups(before: Design, change: Change) -> list[Group]:
    """Return what a change does to a model, by owner, in the order of their names."""
    named = before.changed((), change.added.values())
    found = []
    for owner, (added, removed, changed) in _by_owner(named, change).items():
        said = changed_lines(named, Change(added, removed, changed))
        if said:
            found.append(_group(named, owner, [_line(each) for each in said]))
    return sorted(found, key=lambda group: (_ORDER.index(group.head.mark), group.head.text))


_ORDER = ("added", "changed", "removed")


def _group(design: Design, owner: Id, lines: list[Line]) -> Group:
    drawn, first = _drawn(design, owner), lines[0]
    if len(lines) == 1 and first.mark != "changed" and first.text.startswith(_named(design, owner)):
        return Group(drawn, first, ())
    of_it = f" of {called(design, design[owner])}"
    inside = tuple(replace(each, text=each.text.replace(of_it, "", 1)) for each in lines)
    return Group(drawn, Line("changed", _named(design, owner)), inside)


def _named(design: Design, owner: Id) -> str:
    name = called(design, design[owner])
    return name if name.startswith("the ") else f"{word(design[owner])} {name}"


_Parts = tuple[dict[Id, Record], dict[Id, Record], dict[Id, Fields]]


def _by_owner(named: Design, change: Change) -> dict[Id, _Parts]:
    found: dict[Id, _Parts] = defaultdict(lambda: ({}, {}, {}))
    for each, record in change.added.items():
        found[_owner(named, record)][0][each] = record
    for each, record in change.removed.items():
        found[_owner(named, record)][1][each] = record
    for each, fields in change.changed.items():
        if each in named:
            found[_owner(named, named[each])][2][each] = fields
    return found


def _owner(design: Design, record: Record) -> Id:
    """Return the record right under schema or model that another belongs to."""
    while (parent := design.get(record.parent or "")) is not None and not isinstance(parent, Schema | Model):
        record = parent
    return record.id


def _line(said: str) -> Line:
    for beginning, mark in _MARKS:
        if said.startswith(beginning):
            return Line(mark, said.removeprefix(beginning))
    return Line("changed", said)


def asked(proposal: Proposal, sides: Mapping[str, str]) -> list[Question]:
    """Return the conflicts of a proposal as questions; what nobody has decided is put off."""
    return [_asked(proposal, each, sides.get(each.key, LATER)) for each in proposal.conflicts]


def _asked(proposal: Proposal, conflict: Conflict, side: str) -> Question:
    here = proposal.before
    where = here if conflict.about in here else proposal.merged.base
    values = _values(proposal, conflict)
    said = tuple((each, sentence(means).rstrip("."), values.get(each, "")) for each, means in answers(conflict).items())
    title, was = sentence(question(proposal, conflict)), ""
    record = where.get(conflict.about)
    if conflict.code == "field" and record is not None:
        title = f"{called(where, record)}: {field_word(conflict.field)}"
        was = said_of(here, conflict.field, conflict.base)
    drawn = _drawn(where, conflict.about)
    return Question(conflict.key, conflict.about, drawn, title, was, side, said)


def _values(proposal: Proposal, conflict: Conflict) -> dict[str, str]:
    if conflict.code != "field":
        return {}
    there = proposal.before.changed((), proposal.merged.theirs.added.values())
    ours = said_of(proposal.before, conflict.field, conflict.ours)
    return {"ours": ours, "theirs": said_of(there, conflict.field, conflict.theirs)}


def said_of(design: Design, field: str, it: object) -> str:
    """Return the value of a field in words. A name is what it says, even where a record has it for an id."""
    return (it or "nothing") if field in _TEXTS and isinstance(it, str) else value(design, it)


def place_of(design: Design, about: Id) -> str:
    """Return at which place of its list a record stands: nobody knows the keys that the lists are sorted by."""
    record = design.get(about)
    if record is None:
        return "nothing"
    beside = sorted(design.of(type(record), record.parent), key=lambda each: (getattr(each, "order", ""), each.id))
    return f"place {beside.index(record) + 1} of {len(beside)}"


def placed(design: Design, box: Placement) -> str:
    """Return what a box shows, and on which diagram."""
    shown, diagram = design.get(box.element or ""), design.get(box.parent or "")
    name = called(design, shown) if shown is not None else "a box"
    return f"{name} on the diagram {diagram.name}" if isinstance(diagram, Diagram) else name


def _drawn(design: Design, about: Id) -> Id:
    record = design.get(about)
    for _ in range(5):
        if record is None or isinstance(record, _DRAWN):
            break
        record = design.get(record.parent or "")
    return record.id if isinstance(record, _DRAWN) else ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A conflict between two designs: what each of them has, in words."""

    key: str
    about: Id
    title: str
    ours: str
    theirs: str


def decisions(before: Design, theirs: Design, conflicts: Iterable[Conflict]) -> list[Decision]:
    """Return the conflicts of a merge in words; `before` is our design, `theirs` the other one."""
    return [_decision(before, theirs, each) for each in conflicts]


def _decision(before: Design, theirs: Design, conflict: Conflict) -> Decision:
    where = before if conflict.about in before else theirs
    record = where.get(conflict.about)
    name = called(where, record) if record is not None else "something that is gone"
    if isinstance(record, Placement):
        name = placed(where, record)
    if conflict.code == "field" and conflict.field == "order":
        ours, other = place_of(before, conflict.about), place_of(theirs, conflict.about)
        return Decision(conflict.key, conflict.about, f"{name}: place in its list", ours, other)
    if conflict.code == "field":
        ours, other = (said_of(before, conflict.field, conflict.ours), said_of(theirs, conflict.field, conflict.theirs))
        return Decision(conflict.key, conflict.about, f"{name}: {field_word(conflict.field)}", ours, other)
    if conflict.code == "name":
        return Decision(
            conflict.key,
            conflict.about,
            f"{name}: two things got this name",
            "keeps it; the other one gets another",
            "keeps it; the other one gets another",
        )
    if conflict.code in ("removed", "reference"):
        here = "keep it" if conflict.about in before else "remove it"
        there = "keep it" if conflict.about in theirs else "remove it"
        why = (
            "is removed on one side and changed on the other"
            if conflict.code == "removed"
            else "is removed, and needed"
        )
        return Decision(conflict.key, conflict.about, f"{name} {why}", here, there)
    return Decision(conflict.key, conflict.about, f"{name}: added on both sides", "as ours has it", "as theirs has it")
