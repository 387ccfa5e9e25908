"""Weak and associative entities, attributes of several values and with parts, and what else is carried."""

from __future__ import annotations

import msgspec
import pytest

from designer.levels.contract import Settings
from designer.levels.logical import logical
from designer.schema import (
    AccessPattern,
    Arc,
    Attribute,
    BusinessRule,
    Dependency,
    Design,
    Domain,
    End,
    Entity,
    Generalization,
    Identifier,
    Model,
    Relationship,
    Term,
)
from tests.levels.logical.drawn import LOWER, Drawn
from tests.nasty import CORPUS


def codes(drawn: Drawn) -> list[str]:
    return [note.code for note in drawn.derived().notes]


def owned(*ends: str, keys: tuple[str, ...] = ("no",), nature: str = "weak") -> Drawn:
    """Return Order and its weak Line."""
    drawn = Drawn()
    drawn.entity("Order", "code")
    drawn.entity("Line", *keys, nature=nature, has="amount")
    drawn.verb("contains", *(ends or ("Order 1..1 *", "Line 0..N")))
    return drawn


def test_the_key_of_a_weak_entity_takes_that_of_its_owner() -> None:
    assert owned().said()["Line"] == "no, @Order | amount"


def test_the_mark_may_stand_at_the_weak_side_as_well() -> None:
    said = owned("Order 1..1", "Line 0..N *").said()
    assert said["Line"] == "no, @Order | amount"
    assert said["contains"] == "Order 1..1 * - Line 0..N"


def test_a_strong_entity_may_be_identified_by_another_too() -> None:
    assert owned(nature="strong").said()["Line"] == "no, @Order | amount"


def test_a_weak_entity_of_one_owner_has_no_more_than_its_key() -> None:
    said = owned("Order 1..1 *", "Line 0..1", keys=()).said()
    assert said["Line"] == "@Order | amount"


def test_a_weak_entity_without_a_partial_key_is_told() -> None:
    drawn = owned(keys=())
    assert drawn.said()["Line"] == "| amount"
    assert codes(drawn) == ["weak-without-partial-key"]
    drawn.put(Identifier(id="LineKEY", parent="Line", primary=True, relationships=("RContains",)))
    assert drawn.said()["Line"] == "| amount", "the owner alone does not tell its lines apart"
    assert codes(drawn) == ["weak-without-partial-key"]


def test_a_weak_entity_without_an_owner_is_told() -> None:
    drawn = owned("Order 1..1", "Line 0..N")
    assert codes(drawn) == ["weak-without-owner"]
    assert drawn.said()["Line"] == "no | amount"


def test_an_owner_of_many_identifies_nothing() -> None:
    drawn = owned("Order 0..N *", "Line 0..N")
    assert sorted(codes(drawn)) == ["owner-of-many", "weak-without-owner"]


def test_entities_that_would_identify_each_other_keep_their_own_keys() -> None:
    drawn = owned()
    drawn.verb("starts with", "Line 1..1 *", "Order 0..1")
    said = drawn.said()
    assert (said["Order"], said["Line"]) == ("code |", "no | amount")
    assert codes(drawn).count("identifies-itself") == 2


def test_a_chain_of_weak_entities() -> None:
    drawn = owned()
    drawn.entity("Part", "no", nature="weak")
    drawn.verb("is split into", "Line 1..1 *", "Part 0..N")
    assert drawn.said()["Part"] == "no, @Line |"


def test_a_weak_entity_of_two_owners_in_a_relationship_of_three() -> None:
    """Elmasri and Navathe, figure 3.20: INTERVIEW is identified by candidate, company and its date."""
    drawn = Drawn()
    drawn.entity("Candidate", "name")
    drawn.entity("Company", "cname")
    drawn.entity("Interview", "date", nature="weak")
    drawn.verb("CCI", "Candidate 1..1 *", "Company 1..1 *", "Interview 0..N", has="room")
    said = drawn.said()
    assert said["Interview"] == "date, @Candidate, @Company | room"
    assert "CCI" in said and "Candidate 1..1 * - Interview 0..N" in said["CCI"]


@pytest.mark.parametrize("marked", ["", " *"])
def test_an_associative_entity_drawn_by_hand_is_identified_by_what_it_links(marked: str) -> None:
    drawn = Drawn()
    drawn.entity("Student", "no")
    drawn.entity("Section", "code")
    drawn.entity("Enrolment", nature="associative", has="grade")
    drawn.verb("makes", f"Student 1..1{marked}", "Enrolment 0..N")
    drawn.verb("is for", f"Section 1..1{marked}", "Enrolment 0..N")
    drawn.entity("Lecturer", "no")
    drawn.verb("grades", "Lecturer 0..1", "Enrolment 0..N")
    said = drawn.said()
    assert said["Enrolment"] == "@Student, @Section | grade"
    assert said["makes"] == "Student 1..1 * - Enrolment 0..N"
    assert not codes(drawn)


def test_an_associative_entity_with_a_key_of_its_own_keeps_it() -> None:
    drawn = Drawn()
    drawn.entity("Student", "no")
    drawn.entity("Section", "code")
    drawn.entity("Enrolment", "number", nature="associative")
    drawn.verb("makes", "Student 1..1", "Enrolment 0..N")
    drawn.verb("is for", "Section 1..1", "Enrolment 0..N")
    assert drawn.said()["Enrolment"] == "number |"


def several(flags: str = "multivalued", **settings: object) -> dict[str, str]:
    drawn = Drawn()
    drawn.entity("Person", "no", has=f"phone {flags}")
    return drawn.said(**settings)  # type: ignore[arg-type]


def test_several_values_become_an_entity() -> None:
    said = several()
    assert said["Person"] == "no |"
    assert said["Person phone"] == "phone, @Person |"
    assert said["has"] == "Person 1..1 * - Person phone 1..N"
    assert several("multivalued optional")["has"] == "Person 1..1 * - Person phone 0..N"


def test_several_values_stay_where_somebody_wants_an_array() -> None:
    assert several(options={"multivalued": "array"})["Person"] == "no | phone*"
    assert several(choices={("PersonPhone", "multivalued"): "array"})["Person"] == "no | phone*"
    chosen = {("PersonPhone", "multivalued"): "child"}
    assert "Person phone" in several(options={"multivalued": "array"}, choices=chosen)


def test_an_array_of_the_level_above_stays_one() -> None:
    drawn = Drawn()
    drawn.entity("Person", "no", has="phone multivalued")
    first = drawn.derived(options={"multivalued": "array"})
    design = drawn.design().changed((), [LOWER, *first.records])
    again = logical(design, LOWER.id, Model(id="LAST", level="physical"), Settings())
    assert [each.name for each in again.records if isinstance(each, Attribute) and each.multivalued] == ["phone"]


def test_what_is_derived_and_has_several_values_gets_no_place() -> None:
    assert several("multivalued derived") == {"Person": "no |"}
    assert several("derived") == {"Person": "no | phone'"}


def test_parts_identify_the_values_of_a_composite() -> None:
    drawn = Drawn()
    drawn.entity("Person", "no")
    drawn.attribute("Person", "degree", "multivalued")
    drawn.attribute("PersonDegree", "title")
    drawn.attribute("PersonDegree", "year")
    drawn.attribute("PersonDegree", "age", "derived")
    assert drawn.said()["Person degree"] == "title, year, @Person | age'"


def test_values_with_a_part_that_may_be_missing_are_numbered() -> None:
    drawn = Drawn()
    drawn.entity("Person", "no")
    drawn.attribute("Person", "degree", "multivalued")
    drawn.attribute("PersonDegree", "title")
    drawn.attribute("PersonDegree", "year", "optional")
    assert drawn.said()["Person degree"] == "number, @Person | title, year?"
    assert codes(drawn) == ["numbered"]


def test_several_values_inside_several_values() -> None:
    """Elmasri and Navathe, figure 3.5: {AddressPhone({Phone(AreaCode, Number)}, Address)}."""
    drawn = Drawn()
    drawn.entity("Person", "no")
    drawn.attribute("Person", "AddressPhone", "multivalued")
    drawn.attribute("PersonAddressphone", "address")
    drawn.attribute("PersonAddressphone", "Phone", "multivalued")
    drawn.attribute("PersonAddressphonePhone", "area code")
    drawn.attribute("PersonAddressphonePhone", "number")
    said = drawn.said()
    assert said["Person AddressPhone"] == "number, @Person | address"
    assert said["Person AddressPhone Phone"] == "area code, number, @Person AddressPhone |"


def test_several_values_inside_a_composite_hang_on_the_entity() -> None:
    drawn = Drawn()
    drawn.entity("Person", "no")
    drawn.attribute("Person", "contact", "optional")
    drawn.attribute("PersonContact", "email")
    drawn.attribute("PersonContact", "phone", "multivalued")
    said = drawn.said()
    assert said["Person"] == "no | contact?(email)"
    assert said["has"] == "Person 1..1 * - Person phone 0..N", "without a contact there is no phone"


def test_several_values_of_a_relationship_hang_on_its_entity() -> None:
    drawn = Drawn()
    drawn.entity("Student", "no")
    drawn.entity("Section", "code")
    drawn.verb("takes", "Student 0..N", "Section 0..N", has="mark multivalued")
    said = drawn.said()
    assert said["Student takes Section mark"] == "mark, @Student takes Section |"


def test_an_identifier_of_several_values_goes_without_them() -> None:
    drawn = Drawn()
    drawn.entity("Person", "phone")
    phone = drawn.records["PersonPhone"]
    drawn.records["PersonPhone"] = msgspec.structs.replace(phone, multivalued=True)
    assert drawn.said()["Person"] == "|"
    assert codes(drawn) == ["identifier-of-several"]


def rich() -> Drawn:
    """Return a model with one of everything that is carried."""
    drawn = Drawn()
    drawn.entity("Person", "no", has="kind, mail multivalued, name")
    drawn.entity("Student", has="year")
    drawn.entity("Firm", "no")
    drawn.entity("Bill", "no", has="paid optional, note")
    drawn.put(Domain(id="DOM1", parent="MODL", name="Kind", type="string", values=("a", "b")))
    kind = drawn.records["PersonKind"]
    drawn.records["PersonKind"] = msgspec.structs.replace(kind, domain="DOM1", sample="a", pii="x", comment="Which.")
    drawn.put(
        Generalization(
            id="GEN1",
            parent="MODL",
            supertype="Person",
            subtypes=("Student",),
            total=True,
            disjoint=False,
            discriminator="PersonKind",
        )
    )
    drawn.verb("pays", "Person 0..1", "Bill 0..N")
    drawn.verb("refunds", "Firm 0..1", "Bill 0..N")
    drawn.verb("disputes", "Person 0..N", "Bill 0..N")
    drawn.put(Arc(id="ARC1", parent="Bill", name="payer", relationships=("RPays", "RRefunds"), mandatory=False))
    drawn.put(Dependency(id="DEP1", parent="Bill", determinant=("BillNoxx",), dependent=("BillNote",), reason="so"))
    drawn.put(Dependency(id="DEP2", parent="Person", determinant=("PersonNoxx",), dependent=("PersonMail",)))
    drawn.put(
        AccessPattern(
            id="PAT1", parent="MODL", name="find", reads=("Bill", "RDisputes", "RPays"), by=("PersonMail", "BillPaid")
        )
    )
    drawn.put(Term(id="TERM", parent="MODL", name="Payer"))
    drawn.put(BusinessRule(id="RULE", parent="MODL", name="Pay"))
    return drawn


def below() -> tuple[Design, dict[str, list[object]]]:
    records = rich().derived().records
    found: dict[str, list[object]] = {}
    for each in records:
        found.setdefault(each.origin or "", []).append(each)
    return Design(records), found


def test_subtypes_arcs_domains_and_what_is_said_of_attributes_are_carried() -> None:
    design, found = below()
    (kind,) = found["PersonKind"]
    assert isinstance(kind, Attribute)
    assert (kind.sample, kind.pii, kind.comment) == ("a", "x", "Which.")
    (domain,) = found["DOM1"]
    assert kind.domain == domain.id  # type: ignore[attr-defined]
    (general,) = found["GEN1"]
    assert isinstance(general, Generalization)
    assert (general.total, general.disjoint, general.discriminator) == (True, False, kind.id)
    assert [design[each].origin for each in (general.supertype or "", *general.subtypes)] == ["Person", "Student"]
    (arc,) = found["ARC1"]
    assert isinstance(arc, Arc)
    assert (arc.name, arc.mandatory, design[arc.parent or ""].origin) == ("payer", False, "Bill")
    assert [design[each].origin for each in arc.relationships] == ["RPays", "RRefunds"]


def test_dependencies_are_carried_where_their_attributes_stay_together() -> None:
    design, found = below()
    (kept,) = found["DEP1"]
    assert isinstance(kept, Dependency)
    assert kept.reason == "so"
    assert [design[each].origin for each in (*kept.determinant, *kept.dependent)] == ["BillNoxx", "BillNote"]
    assert "DEP2" not in found, "mail is an entity now"


def test_access_patterns_read_what_became_of_things() -> None:
    design, found = below()
    (pattern,) = found["PAT1"]
    assert isinstance(pattern, AccessPattern)
    assert [(type(design[each]), design[each].origin) for each in pattern.reads] == [
        (Entity, "Bill"), (Entity, "RDisputes"), (Relationship, "RPays"),
    ]  # fmt: skip
    assert [(type(design[each]), design[each].origin) for each in pattern.by] == [
        (Attribute, "PersonMail"), (Attribute, "BillPaid"),
    ]  # fmt: skip


def test_terms_and_business_rules_stay_where_they_are() -> None:
    _, found = below()
    assert not {"TERM", "RULE"} & set(found)


def test_an_entity_that_is_not_to_be_derived_takes_what_needs_it_along() -> None:
    drawn = rich()
    result = drawn.derived(choices={("Person", "derive"): "no"})
    origins = {each.origin for each in result.records}
    assert {"Student", "Bill", "Firm", "RRefunds", "ARC1", "DEP1"} < origins
    assert not {"Person", "PersonNoxx", "GEN1", "RPays", "RDisputes"} & origins
    assert not [note for note in result.notes if note.code == "end-elsewhere"]


def test_names_pass_through_whatever_they_are() -> None:
    drawn = Drawn()
    for number, nasty in enumerate(CORPUS):
        drawn.put(Entity(id=f"E{number:04d}", parent="MODL", name=nasty.name))
        drawn.put(Attribute(id=f"A{number:04d}", parent=f"E{number:04d}", name=nasty.name, multivalued=number % 2 == 0))
        drawn.put(
            Relationship(
                id=f"R{number:04d}",
                parent="MODL",
                name=nasty.name,
                ends=(End(entity="E0000"), End(entity=f"E{number:04d}")),
            )
        )
    result = drawn.derived()
    names = {each.origin: each.name for each in result.records if isinstance(each, Entity)}
    for number, nasty in enumerate(CORPUS):
        assert names[f"E{number:04d}"] == nasty.name
        assert names[f"R{number:04d}"]


def test_nothing_gives_nothing() -> None:
    assert Drawn().derived().records == ()
