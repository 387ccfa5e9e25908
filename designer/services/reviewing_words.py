"""What differs between two states of a design, in words: a group for each table, entity or other owner.

Each line names the record that it is about, so that the diagram can say it where the record stands.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from designer.change import Change
from designer.change.change import Fields
from designer.commands.names import word
from designer.levels.called import called
from designer.levels.keeping.describing import field_word, value
from designer.schema import (
    Area,
    Attribute,
    Check,
    Column,
    Design,
    Diagram,
    Entity,
    EnumType,
    ForeignKey,
    Generalization,
    Id,
    Identifier,
    Index,
    Key,
    Model,
    Named,
    Note,
    Placement,
    Record,
    Relationship,
    Schema,
    Table,
    View,
    models,
)
from designer.schema.kinds import BOOKKEEPING_KINDS, PICTURE_KINDS, kind_of
from designer.services.leveling_words import said_of
from designer.services.words import counted

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
MOST_LINES = 80
"""Lines of one group; the last says how many there are besides."""
_QUIET = frozenset({"order", "origin"})
_DRAWN = (Table, View, Entity, Relationship)
_BEFORE_OTHERS = (Column, Attribute)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that differs. `old` and `new` are values in words, `record` is what it is about."""

    mark: str
    text: str
    old: str
    new: str
    record: Id


@dataclass(frozen=True, slots=True)
class Group:
    """What differs about one table, entity or other owner.

    `about` is the owner, `drawn` what a diagram shows of it or empty, `diagrams` where. `key` is another one as soon as
    any line is, so that what somebody has looked at is known again.
    """

    about: Id
    drawn: bool
    mark: str
    title: str
    was: str
    model: str
    lines: tuple[Line, ...]
    more: int
    diagrams: tuple[Id, ...]
    key: str


@dataclass(frozen=True, slots=True)
class OnDiagram:
    """How many groups one diagram shows, and what else is done to its picture, in words."""

    id: Id
    name: str
    model: str
    groups: int
    picture: str


@dataclass(frozen=True, slots=True)
class Told:
    """All that differs: the groups, the diagrams that show them, and how many groups are on none."""

    groups: tuple[Group, ...]
    diagrams: tuple[OnDiagram, ...]
    nowhere: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    added: dict[Id, Record]
    removed: dict[Id, Record]
    changed: dict[Id, Fields]


def told(before: Design, change: Change, after: Design) -> Told:
    """Return in words what a change of `before` into `after` does."""
    places = _places(before, after)
    several = len(models(after)) + len(models(before)) > 2
    found = [
        group
        for owner, parts in _by_owner(before, after, change).items()
        if (group := _group(before, after, owner, parts, places, several)) is not None
    ]
    groups = tuple(sorted(found, key=lambda each: (each.model, each.title.casefold(), each.about)))
    counts = Counter(each.mark for each in groups)
    nowhere = sum(not each.diagrams for each in groups)
    shown = tuple((mark, counts[mark]) for mark in (ADDED, CHANGED, REMOVED) if counts[mark])
    return Told(groups, tuple(_diagrams(before, after, change, groups)), nowhere, shown)


def _by_owner(before: Design, after: Design, change: Change) -> dict[Id, _Parts]:
    found: dict[Id, _Parts] = defaultdict(lambda: _Parts({}, {}, {}))
    for each, record in change.added.items():
        if _is_told(record):
            found[owner_of(after, record)].added[each] = record
    for each, record in change.removed.items():
        if _is_told(record):
            found[owner_of(before, record)].removed[each] = record
    for each, fields in change.changed.items():
        if _is_told(after[each]):
            found[owner_of(after, after[each])].changed[each] = fields
            if "parent" in fields and isinstance(after[each], _BEFORE_OTHERS):
                found[owner_of(before, before[each])].changed[each] = fields
    return found


def _is_told(record: Record) -> bool:
    return kind_of(record) not in BOOKKEEPING_KINDS and kind_of(record) not in PICTURE_KINDS


def owner_of(design: Design, record: Record) -> Id:
    """Return the record right under schema or model that another belongs to."""
    for _ in range(100):
        parent = design.get(record.parent or "")
        if parent is None or isinstance(parent, Schema | Model):
            break
        record = parent
    return record.id


def _group(before: Design, after: Design, owner: Id, parts: _Parts, places: _Places, several: bool) -> Group | None:
    here = after if owner in after else before
    record = here[owner]
    mark = ADDED if owner in parts.added else REMOVED if owner in parts.removed else CHANGED
    lines = list(_lines(before, after, owner, parts))
    if mark == CHANGED and not lines:
        return None
    was = called(before, before[owner]) if mark == CHANGED and owner in before else ""
    title = called(here, record)
    title = title if title.startswith("the ") else f"{word(record)} {title}"
    model = here.model_of(record)
    name = (model.name or model.level) if several and model is not None and model is not record else ""
    kept = tuple(lines[:MOST_LINES])
    was = was if was and not title.endswith(was) and all(each.text != "name" for each in lines) else ""
    said = repr((mark, title, was, lines))
    return Group(
        owner, isinstance(record, _DRAWN), mark, title, was, name, kept, len(lines) - len(kept),
        places.of(record), hashlib.sha256(said.encode()).hexdigest()[:16],
    )  # fmt: skip


def _lines(before: Design, after: Design, owner: Id, parts: _Parts) -> Iterator[Line]:
    for each, fields in sorted(parts.changed.items(), key=lambda item: _place(after, item[0])):
        yield from _changed(before, after, owner, each, fields)
    for mark, records, design in ((ADDED, parts.added, after), (REMOVED, parts.removed, before)):
        inside = [each for each in records.values() if each.id != owner]
        for record in sorted(inside, key=lambda each: _place(design, each.id)):
            detail = detail_of(design, record)
            old, new = (detail, "") if mark == REMOVED else ("", detail)
            yield Line(mark, _named(design, record), old, new, record.id)
        if owner in records and (detail := detail_of(design, design[owner])):
            yield Line(mark, "is", "" if mark == ADDED else detail, detail if mark == ADDED else "", owner)


def _place(design: Design, each: Id) -> tuple[bool, str, str, str]:
    record = design.get(each)
    if record is None:
        return (True, "", "", each)
    return (not isinstance(record, _BEFORE_OTHERS), kind_of(record), record.order, each)


def _changed(before: Design, after: Design, owner: Id, each: Id, fields: Fields) -> Iterator[Line]:
    old_record, record = before[each], after[each]
    moved = fields.get("parent")
    if moved is not None:
        yield from _moved(before, after, old_record, record)
        if owner_of(after, record) != owner:
            return
    name = "" if each == owner else _named(before, old_record)
    seen = [item for item in sorted(fields.items()) if item[0] not in _QUIET and item[0] != "parent"]
    for field, (old, new) in seen:
        if field == "logical" and "type" in fields:
            continue
        said = ": ".join(part for part in (name, field_word(field)) if part)
        yield Line(CHANGED, said, said_of(before, field, old), said_of(after, field, new), each)
    if not seen and moved is None and "order" in fields:
        yield Line(MOVED, f"{name or 'it'} stands at another place in its list", "", "", each)


def _moved(before: Design, after: Design, old: Record, new: Record) -> Iterator[Line]:
    origin, target = (_title(side, side.get(each.parent or "")) for side, each in ((before, old), (after, new)))
    yield Line(MOVED, f"{_named(before, old)} moves", origin, target, new.id)


def _title(design: Design, record: Record | None) -> str:
    return called(design, record) if record is not None else "nothing"


def _named(design: Design, record: Record) -> str:
    """Return `column email`; what has no name is called by what it is."""
    name = record.name if isinstance(record, Named) else ""
    if name:
        return f"{word(record)} {name}"
    if isinstance(record, Key) and record.primary:
        return "primary key"
    return word(record) if design.get(record.parent or "") is not None else called(design, record)


def detail_of(design: Design, record: Record) -> str:
    """Return in a few words what a record that comes or goes is."""
    match record:
        case Column():
            return f"{record.type or record.logical}{'' if record.nullable else ' not null'}".strip()
        case Attribute():
            return f"{record.type}{' optional' if record.optional else ''}".strip()
        case ForeignKey():
            target = value(design, record.ref_table) if record.ref_table else record.missing_table
            return f"{_names(design, record.columns)} → {target}"
        case Key():
            return _names(design, record.columns) if record.columns else value(design, record.parts)
        case Index():
            return f"{'unique ' if record.unique else ''}{value(design, record.parts)}"
        case Check():
            return value(design, record.expr)
        case Identifier():
            return _names(design, record.attributes)
        case EnumType():
            return value(design, record.values)
        case Relationship():
            return value(design, record.ends)
        case Generalization():
            return f"{value(design, record.subtypes)} → {value(design, record.supertype)}"
        case View():
            return value(design, record.query)
    return ""


def _names(design: Design, ids: Iterable[Id]) -> str:
    """Return the names of columns or attributes, which stand beside their owner's and need not say it."""
    found = (design.get(each) for each in ids)
    return ", ".join(each.name for each in found if isinstance(each, Named)) or "nothing"


class _Places:
    """On which diagrams an element stands, in either state."""

    def __init__(self, shown: Mapping[Id, tuple[Id, ...]]):
        self._shown = shown

    def of(self, record: Record) -> tuple[Id, ...]:
        own = self._shown.get(record.id, ())
        if own:
            return own
        if isinstance(record, Relationship):
            return self._all(each.entity for each in record.ends)
        if isinstance(record, Generalization):
            return self._all(each for each in (record.supertype, *record.subtypes) if each)
        return ()

    def _all(self, elements: Iterable[Id]) -> tuple[Id, ...]:
        """Return the diagrams that show every one of some elements: a line stands between them."""
        sets = [self._shown.get(each, ()) for each in elements]
        return tuple(each for each in sets[0] if all(each in other for other in sets)) if sets else ()


def _places(before: Design, after: Design) -> _Places:
    shown: dict[Id, dict[Id, None]] = defaultdict(dict)
    for design in (after, before):
        for each in design.of(Placement):
            if each.element and each.parent in after and (design is after or each.element not in after):
                shown[each.element][each.parent or ""] = None
    return _Places({element: tuple(diagrams) for element, diagrams in shown.items()})


# Diagrams


def _diagrams(before: Design, after: Design, change: Change, groups: tuple[Group, ...]) -> Iterator[OnDiagram]:
    counts = Counter(diagram for group in groups for diagram in group.diagrams)
    pictures = _pictures(before, after, change)
    for model in models(after):
        for diagram in after.of(Diagram, model.id):
            said = ", ".join(f"{counted(n, what)} {verb}" for (what, verb), n in pictures[diagram.id].items())
            if counts[diagram.id] or said or diagram.id in change.added:
                name = diagram.name or "Diagram"
                said = said if diagram.id not in change.added else "a new diagram"
                yield OnDiagram(diagram.id, name, model.name or model.level, counts[diagram.id], said)
    for record in change.removed.values():
        if isinstance(record, Diagram):
            yield OnDiagram("", record.name or "Diagram", "", 0, "removed")


def _pictures(before: Design, after: Design, change: Change) -> dict[Id, Counter[tuple[str, str]]]:
    """Return what is done to the picture of each diagram: boxes moved, notes and areas that come, go or change."""
    found: dict[Id, Counter[tuple[str, str]]] = defaultdict(Counter)
    for records, design, verb in ((change.added, after, "put on"), (change.removed, before, "taken off")):
        for record in records.values():
            known = not isinstance(record, Placement) or (record.element in before and record.element in after)
            if isinstance(record, Placement | Note | Area) and known and record.parent in design:
                found[record.parent or ""][_seen_as(record), verb] += 1
    for each, fields in change.changed.items():
        record = after[each]
        if isinstance(record, Placement | Note | Area):
            verb = "moved" if {*fields} <= {"x", "y"} else "changed"
            found[record.parent or ""][_seen_as(record), verb] += 1
        elif isinstance(record, Diagram):
            found[each]["setting", "changed"] += len(fields)
    return found


def _seen_as(record: Record) -> str:
    return "box" if isinstance(record, Placement) else kind_of(record)
