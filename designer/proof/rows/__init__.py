"""Sample rows for a design, made to satisfy its constraints: what a migration is tried on before it meets real rows.

`rows_for` knows nothing of a server. Most rows are right at once; a server may still refuse some (a check that nobody
can solve, a trigger), so each statement is to be run in a savepoint of its own, and one that is refused left out.
"""

from __future__ import annotations

from designer.proof.rows.contract import Insert, Rows
from designer.proof.rows.generating import rows_for

__all__ = ["Insert", "Rows", "rows_for"]
