"""Reads the statements of a script one by one into a catalog, and writes the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.importers.contract import Finding, Outcome
from designer.importers.sql.generic import alter, second_opinion, verbs
from designer.importers.sql.generic.catalog import Catalog
from designer.importers.sql.generic.creates import create
from designer.importers.sql.generic.cursor import END, Cursor, Misfit
from designer.importers.sql.generic.databases import database
from designer.importers.sql.generic.drafts import StatementDraft, TableDraft
from designer.importers.sql.generic.drops import drop, rename
from designer.importers.sql.generic.flavours import flavour
from designer.importers.sql.generic.places import Places
from designer.importers.sql.generic.splitter import Piece
from designer.importers.sql.generic.verdict import (
    BEFORE,
    Verdict,
    failed,
    imported,
    skipped,
    verbatim,
    warning,
    without_table,
)

LONGEST = 1_000_000
"""Characters of the longest definition that is read; what is longer is no definition but an accident or an attack."""
_KEPT_AT_MOST = 1_000_000
_ASK_AT_MOST, _COST_OF_ASKING = 100_000, 300
"""How many characters sqlglot is asked about in all: its answer hardly matters where much is not SQL."""
_ALONE_AT_MOST = 20
"""So many pieces of nonsense in a row are reported each for itself; what follows is one piece of nonsense."""
_HIDDEN_VIRTUAL = re.compile(
    r"INSERT\s+INTO\s+(?:sqlite_master|sqlite_schema)\b.*?,\s*'(CREATE\s+VIRTUAL\s(?:[^']|'')*)'\s*\)\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_SETTING = re.compile(
    r"PRAGMA\s+(?:main\s*\.\s*)?(application_id|auto_vacuum|encoding|user_version)\s*[=(]\s*['\"]?([\w-]+)",
    re.IGNORECASE,
)
_OF_A_NEW_FILE = ("0", "NONE", "UTF-8", "UTF8")
_USED_DATABASE = re.compile(r"use\s+`?([^`;]+?)`?\s*\Z", re.IGNORECASE)


class Reader:
    """The state of one import."""

    def __init__(self, text: str, file: str, dialect: str, places: Places):
        self.text = text
        self.file = file
        self.flavour = flavour(dialect)
        self.dialect = self.flavour.dialect.name
        self.catalog = Catalog(self.flavour)
        self.places = places
        self.findings: list[Finding] = []
        self.asked = 0
        self.settings: dict[str, StatementDraft] = {}
        """Settings of an SQLite file that are kept, by name."""
        self.nonsense: list[Piece] = []
        """The pieces in a row that are no SQL."""
        self.by_database = False
        """Whether unqualified names belong to the database of the last USE."""

    def read(self, piece: Piece) -> None:
        """Carry out one statement and report on it."""
        if not piece.problem and piece.verb not in verbs.SQL and not verbs.is_client_line(piece.verb):
            self.nonsense.append(piece)
            if len(self.nonsense) > _ALONE_AT_MOST:
                return
        else:
            self.end_nonsense()
        if piece.problem:
            verdict = self._unclosed(piece)
        elif piece.verb in verbs.SKIPPED or verbs.is_client_line(piece.verb):
            verdict = self._skip(piece)
        elif piece.end - piece.start > LONGEST:
            verdict = failed(piece.verb, "it is too long for a definition, and was not read")
        else:
            verdict = self._try(piece)
        self._keep(piece, verdict)
        self.report(verdict, piece.start)

    def end_nonsense(self) -> None:
        """Report on the rest of a long row of pieces that are no SQL, as one."""
        rest = self.nonsense[_ALONE_AT_MOST:]
        self.nonsense = []
        if rest:
            whole = Piece(rest[0].start, rest[-1].end, rest[0].verb)
            verdict = failed(_title(self.text[whole.start : whole.start + 200]), self._not_understood())
            self._keep(whole, verdict)
            self.report(verdict, whole.start, len(rest))

    def _not_understood(self) -> str:
        return (
            f"this is not understood as {self.flavour.dialect.title}; correct it, remove it or choose another dialect"
        )

    def _unclosed(self, piece: Piece) -> Verdict:
        if piece.verb in verbs.SKIPPED:
            return warning(piece.verb, f"{piece.problem}; the text may be cut off", piece.problem_at)
        return failed(piece.verb, f"{piece.problem}; the text may be cut off", piece.problem_at)

    def _skip(self, piece: Piece) -> Verdict:
        if piece.verb == "INSERT" and self.flavour.sqlite and piece.end - piece.start < LONGEST:
            hidden = _HIDDEN_VIRTUAL.match(self.text, piece.start, piece.end)
            if hidden:
                return self._virtual(hidden.group(1).replace("''", "'"), piece)
        if piece.verb == "SET" and self.flavour.mysql:
            self.catalog.session.read(self.flavour.clean(self.text[piece.start : piece.end]), self.flavour)
        if piece.verb == "PRAGMA" and self.flavour.sqlite:
            return self._pragma(piece)
        if piece.verb == "USE":
            self._use(self.flavour.clean(self.text[piece.start : piece.end]))
        return skipped(piece.verb)

    def _pragma(self, piece: Piece) -> Verdict:
        """Keep a setting that SQLite writes into the file; the last one of a name holds."""
        found = _SETTING.match(self.text, piece.start, piece.end)
        if found is None:
            return skipped(piece.verb)
        name, value = found.group(1).lower(), found.group(2)
        self.catalog.forget(self.settings.pop(name, None))
        if value.upper() in _OF_A_NEW_FILE:
            return skipped(piece.verb)
        verdict = verbatim(f"PRAGMA {name}", "a setting of the file; it is exported again as it is")
        text = self.text[piece.start : piece.end].strip()
        self.settings[name] = StatementDraft(text, piece.start, verdict.message, BEFORE)
        self.catalog.keep(self.settings[name])
        verdict.keep = ""
        return verdict

    def _use(self, text: str) -> None:
        """Let unqualified names belong to a database, if the script writes others with its name."""
        found = _USED_DATABASE.search(text)
        if found and (self.by_database or self.catalog.has_schema(found.group(1))):
            self.catalog.schema = found.group(1)

    def _virtual(self, text: str, piece: Piece) -> Verdict:
        """Keep a virtual table, which the sqlite3 shell writes as a row of the schema table."""
        verdict = self._guarded(Cursor(text, self.flavour), text, piece)
        if verdict.keep:
            self.catalog.keep(StatementDraft(text, piece.start, verdict.message, verdict.keep), verdict.makes)
        verdict.keep = ""
        verdict.offset = piece.start
        return verdict

    def _try(self, piece: Piece) -> Verdict:
        text = self.flavour.clean(self.text[piece.start : piece.end])
        if piece.verb in verbs.KEPT and self.flavour.mysql:
            return verbatim(piece.verb, "there is no record for this; it is exported again as it is")
        if piece.verb not in verbs.READ:
            return self._unknown(text)
        return self._guarded(Cursor(self.text, self.flavour, piece.start, piece.end), text, piece)

    def _guarded(self, cursor: Cursor, text: str, piece: Piece) -> Verdict:
        try:
            return self._carry_out(cursor, text, piece)
        except Misfit as misfit:
            return self._misfit(misfit, piece)

    def _misfit(self, misfit: Misfit, piece: Piece) -> Verdict:
        what = _title(self.text[piece.start : min(piece.end, piece.start + 200)])
        return failed(what, misfit.message, misfit.offset)

    def _carry_out(self, cursor: Cursor, text: str, piece: Piece) -> Verdict:
        verb = cursor.word
        if verb == "CREATE":
            return create(cursor, self.catalog, text, piece.start)
        if verb == "DROP":
            return drop(cursor, self.catalog)
        if verb == "RENAME":
            return rename(cursor, self.catalog)
        return self._alter(cursor, piece)

    def _unknown(self, text: str) -> Verdict:
        shown = _title(text[:200])
        self.asked += len(text) + _COST_OF_ASKING
        if self.asked > _ASK_AT_MOST:
            return failed(shown, self._not_understood())
        if second_opinion.is_query(text, self.dialect):
            return skipped(shown)
        if second_opinion.is_statement(text, self.dialect):
            return verbatim(shown, "nothing here models this statement; it is exported again as it is")
        return failed(shown, self._not_understood())

    # ALTER

    def _alter(self, cursor: Cursor, piece: Piece) -> Verdict:
        cursor.expect("ALTER")
        _ = cursor.accept("ONLINE") or cursor.accept("IGNORE")
        kind = cursor.word
        if kind in ("DATABASE", "SCHEMA"):
            cursor.at += 1
            return database(cursor, self.catalog, f"ALTER {kind}")
        if kind != "TABLE":
            return self._alter_other(cursor, kind)
        cursor.at += 1
        cursor.accept("IF", "EXISTS")
        schema, name = cursor.qualified("a table")
        _wait(cursor)
        what = f"ALTER TABLE {name}"
        table = self.catalog.table(schema, name)
        if table is None:
            if alter.data_only(cursor):
                return skipped(what)
            return without_table(what, name)
        return self._actions(cursor, table, what, piece)

    def _alter_other(self, cursor: Cursor, kind: str) -> Verdict:
        cursor.at += 1
        what = f"ALTER {kind} {cursor.token()}"
        phase = BEFORE if kind in ("USER", "ROLE", "SERVER", "TABLESPACE") else "after"
        return verbatim(what, "there is no record for this change; it is exported again as it is", phase)

    def _actions(self, cursor: Cursor, table: TableDraft, what: str, piece: Piece) -> Verdict:
        if cursor.word == END:
            return skipped(what)
        seen: list[Verdict] = []
        while cursor.word != END:
            seen.append(self._action(cursor, table, what))
            cursor.until(",")
            cursor.accept(",")
        for verdict in seen[:-1]:
            if verdict.outcome not in (Outcome.IMPORTED, Outcome.SKIPPED):
                self.report(verdict, piece.start)
        last = seen[-1]
        if last.outcome is Outcome.SKIPPED and len(seen) > 1:
            return imported(what)
        return last

    def _action(self, cursor: Cursor, table: TableDraft, what: str) -> Verdict:
        if alter.data_only(cursor):
            return skipped(what)
        first = cursor.at
        constraints, columns = list(table.constraints), dict(table.columns)
        try:
            alter.action(cursor, table, self.catalog)
            return imported(what)
        except (Misfit, alter.NotModelled) as error:
            table.constraints, table.columns = constraints, columns
            cursor.at = first
            return self._kept_action(cursor, table, what, error)

    def _kept_action(self, cursor: Cursor, table: TableDraft, what: str, error: Exception) -> Verdict:
        """Keep one action as an ALTER TABLE of its own."""
        offset = cursor.offset
        written = cursor.until(",")
        path = self.flavour.dialect.quote(table.name)
        if table.schema:
            path = f"{self.flavour.dialect.quote(table.schema)}.{path}"
        text = f"ALTER TABLE {path} {written}"
        if isinstance(error, Misfit):
            verdict = failed(what, error.message, error.offset)
            verdict.keep = ""
            self.catalog.keep(StatementDraft(text, offset, error.message, "never"))
            return verdict
        reason = "nothing here models this change; it is exported again as it is"
        self.catalog.keep(StatementDraft(text, offset, reason, "after"))
        verdict = verbatim(what, reason)
        verdict.keep = ""
        return verdict

    # The report

    def _keep(self, piece: Piece, verdict: Verdict) -> None:
        if not verdict.keep:
            return
        if piece.end - piece.start > _KEPT_AT_MOST:
            verdict.message += "; at this length it is not kept"
            return
        text = self.flavour.clean(self.text[piece.start : piece.end]).rstrip(";").rstrip()
        extra = self.catalog.session.of_event() if verdict.what.startswith("CREATE EVENT") else {}
        if self.catalog.schema:
            extra["database"] = self.catalog.schema
        self.catalog.keep(
            StatementDraft(text, piece.start, verdict.message, verdict.keep, verdict.needs, extra), verdict.makes
        )

    def report(self, verdict: Verdict, start: int, count: int = 1) -> None:
        """Add a line to the report; statements of one kind that are skipped in a row share a line."""
        last = self.findings[-1] if self.findings else None
        if (
            last is not None
            and verdict.outcome is Outcome.SKIPPED is last.outcome
            and (last.what, last.message) == (verdict.what, verdict.message)
        ):
            self.findings[-1] = Finding(
                last.outcome, last.what, last.message, last.line, last.column, last.file, last.count + 1
            )
            return
        line, column = self.places.of(start if verdict.offset is None else verdict.offset)
        self.findings.append(Finding(verdict.outcome, verdict.what, verdict.message, line, column, self.file, count))


def _wait(cursor: Cursor) -> None:
    if cursor.accept("WAIT"):
        cursor.token()
    cursor.accept("NOWAIT")


def _title(text: str) -> str:
    words = re.sub(r"/\*M?!\d*|\*/", " ", text).split()
    shown = " ".join(words[:4])
    return shown if len(shown) <= 60 else shown[:59] + "…"


_DUMPED = re.compile(r"^-- (?:Host: .*?|)Database: +`?([^`\n]+?)`?[ \t\r]*$", re.MULTILINE)
_HEAD = 4_000


def own_database(text: str, used: set[str]) -> str:
    """Return the name of the one database that a script is about, as it says by USE or a dump in its head."""
    if used:
        return next(iter(used)) if len(used) == 1 else ""
    found = _DUMPED.search(text[:_HEAD])
    return found.group(1) if found is not None else ""


def databases_used(text: str, pieces: list[Piece]) -> Iterator[str]:
    """Yield the database of each USE."""
    for piece in pieces:
        if piece.verb == "USE":
            found = _USED_DATABASE.search(re.sub(r"/\*M?!\d*|\*/", " ", text[piece.start : piece.end]))
            if found:
                yield found.group(1)
