"""Columns that say when, and by whom, a row was made and changed."""

from __future__ import annotations

from dataclasses import replace

from designer.dialects.base import Dialect
from designer.levels.contract import Note, Settings
from designer.levels.er import Er, Field, Thing
from designer.levels.reading.counting import spoken

CHANGED_AT = "updated at"
_MOMENTS = ("created at", CHANGED_AT)
_PEOPLE = ("created at", "created by", CHANGED_AT, "updated by")
_COLUMNS = {"timestamps": _MOMENTS, "people": _PEOPLE}
_PERSON = "string(120)"


def audited(er: Er, settings: Settings, dialect: Dialect) -> Er:
    """Return the model with audit fields in every thing that has none of their name."""
    wanted = _COLUMNS.get(settings.option("audit"), ())
    if not wanted:
        return er
    things = {mark: _with(thing, wanted) for mark, thing in er.things.items()}
    notes = er.notes if dialect.name in ("mysql", "mariadb") else (*er.notes, _NOT_KEPT)
    return replace(er, things=things, notes=notes)


def is_moment(field: Field) -> bool:
    """Say whether a field holds when a row was made or changed."""
    return field.band == "audit" and field.words in _MOMENTS


_NOT_KEPT = Note(
    "updated-at-not-kept",
    None,
    "the database does not change updated_at by itself: a trigger or the application has to",
)


def _with(thing: Thing, wanted: tuple[str, ...]) -> Thing:
    if thing.nature == "lookup":
        return thing
    known = {spoken(field.words) for field in thing.fields}
    fields = tuple(_field(thing, words, at) for at, words in enumerate(wanted) if words not in known)
    return replace(thing, fields=(*thing.fields, *fields))


def _field(thing: Thing, words: str, at: int) -> Field:
    moment = words in _MOMENTS
    return Field(
        mark=f"{words} {thing.mark}", words=words, origin=thing.origin, type="timestamp_tz" if moment else _PERSON,
        optional=not moment, order=str(at + 1), band="audit",
    )  # fmt: skip
