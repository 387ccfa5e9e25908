"""What the handlers of statements share: the catalog so far, the report, and things left for the end."""

from __future__ import annotations

from collections.abc import Callable

from designer.importers.contract import Finding, Outcome, Report
from designer.importers.sql.postgres.catalog import Catalog, qualified
from designer.importers.sql.postgres.drafts import Draft, Relation, Written
from designer.importers.sql.postgres.grammar import Node, walk
from designer.importers.sql.postgres.mentions import expression
from designer.importers.sql.postgres.pieces import Lines, Piece
from designer.schema import IdSource, Record, Statement

DIALECT = "postgresql"


class Checks:
    """What can only be judged when the whole script is known, each under the search path of its place."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        self.waiting: list[tuple[list[str], Callable[[], object]]] = []

    def append(self, check: Callable[[], object]) -> None:
        """Put a check off."""
        self.waiting.append((self.catalog.path, check))

    def run(self) -> None:
        """Run the checks; one may add others."""
        for path, check in self.waiting:
            with self.catalog.under(path):
                check()


class World:
    """One import under way."""

    def __init__(self, text: str, file_name: str, fresh: IdSource):
        self.catalog = Catalog(fresh)
        self.report = Report(file_name, DIALECT)
        self.lines = Lines(text)
        self.pending: list[Written] = []
        self.checks = Checks(self.catalog)
        self.without_public: Piece | None = None
        """The statement that drops the schema `public`, as long as nothing makes it anew."""
        self.remark = ""
        """What the statement under way wants said beside "imported"."""
        self.bodies_checked = True
        """Whether a server reads the bodies of functions when they are made: `SET check_function_bodies`."""
        self.last_try = False
        """Whether the script has been read to its end, so that what is missing will not come any more."""

    # The report

    def say(self, outcome: Outcome, what: str, message: str, place: int, count: int = 1) -> None:
        """Add a line to the report."""
        line, column = self.lines.of(place)
        self.report.findings.append(Finding(outcome, what, message, line, column, self.report.file, count))

    def warn(self, what: str, message: str, place: int) -> None:
        """Report what a server would refuse, or what means something else than it seems."""
        self.say(Outcome.WARNING, what, message, place)

    def line(self, place: int) -> int:
        """Return the line of an offset."""
        return self.lines.of(place)[0]

    # Text

    def written(
        self, piece: Piece, start: int, end: int, node: Node | list[Node] | None,
        relation: Relation | None = None, mode: str = "",
    ) -> Written:  # fmt: skip
        """Return a stretch of the script whose mentions are looked up later."""
        found = Written(piece, start, end, node, relation, mode)
        self.pending.append(found)
        return found

    def freeze(self) -> None:
        """Look up all mentions now, because a rename or drop is about to change what names mean."""
        for written in self.pending:
            expression(written, self.catalog)
        self.pending.clear()

    def _about(self, node: Node) -> set[str]:
        """Return the relations and routines that a statement is about: it goes when they are dropped."""
        found: set[str] = set()
        for key, value in walk(node):
            if key in ("relation", "rel", "RangeVar") and isinstance(value, dict) and "relname" in value:
                draft = self.catalog.range(value)
                if draft is not None:
                    found.add(draft.id)
            elif key == "FuncCall":
                found.update(each.id for each in self.catalog.find_routines(*qualified(value["funcname"])))
        return found

    # Records

    def member(self, cls: type[Record], name: str, relation: Relation, place: int) -> Draft:
        """Return a new draft that belongs to a table or view."""
        draft = self.catalog.add(cls, name, relation, place)
        relation.members.append(draft)
        return draft

    def keep(
        self, piece: Piece, reason: str, phase: str = "after", start: int = 0, end: int | None = None, needs: str = ""
    ) -> Draft:
        """Keep a statement, or a stretch of it, word for word."""
        stop = len(piece.text.rstrip()) if end is None else end
        draft = self.catalog.add(Statement, "", self.catalog.model, piece.place(start))
        whole = start == 0 and end is None
        draft.fields = {
            "text": self.written(piece, start, stop, {piece.kind: piece.node} if whole and piece.kind else None),
            "dialect": DIALECT,
            "phase": phase,
            "reason": reason,
            "line": self.line(piece.place(start)),
        }
        if needs:
            draft.extra["needs"] = needs
        if whole and phase == "after":
            draft.fields["about"] = self._about(piece.node)
        return draft
