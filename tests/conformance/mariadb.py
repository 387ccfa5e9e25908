"""What MariaDB answers to the list of constructs."""

from __future__ import annotations

from tests.conformance.cases import Case, Skip
from tests.conformance.mariadb_programs import PROGRAMS
from tests.conformance.mariadb_skips import SKIPS
from tests.conformance.mariadb_tables import TABLES

CASES: dict[str, Case] = {**TABLES, **PROGRAMS, **{name: Skip(reason) for name, reason in SKIPS.items()}}
"""Construct -> SQL that makes it, or why MariaDB has none. Every name is used once, so that one database holds all."""

NOT_IN_DUMP = {
    "column tb.k: default": "mariadb-dump writes the bytes of a binary default as they are, and no text can hold them",
    "column tg.d: ref system id": "mariadb-dump leaves REF_SYSTEM_ID out",
}
