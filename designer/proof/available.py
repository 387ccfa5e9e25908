"""Which databases this machine can prove, without starting any."""

from __future__ import annotations

from functools import cache

from designer.proof.contract import ProofProblem


@cache
def why_not(dialect: str) -> str:
    """Return why no scratch server of a dialect can be started here; empty where one can. Asked once a process."""
    if dialect == "postgresql":
        from designer.proof.postgres.cluster import MISSING, installed

        return "" if installed() is not None else MISSING
    if dialect == "sqlite":
        return ""
    if dialect == "mysql":
        return "no MySQL server can be started on demand; wholekey verify --dsn proves it on one of yours"
    from designer.proof.mariadb.server import MISSING as NO_MARIADB
    from designer.proof.mariadb.server import programs

    try:
        return "" if programs() is not None else NO_MARIADB
    except ProofProblem as problem:
        return str(problem)
