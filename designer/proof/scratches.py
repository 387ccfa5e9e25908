"""The scratch databases by dialect."""

from __future__ import annotations

from designer.importers.live import dialect_of
from designer.proof.contract import Limits, ProofProblem, Scratch


def scratch_for(dialect: str, dsn: str, limits: Limits) -> Scratch:
    """Return a scratch database, not yet made: on the server of `dsn`, or on one of our own."""
    if dsn and not _alike(dialect, dialect_of(dsn)):
        raise ProofProblem(f"--dsn names no {dialect} server; write {_FORMS[dialect]}")
    if dialect == "postgresql":
        from designer.proof.postgres.elsewhere import PostgresElsewhere
        from designer.proof.postgres.scratch import PostgresScratch

        return PostgresElsewhere(dsn, limits) if dsn else PostgresScratch(limits)
    if dialect == "sqlite":
        from designer.proof.sqlite import SqliteScratch

        if dsn:
            raise ProofProblem("SQLite needs no server: leave --dsn out, it is proven in a temporary file")
        return SqliteScratch(limits)
    from designer.proof.mariadb.scratch import MariaElsewhere, MariaScratch

    return MariaElsewhere(dsn, dialect, limits) if dsn else MariaScratch(dialect, limits)


def _alike(dialect: str, named: str | None) -> bool:
    return named == dialect or {named, dialect} == {"mysql", "mariadb"}


_FORMS = {
    "postgresql": "postgresql://user@host/database", "mysql": "mysql://user@host", "mariadb": "mariadb://user@host",
    "sqlite": "nothing: SQLite needs no server",
}  # fmt: skip
