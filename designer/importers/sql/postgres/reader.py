"""A PostgreSQL script read from top to end: cut, parsed in batches, run statement by statement."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from itertools import pairwise

from designer.importers.contract import ImportProblem, ImportResult, Outcome, Progress
from designer.importers.sql.postgres import grammar
from designer.importers.sql.postgres.alter import KeptInPart
from designer.importers.sql.postgres.assemble import assemble
from designer.importers.sql.postgres.blocks import unguarded
from designer.importers.sql.postgres.databases import Databases
from designer.importers.sql.postgres.finish import finish
from designer.importers.sql.postgres.kept import note_made
from designer.importers.sql.postgres.mixed import LONGEST, hides_indexes, rewritten
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Refused, Skipped
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.reasons import is_unstable_index, plain_reason, table_as_written
from designer.importers.sql.postgres.split import COPY, META, Cut, is_closed_copy, second_chances, split
from designer.importers.sql.postgres.statements import HANDLERS, SKIPPED
from designer.importers.sql.postgres.world import World
from designer.schema import seeded_ids

MAX_BATCH = 1_000_000
_LABEL = re.compile(r"[^(;'$]{1,80}")
_ELEMENT = re.compile(r"\b(?:create|grant)\b", re.IGNORECASE)
_DATA = re.compile(r"(?:insert|update|delete|merge)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\$\w+|(?<![:\w])(?<!::):[a-zA-Z_]\w*")
_DUMP_BEGINS, _DUMP_ENDS = "-- PostgreSQL database dump\n", "-- PostgreSQL database dump complete"
_HEAD = 1_000
HOPELESS = 50_000
"""Characters: a longer text of which no statement can be read is not worth keeping word for word."""
PATIENCE = 1_000
"""So many failures, and nothing but failures, and the rest is not read any more."""
DEPTH = 5_000
"""Of trees, in Python frames; a chain of operators is as deep as it is long. The C stack has room for far more."""


def read_script(text: str, file_name: str, progress: Progress) -> ImportResult:
    """Return the design in a script. Raises ImportProblem where there is none."""
    was_on, depth = gc.isenabled(), sys.getrecursionlimit()
    gc.disable()
    sys.setrecursionlimit(max(depth, DEPTH))
    try:
        reader = _Reader(text, file_name, progress)
        reader.run()
        return reader.result()
    finally:
        sys.setrecursionlimit(depth)
        if was_on:
            gc.enable()


class _Reader:
    def __init__(self, text: str, file_name: str, progress: Progress):
        self.text = text
        self.progress = progress
        self.world = World(text, file_name, seeded_ids(text))
        self.waiting: list[tuple[Piece, Missing]] = []
        self.skipped: tuple[str, str] = ("", "")
        self.skipped_at = 0
        self.skipped_count = 0
        self.failures = 0
        self.understood = False
        self.databases = Databases()

    # From text to pieces

    def run(self) -> None:
        for piece in self.pieces():
            for each in self.parts_of(piece):
                self.perform(each)
        self.world.last_try = True
        for piece, missing in self.waiting:
            self.world.catalog.set_path(piece.path)
            self.perform(piece, missing)
        self.flush()

    def parts_of(self, piece: Piece) -> list[Piece]:
        """Return what a statement is read as: itself, or the statements that it holds."""
        if piece.kind == "CreateStmt" and hides_indexes(piece.node):
            return rewritten(piece) or [piece]
        if piece.kind == "DoStmt":
            inner = unguarded(piece)
            return inner if inner and parse_into(inner)[0] is None else [piece]
        return [piece]

    def pieces(self) -> Iterator[Piece]:
        """Yield the parsed statements in order; what cannot be parsed comes out marked as failed."""
        at, length = 0, len(self.text)
        while batch := self.batch(at):
            done, size = 0, len(batch)
            while done < len(batch):
                group = batch[done : done + size]
                parsed, failed, error = self.parse(group)
                yield from parsed
                if failed is None:
                    done, size = done + len(group), size * 4
                    continue
                done, size = done + group.index(failed) + 1, 4
                yield from self.mend(failed, error)
            at = batch[-1][1]
            self.progress(0.8 * at / length, f"read {at:,} of {length:,} characters")

    def batch(self, at: int) -> list[Cut]:
        found: list[Cut] = []
        room = MAX_BATCH
        for cut in split(self.text, at):
            found.append(cut)
            room -= cut[1] - cut[0] + 50
            if room <= 0:
                break
        return found

    def parse(self, cuts: list[Cut]) -> tuple[list[Piece], Cut | None, grammar.GrammarError | None]:
        """Return the pieces up to the first that the grammar refuses, that one, and why."""
        pieces: list[Piece] = []
        wanted: list[tuple[Piece, Cut]] = []
        for cut in cuts:
            piece = Piece(self.text[cut[0] : cut[1]], cut[0])
            if cut[2] in (META, COPY) or _DATA.match(piece.text):
                piece.kind, piece.node = "", {"cut": cut}
                piece.kind = "Data"
                pieces.append(piece)
                continue
            reason = grammar.too_much(piece.text)
            if reason:
                good, failed, error = self.parse_all(pieces, wanted)
                return good, failed or cut, error or grammar.GrammarError(reason, 0, own=True)
            pieces.append(piece)
            wanted.append((piece, cut))
        return self.parse_all(pieces, wanted)

    def parse_all(
        self, pieces: list[Piece], wanted: list[tuple[Piece, Cut]]
    ) -> tuple[list[Piece], Cut | None, grammar.GrammarError | None]:
        bad, error = parse_into([piece for piece, _ in wanted])
        if bad is None:
            return pieces, None, None
        piece, cut = wanted[bad]
        good = pieces[: pieces.index(piece)]
        again = [each for each, _ in wanted[:bad]]
        if again:
            parse_into(again)
        return good, cut, error

    def mend(self, cut: Cut, error: grammar.GrammarError | None) -> list[Piece]:
        """Return what can be made of a piece that does not parse."""
        start, end, _ = cut
        if end - start <= LONGEST:
            made = rewritten(Piece(self.text[start:end], start))
            if made:
                return made
        chances = second_chances(self.text, start, end)
        if not chances:
            return [self.failure(Piece(self.text[start:end], start), error)]
        found: list[Piece] = []
        for begin, stop in pairwise([start, *chances, end]):
            for inner in split(self.text, begin, stop):
                parsed, failed, inner_error = self.parse([inner])
                found += parsed
                if failed is not None:
                    piece = Piece(self.text[inner[0] : inner[1]].rstrip(), inner[0])
                    found += rewritten(piece) or [self.failure(piece, inner_error)]
        return found

    def failure(self, piece: Piece, error: grammar.GrammarError | None) -> Piece:
        """Return the piece marked as one that cannot be read."""
        piece.kind = "Failed"
        piece.node = {"error": error}
        return piece

    # Performing

    def perform(self, piece: Piece, missing: Missing | None = None) -> None:
        kind = piece.kind
        piece.path = self.world.catalog.path
        if kind == "Data":
            self.skip_data(piece)
            return
        if kind == "Failed":
            self.flush()
            self.report_failure(piece)
            self.failures += 1
            if self.failures >= PATIENCE and not self.understood:
                self.give_up()
            return
        self.understood = True
        world = self.world
        try:
            self.handle(piece)
            message = piece.note
            if missing is not None:
                message = f"{missing.what} comes later in the script; a server would refuse this order"
            self.flush()
            outcome = Outcome.WARNING if message else Outcome.IMPORTED
            world.say(outcome, label(piece), message or world.remark, piece.place())
            world.remark = ""
        except KeptInPart as part:
            self.flush()
            world.say(Outcome.VERBATIM, label(piece), part.reason, piece.place())
        except KeptVerbatim as verbatim:
            self.flush()
            note_made(world, piece, world.keep(piece, verbatim.reason, verbatim.phase))
            world.say(Outcome.VERBATIM, label(piece), verbatim.reason, piece.place())
        except Skipped as skipped:
            self.skip(piece, skipped.reason)
        except Missing as gone:
            if not world.last_try:
                self.waiting.append((piece, gone))
                return
            self.refuse(piece, gone, gone.what)
        except Refused as refused:
            self.refuse(piece, refused)
        except RecursionError:
            self.refuse(piece, Refused("it is nested too deeply to be read"))
        except (LookupError, TypeError, AttributeError, ValueError) as fault:
            self.stumble(piece, fault)

    def stumble(self, piece: Piece, fault: Exception) -> None:
        """Keep a statement that the grammar takes and a handler does not foresee: it must not cost the others."""
        self.flush()
        reason = f"this program does not follow the statement ({type(fault).__name__}: {fault}); please report it"
        self.world.keep(piece, reason, "never")
        self.world.say(Outcome.FAILED, label(piece), reason, piece.place())

    def handle(self, piece: Piece) -> None:
        handler = HANDLERS.get(piece.kind)
        if piece.kind in SKIPPED:
            raise Skipped(SKIPPED[piece.kind])
        if handler is None:
            raise KeptVerbatim("there is no record for such a statement")
        if piece.kind == "CreateStmt" and (several := self.databases.table()):
            raise ImportProblem(several, self.text.count("\n", 0, piece.place()) + 1, 1)
        handler(self.world, piece)
        if piece.kind == "CreateSchemaStmt":
            self.schema_elements(piece)

    def schema_elements(self, piece: Piece) -> None:
        path = self.world.catalog.path
        self.world.catalog.set_path([piece.node["schemaname"], *path])
        for inner in elements_of(piece):
            inner.path = self.world.catalog.path
            self.handle(inner)
        self.world.catalog.set_path(path)

    def refuse(self, piece: Piece, refused: Refused, needs: str = "") -> None:
        if piece.lenient and not isinstance(refused, Missing):
            self.skip(piece, f"{refused.reason}, and the statement stands behind a test for that")
            return
        self.flush()
        kept = self.world.keep(piece, refused.reason, "never", needs=needs)
        where = table_as_written(piece.text, refused.index, needs)
        if where:
            kept.extra["only_where"] = where
        fate = "kept, and exported to run only where that table exists" if where else "kept but not exported"
        fault = (
            "; an index cannot use a function whose result changes, such as now()"
            if is_unstable_index(piece.text)
            else ""
        )
        message = f"{refused.reason}{fault}; the statement is {fate}"
        self.world.warn(label(piece), message, piece.place(refused.index))

    def report_failure(self, piece: Piece) -> None:
        error = piece.node["error"]
        piece.kind, piece.node = "", {}
        index = max(error.position, 0) if error is not None else 0
        reason = plain_reason(piece.text, error)
        self.world.keep(piece, reason, "never")
        self.world.say(Outcome.FAILED, label(piece), reason, piece.place(min(index, len(piece.text))))

    def skip_data(self, piece: Piece) -> None:
        start, _end, kind = piece.node["cut"]
        if kind == META:
            self.databases.follow(piece.text)
            self.skip(piece, "a command of psql, not of the server")
        elif kind == COPY:
            if is_closed_copy(self.text, piece.node["cut"]):
                self.skip(piece, "data is no part of a schema")
            else:
                self.flush()
                self.world.say(Outcome.FAILED, label(piece), "the data of this COPY has no end mark \\.: the dump is "
                               "truncated; make it again, or add the mark", start)  # fmt: skip
        else:
            self.skip(piece, "data is no part of a schema")

    # Runs of skipped statements become one line of the report

    def skip(self, piece: Piece, reason: str) -> None:
        what = label(piece)
        placeholder = _PLACEHOLDER.search(piece.text) if len(piece.text) < 10_000 and piece.kind != "Data" else None
        if placeholder and "ParamRef" in str(piece.node):
            self.flush()
            self.world.say(Outcome.SKIPPED, what, f"{reason}; it holds the placeholder {placeholder.group()}",
                           piece.place(placeholder.start()))  # fmt: skip
            return
        group = what.split(" VALUES")[0].split(" values")[0]
        if (group, reason) != self.skipped:
            self.flush()
            self.skipped, self.skipped_at = (group, reason), piece.place()
        self.skipped_count += 1

    def flush(self) -> None:
        """Write the run of skipped statements that has just ended."""
        if self.skipped_count:
            what, reason = self.skipped
            self.world.say(Outcome.SKIPPED, what, reason, self.skipped_at, self.skipped_count)
        self.skipped, self.skipped_count = ("", ""), 0

    # The end

    def give_up(self) -> None:
        first = self.world.report.findings[0]
        raise ImportProblem(f"no statement of this text can be read as PostgreSQL: {first.message}", first.line,
                            first.column)  # fmt: skip

    def doubt_the_end(self) -> None:
        """Warn of a dump that has its first line but not its last: cut off between statements, it can be read."""
        if _DUMP_BEGINS in self.text[:_HEAD].replace("\r\n", "\n") and _DUMP_ENDS not in self.text:
            message = "the last line of the dump is missing, so that it is probably cut off; make the dump again"
            self.world.warn("end of the text", message, len(self.text.rstrip()))

    def result(self) -> ImportResult:
        self.progress(0.8, "linking")
        finish(self.world)
        self.doubt_the_end()
        findings = self.world.report.findings
        findings.sort(key=lambda finding: (finding.line, finding.column))
        if len(self.text) > HOPELESS and self.failures and not self.understood:
            self.give_up()
        design = assemble(self.world)
        self.progress(1.0, f"imported {len(design):,} records")
        return ImportResult(design, self.world.report)


def elements_of(piece: Piece) -> list[Piece]:
    """Return the statements inside a CREATE SCHEMA; each runs from its CREATE or GRANT to that of the next."""
    elements = [next(iter(each.items())) for each in piece.node.get("schemaElts", ())]
    starts = [_element_start(piece, node) for _, node in elements]
    found: list[Piece] = []
    for (kind, node), start, end in zip(elements, starts, [*starts[1:], len(piece.text)], strict=False):
        inner = Piece(piece.text[start:end].rstrip(), piece.place(start))
        inner.base = piece.base + len(piece.text[:start].encode("utf-8", "replace"))
        inner.kind, inner.node = kind, node
        found.append(inner)
    return found


def _element_start(piece: Piece, node: grammar.Node) -> int:
    first = min(value for key, value in grammar.walk(node) if key == "location" and value >= piece.base)
    return max((found.start() for found in _ELEMENT.finditer(piece.text, 0, piece.pos(first))), default=0)


def parse_into(pieces: list[Piece]) -> tuple[int | None, grammar.GrammarError | None]:
    """Give each piece its tree. Returns the number of the first that does not parse, and why."""
    if not pieces:
        return None, None
    encoded = [piece.text.encode("utf-8", "replace") for piece in pieces]
    try:
        statements = grammar.parse(b"\n;".join(encoded))
    except grammar.GrammarError as error:
        return _blame(pieces, error)
    if len(statements) != len(pieces):
        return _one_by_one(pieces)
    base = 0
    for piece, data, statement in zip(pieces, encoded, statements, strict=True):
        piece.take(statement, base)
        base += len(data) + 2
    return None, None


def _blame(pieces: list[Piece], error: grammar.GrammarError) -> tuple[int | None, grammar.GrammarError | None]:
    position = error.position
    if position < 0:
        return _one_by_one(pieces) if len(pieces) > 1 else (0, error)
    for number, piece in enumerate(pieces):
        if position < len(piece.text) + 2:
            return number, grammar.GrammarError(error.message, min(position, len(piece.text)))
        position -= len(piece.text) + 2
    return len(pieces) - 1, grammar.GrammarError(error.message, len(pieces[-1].text))


def _one_by_one(pieces: list[Piece]) -> tuple[int | None, grammar.GrammarError | None]:
    for number, piece in enumerate(pieces):
        try:
            statements = grammar.parse(piece.text.encode("utf-8", "replace"))
        except grammar.GrammarError as error:
            return number, error
        if len(statements) != 1:
            return number, grammar.GrammarError("it is more than one statement", 0, own=True)
        piece.take(statements[0], 0)
    return None, None


def label(piece: Piece) -> str:
    """Return a statement's head for the report: `CREATE TABLE users`."""
    found = _LABEL.match(piece.text)
    return " ".join(found.group().split()) if found else " ".join(piece.text[:60].split())
