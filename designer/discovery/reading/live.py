"""A table of a live database, or a sample of it, over a connection that only reads."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from designer.discovery.contract import ROOM, Budget, Clock, DataProblem
from designer.discovery.reading.live_contract import Place
from designer.discovery.table import Table
from designer.importers.contract import Progress, no_progress
from designer.importers.live.contract import LiveProblem
from designer.importers.live.registry import dialect_of
from designer.importers.live.urls import secrets_of, without_secrets

_READERS = {
    "postgresql": "designer.discovery.reading.live_postgres",
    "mysql": "designer.discovery.reading.live_mysql",
    "mariadb": "designer.discovery.reading.live_mysql",
    "sqlite": "designer.discovery.reading.live_sqlite",
}
_LISTED = 20
T = TypeVar("T")


def read_live(url: str, table: str, budget: Budget = ROOM, progress: Progress = no_progress) -> Table:
    """Return the rows of a table that is named as `table` or `schema.table`. An empty name is the only table.

    Raises LiveProblem, or DataProblem for a table that there is not; no message has the URL's password.
    """
    progress(0.0, "connecting")

    def read(reader: Callable[..., Table], places: Callable[[str], list[Place]]) -> Table:
        return reader(url, _chosen(places(url), table), budget, Clock(budget.reading, progress))

    return _told(url, read)


def tables_of(url: str) -> list[Place]:
    """Return the tables and views of a live database. Raises LiveProblem."""
    return _told(url, lambda _reader, places: places(url))


def _told(url: str, work: Callable[[Callable[..., Table], Callable[[str], list[Place]]], T]) -> T:
    dialect = dialect_of(url)
    if dialect is None:
        raise LiveProblem(
            "this is not the URL of a database; write postgresql://user@host/name, mysql://… or sqlite:///path"
        )
    module = import_module(_READERS[dialect])
    try:
        return work(module.read, module.tables)
    except (LiveProblem, DataProblem) as problem:
        raise type(problem)(without_secrets(problem.message, secrets_of(url))) from None
    except ValueError:
        raise LiveProblem("this URL cannot be taken apart; write postgresql://user@host:5432/name") from None


def _chosen(places: list[Place], wanted: str) -> Place:
    """Return the table of a name: as it is written first, then whatever its letters are."""
    if not wanted and len(places) == 1:
        return places[0]
    for name in (str, str.casefold):
        spelled = name(wanted)
        found = [each for each in places if spelled in (name(each.name), name(each.called))]
        if len(found) == 1:
            return found[0]
        if found:
            raise DataProblem(f"there are several tables {wanted}; name one of them: {_listed(found)}")
    if not places:
        raise DataProblem("this database has no tables that this user may read")
    why = f"there is no table {wanted}" if wanted else "name the table"
    raise DataProblem(f"{why}; there are: {_listed(places)}")


def _listed(places: list[Place]) -> str:
    more = f" and {len(places) - _LISTED} more" if len(places) > _LISTED else ""
    return ", ".join(each.called for each in places[:_LISTED]) + more
