"""What stands in a table: the order of columns, composites, audit columns, what is carried, and indexes."""

from __future__ import annotations

import pytest

from designer.schema import AccessPattern, Attribute, Column, Dependency, Entity, Identifier, Schema
from tests.levels.logical.drawn import Drawn
from tests.levels.physical.tables_of import changed, derived
from tests.nasty import NAMES


def _person() -> Drawn:
    drawn = Drawn()
    drawn.entity("Person", "person no", has="name, age derived, email optional")
    for part in ("first name", "family name"):
        drawn.attribute("PersonName", part)
    drawn.entity("City", "code")
    drawn.verb("lives in", "City 0..1", "Person 0..N")
    return drawn


def test_columns_stand_in_bands():
    found = derived(_person(), options={"audit": "people"})
    assert found.columns("people") == (
        "id, city_id?, person_no, first_name, family_name, email?, created_at, created_by?, updated_at, updated_by?"
    )


def test_what_is_derived_has_no_column_unless_somebody_stores_it():
    found = derived(_person())
    assert "age" not in found.columns("people")
    assert "derived-left-out" in found.codes()
    kept = derived(_person(), choices={("PersonAgex", "derived"): "stored"})
    assert "age" in kept.columns("people")
    assert "derived-left-out" not in kept.codes()


def test_a_composite_is_flattened_or_one_column():
    assert derived(_person(), options={"composites": "json"}).column("people.name").type == "jsonb"
    typed = derived(_person(), options={"composites": "type"}).column("people.name")
    assert typed.type_ref is not None


@pytest.mark.parametrize(
    ("target", "default", "on_update"),
    [("postgresql", "CURRENT_TIMESTAMP", ""), ("mysql", "CURRENT_TIMESTAMP(6)", "CURRENT_TIMESTAMP(6)"),
     ("sqlite", "CURRENT_TIMESTAMP", "")],
)  # fmt: skip
def test_audit_columns_get_their_moment(target: str, default: str, on_update: str):
    found = derived(_person(), target, {"audit": "timestamps"})
    created, updated = found.column("people.created_at"), found.column("people.updated_at")
    assert created.default is not None
    assert (created.default.text, created.on_update, updated.on_update) == (default, "", on_update)
    assert not created.nullable
    assert created.origin == "Person"
    assert ("updated-at-not-kept" in found.codes()) is (on_update == "")


def test_an_attribute_of_that_name_is_the_audit_column():
    drawn = _person()
    drawn.attribute("Person", "created at")
    assert derived(drawn, options={"audit": "timestamps"}).columns("people").count("created_at") == 1


def test_definition_and_governance_are_carried():
    design = changed(
        _person().design(), "Person", comment="Who.", owner="HR", tags=("core",), classification="internal"
    )
    design = changed(design, "PersonEmai".ljust(11, "l"), pii="email", comment="Where mail goes.", retention="1 year")
    found = derived(design)
    table, column = found.table("people"), found.column("people.email")
    assert (table.comment, table.owner, table.tags, table.classification) == ("Who.", "HR", ("core",), "internal")
    assert (column.pii, column.comment, column.retention) == ("email", "Where mail goes.", "1 year")
    assert (table.origin, column.origin) == ("Person", "PersonEmail")


def test_references_have_an_index_unless_somebody_wants_none():
    assert derived(_person()).indexes("people") == ["city_id"]
    assert derived(_person(), options={"foreign_indexes": "no"}).indexes("people") == []


def test_access_patterns_get_the_indexes_that_no_key_has():
    drawn = _person()
    by = {"FIND1": ("PersonEmail", "PersonName"), "FIND2": ("PersonPersonNo",), "FIND3": ("PersonEmail",)}
    for name, attributes in by.items():
        drawn.put(AccessPattern(id=name, parent="MODL", name=name, by=attributes))
    found = derived(drawn)
    assert found.indexes("people") == ["city_id", "email, first_name, family_name"]
    assert derived(drawn, options={"pattern_indexes": "no"}).indexes("people") == ["city_id"]


def test_parts_of_composites_stand_in_indexes_and_keys():
    drawn = _person()
    family = next(each.id for each in drawn.records.values() if getattr(each, "name", "") == "family name")
    drawn.put(AccessPattern(id="FIND", parent="MODL", name="find", by=(family, "PersonEmail")))
    drawn.put(Identifier(id="ALSO", parent="Person", attributes=(family, "PersonPersonNo")))
    found = derived(drawn)
    assert "family_name, email" in found.indexes("people")
    assert "family_name, person_no" in found.keys("people")
    assert found.columns("people") == derived(drawn, options={"composites": "json"}).columns("people")


def test_a_pattern_over_several_tables_has_an_index_in_each():
    drawn = _person()
    drawn.attribute("City", "name")
    drawn.put(AccessPattern(id="FIND", parent="MODL", name="find", by=("PersonEmail", "CityName")))
    found = derived(drawn)
    assert found.indexes("people") == ["city_id", "email"]
    assert found.indexes("cities") == ["name"]


def test_dependencies_are_carried_where_all_their_columns_stand_in_one_table():
    drawn = _person()
    drawn.put(Dependency(id="DEPS", parent="Person", determinant=("PersonName",), dependent=("PersonEmail",)))
    drawn.put(Dependency(id="NONE", parent="Person", determinant=("PersonAgex",), dependent=("PersonEmail",)))
    found = derived(drawn)
    carried = [each for each in found.design.of(Dependency) if each.parent == found.table("people").id]
    assert [(found.names(each.determinant), found.names(each.dependent)) for each in carried] == [
        ("first_name, family_name", "email")
    ]
    assert carried[0].origin == "DEPS"


def test_tables_stand_in_a_schema_where_there_are_schemas():
    found = derived(_person(), options={"schema": "hr"})
    assert [each.name for each in found.design.of(Schema)] == ["hr"]
    assert found.table("people").parent == found.design.of(Schema)[0].id
    elsewhere = derived(_person(), "mysql", {"schema": "hr"})
    assert elsewhere.table("people").parent == "BELOW"


@pytest.mark.parametrize("target", ["postgresql", "mariadb", "sqlite"])
@pytest.mark.parametrize("case", ["snake", "keep", "upper"])
def test_hostile_names_give_sound_tables(target: str, case: str):
    drawn = Drawn()
    for at, name in enumerate(NAMES):
        drawn.put(Entity(id=f"Ent{at}", parent="MODL", name=name))
        drawn.put(Attribute(id=f"Att{at}", parent=f"Ent{at}", name=name, type="string(10)", order="V"))
        drawn.put(Attribute(id=f"Two{at}", parent=f"Ent{at}", name=name.swapcase(), type="integer", order="W"))
    found = derived(drawn, target, {"case": case})
    tables = {each.parent for each in found.design.of(Column)}
    assert len(tables) == len(NAMES)
    for table in tables:
        names = [each.name.casefold() for each in found.design.of(Column, table)]
        assert all(names)
        assert target == "postgresql" or len(set(names)) == len(names) == 3
