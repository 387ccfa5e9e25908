"""Two designs brought to one set of ids: what is one object on both sides has the id of the old one.

Two versions of a branch share their ids already. A file and a live database share nothing: their objects are paired by
what they are called and what they say, and wherever two say the same in other words the new side takes the words of
the old one. So nothing that is only spelled differently ever becomes a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

import msgspec

from designer.change.change import diff
from designer.commands.remapping import renumbered
from designer.compare.languages import language_of
from designer.compare.side import Side
from designer.compare.thing import Thing
from designer.compare.things import Things
from designer.compare.value import Sql
from designer.dialects.base import Dialect
from designer.dialects.registry import get
from designer.evolution.align_fields import merged
from designer.evolution.align_groups import ownerships, same_groups
from designer.evolution.align_implied import mirrored
from designer.evolution.align_judge import Judge
from designer.evolution.align_names import given_by_server
from designer.evolution.align_order import in_old_order
from designer.evolution.align_pairs import Paired, paired
from designer.evolution.contract import MigrationProblem, Remark, Rename
from designer.evolution.renames import candidates, renamed_values, with_new_names, with_values
from designer.schema import (
    Column,
    Design,
    Expr,
    Extension,
    Id,
    Model,
    Named,
    Record,
    Schema,
    Statement,
    Table,
    first_physical,
)
from designer.schema.kinds import RELATIONAL
from designer.schema.references import referred_ids

_UNCOMPARED = (Schema, Extension, Column, Statement)
"""Records that a comparison may leave out though they are there: what goes without saying, columns of views."""
_SHARED = 0.5
"""What part of the smaller side must have its id on both sides, before ids are taken at their word."""


@dataclass(slots=True)
class Aligned:
    """Two designs that share their ids.

    `candidates` are open questions: each may be one object under another name, and is dropped and made again unless
    somebody says so. `unsure` remarks what is spelled differently, where text alone cannot say whether it is the same.
    """

    old: Design
    new: Design
    models: tuple[Id, Id]
    candidates: list[Rename] = field(default_factory=list)
    unsure: list[Remark] = field(default_factory=list)
    renamed: list[Rename] = field(default_factory=list)
    """What was taken for one object under two names, because it was asked for."""

    @property
    def values(self) -> dict[Id, dict[str, str]]:
        """The values of enums that have another name: by enum, old name -> new name."""
        return renamed_values(self.old, self.new, self.renamed)


def aligned(
    old: Design,
    new: Design,
    dialect: str = "",
    *,
    models: tuple[Id | None, Id | None] = (None, None),
    renames: Sequence[Rename] = (),
    printed: tuple[bool, bool] = (False, False),
    owners: bool = False,
    whole: bool = False,
) -> Aligned:
    """Return both designs with the ids of the old one.

    The models are the first physical ones where none are named. `renames` are answers to `candidates`; `printed` says
    of each side whether a server wrote it; statements of ownership count with `owners`; with `whole` also what is the
    same word by word is looked into. Raises MigrationProblem where
    there is no physical model.
    """
    before, after = (_model(design, model) for design, model in zip((old, new), models, strict=True))
    facts = get(dialect or after.target or before.target or "postgresql")
    judge = Judge(language_of(facts.name), printed)
    ids = before.id, after.id
    if share_ids(old, new):
        return Aligned(old, _without_spelling(old, new, ids, facts, judge), ids, [], judge.remarks, list(renames))
    renamed = with_new_names(old, new, renames, ids)
    found = paired(renamed, new, facts, ids, judge, owners=owners, whole=whole or bool(renames))
    found.pair_renamed(renames)
    open_questions = candidates(found, judge)
    result = with_values(_Alignment(old, new, found, judge, facts, owners=owners).new_side(), new, renames)
    return Aligned(old, result, (before.id, before.id), open_questions, judge.remarks, list(renames))


def share_ids(old: Design, new: Design) -> bool:
    """Say whether two designs are states of one: ids stand for the same objects on both sides."""
    ours, theirs = ({each.id: type(each) for each in side.records() if type(each) in RELATIONAL} for side in (old, new))
    fewer, more = sorted((ours, theirs), key=len)
    common = sum(more.get(each) is kind for each, kind in fewer.items())
    return common > 0 and common >= _SHARED * len(fewer)


def _model(design: Design, model: Id | None) -> Model:
    chosen = design.get(model) if model else first_physical(design)
    if not isinstance(chosen, Model) or chosen.level != "physical":
        raise MigrationProblem("there is no physical model to compare; derive one, or import a schema")
    return chosen


def _without_spelling(old: Design, new: Design, models: tuple[Id, Id], dialect: Dialect, judge: Judge) -> Design:
    """Return the new one of two states of a design without changes that only spell the same in other words."""
    touched = [each for each in diff(old, new).changed if type(new[each]) in RELATIONAL]
    if not touched:
        return new
    readers = [
        Things(Side(side, dialect, model), judge.language) for side, model in zip((old, new), models, strict=True)
    ]
    put: list[Record] = []
    for each in touched:
        one, two = (next(iter(reader.of(side[each])), None) for reader, side in zip(readers, (old, new), strict=True))
        if one is not None and two is not None:
            record = merged(old[each], new[each], one, two, judge.same, new)
            put += [record] if record != new[each] else []
    return new.changed((), put) if put else new


class _Alignment:
    """Makes the new side of one pair of designs."""

    def __init__(self, old: Design, new: Design, found: Paired, judge: Judge, dialect: Dialect, *, owners: bool):
        self.old, self.new, self.found, self.judge, self.dialect = old, new, found, judge, dialect
        self.keep, self.drop = same_groups(found, judge)
        if not owners:
            self.keep |= ownerships(found.old)
            self.drop |= ownerships(found.new)
        more, less = mirrored(found, judge)
        self.keep |= more
        self.drop |= less
        self.own_columns: dict[Id, dict[Id, Id]] = {}
        """Partition -> column of its table -> its own column, where only the old side writes the columns out."""

    def new_side(self) -> Design:
        """Return the new design with the ids, and as far as they mean the same the words, of the old one."""
        self.share_default_schema()
        self.cross()
        self.tell_apart()
        records = {}
        for each in self.new.records():
            if each.id in self.drop:
                continue
            same = self.found.alike.get(each.id)
            record = self.old[same] if same is not None else self.under_old_ids(each)
            records[record.id] = record
        records |= {each: self.old[each] for each in self.keep}
        records = self.alive(records)
        for about, (one, two) in self.found.said.items():
            if about in records and about in self.old:
                record = merged(self.old[about], records[about], one, two, self.same, records)
                records[about] = self.named(record)
        records |= {record.id: record for record in self.unsaid(records)}
        return Design(in_old_order(records, self.old, self.dialect.name))

    def same(self, one: Thing, two: Thing, word: str) -> bool:
        """Say whether a field is the same; a body that is made again for a rename is that of the new side."""
        return self.judge.same(one, two, word) and not self.is_made_again(one, word)

    def is_made_again(self, one: Thing, word: str) -> bool:
        """Say whether a field is a body in MySQL or MariaDB that names something which has another name now."""
        said = one.fields.get(word)
        if not isinstance(said, Sql) or said.form == "expression" or self.dialect.name not in ("mysql", "mariadb"):
            return False
        record = self.old[one.id]
        texts = (getattr(record, name, None) for name in ("text", "query"))
        return any(
            self.found.old.name_of(use.id) != self.name_before(use.id)
            for text in texts
            if isinstance(text, Expr)
            for use in text.uses
        )

    def name_before(self, record: Id) -> str:
        """Return the name of a record of the old side, before any rename."""
        return getattr(self.old.get(record), "name", "")

    # Names and places

    def under_old_ids(self, record: Record) -> Record:
        """Return a record of the new side with the ids of the old one."""
        ids = self.found.ids
        table = ids.get(record.parent or "")
        if table in self.own_columns:
            own = self.own_columns[table]
            ids = {**ids, **{two: own.get(one, one) for two, one in ids.items() if one in own}}
        return renumbered(record, ids)

    def named(self, record: Record) -> Record:
        """Return a record under its old name where one side left its name to the server; it stays in its schema."""
        before = self.old[record.id]
        values: dict[str, object] = {}
        homes = (self.found.ids.get(self.found.new.model.id) if self.found.new.model else None, *self.default_schemas)
        if before.parent in homes and record.parent in homes:
            values["parent"] = before.parent
        if isinstance(record, Named) and isinstance(before, Named) and self.is_name_of_server(before, record):
            values["name"] = before.name
        return msgspec.structs.replace(record, **values) if values else record

    def is_name_of_server(self, before: Named, after: Named) -> bool:
        if bool(before.name) == bool(after.name):
            return False
        if before.name:
            return given_by_server(before, self.old, self.dialect.name)
        two = self.found.said[before.id][1]
        return given_by_server(self.found.new.design[two.id], self.new, self.dialect.name)

    @property
    def default_schemas(self) -> list[Id]:
        return [each.id for each in self.old.of(Schema) if each.name == self.dialect.default_schema]

    def share_default_schema(self) -> None:
        """The default schema is written as a record, or it goes without saying; the old side decides."""
        for schema in self.new.of(Schema):
            if schema.name == self.dialect.default_schema and schema.id not in self.found.ids:
                self.found.ids[schema.id] = self.found.ids[cast(Id, schema.parent)]
                self.drop.add(schema.id)
        for kept, design in ((self.drop, self.new), (self.keep, self.old)):
            paired = self.found.ids.keys() if design is self.new else set(self.found.ids.values())
            kept |= {each.id for each in design.of(Extension) if each.name == "plpgsql" and each.id not in paired}
        said = {self.found.ids.get(each.id) for each in self.new.of(Schema)}
        self.keep |= {each for each in self.default_schemas if each not in said}

    # Ids

    def cross(self) -> None:
        """Settle what one side writes as a record and the other as part of another one."""
        for one, two in self.found.crossed:
            if one.kind == "column":
                self.cross_columns(one, two)
            elif one.kind == "sequence":
                self.cross_sequences(one, two)

    def cross_columns(self, one: Thing, two: Thing) -> None:
        """The columns of a partition are its table's where they are not written out."""
        ours, theirs = self.old[one.id], self.new[two.id]
        home = self.new.get(theirs.parent or "") if isinstance(theirs, Column) else None
        if isinstance(home, Table) and not home.partition_of:
            return  # it is a table of its own now, and has its columns itself
        if isinstance(ours, Table) and isinstance(theirs, Column):
            inherited = {each.name: each.id for each in self.found.old.columns(ours.id)}
            self.found.ids[theirs.id] = inherited[theirs.name]
            self.drop.add(theirs.id)
        elif isinstance(ours, Column) and isinstance(theirs, Table) and ours.parent:
            self.keep.add(ours.id)
            parents = self.old[ours.parent]
            table = parents.partition_of if isinstance(parents, Table) else None
            above = next((each for each in self.found.old.columns(table or "") if each.name == ours.name), None)
            if above is not None:
                self.own_columns.setdefault(ours.parent, {})[above.id] = ours.id

    def cross_sequences(self, one: Thing, two: Thing) -> None:
        """A serial column has a sequence that is not written out; it is the same while the column is."""
        ours, theirs = self.old[one.id], self.new[two.id]
        column = ours.id if isinstance(ours, Column) else self.found.ids.get(theirs.id, "")
        pair = self.found.said.get(column)
        words = ("type", "nullable", "default")
        if pair is None or not all(self.judge.same(*pair, word) for word in words):
            return
        if isinstance(ours, Column) and not isinstance(theirs, Column):
            self.drop.add(theirs.id)
        elif isinstance(theirs, Column) and not isinstance(ours, Column):
            self.keep.add(ours.id)

    def tell_apart(self) -> None:
        """Give a record of the new side another id where the old side has that id for something else."""
        for each in self.new:
            if each in self.old and each not in self.found.ids:
                self.found.ids[each] = f"{each}n"

    def alive(self, records: dict[Id, Record]) -> dict[Id, Record]:
        """Leave out what was taken over from the old side and names something that is no more."""
        while True:
            dead = {
                each
                for each in self.keep
                if each in records and any(one not in records for one in _must(records[each]))
            }
            if not dead:
                return records
            self.keep -= dead
            records = {each: record for each, record in records.items() if each not in dead}

    def unsaid(self, records: dict[Id, Record]) -> Iterable[Record]:
        """Yield records of the old side for pairs that no comparison looks into, where all they name is there."""
        for each in self.found.ids.values():
            before, after = self.old.get(each), records.get(each)
            if before is None or after is None or each in self.found.said or type(before) is not type(after):
                continue
            if isinstance(before, Model):
                said = {key: after.extra.get(key, value) for key, value in before.extra.items()}
                if "charset" in before.extra and "charset" in after.extra:  # the collation goes with it
                    said = {key: said[key] for key in said if key != "collation"} | after.extra
                yield before if said == before.extra else msgspec.structs.replace(before, extra=said)
            elif isinstance(before, _UNCOMPARED) and _unchanged(before, after):
                yield before


def _must(record: Record) -> set[Id]:
    return referred_ids(record) - {record.origin}


def _unchanged(before: Record, after: Record) -> bool:
    """Say whether a record that is not compared says the same: only its place in the text differs."""
    return before.comment == after.comment and _must(before) >= _must(after)
