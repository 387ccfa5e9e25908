"""The history of a branch: who did what and when, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.functions import Length

from designer.change import Change, change_decode
from designer.commands.names import called, word
from designer.models import Branch, LogEntry
from designer.schema import Design, Expr, Id, Placement, Record, kind_of
from designer.schema.kinds import BOOKKEEPING_KINDS
from designer.services import branches
from designer.services.states import log_of
from designer.services.words import ago, counted

PAGE = 50
_READ_UP_TO = 200_000
"""Larger changes, which imports are, are not decoded for a line of text; their label says enough."""
_LINES = 6


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the history."""

    version: int
    author: str
    time: datetime
    ago: str
    label: str
    details: list[str]
    more: int


def events(branch: Branch, before: int | None = None) -> tuple[list[Event], int | None]:
    """Return one page of events, newest first, and the version that the next page starts before, if there is one."""
    entries = log_of(branch).order_by("-version")
    if before is not None:
        entries = entries.filter(version__lt=before)
    rows = list(entries.defer("change")[: PAGE + 1])
    shown = rows[:PAGE]
    texts = texts_of(branch, [row.version for row in shown])
    design, _ = branches.load(branch)
    found = [_event(design, row, texts.get(row.version)) for row in shown]
    return found, shown[-1].version if len(rows) > PAGE else None


def touched_since(branch: Branch, since: datetime) -> set[Id]:
    """Return the ids of the records that were added, changed or removed after a moment."""
    entries = log_of(branch).filter(time__gt=since).values_list("change", flat=True)
    found: set[Id] = set()
    for text in entries.iterator(chunk_size=50):
        found |= change_decode(text).touched()
    return found


def texts_of(branch: Branch, versions: list[int]) -> dict[int, str]:
    """Return the changes of some versions as they stand in the log, by version; very large ones are left out."""
    rows = log_of(branch).filter(version__in=versions).annotate(size=Length("change"))
    return dict(rows.filter(size__lte=_READ_UP_TO).values_list("version", "change"))


def _event(design: Design, row: LogEntry, text: str | None) -> Event:
    lines = in_words(design, change_decode(text)) if text else []
    return Event(
        row.version, row.author_name, row.time, ago(row.time), row.label, lines[:_LINES], max(0, len(lines) - _LINES)
    )


def in_words(design: Design, change: Change) -> list[str]:
    """Return what a change did, a line each; moved boxes are counted. Names are those that records have in `design`."""
    lines = [*_counted("added", change.added.values()), *_counted("removed", change.removed.values())]
    moved = 0
    for each, fields in sorted(change.changed.items()):
        record = design.get(each) or change.removed.get(each)
        if isinstance(record, Placement):
            moved += 1
            continue
        if record is not None and kind_of(record) in BOOKKEEPING_KINDS:
            continue
        about = f"{word(record)} {called(design, record)}" if record is not None else "something that was removed later"
        told = [name for name in fields if name != "logical" or "type" not in fields]
        lines += [f"{about}: {_field(design, name, *fields[name])}" for name in told]
    return lines + ([f"moved {counted(moved, 'element')}"] if moved else [])


def _counted(verb: str, records: Any) -> list[str]:
    names: dict[str, list[str]] = {}
    for record in records:
        if not isinstance(record, Placement) and kind_of(record) not in BOOKKEEPING_KINDS:
            names.setdefault(word(record), []).append(getattr(record, "name", ""))
    lines = []
    for kind, found in sorted(names.items(), key=lambda pair: -len(pair[1])):
        given = [name for name in found if name]
        listed = ", ".join(given[:4]) + (", …" if len(given) > 4 else "")
        lines.append(f"{verb} {counted(len(found), kind)}" + (f": {listed}" if listed else ""))
    return lines


def _field(design: Design, name: str, old: Any, new: Any) -> str:
    label = name.replace("_", " ")
    return "moved among its siblings" if name == "order" else f"{label} {shown(design, old)} → {shown(design, new)}"


def shown(design: Design, value: Any) -> str:
    """Return the value of a field in words: names for ids, `nothing` for what is empty, no more than one line."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Expr):
        return _short(value.text)
    if isinstance(value, tuple):
        return _short(", ".join(shown(design, each) for each in value) or "nothing")
    return _short(_name_of(design, value) if isinstance(value, str) else str(value))


def _name_of(design: Design, value: Id | str) -> str:
    record: Record | None = design.get(value)
    return called(design, record) if record is not None else value


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
