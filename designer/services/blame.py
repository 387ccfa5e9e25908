"""Blame: which edit made each field of a record what it is, who made it, and in which change request.

The log is walked backwards. Where a merge brought a value, the walk goes on in the log of the branch that it came
from, at the version that was merged; so an update is not the work of whoever updated, nor a merge of whoever merged.
Where an undo only brought a value back, the edit that first made it is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from designer.change import Change
from designer.models import Branch, ChangeRequest, LogEntry
from designer.schema import Design, Id, Record, kind_of
from designer.schema.kinds import BOOKKEEPING_KINDS
from designer.services.markdown import plain
from designer.services.states import design_at
from designer.services.touching import part, places

CREATED = ""
"""Stands for the record itself among its fields: the entry that added it."""
QUIET = frozenset({"parent", "order", "origin"})
"""Fields that say where a record stands, not what it is."""
_UNDONE = ("Undo: ", "Redo: ")
_MERGES = ("Merge ", "Update from ")
_CHUNK = 64
_DEEPEST = 200
"""How many merges into one another are seen through."""


@dataclass(frozen=True, slots=True)
class Author:
    """One entry of the log: who, when, by which edit. `requests` brought it here, the one it was made for first.

    `unfollowed`: the entry is a merge of a branch, and the log does not say any more which version of which.
    """

    branch: Branch
    version: int
    name: str
    time: datetime
    label: str
    requests: tuple[ChangeRequest, ...] = ()
    unfollowed: bool = False

    @property
    def why(self) -> str:
        """The first line of what the change request says, else the label of the edit."""
        said = self.requests[0].description.strip() if self.requests else ""
        return plain(said.splitlines()[0]) if said else self.label


@dataclass(frozen=True, slots=True)
class Found:
    """That an entry made a field what it is. `created`: it came with the record; else `old` is what it was before."""

    old: Any
    new: Any
    created: bool
    author: Author


@dataclass(slots=True)
class _Sought:
    """A value whose origin is looked for; `undone` is the undo that brought it back, until an older edit is found."""

    value: Any
    undone: Found | None = None


Origins = dict[tuple[Id, str], Found]
_Open = dict[Id, dict[str, _Sought]]


def blame(branch: Branch, version: int, ids: Collection[Id], design: Design | None = None) -> Origins:
    """Return the origin of each field of some records as they are at a version, and of each record itself."""
    there = design_at(branch, version) if design is None else design
    wanted = {each: _values(there[each]) for each in ids if each in there}
    return _Walk({}).run(branch, version, wanted)


def _values(record: Record) -> dict[str, Any]:
    names = (name for name in type(record).__struct_fields__ if name != "id")
    return {CREATED: None, **{name: getattr(record, name) for name in names}}


@dataclass(slots=True)
class _Walk:
    """One walk down the logs; `requests` are those that were looked up already."""

    requests: dict[tuple[int, int], ChangeRequest | None]
    depth: int = 0
    names: dict[int, list[str]] = field(default_factory=dict)
    found: Origins = field(default_factory=dict)

    def run(self, branch: Branch, upto: int, wanted: Mapping[Id, Mapping[str, Any]]) -> Origins:
        open_: _Open = {each: {n: _Sought(v) for n, v in values.items()} for each, values in wanted.items()}
        for entry in _entries(places(branch, upto, wanted.keys())):
            change = part(entry.change, open_.keys())
            self._take(entry, _sets(change, open_), open_)
            for each in [each for each, fields in open_.items() if not fields]:
                del open_[each]
            if not open_:
                break
        for each, fields in open_.items():
            self.found.update({(each, n): sought.undone for n, sought in fields.items() if sought.undone})
        return self.found

    def _take(self, entry: LogEntry, sets: list[tuple[Id, str, Any, Any, bool]], open_: _Open) -> None:
        """Settle what an entry sets to the value that is sought; what it sets otherwise has no origin here."""
        brought: dict[Id, dict[str, Any]] = {}
        for each, name, old, new, created in sets:
            sought = open_[each][name]
            if new != sought.value:
                if sought.undone is None:
                    del open_[each][name]
                continue
            hit = Found(old, new, created, _author(entry))
            if entry.label.startswith(_UNDONE) and entry.merged_from_id is None:
                sought.undone = sought.undone or hit
                continue
            self.found[each, name] = hit
            del open_[each][name]
            brought.setdefault(each, {})[name] = new
        if brought and entry.merged_from is not None and self.depth < _DEEPEST:
            self._see_through(entry, entry.merged_from, brought)
        elif brought and entry.merged_from is None and entry.label.startswith(_MERGES):
            self._stop_at(entry, brought)

    def _stop_at(self, entry: LogEntry, brought: dict[Id, dict[str, Any]]) -> None:
        """Say of a merge that does not name its branch that it cannot be followed, as those of old logs."""
        request = self._request(entry)
        if request is None and entry.merged_version is None and not self._names_a_branch(entry):
            return
        by = replace(_author(entry), requests=(request,) if request else (), unfollowed=True)
        for each, names in brought.items():
            self.found.update({(each, n): replace(self.found[each, n], author=by) for n in names})

    def _names_a_branch(self, entry: LogEntry) -> bool:
        """Whether a label is what the merge or the update of a branch of this project is called."""
        project = entry.branch.project_id
        if project not in self.names:
            self.names[project] = list(Branch.objects.filter(project=project).values_list("name", flat=True))
        ways = ((f"Merge {name}", f"Update from {name} (") for name in self.names[project])
        return any(entry.label == up or entry.label.startswith(down) for up, down in ways)

    def _see_through(self, entry: LogEntry, of: Branch, brought: dict[Id, dict[str, Any]]) -> None:
        """Put those who made it on the branch in the place of the merge that brought it."""
        below = _Walk(self.requests, self.depth + 1, self.names).run(of, entry.merged_version or 0, brought)
        request = self._request(entry)
        for key, hit in below.items():
            by = hit.author
            self.found[key] = replace(hit, author=replace(by, requests=(*by.requests, request))) if request else hit
        if request:
            for each, names in brought.items():
                for name in names.keys() - {name for about, name in below if about == each}:
                    hit = self.found[each, name]
                    self.found[each, name] = replace(hit, author=replace(hit.author, requests=(request,)))

    def _request(self, entry: LogEntry) -> ChangeRequest | None:
        key = (entry.branch_id, entry.version)
        if key not in self.requests:
            merged = ChangeRequest.objects.filter(target_id=key[0], merged_version=key[1], state="merged")
            self.requests[key] = (merged.filter(branch=entry.merged_from) if entry.merged_from else merged).first()
        return self.requests[key]


def _entries(places_: list[tuple[Branch, int]]) -> Iterator[LogEntry]:
    """Read entries as they are needed, a few at a time, the newest first."""
    for start in range(0, len(places_), _CHUNK):
        chunk = places_[start : start + _CHUNK]
        known = {at.pk: at for at, _ in chunk}
        rows: dict[tuple[int, int], LogEntry] = {}
        for pk in known:
            versions = [version for at, version in chunk if at.pk == pk]
            found = LogEntry.objects.filter(branch_id=pk, version__in=versions)
            rows |= {(pk, row.version): row for row in found.select_related("merged_from", "merged_from__source")}
        for at, version in chunk:
            row = rows[at.pk, version]
            row.branch = at
            yield row


def _sets(change: Change, open_: _Open) -> list[tuple[Id, str, Any, Any, bool]]:
    """Return what a change sets of the open fields: record, field, old, new, and whether the record came with it."""
    found: list[tuple[Id, str, Any, Any, bool]] = []
    for each, fields in open_.items():
        if each in change.added:
            record, before = change.added[each], change.removed.get(each)
            found += [
                (each, n, getattr(before, n, None) if n else None, getattr(record, n, None) if n else None, True)
                for n in fields
            ]
        elif each in change.changed:
            found += [(each, n, *pair, False) for n, pair in change.changed[each].items() if n in fields]
    return found


def _author(entry: LogEntry) -> Author:
    return Author(entry.branch, entry.version, entry.author_name, entry.time, entry.label)


# What people read


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a record that was changed since the record came."""

    field: str
    found: Found


@dataclass(frozen=True, slots=True)
class Story:
    """Who made a record, and who changed which field of it last; the newest first."""

    record: Record
    created: Found | None
    lines: tuple[Line, ...]

    @property
    def last(self) -> Found | None:
        """The latest of all."""
        return self.lines[0].found if self.lines else self.created


def stories(branch: Branch, version: int, ids: Collection[Id], design: Design) -> list[Story]:
    """Return the stories of some records as they are at a version, in the order that they were asked for."""
    found = blame(branch, version, ids, design)
    return [_story(design[each], found) for each in ids if each in design]


def _story(record: Record, found: Origins) -> Story:
    lines = [
        Line(name, hit)
        for (about, name), hit in found.items()
        if about == record.id
        and name
        and name not in QUIET
        and not hit.created
        and not _is_said_by(name, record, found)
    ]
    lines.sort(key=lambda line: (line.found.author.time, line.found.author.version), reverse=True)
    return Story(record, found.get((record.id, CREATED)), tuple(lines))


def _is_said_by(name: str, record: Record, found: Origins) -> bool:
    """The dialect-free type of a column is told by its type, where one edit set both."""
    typed = found.get((record.id, "type"))
    return name == "logical" and typed is not None and typed.author == found[record.id, name].author


def parts_of(design: Design, element: Id) -> list[Id]:
    """Return a record with all that hangs on it: its columns, keys, foreign keys, indexes, and what hangs on those."""
    found, queue = [], [element]
    while queue:
        at = queue.pop(0)
        if at in design and kind_of(design[at]) not in BOOKKEEPING_KINDS:
            found.append(at)
            queue += design.children(at)
    return found
