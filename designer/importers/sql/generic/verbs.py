"""The first words of statements."""

SKIPPED = frozenset({
    "INSERT", "REPLACE", "LOCK", "UNLOCK", "SET", "USE", "START", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE",
    "END", "PRAGMA", "SELECT", "WITH", "UPDATE", "DELETE", "TRUNCATE", "CALL", "DO", "ANALYZE", "OPTIMIZE", "CHECK",
    "REPAIR", "FLUSH", "RESET", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "VACUUM", "REINDEX", "ATTACH", "DETACH",
    "VALUES", "LOAD", "HANDLER", "KILL", "PURGE", "XA", "HELP", "PREPARE", "EXECUTE", "DEALLOCATE", "SIGNAL",
    "CHECKSUM", "CACHE", "BINLOG", "SHUTDOWN", "SOURCE", "SYSTEM",
})  # fmt: skip
"""Data, queries and settings of a session: no part of a schema."""

KEPT = frozenset({"GRANT", "REVOKE", "INSTALL", "UNINSTALL"})
"""Statements that are kept word for word, because there is no record for what they do."""

READ = frozenset({"CREATE", "ALTER", "DROP", "RENAME"})
"""Statements with a handler."""

SQL = SKIPPED | KEPT | READ


def is_client_line(verb: str) -> bool:
    """Say whether a line is for the command line client: `.mode`, `\\.`."""
    return verb[:1] in (".", "\\")
