"""Triggers for what no key can say any more: a dependency whose columns are in several tables.

Each looks at the row that was written, joined with those that belong to it, and stops where another such row has the
same determinant and a different dependent. Rows with NULL in the determinant are let be, as a key does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from designer.change import apply
from designer.commands.contract import get
from designer.dependencies.columns import names
from designer.dependencies.fixes_plan import Ids, Plan
from designer.dependencies.fixes_tables import taken_apart
from designer.dependencies.guards import dollars, indented
from designer.dialects.base import Dialect
from designer.dialects.registry import get as dialect_of
from designer.schema import Column, Design, Id, IdSource, Key, Schema, Table


@dataclass(frozen=True, slots=True)
class Checking:
    """A dependency that a decomposition loses, and the statements that make the database check it all the same."""

    rule: str  # city, street → zip
    statements: tuple[str, ...]

    @property
    def sql(self) -> str:
        """The statements as one text for people; MySQL's clients want a delimiter set round each trigger."""
        return "\n\n".join(self.statements)


def checking(design: Design, plan: Plan, ids: IdSource, dialect: str = "") -> tuple[Checking, ...]:
    """Return what checks the dependencies that a plan for a table loses, in the words of its database or another.

    Raises Refused where the plan cannot be made true.
    """
    taking = taken_apart(design, plan, ids)
    after = apply(design, taking.parts.edit(design, "").change)
    model = design.model_of(taking.table)
    facts = dialect_of(dialect or (model.target if model is not None and model.target else "postgresql"))
    places = [(table.id, known) for table, known in zip(taking.tables, taking.maps, strict=True)]
    found = []
    for number, (left, right) in enumerate(plan.lost, 1):
        rule = f"{names(design, left)} → {names(design, right)}"
        writer = _Rule(after, facts, places, plan, left, right, number)
        found.append(Checking(rule, tuple(writer.statements())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One dependency over several tables. `places[i]` is the table of fragment i with its columns by the old ones."""

    design: Design
    dialect: Dialect
    places: Sequence[tuple[Id, dict[Id, Id]]]
    plan: Plan
    left: Ids
    right: Ids
    number: int

    def statements(self) -> list[str]:
        """Return the statements of all triggers."""
        return [sql for at in self.needed() for sql in _WRITERS[self.dialect.name](self, at)]

    def needed(self) -> list[int]:
        """Return the fragments to join: the first from which the others with these columns are reached, and those.

        Where none reaches all, it is all of them, which join without loss.
        """
        wanted = {*self.left, *self.right}
        references = self.plan.references()
        best: list[int] | None = None
        for start in range(len(self.places)):
            reached = [start]
            for at in reached:
                reached += [each.parent for each in references if each.child == at and each.parent not in reached]
            if wanted <= {column for at in reached for column in self.places[at][1]}:
                used = self._without_idle(reached, wanted)
                best = used if best is None or len(used) < len(best) else best
        return best if best is not None else list(range(len(self.places)))

    def _without_idle(self, reached: list[int], wanted: set[Id]) -> list[int]:
        """Return the fragments without those at the end of the way that add nothing."""
        used = list(reached)
        for at in reversed(reached[1:]):
            rest = [each for each in used if each != at]
            leaned_on = any(each.child == at and each.parent in rest for each in self.plan.references())
            if not leaned_on and wanted <= {column for each in rest for column in self.places[each][1]}:
                used = rest
        return used

    # Names

    def table(self, at: int) -> str:
        """Return the name of the table of a fragment."""
        return self.beside(at, get(self.design, self.places[at][0], Table).name)

    def beside(self, at: int, name: str) -> str:
        """Return a name in the schema of a table."""
        schema = self.design.get(get(self.design, self.places[at][0], Table).parent or "")
        written = self.dialect.quote(name)
        return f"{self.dialect.quote(schema.name)}.{written}" if isinstance(schema, Schema) else written

    def name(self, at: int, event: str = "") -> str:
        """Return a name for a trigger or its function that the database can hold."""
        own = get(self.design, self.places[at][0], Table).name
        end = f"_rule_{self.number}{event}"
        while self.dialect.too_long(own + end):
            own = own[:-1]
        return own + end

    def column(self, alias: str, at: int, column: Id) -> str:
        """Return a column of a fragment under the alias of that."""
        record = self.design[self.places[at][1][column]]
        return f"{alias}{at}.{self.dialect.quote(record.name if isinstance(record, Column) else column)}"

    def own(self, at: int) -> list[str]:
        """Return the columns that tell the rows of a fragment's table apart, by their names."""
        table = self.places[at][0]
        keys = sorted(self.design.of(Key, table), key=lambda key: not key.primary)
        chosen = keys[0].columns if keys else tuple(self.places[at][1].values())
        found = (self.design[each] for each in chosen)
        return [self.dialect.quote(each.name) for each in found if isinstance(each, Column)]

    # The query

    def joined(self, alias: str) -> tuple[list[str], list[str]]:
        """Return the tables of one joined row under an alias, and what ties them together."""
        sources, ties = [], []
        before: list[int] = []
        for at in self.needed():
            sources.append(f"{self.table(at)} AS {alias}{at}")
            for other in before:
                shared = [each for each in self.places[at][1] if each in self.places[other][1]]
                ties += [f"{self.column(alias, at, each)} = {self.column(alias, other, each)}" for each in shared]
            before.append(at)
        return sources, ties

    def value(self, alias: str, column: Id) -> str:
        """Return a column of the old table in the joined row."""
        at = next(each for each in self.needed() if column in self.places[each][1])
        return self.column(alias, at, column)

    def broken(self, at: int) -> str:
        """Return the condition that the row `NEW` of a fragment's table breaks the rule."""
        one, ties = self.joined("one")
        two, others = self.joined("two")
        same = [f"{self.value('one', each)} = {self.value('two', each)}" for each in self.left]
        differ = " OR ".join(self._differ(self.value("one", each), self.value("two", each)) for each in self.right)
        written = [f"one{at}.{each} = NEW.{each}" for each in self.own(at)]
        conditions = "\n  AND ".join([*written, *ties, *others, *same, f"({differ})"])
        query = f"SELECT 1\nFROM {', '.join([*one, *two])}\nWHERE {conditions}"
        return f"EXISTS (\n{indented(query)}\n)"

    def _differ(self, one: str, other: str) -> str:
        if self.dialect.name in ("mysql", "mariadb"):
            return f"NOT ({one} <=> {other})"
        return f"{one} IS NOT {other}" if self.dialect.name == "sqlite" else f"{one} IS DISTINCT FROM {other}"

    @property
    def sentence(self) -> str:
        """What a refused row is told."""
        said = f"{names(self.design, self.there(self.right))} depends on {names(self.design, self.there(self.left))}"
        return f"{said}: another row has the same and differs"

    def there(self, columns: Ids) -> list[Id]:
        """Return the columns that stand for old ones, wherever."""
        return [next(known[each] for _, known in self.places if each in known) for each in columns]


def _postgres(rule: _Rule, at: int) -> list[str]:
    function = rule.beside(at, rule.name(at))
    said = rule.dialect.literal(rule.sentence)
    body = (
        "BEGIN\n"
        f"    PERFORM pg_advisory_xact_lock(hashtext({said}));\n"
        f"    IF {indented(rule.broken(at)).lstrip()} THEN\n"
        f"        RAISE EXCEPTION USING ERRCODE = 'unique_violation', MESSAGE = {said};\n"
        "    END IF;\n    RETURN NULL;\nEND"
    )
    return [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS {dollars(body)};",
        f"CREATE CONSTRAINT TRIGGER {rule.dialect.quote(rule.name(at))}\n"
        f"    AFTER INSERT OR UPDATE ON {rule.table(at)}\n"
        f"    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {function}();",
    ]


def _mysql(rule: _Rule, at: int) -> list[str]:
    said = rule.dialect.literal(rule.sentence[:128])
    return [
        f"CREATE TRIGGER {rule.dialect.quote(rule.name(at, '_' + event.lower()))} AFTER {event} ON {rule.table(at)} "
        f"FOR EACH ROW\nBEGIN\n    IF {indented(rule.broken(at)).lstrip()} THEN\n"
        f"        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = {said};\n    END IF;\nEND;"
        for event in ("INSERT", "UPDATE")
    ]


def _sqlite(rule: _Rule, at: int) -> list[str]:
    return [
        f"CREATE TRIGGER {rule.dialect.quote(rule.name(at, '_' + event.lower()))} AFTER {event} ON {rule.table(at)}\n"
        f"WHEN {rule.broken(at)}\nBEGIN\n    SELECT RAISE(ABORT, {rule.dialect.literal(rule.sentence)});\nEND;"
        for event in ("INSERT", "UPDATE")
    ]


_WRITERS: dict[str, Callable[[_Rule, int], list[str]]] = {
    "postgresql": _postgres,
    "mysql": _mysql,
    "mariadb": _mysql,
    "sqlite": _sqlite,
}
