"""Views, triggers, routines and events from rows of information_schema, in the words of SHOW CREATE."""

from __future__ import annotations

import re

from designer.importers.live.mysql.words import Row, account, joined, literal, quoted

_AGGREGATES = re.compile(r"\bFETCH\s+GROUP\s+NEXT\s+ROW\b", re.IGNORECASE)
_STATUS = {"ENABLED": "ENABLE", "DISABLED": "DISABLE", "SLAVESIDE_DISABLED": "DISABLE ON SLAVE",
           "REPLICA_SIDE_DISABLED": "DISABLE ON REPLICA"}  # fmt: skip


def view(row: Row) -> str:
    """Return CREATE VIEW; empty where the account may not see the query."""
    if not row["query"]:
        return ""
    check = f" WITH {row['check']} CHECK OPTION" if row["check"] not in ("NONE", None) else ""
    return (
        f"CREATE ALGORITHM={row.get('algorithm') or 'UNDEFINED'} DEFINER={account(row['definer'])}"
        f" SQL SECURITY {row['security']} VIEW {quoted(row['name'])} AS {row['query']}{check}"
    )


def trigger(row: Row) -> str:
    """Return CREATE TRIGGER."""
    return (
        f"CREATE DEFINER={account(row['definer'])} TRIGGER {quoted(row['name'])} {row['timing']} {row['event']}"
        f" ON {quoted(row['table'])} FOR EACH ROW {row['body']}"
    )


def routine(row: Row, parameters: list[Row], database: Row) -> str:
    """Return CREATE FUNCTION, PROCEDURE or PACKAGE; empty where the account may not see the body."""
    if not row["body"]:
        return ""
    head = f"CREATE DEFINER={account(row['definer'])}"
    if row["kind"].startswith("PACKAGE"):
        return f"{head} {row['kind']} {quoted(row['name'])} {row['body']}"
    listed = ", ".join(_parameter(each, database) for each in parameters)
    aggregate = "AGGREGATE" if _AGGREGATES.search(row["body"]) and row["kind"] == "FUNCTION" else ""
    lines = [joined(head, aggregate, row["kind"], f"{quoted(row['name'])}({listed})", _returns(row)), *_traits(row)]
    return "\n    ".join(lines) + f"\n{row['body']}"


def _parameter(row: Row, database: Row) -> str:
    mode = row["mode"] if row["kind"] == "PROCEDURE" else ""
    other = row["collation"] not in (None, database["collation"])
    charset = f"CHARACTER SET {row['collation'].partition('_')[0]} COLLATE {row['collation']}" if other else ""
    return joined(mode, quoted(row["name"]), row["type"], charset)


def _returns(row: Row) -> str:
    if row["kind"] != "FUNCTION":
        return ""
    charset = row["returns_charset"]
    tail = f" CHARSET {charset} COLLATE {row['returns_collation']}" if charset else ""
    return f"RETURNS {row['returns']}{tail}"


def _traits(row: Row) -> list[str]:
    """Return the characteristics that are not the usual ones."""
    found = [row["access"]] if row["access"] != "CONTAINS SQL" else []
    found += ["DETERMINISTIC"] if row["deterministic"] == "YES" else []
    found += ["SQL SECURITY INVOKER"] if row["security"] == "INVOKER" else []
    return found + ([f"COMMENT {literal(row['comment'])}"] if row["comment"] else [])


def event(row: Row) -> str:
    """Return CREATE EVENT."""
    every = row["every"] if str(row["every"]).isdigit() else literal(str(row["every"]))
    schedule = f"AT {_moment(row['at'])}" if row["at"] else f"EVERY {every} {row['unit']}"
    return joined(
        f"CREATE DEFINER={account(row['definer'])} EVENT {quoted(row['name'])} ON SCHEDULE {schedule}",
        f"STARTS {_moment(row['starts'])}" if row["starts"] else "",
        f"ENDS {_moment(row['ends'])}" if row["ends"] else "",
        f"ON COMPLETION {row['completion']}",
        _STATUS.get(row["status"], "ENABLE"),
        f"COMMENT {literal(row['comment'])}" if row["comment"] else "",
        f"DO {row['body']}",
    )


def _moment(text: str) -> str:
    return literal(text.partition(".")[0])
