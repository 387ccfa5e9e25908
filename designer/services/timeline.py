"""The timeline: what happened in a project, on a branch, or to one element, newest first and a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import Model as Row
from django.db.models import Q, QuerySet

from designer.change import Change, change_decode
from designer.commands.names import called, word
from designer.models import Branch, ChangeRequest, LogEntry, NamedVersion, Review
from designer.schema import Design, Id, Record
from designer.services import branches, touching
from designer.services.errors import NotFound
from designer.services.history import in_words, texts_of
from designer.services.states import log_of
from designer.services.touching import lineage

PAGE = 50
EDITS, MERGES, REQUESTS, REVIEWS, RELEASES, BRANCHES = "edits", "merges", "requests", "reviews", "releases", "branches"
KINDS = (EDITS, MERGES, REQUESTS, REVIEWS, RELEASES, BRANCHES)
BURST = timedelta(minutes=15)
"""Edits of one person on one branch belong together if no more lies between two of them."""
LINES = 6
_CHUNK = 5_000
_R = TypeVar("_R", bound=Row)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `branch` is one branch instead of the whole project; `element` the id of a record."""

    branch: Branch | None = None
    element: Id = ""
    who: str = ""
    kinds: tuple[str, ...] = KINDS
    since: date | None = None
    until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: what is older than this comes next. It is a time, the kind's place, and the row's key."""

    at: datetime
    rank: int
    key: int

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}_{self.rank}_{self.key}"


def cursor_of(said: str) -> Cursor | None:
    """Return the cursor in an address, None where there is none or it makes no sense."""
    try:
        at, rank, key = said.split("_")
        return Cursor(datetime.fromtimestamp(float(at), UTC), int(rank), int(key))
    except (ValueError, OverflowError, OSError):
        return None


@dataclass(slots=True)
class Item:
    """Something that happened: `row` is the entry, request, review, release or branch; `what` says it in words."""

    kind: str
    at: datetime
    rank: int
    row: Any
    who: str
    branch: Branch
    what: str
    version: int | None = None
    request: ChangeRequest | None = None
    lines: tuple[str, ...] = ()
    more: int = 0

    @property
    def cursor(self) -> Cursor:
        """Where a page would end with this."""
        return Cursor(self.at, self.rank, self.row.pk)


def page(here: Branch, wish: Wish, before: Cursor | None = None) -> tuple[list[Item], Cursor | None]:
    """Return one page of what happened, and where the next one goes on."""
    found = [item for rank, source in enumerate(_SOURCES) for item in source(here, wish, before, rank)]
    found.sort(key=lambda item: (item.at, item.rank, item.row.pk), reverse=True)
    shown = found[:PAGE]
    _describe(here, wish, shown)
    return shown, shown[-1].cursor if len(found) > PAGE else None


def people(here: Branch) -> list[str]:
    """Return the names of those who did something in a project."""
    project = here.project
    rows: tuple[QuerySet[Any], ...] = (
        LogEntry.objects.filter(branch__project=project),
        ChangeRequest.objects.filter(project=project),
        Review.objects.filter(request__project=project),
        NamedVersion.objects.filter(branch__project=project),
    )
    return sorted({name for each in rows for name in each.values_list("author_name", flat=True).distinct()} - {""})


def element_name(here: Branch, element: Id) -> str:
    """Return what people call an element, or called one that is gone. Raises NotFound where there never was one."""
    design, _ = branches.load(here)
    record, gone = design.get(element), ""
    if record is None:
        record, gone = _former(here, element), ", which is gone"
    return f"{word(record)} {called(design, record)}{gone}"


def _former(here: Branch, element: Id) -> Record:
    for at in [here, *Branch.objects.filter(project=here.project).exclude(pk=here.pk)]:
        for version in touching.own(at, [element]):
            text = LogEntry.objects.filter(branch=at, version=version).values_list("change", flat=True).first()
            change = touching.part(text or "{}", [element])
            if change.removed or change.added:
                return next(iter({**change.added, **change.removed}.values()))
    raise NotFound("There is no such element in this project, and never was.")


# Where it comes from


def _window(rows: QuerySet[_R], when: str, wish: Wish, before: Cursor | None, rank: int) -> list[_R]:
    """Return the newest rows within the asked time and before the cursor, one more than a page shows."""
    if wish.since is not None:
        rows = rows.filter(**{f"{when}__gte": _midnight(wish.since)})
    if wish.until is not None:
        rows = rows.filter(**{f"{when}__lt": _midnight(wish.until) + timedelta(days=1)})
    if before is not None:
        here = Q(**{when: before.at, "pk__lt": before.key}) if rank == before.rank else Q(**{when: before.at})
        older = Q(**{f"{when}__lt": before.at})
        rows = rows.filter(older | here if rank <= before.rank else older)
    return list(rows.order_by(f"-{when}", "-pk")[: PAGE + 1])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _entries(here: Branch, wish: Wish, before: Cursor | None, rank: int) -> Iterable[Item]:
    if EDITS not in wish.kinds and MERGES not in wish.kinds:
        return []
    rows = LogEntry.objects.all() if wish.branch is None else log_of(wish.branch)
    rows = rows.filter(branch__project=here.project).select_related("branch", "merged_from").defer("change")
    if EDITS not in wish.kinds or MERGES not in wish.kinds:
        rows = rows.filter(merged_from__isnull=EDITS in wish.kinds)
    rows = rows.filter(**_by(wish), **({"label__icontains": wish.text} if wish.text else {}))
    if not wish.element:
        return map(_of_entry(rank), _window(rows, "time", wish, before, rank))
    return map(_of_entry(rank), _touching(rows, here, wish, before, rank))


def _touching(
    rows: QuerySet[LogEntry], here: Branch, wish: Wish, before: Cursor | None, rank: int
) -> Iterator[LogEntry]:
    """Give the entries that touch an element or what hangs on it."""
    logs = _logs(here, wish)
    ids = touching.family([at for at, _, _ in logs], wish.element)
    for at, first, last in logs:
        versions = touching.own(at, ids, first, last)
        for start in range(0, len(versions), _CHUNK):
            some = rows.filter(branch=at, version__in=versions[start : start + _CHUNK])
            found = _window(some, "time", wish, before, rank)
            yield from found
            if len(found) > PAGE:
                break


def _logs(here: Branch, wish: Wish) -> list[tuple[Branch, int, int]]:
    if wish.branch is not None:
        return list(lineage(wish.branch, wish.branch.head))
    every = Branch.objects.filter(project=here.project)
    return [(each, each.forked_at if each.source_id else 0, each.head) for each in every]


def _of_entry(rank: int) -> Callable[[LogEntry], Item]:
    def item(row: LogEntry) -> Item:
        kind = MERGES if row.merged_from_id else EDITS
        return Item(kind, row.time, rank, row, row.author_name, row.branch, row.label, row.version)

    return item


def _by(wish: Wish, field: str = "author_name") -> dict[str, str]:
    return {field: wish.who} if wish.who else {}


def _requests(wish: Wish, here: Branch) -> QuerySet[ChangeRequest]:
    rows = ChangeRequest.objects.filter(project=here.project).select_related("branch", "target")
    if wish.branch is not None:
        rows = rows.filter(Q(branch=wish.branch) | Q(target=wish.branch))
    said = Q(title__icontains=wish.text) | Q(description__icontains=wish.text)
    return rows.filter(said) if wish.text else rows


def _opened(here: Branch, wish: Wish, before: Cursor | None, rank: int) -> Iterable[Item]:
    if REQUESTS not in wish.kinds or wish.element:
        return []
    rows = _window(_requests(wish, here).filter(**_by(wish)), "created", wish, before, rank)
    return [Item(REQUESTS, r.created, rank, r, r.author_name, r.branch, "opened", request=r) for r in rows]


def _ended(here: Branch, wish: Wish, before: Cursor | None, rank: int) -> Iterable[Item]:
    if REQUESTS not in wish.kinds or wish.element:
        return []
    ended = _requests(wish, here).exclude(ended=None).filter(**_by(wish, "ended_by"))
    rows = _window(ended, "ended", wish, before, rank)
    return [Item(REQUESTS, r.ended or r.created, rank, r, r.ended_by, r.branch, r.state, request=r) for r in rows]


def _reviews(here: Branch, wish: Wish, before: Cursor | None, rank: int) -> Iterable[Item]:
    if REVIEWS not in wish.kinds or wish.element:
        return []
    rows = Review.objects.filter(request__in=_requests(Wish(wish.branch), here), **_by(wish))
    rows = rows.filter(body__icontains=wish.text) if wish.text else rows
    found = _window(rows.select_related("request", "request__branch"), "created", wish, before, rank)
    return [
        Item(REVIEWS, r.created, rank, r, r.author_name, r.request.branch, r.verdict, r.version, r.request)
        for r in found
    ]


def _releases(here: Branch, wish: Wish, before: Cursor | None, rank: int) -> Iterable[Item]:
    if RELEASES not in wish.kinds or wish.element:
        return []
    rows = NamedVersion.objects.filter(branch__project=here.project, **_by(wish)).select_related("branch")
    rows = rows.filter(branch=wish.branch) if wish.branch is not None else rows
    rows = rows.filter(Q(name__icontains=wish.text) | Q(note__icontains=wish.text)) if wish.text else rows
    found = _window(rows, "created", wish, before, rank)
    return [Item(RELEASES, r.created, rank, r, r.author_name, r.branch, r.name, r.version) for r in found]


def _made(here: Branch, wish: Wish, before: Cursor | None, rank: int) -> Iterable[Item]:
    if BRANCHES not in wish.kinds or wish.element:
        return []
    rows = Branch.objects.filter(project=here.project, source__isnull=False, **_by(wish)).select_related("source")
    rows = rows.filter(Q(pk=wish.branch.pk) | Q(source=wish.branch)) if wish.branch is not None else rows
    rows = rows.filter(name__icontains=wish.text) if wish.text else rows
    found = _window(rows, "created", wish, before, rank)
    return [Item(BRANCHES, r.created, rank, r, r.author_name, r, r.name, r.forked_at) for r in found]


_SOURCES = (_made, _entries, _opened, _reviews, _ended, _releases)


# In words


def _describe(here: Branch, wish: Wish, items: list[Item]) -> None:
    """Put beside each entry what it changed, and the request that it merged."""
    entries = [item for item in items if item.kind in (EDITS, MERGES)]
    merged = ChangeRequest.objects.filter(project=here.project, state=ChangeRequest.State.MERGED)
    by_place = {
        (each.target_id, each.merged_version): each
        for each in merged.filter(merged_version__in={item.version for item in entries if item.kind == MERGES})
    }
    family = touching.family([at for at, _, _ in _logs(here, wish)], wish.element) if wish.element else None
    for branch in {item.branch.pk: item.branch for item in entries}.values():
        mine = [item for item in entries if item.branch.pk == branch.pk]
        design, _ = branches.load(branch)
        read = texts_of(branch, [item.version or 0 for item in mine])
        for item in mine:
            if item.kind == MERGES:
                item.request = by_place.get((branch.pk, item.version))
            _say(item, design, read.get(item.version or 0), family)


def _say(item: Item, design: Design, text: str | None, family: Collection[Id] | None) -> None:
    if text is None:
        return
    change: Change = change_decode(text) if family is None else touching.part(text, family)
    lines = in_words(design, change)
    item.lines, item.more = tuple(lines[:LINES]), max(0, len(lines) - LINES)
