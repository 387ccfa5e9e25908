"""Reads a MariaDB schema through SHOW CREATE, line by line, for comparing two databases; and runs scripts as a client does."""

from __future__ import annotations

import re
from typing import Any

import pymysql
from pymysql.constants import CLIENT

Reading = dict[tuple[str, str], str]
_DELIMITED = re.compile(r"^DELIMITER (\S+)\n(.*?)\n\1\nDELIMITER ;$", re.MULTILINE | re.DOTALL)
_MOVING = re.compile(r"AUTO_INCREMENT=\d+ ?|DEFINER=`[^`]*`@`[^`]*` ?| STARTS '[^']*'")
_KEY = re.compile(r"(?:CONSTRAINT|(?:UNIQUE |FULLTEXT |SPATIAL )?KEY|PRIMARY)\b")


def run(parameters: dict[str, Any], script: str) -> None:
    """Run a script: statements, and blocks between DELIMITER lines."""
    with pymysql.connect(**parameters, client_flag=CLIENT.MULTI_STATEMENTS, autocommit=True) as connection:
        for piece in _pieces(script):
            cursor = connection.cursor()
            if piece.strip():
                cursor.execute(piece)
                while cursor.nextset():
                    pass


def _pieces(script: str) -> list[str]:
    pieces: list[str] = []
    at = 0
    for found in _DELIMITED.finditer(script):
        pieces += (script[at : found.start()], found.group(2))
        at = found.end()
    return [*pieces, script[at:]]


def read(parameters: dict[str, Any]) -> Reading:
    """Return the schema of a database, object by object."""
    found: Reading = {}
    with pymysql.connect(**parameters) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW FULL TABLES")
        for name, kind in list(cursor.fetchall()):
            quoted = "`" + name.replace("`", "``") + "`"
            cursor.execute(f"SHOW CREATE {'SEQUENCE' if kind == 'SEQUENCE' else 'TABLE'} {quoted}")
            text = _MOVING.sub("", str(cursor.fetchone()[1])).replace(f"`{parameters['database']}`.", "")
            if "TABLE" in kind:
                _table(name, text, found)
            else:
                found[kind.lower(), name] = text
        for kind, column in (("TRIGGER", 0), ("PROCEDURE STATUS", 1), ("FUNCTION STATUS", 1), ("EVENT", 1)):
            _programs(cursor, kind, column, parameters["database"], found)
    return found


def _table(name: str, text: str, found: Reading) -> None:
    head, _, tail = text.rpartition("\n) ")
    found["table", name] = tail
    columns = 0
    for line in head.split("\n  ")[1:]:
        line = line.strip().removesuffix(",")
        if _KEY.match(line):
            found["key", f"{name}: {line}"] = ""
        else:
            columns += 1
            found["column", f"{name} {columns}"] = line


def _programs(cursor: Any, kind: str, column: int, database: str, found: Reading) -> None:
    word = kind.split()[0]
    listing = f"SHOW {kind} WHERE Db = '{database}'" if column else f"SHOW {word}S"
    cursor.execute(listing if word != "EVENT" else "SHOW EVENTS")
    for row in list(cursor.fetchall()):
        cursor.execute(f"SHOW CREATE {word} `{row[column]}`")
        texts = [str(cell) for cell in cursor.fetchone() if str(cell).upper().startswith("CREATE")]
        found[word.lower(), str(row[column])] = _MOVING.sub("", texts[0])


def differences(one: Reading, other: Reading) -> list[str]:
    """Return a line for each object that is not the same in both."""
    return [
        f"{key}:\n  first:  {one.get(key)}\n  second: {other.get(key)}"
        for key in sorted(one.keys() | other.keys())
        if one.get(key) != other.get(key)
    ]
