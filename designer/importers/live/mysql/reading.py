"""What a live server says of its databases: lists from information_schema, and SHOW CREATE for each object.

SHOW CREATE is the only exact source, and what mysqldump uses; fifty of them go to the server at once.
"""

from __future__ import annotations

from designer.importers.contract import Progress
from designer.importers.live.contract import LiveProblem, Snapshot, Wanted
from designer.importers.live.mysql.address import address_of
from designer.importers.live.mysql.connection import Connection, Row, connected
from designer.importers.live.mysql.sections import OWN_DATABASES, listing
from designer.importers.live.mysql.words import quoted

_ENVIRONMENT = {
    "sql_mode": "sql_mode",
    "time_zone": "time_zone",
    "character_set_client": "charset",
    "collation_connection": "collation",
}
"""Columns of SHOW CREATE -> keys of a row: the settings under which a program was made and is run."""
_KINDS = ("tables", "views", "triggers", "routines", "events")
_CREATES = {"BASE TABLE": "TABLE", "SYSTEM VERSIONED": "TABLE"}


def take(url: str, wanted: Wanted, progress: Progress) -> Snapshot:
    """Read the databases that a URL names. Raises LiveProblem."""
    address = address_of(url)
    progress(0.0, f"connecting to {address.place}")
    with connected(address) as connection:
        databases = _databases(connection, wanted)
        sections: dict[str, list[Row]] = {
            "databases": databases,
            "geometries": [],
            **{kind: [] for kind in _KINDS},
            "notes": [],
        }
        for number, database in enumerate(databases):
            _read(connection, database["name"], sections, _part(progress, number, len(databases)))
    name = databases[0]["name"] if len(databases) == 1 else address.place
    return Snapshot("mariadb" if connection.is_maria else "mysql", connection.version, name, sections)


def _databases(connection: Connection, wanted: Wanted) -> list[Row]:
    """Return the databases that are wanted. Raises LiveProblem where one of them is not there."""
    there = {row["name"]: row for row in connection.ask(listing("databases", ""))}
    names = wanted.schemas or ((connection.address.database,) if connection.address.database else ())
    missing = next((name for name in names if name not in there), None)
    if missing is not None:
        raise LiveProblem(f"{connection.address.place} has no database {missing!r} that this account may see; "
                          "check the name, or the account's rights")  # fmt: skip
    found = [there[name] for name in names] or [row for name, row in there.items() if name not in OWN_DATABASES]
    if not found:
        raise LiveProblem(f"{connection.address.place} has no database that this account may see")
    return found


def _part(progress: Progress, number: int, count: int) -> Progress:
    return lambda part, words: progress((number + part) / count, words)


def _read(connection: Connection, database: str, sections: dict[str, list[Row]], progress: Progress) -> None:
    connection.run(f"USE {quoted(database)}")
    if connection.is_maria:
        sections["geometries"] += (
            {**row, "database": database} for row in connection.ask(listing("geometries", database))
        )
    for number, kind in enumerate(_KINDS):
        rows = connection.ask(listing(kind, database))
        progress(number / len(_KINDS), f"reading {len(rows):,} {kind} of {database}")
        for row, answer in zip(rows, connection.each([_show(kind, row) for row in rows]), strict=True):
            found = _created(database, row, answer)
            sections[kind].append(found)
            if not found["text"]:
                sections["notes"].append(_note(kind, row, answer))


def _show(kind: str, row: Row) -> str:
    word = _CREATES.get(row["kind"], row["kind"]) if "kind" in row else kind.removesuffix("s").upper()
    return f"SHOW CREATE {word} {quoted(row['name'])}"


def _created(database: str, row: Row, answer: Row | str) -> Row:
    """Return a row with the text of its object and the settings that go with it."""
    found = {**row, "database": database, "text": None}
    if isinstance(answer, str):
        return found
    for column, value in answer.items():
        name = column.lower()
        if name.startswith("create ") or name == "sql original statement":
            found["text"] = value
        elif name in _ENVIRONMENT:
            found[_ENVIRONMENT[name]] = value
    return found


def _note(kind: str, row: Row, answer: Row | str) -> Row:
    reason = answer if isinstance(answer, str) else "the account may not read its body"
    return {"what": f"{kind.removesuffix('s')} {row['name']}", "message": f"{reason}; it is not in the design"}
