"""Every problem of a design is found, with its place and what to do, at a cost that fits its size."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from designer.schema import (
    Attribute,
    Column,
    Design,
    End,
    Entity,
    Expr,
    Generalization,
    Identifier,
    Index,
    IndexPart,
    Model,
    Record,
    Relationship,
    Table,
    Use,
)
from designer.schema.allowed import TARGETS, WORDS
from designer.schema.kinds import KINDS, PARENT_KINDS, REFERENCES, defaults_of
from designer.schema.problem import Problem
from designer.schema.validation import problems_in, validate
from tests.formats.build import Build
from tests.formats.random_designs import random_design
from tests.formats.samples import library, shop
from tests.nasty import nasty_design


def _one(b: Build) -> Problem:
    problems = validate(b.design())
    assert len(problems) == 1, [problem.message for problem in problems]
    return problems[0]


def _changed(b: Build, record: Record, **fields: Any) -> Problem:
    b.records[b.records.index(record)] = msgspec.structs.replace(record, **fields)
    return _one(b)


def _two_tables() -> tuple[Build, Table, Column, Table, Column]:
    b = Build()
    one, two = b.table("one"), b.table("two")
    return b, one, b.column(one, "a"), two, b.column(two, "b")


def test_sound_designs_have_no_problems() -> None:
    for design in (shop(), library(), nasty_design(), Design(), *(random_design(seed) for seed in range(100))):
        assert validate(design) == []


def test_the_message_names_place_and_remedy() -> None:
    b, one, *_ = _two_tables()
    problem = _changed(b, one, parent=None)
    assert problem == Problem(
        one.id,
        "table",
        "parent",
        "table 'one' (table0001), parent: it belongs nowhere; name the model or schema that it is part of",
    )


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        (lambda one, two, a, b: (one, {"parent": "nothing"}), "parent", "there is no record nothing"),
        (lambda one, two, a, b: (two, {"parent": one.id}), "parent", "cannot be part of the table 'one'"),
        (lambda one, two, a, b: (one, {"order": "a0"}), "order", "is no order key"),
        (lambda one, two, a, b: (one, {"order": "a-b"}), "order", "is no order key"),
        (lambda one, two, a, b: (one, {"classification": "secret"}), "classification", "'secret' means nothing here"),
        (lambda one, two, a, b: (one, {"persistence": "forever"}), "persistence", "'unlogged'"),
        (lambda one, two, a, b: (one, {"inherits": (a.id,)}), "inherits", "name a table"),
        (lambda one, two, a, b: (a, {"type_ref": b.id}), "type_ref", "name a composite type or domain type"),
        (lambda one, two, a, b: (a, {"default": Expr("x", (Use(0, 2, b.id),))}), "default", "outside"),
        (lambda one, two, a, b: (a, {"default": Expr("xy", (Use(1, 1, b.id),))}), "default", "outside"),
        (lambda one, two, a, b: (a, {"default": Expr("xy", (Use(-1, 1, b.id),))}), "default", "outside"),
        (lambda one, two, a, b: (a, {"default": Expr("xy", (Use(0, 2, b.id), Use(1, 2, b.id)))}), "default", "over"),
        (lambda one, two, a, b: (a, {"default": Expr("xy", (Use(0, 2, "gone"),))}), "default", "no record gone"),
        (lambda one, two, a, b: (a, {"generated_kind": "stored"}), "generated_kind", "nothing is generated"),
    ],
)  # fmt: skip
def test_a_wrong_field(change: Callable[..., tuple[Record, dict[str, Any]]], field: str, says: str) -> None:
    b, one, a, two, second = _two_tables()
    record, fields = change(one, two, a, second)
    problem = _changed(b, record, **fields)
    assert problem.field == field
    assert says in problem.message


def test_an_id_is_letters_and_digits() -> None:
    design = Design([Model(id="not an id!")])
    assert [problem.field for problem in validate(design)] == ["id"]


def test_a_model_has_no_parent() -> None:
    b = Build()
    second = b.add(Model, b.model, name="second")
    assert _one(b).record_id == second.id


def test_keys_name_columns_of_their_own_table() -> None:
    b, one, _a, _two, second = _two_tables()
    key = b.key(one, second)
    problem = _one(b)
    assert (problem.record_id, problem.field, problem.serious) == (key.id, "columns", False)
    assert "column 'b' (column0004) is not a column of the table 'one'" in problem.message


def test_partitions_may_name_columns_of_their_parents() -> None:
    b, one, a, _, _ = _two_tables()
    partition = b.table("partition", partition_of=one.id)
    below = b.table("below", partition_of=partition.id)
    b.key(below, a)
    b.add(Index, below, parts=(IndexPart(column=a.id),))
    assert validate(b.design()) == []


def test_a_table_has_one_primary_key() -> None:
    b, one, a, *_ = _two_tables()
    b.key(one, a)
    second = b.key(one, a)
    b.key(one, a, primary=False)
    problem = _one(b)
    assert (problem.record_id, problem.serious) == (second.id, False)


def test_an_entity_has_one_primary_identifier() -> None:
    b = Build(level="logical")
    entity = b.add(Entity, b.model, name="e")
    b.add(Identifier, entity, primary=True)
    second = b.add(Identifier, entity, primary=True)
    assert _one(b).record_id == second.id


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"columns": ()}, "columns"),
        ({"columns": ("column0004",)}, "columns"),
        ({"ref_columns": ("column0003",)}, "ref_columns"),
        ({"ref_table": None, "ref_columns": ()}, "ref_table"),
        ({"on_delete_columns": ("column0004",)}, "on_delete_columns"),
        ({"on_delete": "explode"}, "on_delete"),
        ({"ref_table": "column0004", "ref_columns": ()}, "ref_table"),
    ],
)
def test_a_foreign_key_fits_together(fields: dict[str, Any], field: str) -> None:
    b, _, a, two, second = _two_tables()
    key = b.refer([a], two, [second])
    changed = msgspec.structs.replace(key, **fields)
    if not changed.columns:
        changed = msgspec.structs.replace(changed, ref_columns=())
    b.records[-1] = changed
    assert _one(b).field == field


def test_a_foreign_key_has_as_many_columns_on_either_side() -> None:
    b, one, a, two, second = _two_tables()
    b.refer([a, b.column(one, "c")], two, [second])
    assert "2 columns refer to 1" in _one(b).message


def test_a_foreign_key_to_a_missing_table_is_sound() -> None:
    b, _, a, _, _ = _two_tables()
    b.refer([a], None, [], missing_table="elsewhere")
    assert validate(b.design()) == []


@pytest.mark.parametrize(
    ("part", "says"),
    [
        (IndexPart(), "either a column or an expression"),
        (IndexPart(column="column0003", expr=Expr("x")), "either a column or an expression"),
        (IndexPart(column="column0003", nulls="middle"), "'first', 'last'"),
        (IndexPart(column="table0001"), "name a column"),
        (IndexPart(expr=Expr("x", (Use(0, 9, "column0003"),))), "outside"),
    ],
)
def test_parts_of_an_index(part: IndexPart, says: str) -> None:
    b, one, *_ = _two_tables()
    b.add(Index, one, parts=(part,))
    problem = _one(b)
    assert problem.field == "parts[1]"
    assert says in problem.message


def test_cycles_of_attributes() -> None:
    b = Build(level="logical")
    entity = b.add(Entity, b.model, name="e")
    one = b.add(Attribute, entity, name="one")
    two = b.add(Attribute, one, name="two")
    problem = _changed(b, one, parent=two.id)
    assert problem.field == "parent"
    assert "break the circle" in problem.message


def test_cycles_of_inheritance() -> None:
    b = Build()
    one = b.table("one")
    two = b.table("two", inherits=(one.id,))
    three = b.table("three", inherits=(two.id,))
    assert _changed(b, one, inherits=(three.id,)).field == "inherits"
    b.table("on the circle's tail", inherits=(three.id,))
    assert len(validate(b.design())) == 1


def test_cycles_of_subtypes() -> None:
    b = Build(level="logical")
    one, two = b.add(Entity, b.model, name="one"), b.add(Entity, b.model, name="two")
    b.add(Generalization, b.model, supertype=one.id, subtypes=(two.id,))
    assert validate(b.design()) == []
    b.add(Generalization, b.model, supertype=two.id, subtypes=(one.id,))
    assert _one(b).kind == "generalization"


@pytest.mark.parametrize("end", [{"min": -1}, {"min": 2, "max": 1}, {"max": 0}])
def test_numbers_of_a_relationship(end: dict[str, Any]) -> None:
    b = Build(level="logical")
    entity = b.add(Entity, b.model, name="e")
    b.add(Relationship, b.model, ends=(End(entity=entity.id, **end),))
    assert _one(b).field == "ends[1]"


def test_the_tables_of_words_and_targets_are_about_fields_that_exist() -> None:
    for kind, field in WORDS:
        assert defaults_of(kind)[field] in WORDS[kind, field]
    for (kind, field), targets in TARGETS.items():
        assert field in REFERENCES[kind]
        assert targets <= set(KINDS)
    assert set(PARENT_KINDS) == set(KINDS)


def test_problems_in_looks_only_at_the_records_it_is_given() -> None:
    b, one, a, _two, second = _two_tables()
    key = b.key(one, second)
    design = b.design()
    assert problems_in(design, [one.id, a.id]) == []
    assert problems_in(design, [key.id, "not there"]) == validate(design)


def _chain(tables: int) -> Design:
    b = Build()
    above: tuple[str, ...] = ()
    for number in range(tables):
        table = b.table(f"t{number}", inherits=above)
        columns = [b.column(table, f"c{place}") for place in range(5)]
        b.key(table, columns[0])
        above = (table.id,)
    return Design(reversed(b.records))


def test_the_cost_of_checking_grows_with_the_design_and_no_faster() -> None:
    """A chain of inheritance, deepest first, is where a careless search takes quadratic time."""
    small, large = _chain(500), _chain(4000)
    assert _cpu(lambda: validate(large)) < 8 * 4 * max(_cpu(lambda: validate(small)), 0.005)


def test_the_cost_of_checking_an_edit_does_not_grow_with_the_design() -> None:
    b = Build()
    for number in range(3000):
        table = b.table(f"t{number}")
        b.key(table, *[b.column(table, f"c{place}") for place in range(5)])
    design = b.design()
    edited = [record.id for record in b.records[-7:]]
    problems_in(design, edited)  # builds the look-ups, which later states of the design inherit
    assert _cpu(lambda: problems_in(design, edited)) < 0.01


def _cpu(work: Callable[[], object]) -> float:
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best
