"""What only one of MySQL and MariaDB knows: the words that the other refuses, and what is written instead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Twin:
    """The words of one of the two, as far as the other has others."""

    collations: re.Pattern[str]
    """Collations that it does not know."""
    modes: frozenset[str]
    """SQL modes that it refuses."""
    options: frozenset[str]
    """Table options that it refuses."""
    hidden_index: str
    """How an index is kept from the optimizer."""
    reference_system: str
    """How the spatial reference system of a column is said."""
    parsers: frozenset[str] = frozenset()
    """Parsers of full text indexes that it does not have."""
    types: dict[str, str] = field(default_factory=dict)
    """Types that it does not have, and what holds the same text."""
    functions: re.Pattern[str] = re.compile("(?!)")
    """Functions that it does not have, where a default calls them."""
    needs_parentheses: bool = False
    """Whether a default that is computed stands in parentheses."""


MYSQL = Twin(
    collations=re.compile("uca1400|_nopad_"),
    modes=frozenset({
        "NO_AUTO_CREATE_USER", "NO_FIELD_OPTIONS", "NO_KEY_OPTIONS", "NO_TABLE_OPTIONS", "ORACLE", "MSSQL", "DB2",
        "POSTGRESQL", "MYSQL323", "MYSQL40", "MAXDB", "SIMULTANEOUS_ASSIGNMENT", "EMPTY_STRING_IS_NULL",
        "TIME_ROUND_FRACTIONAL", "IGNORE_BAD_TABLE_OPTIONS",
    }),
    options=frozenset({
        "page_checksum", "transactional", "page_compressed", "page_compression_level", "encrypted",
        "encryption_key_id", "ietf_quotes",
    }),
    hidden_index="INVISIBLE",
    reference_system="SRID {}",
    types={"uuid": "char(36)", "inet6": "varchar(39)", "inet4": "varchar(15)"},
    needs_parentheses=True,
)  # fmt: skip
MARIADB = Twin(
    collations=re.compile("_0900_"),
    modes=frozenset({"TIME_TRUNCATE_FRACTIONAL"}),
    options=frozenset({
        "encryption", "engine_attribute", "secondary_engine_attribute", "secondary_engine", "autoextend_size",
        "compression",
    }),
    hidden_index="IGNORED",
    reference_system="REF_SYSTEM_ID={}",
    parsers=frozenset({"ngram", "mecab"}),
    functions=re.compile(r"\b(?:uuid_to_bin|bin_to_uuid|regexp_like|json_storage_size)\s*\(", re.IGNORECASE),
)  # fmt: skip

_AS_IT_IS = re.compile(
    r"\(.*\)\Z|null\Z|[-+]?[\d.]+(?:e[-+]?\d+)?\Z|(?:_\w+|[bxn])?'(?:[^'\\]|\\.|'')*'\Z|0[xb][0-9a-f]+\Z|true\Z|false\Z|"
    r"(?:current_timestamp|now|localtime|localtimestamp)(?:\(\d*\))?\Z",
    re.IGNORECASE | re.DOTALL,
)


def as_default(text: str) -> str:
    """Return a default as MySQL takes it: what is computed in parentheses, all but the present time."""
    return text if _AS_IT_IS.match(text) else f"({text})"


def event_of_either(text: str, dialect: str) -> bool:
    """Say whether a statement kept of MySQL or MariaDB makes an event: both take it as it is."""
    return dialect in ("mysql", "mariadb") and _EVENT.match(text) is not None


_EVENT = re.compile(r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:DEFINER\s*=\s*\S+\s+)?EVENT\b", re.IGNORECASE)
