"""How tables stand: never clean without somebody's word, and quickly for thousands of them."""

from __future__ import annotations

import time

import pytest

from designer.change import apply
from designer.demo import demo_design
from designer.dependencies import stating
from designer.dependencies.assess import CLEAN, NOT_ASSESSED, SUSPECTED, VIOLATION, State, state_of, states
from designer.dependencies.sample import Sample
from designer.schema import Column, Dependency, Design, Entity, Key, Model, Record, Table, seeded_ids
from tests.dependencies.model.tables import assessed, columns, read, stated, table
from tests.dependencies.model.value_kinds import LISTS, sample

PLAIN = "CREATE TABLE t (order_id int PRIMARY KEY, zip text, city text, note text);"


def state(design: Design, sample: Sample | None = None) -> State:
    return state_of(design, table(design), sample)


def test_a_table_with_keys_only_is_not_assessed() -> None:
    found = state(read(PLAIN))
    assert (found.state, found.form) == (NOT_ASSESSED, "")
    assert found.text == "Only the keys are known; nobody has said that nothing else determines anything."


def test_the_demo_is_not_called_sound() -> None:
    design = demo_design()
    assert {each.state for each in states(design).values()} == {NOT_ASSESSED}


def test_a_confirmed_dependency_on_no_key_is_a_violation() -> None:
    found = state(stated(read(PLAIN), "zip -> city"))
    assert (found.state, found.form, found.violations) == (VIOLATION, "2NF", 1)
    assert found.text.startswith("city depends on zip")
    assert found.below("3NF")
    assert not found.below("2NF")


def test_a_violation_stays_one_after_an_assessment() -> None:
    assert state(assessed(stated(read(PLAIN), "zip -> city"))).state == VIOLATION


def test_a_table_is_clean_by_somebodys_word() -> None:
    found = state(assessed(read(PLAIN)))
    assert (found.state, found.form, found.by) == (CLEAN, "BCNF", "Ada")
    assert found.text == "Nothing else determines anything: confirmed by Ada on 2026-11-21."


def test_a_column_that_came_later_is_not_covered() -> None:
    found = state(assessed(read(PLAIN), "order_id", "zip", "city"))
    assert found.state == NOT_ASSESSED
    assert found.unseen == (columns(read(PLAIN))["note"],)
    assert "before note came" in found.text


@pytest.mark.parametrize("word", [False, True])
def test_a_proposal_is_a_suspicion_until_it_is_answered(word: bool) -> None:
    design = stated(read(PLAIN), "zip -> city", state="proposed", source="data")
    found = state(assessed(design) if word else design)
    assert (found.state, found.suspicions) == (SUSPECTED, 1)


def test_names_raise_a_suspicion_that_a_word_settles() -> None:
    design = read("CREATE TABLE t (id int PRIMARY KEY, artist_id int NOT NULL, artist_name text);")
    assert state(design).state == SUSPECTED
    assert state(design).text == "1 question to answer."
    assert state(assessed(design)).state == CLEAN


def test_values_raise_a_suspicion_where_rows_are_at_hand() -> None:
    design = read(PLAIN)
    rows = tuple((f"{each}", tags) for each, tags in enumerate(sample(LISTS["tags"], 30)))
    own = columns(design)
    assert state(design, Sample((own["order_id"], own["note"]), rows)).state == SUSPECTED


def test_postal_codes_and_hints_mark_nothing() -> None:
    assert state(read("CREATE TABLE t (id int PRIMARY KEY, zip text, city text, data jsonb);")).state == NOT_ASSESSED


def test_what_is_waived_or_kept_by_the_database_is_no_open_violation() -> None:
    waived = stated(read(PLAIN), "zip -> city", state="waived", reason="a snapshot")
    assert (state(waived).state, state(waived).settled) == (NOT_ASSESSED, 1)
    found = state(assessed(waived))
    assert found.state == CLEAN
    assert found.text.endswith("1 left as it is, with a reason.")


def test_what_is_known_to_hold_is_not_all_there_is() -> None:
    found = state(stated(read(PLAIN), "order_id -> zip"))
    assert (found.state, found.form) == (NOT_ASSESSED, "BCNF")
    assert found.text == "What is known breaks nothing; nobody has said that it is all."


def test_a_refuted_dependency_is_none() -> None:
    assert state(stated(read(PLAIN), "zip -> city", state="refuted")).state == NOT_ASSESSED


def test_partitions_stand_as_their_table() -> None:
    design = read(
        "CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);"
        "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (9);"
    )
    assert list(states(design)) == [table(design)]


def test_entities_are_assessed_like_tables() -> None:
    design = demo_design()
    logical = next(each for each in design.of(Model) if each.level == "logical")
    found = states(design, logical.id)
    assert set(found) == {each.id for each in design.of(Entity) if each.parent == logical.id}


def test_a_word_about_an_entity_covers_what_it_belongs_to() -> None:
    design = demo_design()
    line = next(each for each in design.of(Entity) if each.name == "Order item" and each.origin)
    after = apply(design, stating.assess(design, line.id, seeded_ids("word"), by="Ada").change)
    assert state_of(after, line.id).state == CLEAN


def _large() -> Design:
    """Return three thousand tables of eight columns, with a dependency on no key in three hundred."""
    records: list[Record] = [Model(id="m", name="Large", level="physical", target="postgresql")]
    for number in range(3000):
        own = f"t{number:05d}"
        records.append(Table(id=own, parent="m", name=f"orders_{number}"))
        for at, word in enumerate(("id", "order_id", "title", "zip", "city", "quantity", "due_on", "note")):
            records.append(Column(id=f"{own}c{at}", parent=own, name=word, logical="text", order=f"a{at}"))
        records.append(Key(id=f"{own}k", parent=own, primary=True, columns=(f"{own}c0",)))
        if number % 10 == 0:
            left, right = (f"{own}c1",), (f"{own}c2",)
            records.append(Dependency(id=f"{own}d", parent=own, determinant=left, dependent=right))
    return Design(records)


def test_three_thousand_tables_cost_less_than_a_second() -> None:
    design = _large()
    design.children("m")
    start = time.process_time()
    found = states(design)
    spent = time.process_time() - start
    assert len(found) == 3000
    assert sum(each.state == VIOLATION for each in found.values()) == 300
    assert spent < 1.0, f"{spent:.2f} s"
