"""What each part of a hierarchy becomes, in models small enough to see it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from designer.dialects.registry import get
from designer.levels.contract import Settings
from designer.levels.er import Er, Literal, Ref, Rule
from designer.levels.folding import fold
from designer.levels.reading import read
from designer.schema import AccessPattern, Arc, Attribute, Design, Domain, Entity, Generalization, Model, Record
from tests.levels.folding.people import entity, reference
from tests.levels.folding.sound import faults


def kind(
    name: str, above: str, *below: str, disjoint: bool = True, total: bool = False, told: str = ""
) -> Generalization:
    return Generalization(
        id=name, parent="above", supertype=above, subtypes=below, disjoint=disjoint, total=total,
        discriminator=told or None, order=name,
    )  # fmt: skip


def folded(
    *records: Record | list[Record],
    dialect: str = "postgresql",
    options: Mapping[str, str] | None = None,
    **chosen: str,
) -> Er:
    """Return a model folded, each generalization by the strategy that is given under its name."""
    flat = [each for one in records for each in (one if isinstance(one, list) else [one])]
    design = Design([Model(id="above", name="Above", level="logical"), *flat])
    choices = {tuple(name.split("__")) if "__" in name else (name, "subtypes"): each for name, each in chosen.items()}
    settings = Settings({"keys": "natural", **(options or {})}, choices)  # type: ignore[arg-type]
    model = design["above"]
    assert isinstance(model, Model)
    found = fold(read(design, model, settings), settings, get(dialect))
    assert faults(found) == []
    return found


def fields(er: Er, thing: str) -> list[str]:
    return [each.words for each in er.things[thing].fields]


def said(rule: Rule) -> str:
    """Return a rule as text, with marks for columns."""
    text = ""
    for part in rule.parts:
        if isinstance(part, Ref):
            text += part.field or f"->{part.link}"
        else:
            text += f"'{part.value}'" if isinstance(part, Literal) else part
    return text


def rules(er: Er) -> dict[str, str]:
    return {each.mark: said(each) for each in er.rules}


def codes(er: Er) -> set[str]:
    return {each.code for each in er.notes}


PERSON = entity("person", "no integer", "name text", key=["no"])
STUDENT = entity("student", "gpa integer")
LECTURER = entity("lecturer", "office text?")
TUTOR = entity("tutor", "hours integer")
COURSE = entity("course", "code string(5)", key=["code"])


def test_several_levels_in_one_table() -> None:
    """A subtype of a subtype has a discriminator of its own, which is empty for all who are not of its supertype."""
    er = folded(
        PERSON, STUDENT, LECTURER, TUTOR, kind("k1", "person", "student", "lecturer"), kind("k2", "student", "tutor"),
        k1="single", k2="single",
    )  # fmt: skip
    assert set(er.things) == {"person"}
    assert fields(er, "person") == ["no", "name", "kind", "gpa", "Student kind", "hours", "office"]
    assert rules(er)["k1:student:complete"] == "k1 <> 'student' OR (student.gpa IS NOT NULL AND k2 IS NOT NULL)"
    assert (
        rules(er)["k1:student:only"] == "k1 = 'student' OR (student.gpa IS NULL AND k2 IS NULL AND tutor.hours IS NULL)"
    )
    assert rules(er)["k2:tutor:complete"] == "k1 <> 'student' OR (k2 <> 'tutor' OR (tutor.hours IS NOT NULL))"
    marks = {each.mark: each.default for each in er.things["person"].fields}
    assert marks["k1"] == "person"
    assert marks["k2"] is None, "a default would fill it for lecturers"


def test_a_table_below_one_table() -> None:
    """What refers to a subtype in the table of its supertype refers to rows of that subtype."""
    er = folded(
        PERSON, STUDENT, LECTURER, TUTOR, kind("k1", "person", "student", "lecturer"), kind("k2", "student", "tutor"),
        k1="single", k2="class",
    )  # fmt: skip
    assert set(er.things) == {"person", "tutor"}
    link = er.links["k2:tutor"]
    assert (link.parent, link.to, link.with_fields) == ("person", "k1:typed", ("k2:tutor:kind",))
    assert er.things["tutor"].idents[0].through == ("k2:tutor",)


def test_copies_of_copies() -> None:
    """A concrete subtype of a concrete subtype has what both have, and is one of the tables that others refer to."""
    er = folded(
        PERSON, STUDENT, LECTURER, TUTOR, entity("badge", "serial integer", key=["serial"]),
        reference("worn by", "badge", "person"), kind("k1", "person", "student", "lecturer", total=True),
        kind("k2", "student", "tutor"), k1="concrete", k2="concrete",
    )  # fmt: skip
    assert set(er.things) == {"student", "lecturer", "tutor", "badge"}
    assert fields(er, "tutor") == ["no", "name", "gpa", "hours"]
    worn = {each.parent: each.optional for each in er.links.values() if each.child == "badge"}
    assert worn == {"student": True, "tutor": True, "lecturer": True}
    assert rules(er)["worn by:one"].endswith(" = 1")
    assert set(er.where["person.no"]) == {
        ("student", "person.no:student"), ("tutor", "person.no:student:tutor"), ("lecturer", "person.no:lecturer"),
    }  # fmt: skip
    assert all(any(each.primary for each in er.things[one].idents) for one in ("student", "lecturer", "tutor"))


def test_what_depends_on_copies_gets_a_key_of_its_own() -> None:
    """A weak entity of a supertype in several tables cannot have one of several references in its key."""
    weak = entity("contact", "nick text", key=["nick"], through=("reached by",))
    er = folded(
        PERSON, STUDENT, LECTURER, weak, reference("reached by", "contact", "person", identifying=True),
        kind("k", "person", "student", "lecturer", total=True), k="concrete",
    )  # fmt: skip
    contact = er.things["contact"]
    assert contact.surrogate == "identity"
    assert {each.through for each in contact.idents} == {("reached by>student",), ("reached by>lecturer",)}
    assert not any(each.primary for each in contact.idents)
    assert {each.on_delete for each in er.links.values() if each.child == "contact"} == {"cascade"}
    assert "key-of-its-own" in codes(er)


def test_arcs_follow() -> None:
    """An arc over references to a supertype and another entity holds when the supertype is in several tables."""
    payment = entity("payment", "no integer", key=["no"])
    er = folded(
        PERSON, STUDENT, LECTURER, COURSE, payment, reference("by", "payment", "person", least=0),
        reference("for", "payment", "course", least=0), Arc(id="arc", parent="payment", relationships=("by", "for")),
        kind("k", "person", "student", "lecturer", total=True), k="concrete",
    )  # fmt: skip
    assert "COALESCE(->by>student, ->by>lecturer)" in rules(er)["arc"]
    assert rules(er)["by:one"].endswith(" <= 1")


def test_arcs_of_subtypes_hold_for_the_subtype_only() -> None:
    """A rule of a subtype is none for the other rows of the one table."""
    er = folded(
        PERSON, STUDENT, COURSE, entity("grant", "no integer", key=["no"]), reference("by", "student", "course", least=0),
        reference("paid", "student", "grant", least=0), Arc(id="arc", parent="student", relationships=("by", "paid")),
        kind("k", "person", "student"), k="single",
    )  # fmt: skip
    assert rules(er)["arc"].startswith("k <> 'student' OR (CASE WHEN ->by IS NULL")


def test_indexes_follow() -> None:
    """What an access pattern looks up by is where the fields are."""
    finding = AccessPattern(id="find", parent="above", name="find", by=("student.gpa",))
    of_people = AccessPattern(id="seek", parent="above", name="seek", by=("person.name",))
    hierarchy = (PERSON, STUDENT, LECTURER, finding, of_people, kind("k", "person", "student", "lecturer", total=True))
    single, concrete = folded(*hierarchy, k="single"), folded(*hierarchy, k="concrete")
    assert {(each.thing, each.fields) for each in single.needs} == {
        ("person", ("student.gpa",)), ("person", ("person.name",)),
    }  # fmt: skip
    assert {(each.thing, each.fields) for each in concrete.needs} == {
        ("student", ("student.gpa",)), ("student", ("person.name:student",)), ("lecturer", ("person.name:lecturer",)),
    }  # fmt: skip


def test_a_subtype_of_two_supertypes() -> None:
    """It has a table, whose key is that of both where they have the same root, and refers to either."""
    both = entity("assistant", "pay integer")
    er = folded(
        PERSON, STUDENT, LECTURER, both, kind("k0", "person", "student", "lecturer", disjoint=False),
        kind("k1", "student", "assistant"), kind("k2", "lecturer", "assistant"), k0="class", k1="single", k2="class",
    )  # fmt: skip
    assert er.links["k2:assistant"].by_key
    assert er.links["k2:assistant"].parent == "lecturer"
    assert "several-supertypes" in codes(er)
    apart = folded(
        PERSON, COURSE, entity("owner", "since date"), kind("k1", "person", "owner"), kind("k2", "course", "owner"),
        k1="class", k2="class",
    )  # fmt: skip
    assert not apart.links["k2:owner"].by_key
    assert [each.through for each in apart.things["owner"].idents] == [("k1:owner",), ("k2:owner",)]


def test_several_ways_to_divide_one_supertype() -> None:
    """Each generalization has its own strategy and type column; copying down needs to be the only one with tables."""
    parts = (PERSON, STUDENT, LECTURER, TUTOR, COURSE, kind("k1", "person", "student", "lecturer"))
    er = folded(*parts, kind("k2", "person", "tutor", "course"), k1="single", k2="class")
    assert fields(er, "person")[:4] == ["no", "name", "kind", "Person kind"]
    er = folded(*parts, kind("k2", "person", "tutor", "course"), k1="concrete", k2="class")
    assert "strategy-not-possible" in codes(er)
    assert set(er.things) == {"person", "student", "lecturer", "tutor", "course"}
    er = folded(*parts, kind("k2", "person", "tutor", "course", total=True), k1="single", k2="concrete")
    assert set(er.things) == {"tutor", "course"}
    assert {"k1:tutor", "k1:course"} <= {each.mark for thing in er.things.values() for each in thing.fields}


def test_circles_are_left_out() -> None:
    """A supertype of its own supertype is said to be impossible, and the rest is folded."""
    er = folded(PERSON, STUDENT, kind("k1", "person", "student"), kind("k2", "student", "person"), k1="single")
    assert set(er.things) == {"person"}
    assert "circular-subtype" in codes(er)


def typed_by(attribute: str, *below: str, values: tuple[str, ...] = (), total: bool = True, **chosen: str) -> Er:
    domain = [Domain(id="roles", parent="above", name="roles", type="string(20)", values=values)] if values else []
    name, _, type_ = attribute.partition(" ")
    told = Attribute(
        id="told", parent="person", name=name, type=type_.rstrip("?"), optional=type_.endswith("?"), order="9V",
        domain="roles" if values else None,
    )  # fmt: skip
    subtypes = [each for one in below for each in entity(one, f"{one}x integer?")]
    return folded(PERSON, told, domain, subtypes, kind("k", "person", *below, total=total, told="told"), **chosen)


def test_a_discriminator_that_people_drew() -> None:
    """The attribute becomes the discriminator; its domain says what stands for which subtype."""
    er = typed_by("role text?", "student", "lecturer", k="single")
    told = next(each for each in er.things["person"].fields if each.mark == "told")
    assert (told.optional, told.words) == (False, "role")
    assert rules(er)["k:values"] == "told IN ('student', 'lecturer')"
    er = typed_by("role", "student", "lecturer", values=("L", "S"), k="single")
    assert "k:values" not in rules(er), "the domain says it"
    assert rules(er)["k:student:only"].startswith("told = 'S' OR ")
    er = typed_by("role", "student", "lecturer", values=("L", "S", "X"), k="single")
    assert rules(er)["k:values"] == "told IN ('S', 'L')"
    er = typed_by("role", "student", "lecturer", values=("L", "X"), k="single")
    assert rules(er)["k:values"] == "told IN ('student', 'L')", "rows that are there keep their values"
    assert "discriminator-values" in codes(er)
    assert "roles has no value for Student (student)" in next(
        e.text for e in er.notes if e.code == "discriminator-values"
    )
    er = typed_by("role", "student", "lecturer", values=("STUDENT", "Lecturer", "guest"), total=False, k="class")
    assert er.things["student"].fields[-1].fixed == "STUDENT"
    assert "k:values" not in rules(er), "the domain says it: other values are of no subtype"


def test_a_discriminator_may_be_empty_where_there_are_others() -> None:
    """An optional discriminator of a partial generalization is NULL for those of no subtype; rules say so safely."""
    er = typed_by("role text?", "student", "lecturer", total=False, k="single")
    assert rules(er)["k:student:only"] == "(told IS NOT NULL AND told = 'student') OR (student.studentx IS NULL)"


def test_discriminators_that_cannot_tell() -> None:
    """A number cannot, nor one too short for the names, nor a part of the key."""
    er = typed_by("role integer", "student", "lecturer", k="class")
    assert "discriminator-not-text" in codes(er)
    assert "kind" in fields(er, "person")
    er = typed_by("role string(3)", "student", "lecturer", k="class")
    assert next(each.type for each in er.things["person"].fields if each.mark == "told") == "string(40)"
    text_key = entity("animal", "species text", key=["species"])
    er = folded(
        text_key, STUDENT, LECTURER, kind("k", "animal", "student", "lecturer", told="animal.species"), k="class"
    )
    assert "discriminator-in-key" in codes(er)


def test_values_are_chosen_or_the_names() -> None:
    """A value that somebody chose stays when the subtype gets another name."""
    er = folded(PERSON, STUDENT, LECTURER, kind("k", "person", "student", "lecturer"), k="single", student__value="STU")
    assert rules(er)["k:values"] == "k IN ('STU', 'lecturer', 'person')"


def test_names_that_would_be_there_twice() -> None:
    """Fields and references of several subtypes with one name are called after their subtype."""
    er = folded(
        PERSON, entity("student", "office text?"), entity("lecturer", "office text?"), COURSE,
        reference("a", "student", "course", least=0), reference("b", "lecturer", "course", least=0),
        kind("k", "person", "student", "lecturer"), k="single",
    )  # fmt: skip
    assert fields(er, "person")[3:] == ["Student office", "Lecturer office"]
    assert {each.role for each in er.links.values()} == {"Student Course", "Lecturer Course"}


def test_what_mysql_cannot_check() -> None:
    """MySQL checks no column that a deleted parent empties; other targets do."""
    parts = (
        PERSON, STUDENT, COURSE, reference("a", "student", "course", least=0), reference("b", "course", "student", least=0),
        kind("k", "person", "student"),
    )  # fmt: skip
    options = {"reference_delete": "set null"}
    mysql = folded(*parts, dialect="mysql", options=options, k="single")
    assert codes(mysql) >= {"subtype-reference-not-checked", "subtype-reference-not-enforced"}
    other = folded(*parts, dialect="mariadb", options=options, k="single")
    assert other.links["b"].to == "k:typed"
    assert "->b IS NULL OR b:kind IS NOT NULL" in rules(other).values()


def test_total_at_commit_is_a_choice() -> None:
    """Only targets that check references at commit can, and only for tables of their own."""
    parts = (PERSON, STUDENT, LECTURER, kind("k", "person", "student", "lecturer", total=True))
    full = folded(*parts, k="class", k__enforce="full")
    assert {each.mark for each in full.links.values() if each.deferred} == {"k:student:must", "k:lecturer:must"}
    assert "total-not-enforced" not in codes(full)
    for er in (folded(*parts, k="class"), folded(*parts, dialect="mysql", k="class", k__enforce="full")):
        assert "total-not-enforced" in codes(er)
        assert not any(each.deferred for each in er.links.values())


def test_marks_stay_when_a_strategy_changes() -> None:
    """Fields of subtypes, the discriminator and references have the same marks in one table and in several."""
    parts = (
        PERSON,
        STUDENT,
        LECTURER,
        COURSE,
        reference("a", "student", "course"),
        kind("k", "person", "student", "lecturer"),
    )
    apart, one = folded(*parts, k="class"), folded(*parts, k="single")
    kept = {each.mark for thing in one.things.values() for each in thing.fields}
    assert kept <= {each.mark for thing in apart.things.values() for each in thing.fields}
    assert "a" in apart.links
    assert "a" in one.links


def test_values_differ_for_every_target() -> None:
    """MySQL sees no difference in accents or case; what is no word at all stays as it is, and nothing is too long."""
    named = [
        [replace(each, name=name) if isinstance(each, Entity) else each for each in entity(mark, "x integer?")]
        for mark, name in (("e1", "Côté"), ("e2", "cote"), ("e3", "?'"), ("e4", "n" * 300))
    ]
    er = folded(PERSON, *named, kind("k", "person", "e1", "e2", "e3", "e4", total=True), k="single")
    assert rules(er)["k:values"] == f"k IN ('côté 1', 'cote 2', '?'', '{'n' * 100}')"
    assert next(each.type for each in er.things["person"].fields if each.mark == "k") == "string(100)"
