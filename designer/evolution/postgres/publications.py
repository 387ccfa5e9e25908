"""Publications, and what each publishes."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId
from designer.evolution.mover import Alteration
from designer.evolution.postgres.kept import is_passed_over
from designer.evolution.postgres.objects import ObjectHandler, PgSide, is_left_out
from designer.evolution.postgres.trees import Node, defined, literal, quote, read, relation, value
from designer.schema import Publication, Statement

_ALL = "insert, update, delete, truncate"
_OPTIONS = re.compile(r"\bWITH\s*\([^()]*\)\s*;?\s*\Z", re.IGNORECASE)
_NEXT = re.compile(r"\s*,\s*(?:TABLE\s+)?(?:ONLY\s+)?\Z|\s*,\s*TABLES\s+IN\s+SCHEMA\s*\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Member:
    """One table or schema that a publication publishes. `clause` is what stands behind TABLE or TABLES IN SCHEMA."""

    word: str
    name: str
    clause: str
    object: FactId | None
    columns: frozenset[FactId] = frozenset()
    where: str = ""

    @property
    def state(self) -> Hashable:
        """Return all that the server keeps of it."""
        return (self.columns, " ".join(self.where.split()))


@dataclass
class Published:
    """A publication with what it publishes, put together from its statements. `later` says that ALTER adds some."""

    all_tables: bool
    options: dict[str, str]
    members: dict[str, Member] = field(default_factory=dict)
    later: bool = False


class PublicationHandler(ObjectHandler):
    """Publications; what each publishes comes and goes by itself."""

    records = (Publication,)
    kinds = ("publication", "published table")

    def facts(self, record: Publication, side: PgSide) -> Iterator[Fact]:
        """A publication, and each table or schema in it."""
        if is_left_out(record):
            return
        published = self.published(side).get(record.name)
        if published is None:
            return
        state = (published.all_tables, frozenset(published.options.items()))
        yield self.fact(record, "publication", state, side, names={("publication", record.name)}, extra=published)
        for key, each in published.members.items():
            needs = {*each.columns, *((each.object,) if each.object else ())}
            yield self.fact(
                record, "published table", each.state, side, needs=needs, parent=record.id, extra=each,
                own=f"published:{record.id}:{key}", label=f"{each.name} in {record.name}",
            )  # fmt: skip

    def published(self, side: PgSide) -> dict[str, Published]:
        """Return the publications of a side by name."""
        found: dict[str, Published] | None = side.pen.__dict__.get("published")
        if found is None:
            found = side.pen.__dict__["published"] = {}
            for each in side.catalog.of(Publication):
                text = self.text(each.text, side).rstrip().rstrip(";")
                _, node = read(text)
                if node:
                    found[each.name] = Published(bool(node.get("for_all_tables")), _options(node))
                    found[each.name].members = self.members(each, text, node, side)
            for statement in side.catalog.statements:
                self.take(statement, found, side)
        return found

    def take(self, record: Statement, into: dict[str, Published], side: PgSide) -> None:
        """Take ALTER PUBLICATION in."""
        text = self.statement_text(record, side)
        kind, node = read(text)
        publication = into.get(node.get("pubname", "")) if kind == "AlterPublicationStmt" else None
        if publication is None or is_passed_over(record):
            return
        members = self.members(record, text, node, side)
        action = node.get("action", "AP_AddObjects")
        publication.later = True
        publication.options.update({name: each for name, each in _options(node).items() if "options" in node})
        if action == "AP_SetObjects" and members:
            publication.members = members
        elif action == "AP_DropObjects":
            publication.members = {key: each for key, each in publication.members.items() if key not in members}
        else:
            publication.members.update(members)

    def members(self, record: Publication | Statement, text: str, node: Node, side: PgSide) -> dict[str, Member]:
        """Return what one statement publishes."""
        look = self.lookup(side)
        homes = look.homes(record)
        specs = [each["PublicationObjSpec"] for each in node.get("pubobjects", ())]
        clauses = _clauses(text, specs)
        found: dict[str, Member] = {}
        for spec, clause in zip(specs, clauses, strict=True):
            table = spec.get("pubtable")
            if table is None:
                name = spec.get("name", "public")
                schema = look.schemas.get(name)
                found[f"schema {name}"] = Member(
                    "TABLES IN SCHEMA", quote(name), quote(name), schema.id if schema else None
                )
                continue
            known = look.relation(relation(table["relation"]), homes)
            columns = look.columns(known.id) if known is not None else {}
            chosen = [each["String"]["sval"] for each in table.get("columns", ())]
            where = clause.partition("WHERE")[2] if "whereClause" in table else ""
            read_too = {
                column.id
                for name, column in columns.items()
                if f"'sval': {name!r}" in str(table.get("whereClause", ""))
            }
            ids = frozenset(columns[name].id for name in chosen if name in columns)
            name = side.pen.path(known) if known is not None else clause
            member = Member("TABLE", name, clause, known.id if known else None, ids | read_too, where)
            found[known.id if known is not None else clause] = member
        return found

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE PUBLICATION, as it was written where nothing is added to it by other statements."""
        record, pen = cast(Publication, fact.record), self.new.pen
        if fact.kind == "published table":
            return self.made(f"ALTER PUBLICATION {pen.ident(record)} ADD {_said(fact.extra)};", fact, reason, "replace")
        published = cast(Published, fact.extra)
        if not published.later and len(folded) == len(published.members):
            return self.made(pen.whole(pen.speech.verbatim(record.text)), fact, reason)
        said = ", ".join(_said(each.extra) for each in folded)
        whom = "FOR ALL TABLES" if published.all_tables else f"FOR {said}" if said else ""
        options = f"WITH ({_written(published.options)})" if published.options else ""
        sql = " ".join(filter(None, (f"CREATE PUBLICATION {pen.ident(record)}", whom, options)))
        return self.made(f"{sql};", fact, reason)

    def folds(self, child: Fact, parent: Fact) -> bool:
        """What is published is said when the publication is made."""
        return child.kind == "published table"

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP PUBLICATION, or what takes a table out of it; a table that is dropped is in none."""
        record, pen = cast(Publication, fact.record), self.old.pen
        if fact.kind == "publication":
            return self.dropped(f"DROP PUBLICATION {pen.ident(record)};", fact, reason)
        member = cast(Member, fact.extra)
        if member.object and member.object not in self.new.design:
            return []
        sql = f"ALTER PUBLICATION {pen.ident(record)} DROP {member.word} {member.name};"
        return self.dropped(sql, fact, reason, "replace")

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Set other options."""
        if new.kind == "published table":
            return None
        before, after = cast(Published, old.extra), cast(Published, new.extra)
        if before.all_tables != after.all_tables:
            return None
        wanted = {
            name: after.options.get(name, _USUAL.get(name, "false")) for name in {**before.options, **after.options}
        }
        name = self.new.pen.ident(cast(Publication, new.record))
        return Alteration([self.changed(f"ALTER PUBLICATION {name} SET ({_written(wanted)});", old, new, "text")])

    def rank(self, verb: str, fact: Fact) -> int:
        """Publications come when all tables are there."""
        return 4 if verb == "drop" else 84


_USUAL = {"publish": _ALL, "publish_via_partition_root": "false", "publish_generated_columns": "none"}


def _options(node: Node) -> dict[str, str]:
    """Return the options of a publication, in one form."""
    found = {name: value(each) if each else "true" for name, each in defined(node).items()}
    if "publish" in found:
        said = [each.strip() for each in found["publish"].lower().split(",")]
        found["publish"] = ", ".join(each for each in _ALL.split(", ") if each in said)
    return {name: text for name, text in found.items() if text.lower() != _USUAL.get(name)}


def _written(options: dict[str, str]) -> str:
    return ", ".join(f"{name} = {literal(text)}" for name, text in sorted(options.items()))


def _said(member: Member) -> str:
    return f"{member.word} {member.clause}"


def _clauses(text: str, specs: Sequence[Node]) -> list[str]:
    """Return the words of each member: from its name to that of the next one."""
    encoded = text.encode()
    starts = [
        (spec["pubtable"]["relation"]["location"] if "pubtable" in spec else spec.get("location", 0)) for spec in specs
    ]
    found = []
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(encoded)
        words = encoded[start:end].decode()
        found.append(_NEXT.sub("", words).strip() if at + 1 < len(starts) else _OPTIONS.sub("", words).strip())
    return found
