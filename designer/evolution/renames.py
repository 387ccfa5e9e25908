"""What may be one object under two names: the questions, and what is done with the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from designer.compare.thing import Thing
from designer.evolution.align_judge import Judge
from designer.evolution.align_pairs import Paired
from designer.evolution.contract import Rename
from designer.evolution.likeness import ENOUGH, Likely
from designer.schema import Design, EnumType, Id, Named, Record, Schema

ENUM_VALUE = "enum value"
_KINDS = frozenset({
    "table", "column", "view", "enum type", "domain type", "composite type", "sequence", "function", "procedure",
    "aggregate", "primary key", "unique key", "foreign key", "check", "exclusion", "index", "trigger", "policy",
})  # fmt: skip
"""Kinds of objects that keep something when they keep themselves: rows, privileges, what hangs on them."""
_AT_HOME = frozenset({
    "column", "primary key", "unique key", "foreign key", "check", "exclusion", "index", "trigger", "policy",
})  # fmt: skip
"""Kinds that stay with what they belong to."""
_SURE = 0.75
"""How alike constraints and the like must be: nothing is lost when they are made anew."""
_TIE = 0.02
"""Two candidates whose scores are as near as this are both asked about."""
MOST_TRIED = 40_000
"""How many pairs of one kind are looked at: beyond that, two schemas have nothing to do with one another."""


def candidates(found: Paired, judge: Judge) -> list[Rename]:
    """Return what is only on one side and may be the same object, the likeliest first within each kind."""
    schemas = list(_schemas(found))
    moved = {each.old for each in schemas}
    likely = Likely(found, judge)
    result = schemas + list(_values(found))
    for ours, theirs in _groups(found, moved):
        result += _best(ours, theirs, likely)
    return result


def _groups(found: Paired, moved: set[Id]) -> Iterator[tuple[list[Thing], list[Thing]]]:
    """Yield the objects of each kind, and of each table where they stay with it, that are on one side only."""
    places: dict[tuple[str, tuple[str, ...]], tuple[list[Thing], list[Thing]]] = {}
    for at, (things, side) in enumerate(((found.only_old, found.old), (found.only_new, found.new))):
        for each in things:
            if each.kind not in _KINDS or each.implied or not each.name:
                continue
            if side.design[each.id].parent in moved:
                continue
            home = each.home if each.kind in _AT_HOME else ()
            places.setdefault((each.kind, home), ([], []))[at].append(each)
    yield from (pair for pair in places.values() if pair[0] and pair[1] and len(pair[0]) * len(pair[1]) <= MOST_TRIED)


def _best(ours: list[Thing], theirs: list[Thing], likely: Likely) -> list[Rename]:
    """Return the likeliest pairs, each object in one; where two are as likely, both."""
    kind = ours[0].kind
    least = _SURE if kind in _AT_HOME - {"column"} else ENOUGH
    scored = [(likely.of(one, two), one, two) for one in ours for two in theirs]
    scored = sorted((each for each in scored if each[0].score >= least), key=lambda each: -each[0].score)
    taken: dict[int, float] = {}
    result: list[Rename] = []
    for likeness, one, two in scored:
        before = max(taken.get(id(one), 0.0), taken.get(id(two), 0.0))
        if before and likeness.score < before - _TIE:
            continue
        taken[id(one)] = taken[id(two)] = max(before, likeness.score)
        result.append(Rename(kind, one.id, two.id, shown(one), shown(two), round(likeness.score, 2), likeness.why))
    return result


def shown(thing: Thing) -> str:
    """Return how people name an object: constraints and indexes with the table they are on."""
    return ".".join((*thing.home, thing.name.partition("(")[0]))


def _schemas(found: Paired) -> Iterator[Rename]:
    """Yield schemas that have the same things in them."""
    gone = [each for each in found.only_old if each.kind == "schema"]
    come = [each for each in found.only_new if each.kind == "schema"]
    for one in gone:
        inside = _inside(found.old.design, one.id)
        scores = [
            (len(inside & (other := _inside(found.new.design, two.id))), len(inside | other), two) for two in come
        ]
        both, all_of, two = max(scores, key=lambda each: each[0], default=(0, 0, one))
        if both and both / all_of >= ENOUGH:
            why = f"{both} of {all_of} objects are the same"
            yield Rename("schema", one.id, two.id, one.name, two.name, round(both / all_of, 2), why)


def _inside(design: Design, schema: Id) -> set[tuple[str, str]]:
    records = (design[each] for each in design.children(schema))
    return {(type(each).__name__, each.name) for each in records if isinstance(each, Named)}


def _values(found: Paired) -> Iterator[Rename]:
    """Yield values of an enum that stand where another one stood."""
    for two, one in found.ids.items():
        ours, theirs = found.old.design.get(one), found.new.design.get(two)
        if not isinstance(ours, EnumType) or not isinstance(theirs, EnumType) or ours.values == theirs.values:
            continue
        if len(ours.values) != len(theirs.values):
            continue
        path = ".".join(found.old.path(ours))
        rows = zip(ours.values, theirs.values, strict=True)
        changed = [pair for pair in rows if pair[0] not in theirs.values and pair[1] not in ours.values]
        for before, after in changed if len(changed) > 1 else ():  # a single one has no other reading
            why = "same place among the values"
            yield Rename(ENUM_VALUE, one, two, f"{path}.{before}", f"{path}.{after}", 0.7, why)


# Answers


def with_new_names(old: Design, new: Design, renames: Iterable[Rename], models: tuple[Id, Id]) -> Design:
    """Return the old design with the new names of what is to be renamed, so that it is found under them."""
    put: dict[Id, Record] = {}
    for each in renames:
        before, after = put.get(each.old, old.get(each.old)), new.get(each.new)
        if before is None or after is None:
            continue
        if each.kind == ENUM_VALUE:
            put[each.old] = _with_value(before, after, each)
        else:
            parent = _parent(old, new, before, after, models)
            name = getattr(after, "name", "")
            put[each.old] = msgspec.structs.replace(before, name=name, parent=parent)
    for schema in [each for each in put.values() if each.parent and each.parent not in old]:
        above = new[schema.parent or ""]
        put[above.id] = msgspec.structs.replace(above, parent=models[0])
    return old.changed((), list(put.values())) if put else old


def _with_value(enum: Record, other: Record, rename: Rename) -> Record:
    if not isinstance(enum, EnumType) or not isinstance(other, EnumType):
        return enum
    before, after = value_of(enum, rename.old_label), value_of(other, rename.new_label)
    return msgspec.structs.replace(enum, values=tuple(after if each == before else each for each in enum.values))


def with_values(aligned: Design, new: Design, renames: Iterable[Rename]) -> Design:
    """Return the new side with the values of enums as it has them: a renamed value is no equal one."""
    put = [
        msgspec.structs.replace(enum, values=after.values)
        for each in renames
        if each.kind == ENUM_VALUE
        and isinstance(enum := aligned.get(each.old), EnumType)
        and isinstance(after := new.get(each.new), EnumType)
    ]
    return aligned.changed((), put) if put else aligned


def renamed_values(old: Design, new: Design, renames: Iterable[Rename]) -> dict[Id, dict[str, str]]:
    """Return, by enum, which value becomes which."""
    found: dict[Id, dict[str, str]] = {}
    for each in renames:
        before, after = old.get(each.old), new.get(each.old)
        if each.kind == ENUM_VALUE and isinstance(before, EnumType) and isinstance(after, EnumType):
            pair = value_of(before, each.old_label), value_of(after, each.new_label)
            found.setdefault(each.old, {})[pair[0]] = pair[1]
    return found


def value_of(enum: EnumType, label: str) -> str:
    """Return the value that a label such as `public.mood.happy` ends with."""
    return max((each for each in enum.values if label.endswith(f".{each}")), key=len, default="")


def _parent(old: Design, new: Design, before: Record, after: Record, models: tuple[Id, Id]) -> Id | None:
    """Return the old schema that has the name of the new place; the new place itself where there is none."""
    place = new.get(after.parent or "")
    if not isinstance(place, Schema):
        return models[0] if after.parent == models[1] else before.parent
    known = next((each.id for each in old.of(Schema) if each.name == place.name), None)
    return known or place.id
