"""Foreign keys and checks. Neither can be given another name or definition: they are dropped and added."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import msgspec

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, of_kind, record_of
from designer.evolution.handlers import HandledMover, Side
from designer.evolution.mover import Alteration
from designer.evolution.mysql.base import MyHandler, MyPen, Phase, Place, extras, spelled
from designer.schema import Check, ForeignKey, Id, Index, Named, Table

_RENAMED = "the server cannot give a constraint another name"


class ForeignKeys(MyHandler):
    """Foreign keys: dropped before columns change, added when all is there."""

    records = (ForeignKey,)
    kinds = ("foreign key",)

    def __init__(self, mover: HandledMover[MyPen]):
        super().__init__(mover)
        self.numbers: dict[Id, int] = {}
        """The highest number in the names of a table's foreign keys that the server made, as far as they are there."""
        self.written_out: set[Id] = set()
        """Tables that got a numbered name which the server would not give: it would count past none of them."""

    def facts(self, record: ForeignKey, side: Side[MyPen]) -> Iterator[Fact]:
        """A foreign key. What it refers to has a key, which should be there before it."""
        target = side.design.get(record.ref_table or "")
        table = side.design.get(record.parent or "")
        if not isinstance(table, Table) or not isinstance(target, Table):
            return
        needs = {*record.columns, *record.ref_columns} | {target.id} - {table.id}
        wants = {each.id for each in side.catalog.parts(target).keys if {*record.ref_columns} <= {*each.columns}}
        name = ("foreign key", side.catalog.schema_of(table), record.name.lower())
        state = record.name, self.rules(record, side)
        yield Fact(record.id, "foreign key", side.label(record), state, record, table.id,
                   frozenset(needs), frozenset(wants), frozenset({name}))  # fmt: skip

    def rules(self, key: ForeignKey, side: Side[MyPen]) -> Hashable:
        """Return what the server keeps but for the name. NO ACTION and RESTRICT are one."""
        referred = key.ref_columns
        if not referred:
            keys = side.catalog.parts(side.design[key.ref_table or ""]).keys
            referred = next((each.columns for each in keys if each.primary), ())
        actions = tuple("" if each in ("restrict", "no action") else each for each in (key.on_delete, key.on_update))
        return key.columns, key.ref_table, referred, actions, key.match

    def folds(self, child: Fact, parent: Fact) -> bool:
        """The foreign keys of a new table stand in it, where what they refer to is there."""
        return True

    def separable(self, fact: Fact) -> bool:
        """One of two tables that refer to one another can be dropped without it."""
        return True

    def rank(self, verb: str, fact: Fact) -> int:
        """They go before any table changes and come when all have."""
        return self.ranked(Phase.FOREIGN_KEYS_GO if verb == "drop" else Phase.FOREIGN_KEYS_COME, fact)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Add a foreign key."""
        before = self.my.old_facts.get(fact.id)
        if before is not None and before.state != fact.state and before.state[1] == fact.state[1]:
            reason = _RENAMED
        key = record_of(fact, ForeignKey)
        steps: list[Step] = []
        if self.is_next(key):
            key = msgspec.structs.replace(key, name="")
        elif before is not None:
            steps = list(self.kept_index(fact, key))
        clause = f"ADD {self.new.pen.foreign_key_clause(key)}"
        phase = Phase.FOREIGN_KEYS_COME
        steps.append(self.piece(clause, "add foreign key", Place.ADD_KEY, new=fact, reason=reason, phase=phase))
        return [*steps, *self.given_back(fact, key)] if before is None and key.name and self.is_maria else steps

    def given_back(self, fact: Fact, key: ForeignKey) -> Iterator[Step]:
        """Yield what names an index again that MariaDB made for another foreign key and now calls after this one."""
        for other in self.old.catalog.parts(self.new.design[key.parent or ""]).foreign_keys:
            index = f"index:{other.id}"
            stays = index in self.old.design and index in self.new.design and other.id not in self.my.decided.leaving
            if not stays or other.columns != key.columns:
                continue
            name = self.new.pen.own_name(of_kind(self.new.design[index], Index))
            yield self.piece(
                f"RENAME INDEX {self.new.pen.own_name(key)} TO {name}", "rename", Place.AFTERWARDS, new=fact,
                reason="the server called this index after the new foreign key", phase=Phase.FOREIGN_KEYS_COME,
            )  # fmt: skip

    def is_next(self, key: ForeignKey) -> bool:
        """Say whether the server would give a foreign key its name by itself; then it leaves the index alone."""
        table = key.parent or ""
        if table not in self.my.old_facts:
            return False
        if table not in self.numbers:
            leaving = self.my.decided.leaving
            keys = self.old.catalog.parts(self.old.design[table]).foreign_keys
            staying = (self.number(each, self.old) for each in keys if each.id not in leaving)
            self.numbers[table] = max(staying, default=0)
        number = self.number(key, self.new)
        is_next = table not in self.written_out and number == self.numbers[table] + 1
        if is_next:
            self.numbers[table] = number
        elif number:
            self.written_out.add(table)
        return is_next

    def number(self, key: ForeignKey, side: Side[MyPen]) -> int:
        """Return the number in a name that the server made, 0 in any other."""
        before, _, number = key.name.rpartition("_ibfk_")
        return int(number) if before == side.name(key.parent) and number.isdigit() else 0

    def kept_index(self, fact: Fact, key: ForeignKey) -> Iterator[Step]:
        """Yield what makes an index one that was asked for: the server throws away the one that it made by itself."""
        old = self.old.design.get(f"index:{key.id}") or self.old.design.get(self.my.implied.get(key.id, ""))
        new = self.new.design.get(old.id) if old is not None else None
        if not isinstance(old, Index) or not isinstance(new, Index) or new.name == key.name:
            return
        if old.id in self.my.decided.leaving:
            return
        phase, name = Phase.FOREIGN_KEYS_COME, self.new.pen.own_name(new)
        reason = "else the server would replace this index by one with the name of the foreign key"
        said = self.new.pen.index_clause(new, of_kind(self.new.design[key.parent or ""], Table))
        for clause, operation in ((f"DROP INDEX {name}", "drop index"), (f"ADD {said}", "create index")):
            place = Place.DROP_KEY if operation == "drop index" else Place.ADD_KEY
            yield self.piece(clause, operation, place, new=fact, reason=reason, phase=phase)

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Drop a foreign key; its index stays until it is dropped as well."""
        clause = f"DROP FOREIGN KEY {self.old.pen.own_name(record_of(fact, Named))}"
        phase = Phase.FOREIGN_KEYS_GO
        return [self.piece(clause, "drop constraint", Place.DROP_KEY, old=fact, reason=reason, phase=phase)]


class Checks(MyHandler):
    """Checks of tables; those that stand in a column of MariaDB are part of that."""

    records = (Check,)
    kinds = ("check",)

    def facts(self, record: Check, side: Side[MyPen]) -> Iterator[Fact]:
        """A check that is a thing of its own."""
        table = side.design.get(record.parent or "")
        in_column = self.is_maria and "inline" in record.extra and not record.name
        if in_column or not isinstance(table, Table):
            return
        columns = {use.id for use in record.expr.uses if use.id in side.design} - {table.id}
        state = (record.name, spelled(record.expr, side), extras(record, "inline", "refused")), record.not_enforced
        home = ("check", table.id if self.is_maria else side.catalog.schema_of(table), record.name.lower())
        yield Fact(
            record.id, "check", side.label(record), state, record, table.id, frozenset(columns), names=frozenset({home})
        )

    def folds(self, child: Fact, parent: Fact) -> bool:
        """The checks of a new table stand in it."""
        return True

    def rank(self, verb: str, fact: Fact) -> int:
        """All of a table together."""
        return self.ranked(Phase.TABLES_CHANGE, fact, Place.DROP_CHECK if verb == "drop" else Place.ADD_CHECK)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Add a check."""
        clause = self.new.pen.check_clause(record_of(fact, Check))
        before = self.my.old_facts.get(fact.id)
        if before is not None and before.state[0][1:] == fact.state[0][1:] and before.state != fact.state:
            reason = _RENAMED
        return [self.piece(f"ADD {clause}", "add check", Place.ADD_CHECK, new=fact, reason=reason)] if clause else []

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Drop a check."""
        clause = f"DROP {'CONSTRAINT' if self.is_maria else 'CHECK'} {self.old.pen.own_name(record_of(fact, Named))}"
        return [self.piece(clause, "drop constraint", Place.DROP_CHECK, old=fact, reason=reason)]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Only whether MySQL enforces a check can be altered."""
        if old.state[0] != new.state[0] or self.is_maria:
            return None
        word = "NOT ENFORCED" if new.state[1] else "ENFORCED"
        clause = f"ALTER CHECK {self.new.pen.own_name(record_of(new, Named))} {word}"
        return Alteration(
            [self.piece(clause, "add check", Place.ADD_CHECK, old=old, new=new, fields=("not_enforced",))]
        )
