"""Discovery: what the rows of a table say, from an upload, pasted rows or a live table, kept beside the branch.

A job reads the rows in a process of its own, finds what holds in them, and keeps a `Kept`: the findings, at most two
hundred rows to show, and rows that speak against dependencies. The rows themselves are not kept. Nothing enters the
design: `proposals` are for `commands` that people run.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from django.conf import settings
from django.utils import timezone

from designer.dependencies.columns import names_in
from designer.dependencies.stating import Proposal
from designer.discovery import sketches
from designer.discovery.contract import (
    USUAL,
    Asked,
    Checked,
    Counterexample,
    Discovered,
    FoundDependency,
    Profile,
    Sketch,
    Wish,
)
from designer.discovery.matching import matched
from designer.models import Branch, DataSample, Job
from designer.schema import Dependency, Design, Entity, ForeignKey, Id, Named, Table
from designer.services import branches, imports, jobs, permissions
from designer.services.database_place import Place
from designer.services.discovery_process import Discovering
from designer.services.errors import Invalid, NotFound, TooLarge
from designer.services.imports import Source
from designer.services.jobs import Watch
from designer.services.permissions import AnyUser, Right

_MEBI = 1024 * 1024
LARGEST_PASTE = 4 * _MEBI
"""Characters of pasted rows."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The data that somebody showed for a table or entity, seen with the columns that it has now.

    Columns of the data are numbers (`found.columns[n].name`); `columns[n]` is the id of the column of the design that
    has its name, or None. `strangers` are names of the data that the table does not have, `missing` names of columns
    of the table that the data do not have.
    """

    element: Id
    source: str  # a file's name, "pasted rows", or a table at a host: never a user or a password
    by: str
    taken: datetime
    found: Discovered
    columns: tuple[Id | None, ...]
    strangers: tuple[str, ...]
    missing: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str | None, ...]], ...]  # (number of the row from 1, values)
    asked: tuple[Asked, ...]
    counterexamples: tuple[Counterexample, ...]

    def numbers(self, ids: Iterable[Id]) -> tuple[int, ...] | None:
        """Return the columns of the data for columns of the design, in its order; None where one is not there."""
        wanted = set(ids)
        found = tuple(at for at, each in enumerate(self.columns) if each in wanted)
        return found if len(found) == len(wanted) else None

    def ids(self, numbers: Iterable[int]) -> tuple[Id, ...] | None:
        """Return the columns of the design for columns of the data; None where the design does not have one."""
        found = tuple(self.columns[each] for each in numbers)
        return None if None in found else tuple(each for each in found if each is not None)

    def values(self, column: Id) -> list[str | None]:
        """Return the kept values of a column of the design, which rules about the first normal form look at."""
        at = self.numbers([column])
        return [row[at[0]] for _, row in self.rows] if at else []

    def dependency(self, left: Iterable[Id], right: Id) -> FoundDependency | None:
        """Return what was found of a dependency of the design, where it holds exactly or nearly and is minimal."""
        wanted, target = self.numbers(left), self.numbers([right])
        if not wanted or not target:
            return None
        return next((each for each in self.found.dependencies if (each.left, each.right) == (wanted, target[0])), None)

    def checked(self, left: Iterable[Id], right: Id) -> Checked | None:
        """Return what the rows said of a dependency, with its worst conflicts: of one that holds nearly, or that was in
        the design when the rows were read. None where nobody asked."""
        wanted, target = self.numbers(left), self.numbers([right])
        found = [each.answer for each in self.asked if target and (each.left, each.right) == (wanted, target[0])]
        return found[0] if found else None

    def counterexample(self, left: Id, right: Id) -> Counterexample | None:
        """Return two rows with the same `left` and another `right`; None where there are none, or it is not known."""
        pair = self.numbers([left]), self.numbers([right])
        found = [each for each in self.counterexamples if pair == ((each.left,), (each.right,))]
        return found[0] if found else None

    def proposals(self, least_share: float = 0.0) -> tuple[Proposal, ...]:
        """Return what was found as proposals for `dependencies.stating.propose`, in the order of the finding.

        Only those whose columns the table has, and of whose rows at least `least_share` repeat (0.5 is a good number).
        """
        return tuple(
            proposal
            for each in self.found.dependencies
            if self.found.share(each) >= least_share and (proposal := self._proposal(each)) is not None
        )

    def _proposal(self, found: FoundDependency) -> Proposal | None:
        left, right = self.ids(found.left), self.ids([found.right])
        if left is None or right is None:
            return None
        rows, groups = self.found.rows, found.groups
        return Proposal(
            self.element, left, right, "data", checked_rows=rows, groups=groups, exceptions=found.exceptions
        )


def receive(chunks: Iterable[bytes], name: str) -> Source:
    """Put an uploaded file of rows aside. Raises TooLarge as soon as it is."""
    try:
        return imports.receive(chunks, name, "auto")
    except TooLarge:
        most = settings.WHOLEKEY_UPLOAD_LIMIT // _MEBI
        raise TooLarge(
            f"The file is larger than {most} MB; upload a part of its rows, or run `wholekey discover` on all of them."
        ) from None


def receive_text(text: str) -> Source:
    """Put pasted rows aside. Raises Invalid where there is nothing, TooLarge where it is too much."""
    if not text.strip():
        raise Invalid("Paste some rows, with the names of the columns in the first one.", "text")
    if len(text) > LARGEST_PASTE:
        raise TooLarge(f"Pasted rows may have {LARGEST_PASTE // _MEBI} MB; upload them as a file instead.")
    return receive([text.encode("utf-8", "replace")], "")


def start(
    user: AnyUser, branch: Branch, element: Id, origin: Source | Place, wish: Wish = USUAL, table: str = ""
) -> Job:
    """Start a job that reads the rows of a table or an entity and keeps what it finds in the place of what was kept.

    `origin` is what `receive` or `receive_text` gave, or a `connecting.place_of` with the name of the live `table`
    (`schema.table` or `table`; empty is the name in the design). The job's result is `{"element", "rows", "keys",
    "dependencies", "strangers", "missing"}`; `kept` has the rest. Raises Denied, NotFound, Invalid.
    """
    permissions.require(user, branch.project, Right.EDIT, "design")
    design, _ = branches.load(branch)
    owner = _owner(design, element)
    live = (table.strip() or owner.name) if isinstance(origin, Place) else ""
    task = {
        **_task(origin), "table": live, "wish": wish, "asked": _questions(design, element),
    }  # fmt: skip
    called = _called(origin, live)

    def work(watch: Watch) -> tuple[Branch, dict[str, Any]]:
        try:
            profile = Discovering(task, called).found(watch)
        finally:
            if isinstance(origin, Source):
                origin.path.unlink(missing_ok=True)
        return branch, _store(user, branch, element, called, profile)

    return jobs.start(user, f"Rows of {owner.name}", work)


def _owner(design: Design, element: Id) -> Named:
    found = design.get(element)
    if not isinstance(found, Table | Entity):
        raise NotFound("There is no such table any more; reload the page.")
    return found


def _called(origin: Source | Place, table: str) -> str:
    if isinstance(origin, Place):
        return f"{table} of {origin.called}"
    return origin.name or "The pasted rows"


def _task(origin: Source | Place) -> dict[str, Any]:
    if isinstance(origin, Place):
        return {"place": origin, "hosts": settings.WHOLEKEY_DATABASE_HOSTS}
    return {"path": str(origin.path), "name": origin.name}


def _questions(design: Design, element: Id) -> list[tuple[list[str], str]]:
    """Return the stored dependencies of a table by the names of their columns: the rows are asked about them."""
    names = names_in(design, element)
    return [
        ([names[each] for each in dependency.determinant], names[right])
        for dependency in design.of(Dependency, element)
        if not dependency.multivalued and set(dependency.determinant) <= names.keys()
        for right in dependency.dependent
        if right in names
    ]


def _store(user: AnyUser, branch: Branch, element: Id, called: str, profile: Profile) -> dict[str, Any]:
    design, _ = branches.load(branch)
    if element not in design:
        raise Invalid("The table was deleted while its rows were read; nothing was kept.")
    DataSample.objects.update_or_create(
        branch=branch,
        element=element,
        defaults={
            "source": called[:300], "rows": profile.found.rows, "author_name": branches.display_name(user),
            "found": zlib.compress(msgspec.json.encode(replace(profile, sketches=()))), "created": timezone.now(),
            "sketches": msgspec.json.encode(profile.sketches),
        },
    )  # fmt: skip
    columns = matched([each.name for each in profile.found.columns], names_in(design, element))
    found = profile.found
    return {
        "element": element, "rows": found.rows, "keys": len(found.keys), "dependencies": len(found.dependencies),
        "strangers": columns.strangers, "missing": columns.missing,
    }  # fmt: skip


def kept(user: AnyUser, branch: Branch, element: Id) -> Kept | None:
    """Return what is kept of the rows of a table or entity; None where nobody showed any. Raises NotFound, Denied."""
    permissions.require(user, branch.project, Right.VIEW, "design")
    design, _ = branches.load(branch)
    row = DataSample.objects.defer("sketches").filter(branch=branch, element=element).first()
    return _seen(row, design) if row is not None and element in design else None


def all_kept(user: AnyUser, branch: Branch) -> dict[Id, Kept]:
    """Return what is kept of every table and entity that is still there, by its id. Raises NotFound, Denied."""
    permissions.require(user, branch.project, Right.VIEW, "design")
    design, _ = branches.load(branch)
    rows = DataSample.objects.defer("sketches").filter(branch=branch).order_by("element")
    return {row.element: _seen(row, design) for row in rows if row.element in design}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A foreign key that the rows of two tables propose: a column whose values are among those of a key.

    `missing` of its `values` are not there; `why` says so as a clause, empty where all are there.
    """

    table: Id
    column: Id
    target: Id
    key: Id
    values: int
    missing: int
    names_match: bool  # without it, inclusion is weak evidence: small numbers are everywhere
    why: str


def references(user: AnyUser, branch: Branch) -> tuple[Proposed, ...]:
    """Return the foreign keys that the kept rows propose and the design does not have; those whose names match first.

    Only columns that the tables have now, and keys of one column. Raises NotFound, Denied.
    """
    permissions.require(user, branch.project, Right.VIEW, "design")
    design, _ = branches.load(branch)
    rows = [row for row in DataSample.objects.filter(branch=branch).order_by("element") if row.element in design]
    every = [_seen(row, design) for row in rows]
    tables = [_sketched(design, each, row) for each, row in zip(every, rows, strict=True)]
    known = {(key.parent, key.columns, key.ref_table) for key in design.of(ForeignKey)}
    return tuple(
        Proposed(source.element, column, target.element, key, each.values, each.missing, each.names_match, each.why)
        for each in sketches.references(tables)
        for source, target in [(every[each.table], every[each.target])]
        if (column := source.columns[each.column]) is not None
        and (key := target.columns[each.key]) is not None
        and (source.element, (column,), target.element) not in known
    )


def _sketched(design: Design, kept: Kept, row: DataSample) -> sketches.Sketched:
    names = names_in(design, kept.element)
    columns = tuple(
        names[each] if each is not None else kept.found.columns[at].name for at, each in enumerate(kept.columns)
    )
    stored = msgspec.json.decode(bytes(row.sketches) or b"[]", type=tuple[Sketch | None, ...])
    return sketches.Sketched(_owner(design, kept.element).name, columns, kept.found, stored or (None,) * len(columns))


def forget(user: AnyUser, branch: Branch, element: Id) -> None:
    """Delete what is kept of the rows of a table or entity. Raises NotFound, Denied."""
    permissions.require(user, branch.project, Right.EDIT, "design")
    DataSample.objects.filter(branch=branch, element=element).delete()


def _seen(row: DataSample, design: Design) -> Kept:
    profile = msgspec.json.decode(zlib.decompress(bytes(row.found)), type=Profile)
    columns = matched([each.name for each in profile.found.columns], names_in(design, row.element))
    return Kept(
        row.element, row.source, row.author_name, row.created, profile.found, columns.columns, columns.strangers,
        columns.missing, profile.rows, profile.asked, profile.counterexamples,
    )  # fmt: skip
