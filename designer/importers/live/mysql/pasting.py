"""The one SELECT whose value people paste, and the rows in that value."""

from __future__ import annotations

from designer.importers.live.contract import MARK, LiveProblem, Snapshot
from designer.importers.live.mysql.sections import SECTIONS, Section
from designer.importers.live.mysql.words import Row

_LIMIT = 1_073_741_824
"""Bytes; MariaDB cuts an aggregated JSON array at its limit for GROUP_CONCAT, one MiB unless told otherwise."""
_OPENING = {"mariadb": f"SET STATEMENT group_concat_max_len = {_LIMIT} FOR SELECT", "mysql": "SELECT"}
_NESTED = {"mariadb": "JSON_COMPACT({})", "mysql": "{}"}
"""MariaDB takes the value of a subquery for a string unless a function of JSON stands round it."""


def query(dialect: str) -> str:
    """Return one read-only SELECT whose single value is the snapshot as JSON.

    Rows are arrays, because a server sends no value that is longer than max_allowed_packet (16 MiB), and each section
    says how many rows it has, because a server that cuts a value says so in a warning only.
    """
    sections = ",\n".join(f"  '{name}', {_rows(each, dialect)}" for name, each in SECTIONS[dialect].items())
    return (
        f"{_OPENING[dialect]} JSON_OBJECT(\n  '{MARK}', '{dialect}', 'quote', '\"',"
        f" 'version', version(), 'name', database(),\n{sections}\n) AS {MARK};"
    )


def _rows(section: Section, dialect: str) -> str:
    source = f"FROM information_schema.{section.table} WHERE {section.conditions()}"
    array = _NESTED[dialect].format(
        f"(SELECT JSON_ARRAYAGG(JSON_ARRAY({', '.join(section.columns.values())})) {source})"
    )
    return f"JSON_ARRAY(JSON_OBJECT('count', (SELECT count(*) {source}), 'rows', {array}))"


def unpacked(snapshot: Snapshot) -> Snapshot:
    """Return a pasted snapshot in the form of the live way. Raises LiveProblem where the server cut its value."""
    sections = {name: _unpacked(name, rows, snapshot) for name, rows in snapshot.sections.items()}
    if not sections.get("databases"):
        raise LiveProblem("the query was run outside any database; choose one (USE name) and run it again")
    return Snapshot(snapshot.dialect, snapshot.version, snapshot.name, sections)


def _unpacked(name: str, packed: list[Row], snapshot: Snapshot) -> list[Row]:
    if len(packed) != 1 or "count" not in packed[0]:
        return packed
    rows = packed[0]["rows"] or []
    if len(rows) != packed[0]["count"]:
        raise LiveProblem(
            f"the server cut its answer: {len(rows):,} of {packed[0]['count']:,} rows of {name} are there;"
            " raise max_allowed_packet for the client and run the query again"
        )
    keys = SECTIONS[snapshot.dialect][name].columns
    return [{"database": snapshot.name, **dict(zip(keys, row, strict=True))} for row in rows]
