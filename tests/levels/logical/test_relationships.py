"""What relationships of every kind become: entities, keys, sides, names."""

from __future__ import annotations

import msgspec

from designer.levels.logical.resolving import candidate_keys
from designer.schema import End, Entity, Relationship
from tests.levels.logical.drawn import Drawn


def pair(*ends: str, verb: str = "takes", has: str = "") -> Drawn:
    """Return Student and Section with one relationship."""
    drawn = Drawn()
    drawn.entity("Student", "no")
    drawn.entity("Section", "code")
    drawn.verb(verb, *ends, has=has)
    return drawn


def test_many_to_many_becomes_an_entity_identified_by_both() -> None:
    said = pair("Student 0..N", "Section 1..N", has="grade optional").said()
    assert said["Student takes Section"] == "@Student, @Section | grade?"
    # Each student has at least one, because each takes at least one section.
    assert said["takes"] == ("Student 1..1 * - Student takes Section 1..N; Section 1..1 * - Student takes Section 0..N")
    assert said["Student"] == "no |"


def test_bounds_of_many_to_many_stay_at_the_right_side() -> None:
    drawn = pair("Student 5..30", "Section 2..4")
    said = drawn.said()
    assert said["takes"] == (
        "Student 1..1 * - Student takes Section 2..4; Section 1..1 * - Student takes Section 5..30"
    )
    assert [note.code for note in drawn.derived().notes] == ["bounds", "bounds"]


def test_one_to_many_stays_and_its_attributes_go_to_the_child() -> None:
    said = pair("Student 0..1", "Section 0..N", verb="leads", has="since").said()
    assert said["Section"] == "code | since?", "a section without a leader has no date"
    assert said["leads"] == "Student 0..1 - Section 0..N"
    assert pair("Section 0..N", "Student 1..1", verb="leads", has="since").said()["Section"] == "code | since"


def test_an_attribute_that_would_have_the_name_of_another_gets_the_verb() -> None:
    drawn = pair("Student 1..1", "Section 0..N", verb="leads", has="since, code")
    drawn.verb("speaks for", "Student 0..1", "Section 0..N", has="since")
    assert drawn.said()["Section"] == "code | leads since, leads code, speaks for since?"


def test_one_to_one_gives_its_attributes_to_the_side_that_must_take_part() -> None:
    assert pair("Student 1..1", "Section 0..1", verb="leads", has="since").said()["Section"] == "code | since"
    assert pair("Student 0..1", "Section 1..1", verb="leads", has="since").said()["Student"] == "no | since"
    drawn = pair("Student 1..1", "Section 0..1", verb="leads", has="since")
    assert drawn.said(choices={("RLeads", "side"): "Student"})["Student"] == "no | since?"


def test_an_entity_related_to_itself_keeps_its_roles() -> None:
    drawn = Drawn()
    drawn.entity("Course", "code")
    drawn.verb("requires", "Course 0..N prerequisite", "Course 0..N course")
    drawn.verb("follows", "Course 0..N", "Course 0..N")
    drawn.verb("replaces", "Course 0..1 new", "Course 0..N old")
    said = drawn.said()
    assert said["Course prerequisite"] == "@prerequisite, @course |"
    assert said["Course follows Course"] == "@Course, @other Course |"
    assert said["replaces"] == "Course 0..1 new - Course 0..N old"


def test_candidate_keys_of_three_follow_the_numbers() -> None:
    """Teorey, Yang and Fry (1986), figure 6: the four kinds of ternary relationships."""
    many, one = End(entity="e"), End(entity="e", max=1)
    assert candidate_keys((many, many, many)) == ((0, 1, 2),)
    assert candidate_keys((many, many, one)) == ((0, 1),)
    assert candidate_keys((many, one, one)) == ((0, 1), (0, 2))
    assert candidate_keys((one, one, one)) == ((0, 1), (0, 2), (1, 2))


def test_a_relationship_of_three_says_its_other_keys_too() -> None:
    drawn = Drawn()
    for name in ("Technician", "Project", "Notebook"):
        drawn.entity(name, "no")
    drawn.verb("uses", "Technician 0..1", "Project 0..1", "Notebook 0..1", has="pages")
    said = drawn.said()
    assert said["Technician uses Project Notebook"] == (
        "@Technician, @Project | pages / @Project, @Notebook / @Technician, @Notebook"
    )
    assert said["uses"].count("*") == 2, "only the primary key identifies"


def test_a_relationship_of_three_that_must_be_there_says_what_no_key_keeps() -> None:
    drawn = Drawn()
    for name in ("Nurse", "Shift", "Ward"):
        drawn.entity(name, "no")
    drawn.verb("Duty", "Nurse 1..N", "Shift 0..N", "Ward 0..1")
    assert [note.code for note in drawn.derived().notes] == ["combination-minimum"]
    assert drawn.said()["Duty"].startswith("@Nurse, @Shift |")


def test_names_of_associative_entities() -> None:
    named = {
        "takes": "Student takes Section", "has": "Student Section", "": "Student Section", "Belongs to": "Student Section",
        "Enrolment": "Enrolment", "enrolment": "Enrolment", "WORKS_ON": "WORKS_ON", "Student": "Student Student Section",
        "is enrolled in": "Student is enrolled in Section",
    }  # fmt: skip
    for verb, name in named.items():
        result = pair("Student 0..N", "Section 0..N", verb=verb).derived()
        made = [each for each in result.records if isinstance(each, Entity) and each.nature == "associative"]
        assert [each.name for each in made] == [name], verb


def test_what_a_noun_links_is_not_called_by_the_noun_again() -> None:
    said = pair("Student 0..N", "Section 0..N", verb="Enrolment").said()
    assert said["has"] == "Student 1..1 * - Enrolment 0..N; Section 1..1 * - Enrolment 0..N"


def test_two_relationships_by_the_same_noun_are_told_apart_by_their_entities() -> None:
    drawn = pair("Student 0..N", "Section 0..N", verb="Choice")
    drawn.entity("Room", "no")
    drawn.put(_copy(drawn, "Student", "Room"))
    names = {each.name for each in drawn.derived().records if isinstance(each, Entity)}
    assert {"Student Choice Section", "Student Choice Room"} < names


def _copy(drawn: Drawn, first: str, second: str) -> Relationship:
    return Relationship(id="Other", parent="MODL", name="Choice", ends=(End(entity=first), End(entity=second)))


def test_a_relationship_with_one_end_is_left_out_with_a_word() -> None:
    drawn = pair("Student 0..N")
    result = drawn.derived()
    assert [note.code for note in result.notes] == ["one-end"]
    assert not [each for each in result.records if isinstance(each, Relationship)]


def test_the_definition_of_a_relationship_is_that_of_its_entity() -> None:
    drawn = pair("Student 0..N", "Section 0..N")
    drawn.records["RTakes"] = msgspec.structs.replace(
        drawn.records["RTakes"], comment="Why.", owner="office", classification="internal", pii="x", retention="2 years",
        tags=("core",),
    )  # fmt: skip
    (made,) = (each for each in drawn.derived().records if isinstance(each, Entity) and each.nature == "associative")
    assert (made.comment, made.owner, made.classification) == ("Why.", "office", "internal")
    assert (made.pii, made.retention, made.tags, made.origin) == ("x", "2 years", ("core",), "RTakes")
