"""Which database a script was written for, from what only one of them writes."""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 400_000
"""Characters of the script that are looked at; the signs of a dialect stand in the first table already."""

_HEADERS = (
    (re.compile(r"--\s*PostgreSQL database(?: cluster)? dump", re.I), "postgresql"),
    (re.compile(r"--\s*MariaDB dump|/\*M!\d", re.I), "mariadb"),
    (re.compile(r"--\s*MySQL dump|/\*!40101 SET", re.I), "mysql"),
    (re.compile(r"\A\s*PRAGMA foreign_keys\s*=\s*OFF;\s*BEGIN TRANSACTION;", re.I), "sqlite"),
)

_SIGNS: tuple[tuple[str, int, str], ...] = (
    ("mysql", 3, r"\bENGINE\s*=\s*\w+"),
    ("mysql", 3, r"\bAUTO_INCREMENT\b"),
    ("mysql", 2, r"`\w+`"),
    ("mysql", 2, r"\bDEFAULT\s+CHARSET\b|\bCHARACTER\s+SET\b|\bCOLLATE[ =]utf8mb4_\w+"),
    ("mysql", 2, r"\b(?:INT|INTEGER|BIGINT|SMALLINT|TINYINT|DECIMAL)(?:\s*\([\d, ]+\))?\s+UNSIGNED\b"),
    ("mysql", 2, r"^\s*DELIMITER\s"),
    ("mysql", 1, r"\b(?:TINYINT|MEDIUMINT|DATETIME|LONGTEXT|MEDIUMTEXT|TINYTEXT|LONGBLOB)\b"),
    ("mysql", 1, r"\bON\s+UPDATE\s+CURRENT_TIMESTAMP\b|\bENUM\s*\('"),
    ("mysql", 1, r"\bCOMMENT\s+'"),
    ("sqlite", 4, r"\bAUTOINCREMENT\b"),
    ("sqlite", 3, r"^\s*PRAGMA\s+\w+"),
    ("sqlite", 3, r"\bWITHOUT\s+ROWID\b|\)\s*STRICT\s*;|\bsqlite_sequence\b"),
    ("sqlite", 3, r"\bRAISE\s*\(\s*(?:ABORT|FAIL|ROLLBACK|IGNORE)\b|\bCOLLATE\s+NOCASE\b|\bCREATE\s+VIRTUAL\s+TABLE\b"),
    (
        "sqlite",
        3,
        r"^\s*(?!(?:SET|NULL|ZONE|DATE|TIME|DATETIME|TIMESTAMP|TIMESTAMPTZ)\b)\w+\s+DEFAULT\s+CURRENT_\w+",
    ),  # no type
    ("postgresql", 2, r"::\s*[a-z_]\w*"),
    ("postgresql", 3, r"\b(?:BIG|SMALL)?SERIAL\b"),
    ("postgresql", 2, r"\bJSONB\b|\bTIMESTAMPTZ\b|\bBYTEA\b|\bTSVECTOR\b|\bINET\b|\b(?:TEXT|INT|INTEGER|UUID)\s*\[\]"),
    ("postgresql", 2, r"\bgen_random_uuid\b|\buuid_generate_v4\b|\bnextval\b|\bNOW\(\)"),
    ("postgresql", 3, r"\$(?:[a-z_]\w*)?\$"),
    ("postgresql", 3, r"\bplpgsql\b|\bCREATE\s+EXTENSION\b|\bpg_catalog\b|\bALTER\s+TABLE\s+ONLY\b"),
    ("postgresql", 3, r"\bCREATE\s+(?:TYPE|DOMAIN|SEQUENCE|MATERIALIZED\s+VIEW|POLICY|SCHEMA)\b"),
    ("postgresql", 3, r"\bUSING\s+(?:gin|gist|brin|hnsw)\b|\bGENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY\b"),
    ("postgresql", 2, r"\bTIMESTAMP(?:\s*\(\d\))?\s+WITH\s+TIME\s+ZONE\b|\bcharacter\s+varying\b"),
)
_COMPILED = tuple((dialect, weight, re.compile(sign, re.I | re.M)) for dialect, weight, sign in _SIGNS)
_ENOUGH = 5
_MARIADB = re.compile(
    r"\bMariaDB\b|\bWITH\s+SYSTEM\s+VERSIONING\b|\bUUID\s+DEFAULT\s+uuid\(\)|\bENGINE\s*=\s*Aria\b", re.I
)
_COMMENTS = re.compile(r"--[^\n]*")


def detect(text: str, otherwise: str = "postgresql") -> str:
    """Return the dialect that a script seems to be in; `otherwise` where nothing speaks for one."""
    sample = text[:SAMPLE]
    head = sample[:5_000]
    for header, dialect in _HEADERS:
        if header.search(head):
            return dialect
    bare = _COMMENTS.sub("", sample)
    points: Counter[str] = Counter()
    for dialect, weight, sign in _COMPILED:
        seen = sum(1 for _ in zip(range(_ENOUGH), sign.finditer(bare), strict=False))
        points[dialect] += weight * seen
    best = max(("postgresql", "sqlite", "mysql"), key=lambda dialect: points[dialect])
    if not points[best]:
        return otherwise
    return "mariadb" if best == "mysql" and _MARIADB.search(sample) else best
