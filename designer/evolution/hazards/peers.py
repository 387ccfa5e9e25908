"""Checks of squawk, strong_migrations and Atlas that have no rule here, each with the reason."""

from __future__ import annotations

NOT_OURS: dict[str, str] = {
    "squawk ban-drop-database, ban-alter-database-options, ban-alter-system-options, ban-alter-role-options": (
        "a model has no databases, and roles are only named"
    ),
    "squawk ban-truncate-cascade, ban-duplicate-column-assignments": "no step empties a table, none assigns twice",
    "squawk ban-uncommitted-transaction, transaction-nesting; Atlas nested transactions": (
        "the writer of the format opens each transaction and ends it"
    ),
    "squawk syntax-error; Atlas statement injection": "statements are written from records, names are quoted",
    "squawk identifier-too-long": "WK402 of [lint.md](lint.md); a script is read with names cut as the server does",
    "squawk require-table-schema": "a name has its schema wherever the design says one",
    "squawk prefer-robust-stmts; strong_migrations create_table force": (
        "a migration belongs to one state; `IF EXISTS` would hide that the database is in another"
    ),
    "squawk prefer-repack, require-concurrent-reindex": "no step clusters, vacuums or reindexes",
    "squawk require-statement-timeout": "a time limit for statements would stop a backfill; see WM217 for locks",
    "squawk ban-add-column, ban-add-composite-attribute, ban-add-enum-value, ban-set-default, ban-replica-identity": (
        "a policy against the change itself, without a risk to tell of"
    ),
    "squawk ban-alter-extension, ban-drop-extension; pg-schema-diff UPGRADING_EXTENSION_VERSION": (
        "versions of extensions are left to the server; a dropped one is a step of its own to be seen"
    ),
    "squawk ban-alter-sequence-values, ban-alter-identity, ban-detach-inheritance, ban-alter-function-options": (
        "a step of its own to be seen, without a risk that holds for all"
    ),
    "strong_migrations executing SQL directly": "all steps are SQL, and each is judged",
    "strong_migrations adding a reference": "an index and a foreign key: two steps, each judged",
    "Atlas MY102": "a foreign key is never written behind its column for MySQL",
    "Atlas NM101 to NM106": "names are a matter of the lint rules: [lint.md](lint.md)",
    "Atlas non-linear changes": "versions of a branch are in one line; see [migrations.md](migrations.md)",
    "pg-schema-diff HAS_UNTRACKABLE_DEPENDENCIES": (
        "what a quoted body names is looked for, and `wholekey verify` tries the migration on a server"
    ),
}
"""Checks -> the reason."""
