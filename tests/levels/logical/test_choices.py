"""Questions: asked only where there is a choice, with what holds, why, and what each answer costs."""

from __future__ import annotations

import time

import msgspec
import pytest

from designer.demo.samples import SAMPLES
from designer.dialects.registry import get
from designer.levels.choices import questions, words
from designer.levels.contract import Question, Settings
from designer.levels.logical import logical
from designer.levels.options import BY_NAME
from designer.levels.physical import physical
from designer.schema import (
    Attribute,
    Choice,
    Derivation,
    Design,
    Domain,
    End,
    ForeignKey,
    Generalization,
    Id,
    Identifier,
    Model,
    Relationship,
    Table,
)
from tests.levels.generator import Wishes, er_model, shuffled
from tests.levels.logical.drawn import LOWER, Drawn

Choices = dict[tuple[Id, str], str]


def asked(
    drawn: Drawn | Design, topic: str, *, level: str = "physical", target: str = "postgresql", **given: object
) -> dict[Id, Question]:
    """Return the questions of a topic by their element."""
    design = drawn.design() if isinstance(drawn, Drawn) else drawn
    (model,) = design.of(Model)
    settings = Settings(given.get("options", {}), given.get("choices", {}))  # type: ignore[arg-type]
    found = questions(design, model.id, level, get(target) if level == "physical" else None, settings)
    return {each.element: each for each in found if each.topic == topic}


def warned(question: Question) -> dict[str, str]:
    return {each.value: each.warning for each in question.answers if each.warning}


def kinds(*, own: int = 1, shared: int = 1, disjoint: bool = True, total: bool = False) -> Drawn:
    """Return Person with the subtypes Student and Teacher."""
    drawn = Drawn()
    drawn.entity("Person", "no", has=", ".join(f"p{number}" for number in range(shared - 1)))
    for name in ("Student", "Teacher"):
        drawn.entity(name, has=", ".join(f"{name[0]}{number}" for number in range(own)))
    drawn.put(
        Generalization(
            id="GEN1", parent="MODL", supertype="Person", subtypes=("Student", "Teacher"), disjoint=disjoint, total=total
        )
    )  # fmt: skip
    return drawn


def test_subtypes_hold_by_the_option_and_are_advised_by_what_they_are() -> None:
    few = asked(kinds(own=2), "subtypes")["GEN1"]
    assert (few.value, few.default) == ("class", "class")
    assert "“One table for all” may suit better here: no subtype adds more than 2 attributes." in few.why
    many = asked(kinds(own=4, total=True), "subtypes")["GEN1"]
    assert "“A table for each subtype” may suit better here" in many.why
    related = kinds(own=1)
    related.verb("teaches", "Teacher 1..1", "Student 0..N")
    assert "It suits: Student and Teacher have relationships of their own." in asked(related, "subtypes")["GEN1"].why
    above = kinds(own=4, total=True)
    above.verb("knows", "Person 0..N", "Person 0..N")
    assert "It suits: Person has relationships" in asked(above, "subtypes")["GEN1"].why


def test_the_option_and_the_choice_are_in_force() -> None:
    by_option = asked(kinds(), "subtypes", options={"subtypes": "concrete"})["GEN1"]
    assert (by_option.value, by_option.default) == ("concrete", "concrete")
    chosen = asked(kinds(), "subtypes", choices={("GEN1", "subtypes"): "single"})["GEN1"]
    assert (chosen.value, chosen.default) == ("single", "class")


def test_subtypes_say_what_each_way_costs() -> None:
    drawn = kinds(own=1)
    drawn.verb("owns", "Person 1..1", "Person 0..N")
    warnings = warned(asked(drawn, "subtypes")["GEN1"])
    assert warnings["single"].startswith("Student.S0 and Teacher.T0 cannot be NOT NULL")
    assert "has a reference to each table, all but one empty: owns." in warnings["concrete"]
    overlapping = warned(asked(kinds(disjoint=False, total=True), "subtypes")["GEN1"])
    assert "Each Person of two kinds is stored twice." in overlapping["concrete"]
    assert overlapping["class"] == "Nothing sees to it by itself that each Person is one of them."


def test_a_subtype_of_two_supertypes_leaves_no_choice() -> None:
    drawn = kinds()
    drawn.entity("Member", "no")
    drawn.put(Generalization(id="GEN2", parent="MODL", supertype="Member", subtypes=("Student",)))
    assert not asked(drawn, "subtypes")


def test_total_can_be_enforced_where_the_target_defers() -> None:
    total = kinds(total=True)
    assert asked(total, "enforce")["GEN1"].value == "declared"
    assert asked(total, "enforce", target="sqlite")
    assert not asked(total, "enforce", target="mysql")
    assert not asked(kinds(), "enforce")
    assert not asked(total, "enforce", options={"subtypes": "single"})


@pytest.mark.parametrize(("level", "expected"), [("logical", {"RLeads"}), ("physical", {"RLeads", "RGuides"})])
def test_the_side_is_asked_where_it_matters(level: str, expected: set[Id]) -> None:
    """Above, a side matters only for attributes of the relationship; below, it is where the reference stands."""
    drawn = Drawn()
    drawn.entity("Lecturer", "no")
    drawn.entity("Course", "code")
    drawn.verb("leads", "Lecturer 1..1", "Course 0..1", has="since")
    drawn.verb("guides", "Lecturer 0..1", "Course 0..1")
    drawn.verb("gives", "Lecturer 1..1", "Course 0..N", has="since")
    drawn.verb("replaces", "Lecturer 0..1", "Lecturer 0..1", has="since")
    found = asked(drawn, "side", level=level)
    assert set(found) == expected
    assert found["RLeads"].value == "Course"
    assert found["RLeads"].why == "Each Course must have a Lecturer, so that the reference is never empty."
    assert warned(found["RLeads"])["Lecturer"] == "The reference is empty for each Lecturer without a Course."
    # Two tables may only be one where each row of the one belongs to a row of the other.
    may_merge = {element for element, one in found.items() if "merge" in [each.value for each in one.answers]}
    assert may_merge == expected & ({"RLeads"} if level == "physical" else set())


def test_a_side_that_was_chosen_above_holds_below() -> None:
    drawn = Drawn()
    drawn.entity("Lecturer", "no")
    drawn.entity("Course", "code")
    drawn.verb("leads", "Lecturer 1..1", "Course 0..1", has="since")
    below = drawn.derived(choices={("RLeads", "side"): "Lecturer"})
    made = [
        LOWER, *below.records, Derivation(id="DERI", parent=LOWER.id, source="MODL"),
        Choice(id="CHOI", parent="DERI", element="RLeads", topic="side", value="Lecturer"),
    ]  # fmt: skip
    design = drawn.design().changed((), made)
    found = questions(design, LOWER.id, "physical", get("sqlite"), Settings())
    (side,) = (each for each in found if each.topic == "side")
    assert design[side.value].origin == "Lecturer"
    assert side.why == "Lecturer was chosen on the level above."
    result = physical(design, LOWER.id, Model(id="PHYS", level="physical", target="sqlite"), Settings())
    (key,) = (each for each in result.records if isinstance(each, ForeignKey))
    tables = {each.id: each.name for each in result.records if isinstance(each, Table)}
    assert (tables[key.parent or ""], tables[key.ref_table or ""]) == ("lecturers", "courses")


def test_keys_name_what_identifies_and_warn_of_what_should_not() -> None:
    drawn = Drawn()
    drawn.entity("Person", "mail", "name", has="no optional")
    drawn.put(Identifier(id="ALSO", parent="Person", attributes=("PersonNoxx",)))
    mail = drawn.records["PersonMail"]
    drawn.records["PersonMail"] = msgspec.structs.replace(mail, pii="email")
    drawn.entity("Thing")
    drawn.verb("has", "Person 0..N", "Person 0..N")
    found = asked(drawn, "key")
    assert set(found) == {"Person", "RHasx"}, "without an identifier there is no choice"
    assert [each.value for each in found["Person"].answers] == ["surrogate", "natural", "ALSO"]
    assert found["Person"].answers[1].title == "Its identifier: mail and name"
    assert warned(found["Person"]) == {
        "natural": "mail is personal data and would be repeated wherever the entity is referred to.",
        "ALSO": "no may be missing, and no part of a primary key can be.",
    }
    assert (found["Person"].value, found["RHasx"].value) == ("surrogate", "natural")


def test_types_warn_of_what_the_target_lacks() -> None:
    drawn = Drawn()
    drawn.entity("Person", "no", has="kind, age, tag multivalued, name")
    drawn.attribute("PersonName", "first")
    values = {
        "LIST": {"values": ("a", "b")},
        "LONG": {"values": tuple("abcdefghijklmn")},
        "RULE": {"rule": "VALUE > 0"},
        "BARE": {},
    }
    for domain, fields in values.items():
        drawn.put(Domain(id=domain, parent="MODL", name=domain.lower(), type="string", **fields))  # type: ignore[arg-type]
    for attribute, domain in {"Kind": "LIST", "Agex": "RULE", "Tagx": "LONG", "Noxx": "BARE"}.items():
        record = drawn.records[f"Person{attribute}"]
        drawn.records[record.id] = msgspec.structs.replace(record, domain=domain)
    lite = {topic: asked(drawn, topic, target="sqlite") for topic in ("enum", "domain", "composite", "multivalued")}
    assert warned(lite["enum"]["LIST"])["type"] == "SQLite has no enumerated types; a check is taken."
    assert warned(lite["domain"]["RULE"])["domain"] == "SQLite has no domains; its type and a check are taken."
    assert warned(lite["composite"]["PersonName"])["type"] == "SQLite has no composite types; JSON is taken."
    assert warned(lite["multivalued"]["PersonTagx"])["array"].endswith("SQLite keeps them as JSON.")
    assert set(lite["enum"]) == {"LIST", "LONG"}
    assert set(lite["domain"]) == {"RULE"}, "a domain with neither values nor a rule is just its type"
    assert "“A table of its own” may suit better here: 14 values" in lite["enum"]["LONG"].why
    assert "Values can be added" in warned(asked(drawn, "enum")["LIST"])["type"]
    assert "alters every table" in warned(asked(drawn, "enum", target="mysql")["LIST"])["type"]
    assert "JSON" not in warned(asked(drawn, "multivalued")["PersonTagx"])["array"]


def test_an_emptied_reference_is_offered_only_where_it_may_be_empty() -> None:
    drawn = Drawn()
    drawn.entity("Firm", "no")
    drawn.entity("Bill", "no")
    drawn.verb("pays", "Firm 0..1", "Bill 0..N")
    drawn.verb("writes", "Firm 1..1", "Bill 0..N")
    drawn.verb("owns", "Firm 1..1 *", "Bill 0..N")
    found = asked(drawn, "delete", options={"reference_delete": "set null"})
    offered = {element: [each.value for each in one.answers] for element, one in found.items()}
    assert ["set null" in offered[each] for each in ("RPays", "RWrites", "ROwns")] == [True, False, False]
    assert [found[each].value for each in ("RPays", "RWrites", "ROwns")] == ["set null", "no action", "cascade"]


def test_an_entity_is_asked_for_only_where_nothing_is_said_of_it() -> None:
    drawn = Drawn()
    drawn.entity("Company")
    drawn.entity("Person", "no")
    assert set(asked(drawn, "derive", level="logical")) == {"Company"}
    again = asked(drawn, "derive", level="logical", choices={("Person", "derive"): "no"})
    assert (again["Person"].value, again["Person"].default) == ("no", "yes")


def test_what_is_derived_may_be_stored() -> None:
    drawn = Drawn()
    drawn.entity("Person", "no", has="age derived")
    assert asked(drawn, "derived")["PersonAgex"].value == "omit"


@pytest.mark.parametrize("sample", ["shop", "university", "hospital"])
@pytest.mark.parametrize("target", ["", "postgresql", "mysql", "mariadb", "sqlite"])
def test_every_question_is_whole(sample: str, target: str) -> None:
    design = next(each for each in SAMPLES if each.slug == sample).make()
    for model in design.of(Model)[:2]:
        if model.level == "physical":
            continue
        found = questions(
            design, model.id, "physical" if target else "logical", get(target) if target else None, Settings()
        )
        assert len({(each.element, each.topic) for each in found}) == len(found)
        for each in found:
            values = [answer.value for answer in each.answers]
            assert each.value in values and each.default in values
            assert len(values) > 1 and len(set(values)) == len(values)
            assert each.title.endswith("?") and each.why.endswith(".")
            assert all(answer.title and answer.help.endswith(".") for answer in each.answers)
            assert all(not answer.warning or answer.warning.endswith(".") for answer in each.answers)


@pytest.mark.parametrize("sample", ["university", pytest.param("hospital", marks=pytest.mark.slow)])
def test_every_answer_changes_what_is_derived(sample: str) -> None:
    """An answer that changes neither a record nor a note would be no answer."""
    design = next(each for each in SAMPLES if each.slug == sample).make()
    (upper,) = design.of(Model)
    design = design.changed((), [LOWER, *logical(design, upper.id, LOWER, Settings()).records])
    target = Model(id="PHYS", level="physical", target="postgresql", version="18")
    plain = physical(design, LOWER.id, target, Settings())
    for question in questions(design, LOWER.id, "physical", get("postgresql"), Settings()):
        for answer in question.answers:
            chosen = Settings(choices={(question.element, question.topic): answer.value})
            same = physical(design, LOWER.id, target, chosen) == plain
            assert same == (answer.value == question.value), (question.title, answer.title)


def test_answers_are_the_words_of_the_options() -> None:
    """What a question offers, the option of the same matter knows, and the other way round."""
    pairs = {
        "subtypes": words.SUBTYPES,
        "multivalued": words.MULTIVALUED,
        "composites": words.COMPOSITE,
        "enums": words.ENUM,
        "domains": words.DOMAIN,
    }
    for option, answers in pairs.items():
        assert [value for value, _ in BY_NAME[option].values] == list(answers)
    assert {value for value, _ in BY_NAME["reference_delete"].values} < set(words.DELETE)


def test_questions_are_the_same_whatever_the_order_and_quick_in_a_large_model() -> None:
    design = er_model(3, Wishes(entities=300))
    (model,) = design.of(Model)
    dialect = get("postgresql")
    start = time.process_time()
    first = questions(design, model.id, "physical", dialect, Settings())
    taken = time.process_time() - start
    assert first == questions(shuffled(design, 1), model.id, "physical", dialect, Settings())
    assert taken < 1, "a tenth of it is usual"
    assert isinstance(design[first[0].element], Generalization), "the weightiest first"


def test_relationships_that_lead_nowhere_are_not_asked_about() -> None:
    drawn = Drawn()
    drawn.entity("Person", "no")
    drawn.put(
        Relationship(id="HALF", parent="MODL", ends=(End(entity="Person", max=1), End(entity="Elsewhere", max=1)))
    )
    drawn.put(Attribute(id="LOST", parent="HALF", name="since"))
    assert not asked(drawn, "side") and not asked(drawn, "delete")
