"""Candidate keys, groups of subtypes, arcs and words: what the commands make, and what they refuse."""

from __future__ import annotations

import pytest

from designer.change import apply, dangling
from designer.commands import Edit, Refused, arcs, generalizations, identifiers, words_of
from designer.schema import (
    Arc,
    Attribute,
    BusinessRule,
    Design,
    End,
    Entity,
    Generalization,
    Identifier,
    Model,
    Relationship,
    Term,
    seeded_ids,
)


def school() -> Design:
    """Return a course with its sections and rooms: every kind of thing that the commands change."""
    return Design(
        [
            Model(id="m", level="conceptual"),
            Entity(id="course", parent="m", name="Course", order="A"),
            Entity(id="section", parent="m", name="Section", order="B"),
            Entity(id="seminar", parent="m", name="Seminar", order="C"),
            Attribute(id="number", parent="course", name="number", order="A"),
            Attribute(id="kind", parent="course", name="kind", order="B"),
            Attribute(id="term", parent="section", name="term", order="A"),
            Identifier(id="key", parent="course", primary=True, attributes=("number",)),
            Relationship(id="held", parent="m", name="is held as", ends=(End(entity="course", min=1, max=1), End(entity="section"))),
            Relationship(id="moves", parent="m", name="moves to", ends=(End(entity="course", max=1), End(entity="section"))),
            Term(id="t1", parent="m", name="Course", synonyms=("module", "unit of study"), order="A"),
            Term(id="t2", parent="m", name="Term", order="B"),
        ]
    )  # fmt: skip


def after(design: Design, edit: Edit) -> Design:
    changed = apply(design, edit.change)
    assert dangling(changed) == []
    return changed


def ids():
    return seeded_ids("concepts")


def test_the_first_identifier_is_primary_and_its_relationships_identify():
    design = school()
    done = after(design, identifiers.add_identifier(design, "section", ["term"], ["held"], ids()))
    made = next(iter(done.of(Identifier, "section")))
    assert (made.primary, made.attributes, made.relationships) == (True, ("term",), ("held",))
    assert [end.identifying for end in done["held"].ends] == [True, False]


def test_another_primary_identifier_takes_the_place_of_the_first():
    design = school()
    done = after(design, identifiers.add_identifier(design, "course", ["kind"], [], ids()))
    other = next(each for each in done.of(Identifier, "course") if each.id != "key")
    assert not other.primary
    done = after(done, identifiers.make_primary(done, other.id, True))
    assert [each.primary for each in done.of(Identifier, "course")] == [
        each.id == other.id for each in done.of(Identifier, "course")
    ]


def test_an_end_identifies_no_longer_when_its_relationship_leaves_the_key():
    design = school()
    done = after(design, identifiers.add_identifier(design, "section", ["term"], ["held"], ids()))
    key = next(iter(done.of(Identifier, "section")))
    done = after(done, identifiers.set_identifier(done, key.id, ["term"], []))
    assert not any(end.identifying for end in done["held"].ends)


@pytest.mark.parametrize(
    ("attributes", "relationships", "said"),
    [([], [], "needs an attribute"), (["term"], [], "no attribute of Course"), (["gone"], [], "not there any more")],
)
def test_an_identifier_is_made_of_what_the_entity_has(attributes, relationships, said):
    with pytest.raises(Refused, match=said):
        identifiers.add_identifier(school(), "course", attributes, relationships, ids())


def test_a_supertype_has_several_groups_of_subtypes():
    design = school()
    done = after(design, generalizations.add_group(design, "course", "seminar", ids()))
    make = ids()
    assert make() == next(iter(done.of(Generalization))).id
    done = after(done, generalizations.add_group(done, "course", "section", make))
    assert [each.subtypes for each in done.of(Generalization)] == [("seminar",), ("section",)]


def test_a_group_has_a_discriminator_of_its_supertype_and_goes_with_its_last_subtype():
    design = school()
    done = after(design, generalizations.add_group(design, "course", "seminar", ids()))
    group = next(iter(done.of(Generalization))).id
    done = after(done, generalizations.set_discriminator(done, group, "kind"))
    assert done[group].discriminator == "kind"
    with pytest.raises(Refused, match="an attribute of Course"):
        generalizations.set_discriminator(done, group, "term")
    assert group not in after(done, generalizations.remove_subtype(done, group, "seminar"))


def test_an_arc_can_span_other_relationships():
    design = school()
    done = after(design, arcs.add_arc(design, "section", ["held", "moves"], ids(), mandatory=False))
    made = next(iter(done.of(Arc)))
    assert after(done, arcs.set_arc(done, made.id, ["moves", "held"]))[made.id].relationships == ("moves", "held")
    with pytest.raises(Refused, match="two relationships"):
        arcs.set_arc(done, made.id, ["held"])


def test_words_are_added_once_and_ordered():
    design = school()
    done = after(design, words_of.add_word(design, "m", "term", "  Room ", ids(), comment="Where it meets."))
    assert [each.name for each in done.of(Term, "m")] == ["Course", "Term", "Room"]
    with pytest.raises(Refused, match="a term named Course"):
        words_of.add_word(done, "m", "term", "course", ids())
    last = done.of(Term, "m")[-1]
    moved = after(done, words_of.move_word(done, last.id, up=True))
    assert [each.name for each in moved.of(Term, "m")] == ["Course", "Room", "Term"]
    with pytest.raises(Refused, match="the first already"):
        words_of.move_word(moved, "t1", up=True)


def test_a_rule_is_a_sentence():
    with pytest.raises(Refused, match="as a sentence"):
        words_of.add_word(school(), "m", "business_rule", "Limit", ids())
    design = school()
    done = after(
        design, words_of.add_word(design, "m", "business_rule", "", ids(), comment="Eight at most.", elements=("held",))
    )
    made = next(iter(done.of(BusinessRule)))
    assert words_of.words_about(done, done["held"]).rules == [made]


def test_words_are_linked_to_elements_and_taken_off():
    design = school()
    done = after(design, words_of.link(design, "t1", ["course", "number"]))
    assert done["t1"].elements == ("course", "number")
    assert words_of.words_about(done, done["course"]).terms == [done["t1"]]
    assert after(done, words_of.unlink(done, "t1", "number"))["t1"].elements == ("course",)
    with pytest.raises(Refused, match="these already"):
        words_of.link(done, "t1", ["course"])


@pytest.mark.parametrize(
    ("name", "said"),
    [("Module list", "module"), ("unit_of_study", "unit of study"), ("Course module", None), ("modules", None)],
)
def test_a_name_with_a_synonym_says_which_term_is_meant(name, said):
    found = words_of.synonym_in(school(), Entity(id="e", parent="m", name=name))
    assert (found[1] if found else None) == said
