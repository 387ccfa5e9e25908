"""A throw-away SQLite database in a temporary file, closed to everything outside of it."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from designer.importers.live import LiveProblem, read_url
from designer.proof.contract import Applied, Limits, Piece, ProofProblem, Refusal
from designer.proof.system import new_folder
from designer.schema import Design

_PAGE = 4096
_STEPS = 10_000
_OUTSIDE = frozenset({sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH})
_PRAGMAS = frozenset({
    "foreign_keys", "foreign_key_check", "table_info", "table_xinfo", "user_version", "application_id", "encoding",
    "defer_foreign_keys", "legacy_alter_table", "recursive_triggers", "data_version", "page_size", "auto_vacuum",
})  # fmt: skip
"""Pragmas of a script that stay inside of the database."""


class SqliteScratch:
    """A new file."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.server = f"SQLite {sqlite3.sqlite_version}"
        self.denied = ""

    def __enter__(self) -> SqliteScratch:
        self.folder = new_folder()
        self.path = self.folder / "scratch.db"
        self.end = time.monotonic() + self.limits.seconds
        self.statement_end = self.end
        self.base = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        self.base.execute(f"PRAGMA max_page_count = {self.limits.disk // _PAGE}")
        self.base.execute("PRAGMA temp_store = MEMORY")
        self.base.execute("PRAGMA trusted_schema = OFF")
        self.base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self.base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024)
        self.base.set_authorizer(self._may)
        self.base.set_progress_handler(self._is_late, _STEPS)
        return self

    def __exit__(self, *_: object) -> None:
        self.base.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _may(self, action: int, first: str | None, *_: str | None) -> int:
        if action in _OUTSIDE:
            self.denied = "other files are out of reach of a proof"
        elif action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in _PRAGMAS:
            self.denied = f"the pragma {first} is about the connection, not the schema"
        elif action == sqlite3.SQLITE_FUNCTION and (_[0] or "").lower() in ("load_extension", "fts3_tokenizer"):
            self.denied = f"{_[0]}() loads code"
        else:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    def _is_late(self) -> int:
        return int(time.monotonic() > min(self.end, self.statement_end))

    def apply(self, pieces: Iterable[Piece], design: Design) -> Applied:
        """Run a script, statement by statement."""
        found = Applied()
        for piece in pieces:
            found.count += 1
            self.denied = ""
            self.statement_end = time.monotonic() + self.limits.statement_seconds
            try:
                self.base.execute(piece.text).fetchmany(1)
            except sqlite3.OperationalError as error:
                if time.monotonic() > self.end:
                    raise ProofProblem(
                        f"the proof took more than {self.limits.seconds:g} seconds and was stopped"
                    ) from None
                found.refusals.append(Refusal(piece, self._words(error), self._why(error)))
            except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
                found.refusals.append(Refusal(piece, self._words(error), self.denied))
        return found

    def _words(self, error: Exception) -> str:
        if str(error) == "interrupted":
            return f"it took more than {self.limits.statement_seconds:g} seconds"
        return self.denied or str(error)

    def _why(self, error: Exception) -> str:
        module = str(error).partition("no such module: ")[2]
        return f"this SQLite has no module {module}" if module else self.denied

    def read(self) -> Design:
        """Return the design that the schema of the file amounts to."""
        if self.base.in_transaction:
            self.base.execute("ROLLBACK")
        try:
            return read_url(f"sqlite:///{Path(self.path).as_posix()}").design
        except LiveProblem as problem:
            if "has no tables" in problem.message:
                return Design()
            raise ProofProblem(f"the schema cannot be read: {problem.message}") from None

    def rows(self, query: str) -> list[str]:
        """Return the rows of a query."""
        self.statement_end = time.monotonic() + self.limits.statement_seconds
        try:
            return [repr(each) for each in self.base.execute(query)]
        except sqlite3.Error as error:
            raise ProofProblem(self._words(error)) from None
