"""What is asked next: few questions, with rows, and never what is settled."""

from __future__ import annotations

import pytest

from designer.change import apply
from designer.demo import demo_design
from designer.dependencies import stating
from designer.dependencies.assess import state_of
from designer.dependencies.examples import examples, missing_because_of
from designer.dependencies.finding import findings
from designer.dependencies.questions import Question, one_by_one, questions
from designer.dependencies.remarks import remarks
from designer.dependencies.sample import Sample
from designer.dependencies.subject import subject_of
from designer.normalization.closure import Closure
from designer.normalization.codec import relation_of
from designer.schema import Design, Entity, seeded_ids
from tests.dependencies.model.tables import columns, names, read, stated, table

IDS = seeded_ids("answers")


def likely(design: Design, owner: str) -> list[Question]:
    """Return the questions that names, keys or data raise, without those that go through all columns."""
    return [each for each in questions(design, owner) if each.worth >= 30 or each.record]


def asked(sql: str, *texts: str, **fields: object) -> list[str]:
    design = stated(read(sql), *texts, **fields)
    return [each.text for each in likely(design, table(design))]


def answered(design: Design, question: Question, said: str) -> Design:
    edit = stating.answer(
        design, question.owner, question.determinant, question.dependent, said, IDS,
        rows=question.counterexample if said == "yes" else (), by="Ada", on="2026-11-21",
    )  # fmt: skip
    return apply(design, edit.change)


def test_three_answers_on_the_order_line_of_the_demo_show_what_is_broken() -> None:
    design = demo_design()
    line = table(design, "order_items")
    texts = []
    for said in ("no", "no", "yes"):
        first = questions(design, line)[0]
        texts.append(first.text)
        design = answered(design, first, said)
    assert texts == [
        "Can two rows have the same order_id and different promised_on?",
        "Can two rows have the same variant_id and different sku?",
        "Can two rows have the same variant_id and different unit_price?",
    ]
    assert likely(design, line) == []
    assert [each.form for each in findings(design, line)] == ["2NF", "3NF"]
    assert state_of(design, line).form == "1NF"


def test_what_is_left_open_is_asked_again_last() -> None:
    design = demo_design()
    line = table(design, "order_items")
    first = questions(design, line)[0]
    design = answered(design, first, "unsure")
    again = likely(design, line)
    assert [each.text for each in again][-1] == first.text
    assert again[-1].record


def test_an_invented_counterexample_says_no_more_than_the_answer() -> None:
    sql = "CREATE TABLE t (id int PRIMARY KEY, a_id int NOT NULL, a_name text, a_title text);"
    design = read(sql)
    first = questions(design, table(design))[0]
    assert first.text == "Can two rows have the same a_id and different a_name?"
    design = answered(design, first, "yes")
    assert [each.text for each in questions(design, table(design))] == [
        "Can two rows have the same a_id and different a_title?"
    ]


LINK = "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE o (id int PRIMARY KEY, name text); "


def test_a_number_without_meaning_is_asked_for_what_it_hides() -> None:
    sql = LINK + "CREATE TABLE t (id int PRIMARY KEY, o_id int NOT NULL REFERENCES o, p_id int NOT NULL REFERENCES p);"
    design = read(sql)
    one = questions(design, table(design))[0]
    assert (one.kind, one.text) == ("key", "Can two rows have the same o_id and p_id?")
    after = answered(design, one, "no")
    assert state_of(after, table(after)).state == "not assessed"
    refuted = answered(design, one, "yes")
    assert likely(refuted, table(refuted)) == []


def test_a_key_that_somebody_stated_opens_questions_about_its_parts() -> None:
    sql = LINK + ("CREATE TABLE t (id int PRIMARY KEY, o_id int NOT NULL REFERENCES o, line int NOT NULL, due date);")
    assert asked(sql) == []
    assert asked(sql, "o_id, line -> id") == ["Can two rows have the same o_id and different due?"]


def test_a_stated_key_shows_the_partial_dependency_that_the_surrogate_hid() -> None:
    sql = LINK + "CREATE TABLE t (id int PRIMARY KEY, o_id int NOT NULL, line int NOT NULL, due date);"
    hidden = stated(read(sql), "o_id -> due")
    assert [each.form for each in findings(hidden, table(hidden))] == ["3NF"]
    shown = stated(read(sql), "o_id -> due", "o_id, line -> id")
    assert [each.form for each in findings(shown, table(shown))] == ["2NF"]


def test_a_link_of_three_is_asked_whether_its_facts_belong_together() -> None:
    sql = "CREATE TABLE t (person int, skill int, language int, PRIMARY KEY (person, skill, language));"
    design = read(sql)
    first = questions(design, table(design))[0]
    assert (first.kind, first.text) == ("sets", "For one person, does every skill go with every language?")
    assert first.rows == (("1", "1", "1"), ("1", "2", "2"), ("1", "2", "1"), ("1", "1", "2"))
    assert asked("CREATE TABLE t (a int, b int, PRIMARY KEY (a, b));") == []
    assert asked("CREATE TABLE t (a int, b int, c int);") == []


def test_what_data_found_is_asked_first_and_by_what_it_would_save() -> None:
    sql = "CREATE TABLE t (id int PRIMARY KEY, a text, b text, c_id int NOT NULL, c_name text);"
    texts = asked(sql, "a -> b", state="proposed", source="data", checked_rows=1000, groups=10)
    assert texts[0] == "Can two rows have the same a and different b?"
    design = stated(read(sql), "a -> b", state="proposed", source="data", checked_rows=1000, groups=10, exceptions=2)
    assert questions(design, table(design))[0].strength == "suggestion"
    both = stated(read(sql), "c_id -> c_name", state="proposed", source="data", checked_rows=1000, groups=900)
    assert questions(both, table(both))[0].strength == "question", "it would save too little"
    assert questions(both, table(both))[0].reason == "it holds in 1,000 rows, and the names say the same"
    assert questions(design, table(design))[0].reason == "2 of 1,000 rows would have to change for it to hold"


def test_real_rows_are_shown_where_they_speak() -> None:
    design = read("CREATE TABLE t (id int PRIMARY KEY, a_id int NOT NULL, a_name text);")
    ids = tuple(columns(design).values())
    sample = Sample(ids, (("1", "7", "Elvis"), ("2", "8", "Johnny"), ("3", "7", "Elvis P.")))
    (one,) = questions(design, table(design), sample)
    assert one.real
    assert one.rows == (("1", "7", "Elvis"), ("3", "7", "Elvis P."))
    assert one.counterexample == (("7", "Elvis"), ("7", "Elvis P."))
    (other,) = questions(design, table(design), Sample(ids, sample.rows[:2]))
    assert not other.real
    assert other.rows == (("1", "7", "Elvis"), ("2", "7", "Johnny")), "invented of values that are there"


WIDE = (
    "CREATE TABLE t (order_id int, customer_id int NOT NULL, customer_name text, customer_city text, ordered_on date,"
    " product_id int, product_name text, product_price int, quantity int NOT NULL, PRIMARY KEY (order_id, product_id));"
)


def test_a_wide_table_comes_apart_by_answering_no() -> None:
    design = read(WIDE)
    for _ in range(20):
        found = likely(design, table(design))
        if not found:
            break
        design = answered(design, found[0], "no")
    links = {names(design, each.determinant): names(design, each.dependent) for each in findings(design, table(design))}
    assert links == {
        "order_id": "customer_id,ordered_on",
        "product_id": "product_name,product_price",
        "customer_id": "customer_name,customer_city",
    }


SILENT = {
    "times of the row itself": "CREATE TABLE t (o_id int, n int, created_at timestamptz, PRIMARY KEY (o_id, n));",
    "facts of a pair": LINK + "CREATE TABLE t (o_id int REFERENCES o, p_id int REFERENCES p, since date, note text,"
    " PRIMARY KEY (o_id, p_id));",
    "names that everybody has": LINK + "CREATE TABLE t (id int PRIMARY KEY, o_id int REFERENCES o, name text);",
    "a history": "CREATE TABLE p (id int PRIMARY KEY, list_price int); CREATE TABLE t_history (p_id int REFERENCES p,"
    " since date, list_price int, PRIMARY KEY (p_id, since)); CREATE TABLE t (id int PRIMARY KEY);",
}


@pytest.mark.parametrize("sql", SILENT.values(), ids=SILENT)
def test_nobody_is_asked_what_is_clear(sql: str) -> None:
    design = read(sql)
    for name in ("t", "t_history"):
        if name in sql.split():
            assert [each.text for each in likely(design, table(design, name))] == []


def test_a_wide_table_is_asked_about_in_few_words() -> None:
    wide = ", ".join(f"c{each} text" for each in range(38))
    design = stated(read(f"CREATE TABLE t (id int, line int, {wide}, PRIMARY KEY (id, line));"), "line -> c10")
    texts = [each.text for each in questions(design, table(design)) if each.kind == "alone"]
    assert "Can two rows have the same line and differ in everything else but c10?" in texts


def test_a_column_is_asked_whether_it_settles_anything_where_names_tell_nothing() -> None:
    design = read("CREATE TABLE t (ssn text PRIMARY KEY, name text, rating int, wage numeric);")
    first, second = questions(design, table(design))
    assert (first.kind, first.text) == (
        "alone",
        "Can two rows have the same name and differ in all of rating and wage?",
    )
    assert first.rows[0][1] == first.rows[1][1]
    design = answered(design, first, "yes")
    (second,) = questions(design, table(design))
    assert second.text == "Can two rows have the same rating and differ in all of name and wage?"
    after = apply(
        design, stating.propose(design, one_by_one(second.owner, second.determinant, second.dependent), IDS).change
    )
    texts = [each.text for each in questions(after, table(after))]
    assert texts == [
        "Can two rows have the same rating and different name?",
        "Can two rows have the same rating and different wage?",
    ]
    after = answered(after, questions(after, table(after))[0], "yes")
    after = answered(after, questions(after, table(after))[0], "no")
    assert [each.form for each in findings(after, table(after))] == ["3NF"]
    assert questions(after, table(after)) == ()


# From database textbooks: what is true of each, as an honest reader would answer.
TRUE = {
    "a, b | c, d": ("STUDENT SUBJECT TEACHER", "STUDENT SUBJECT", (("STUDENT SUBJECT", "TEACHER"), ("TEACHER", "SUBJECT"))),
    "chain": ("ID NAME DEPT BUILDING BUDGET", "ID", (("DEPT", "BUILDING BUDGET"),)),
    "two keys": ("S SNAME P QTY", "S P", (("S", "SNAME"), ("SNAME", "S"))),
    "part of three": ("TITLE YEAR STAR LENGTH STUDIO", "TITLE YEAR STAR", (("TITLE YEAR", "LENGTH STUDIO"),)),
    "mixed": ("CLIENT PROPERTY CNAME OWNER ONAME RENT", "CLIENT PROPERTY",
              (("CLIENT", "CNAME"), ("PROPERTY", "OWNER RENT"), ("OWNER", "ONAME"))),
}  # fmt: skip


@pytest.mark.parametrize(("names_of", "key", "told"), TRUE.values(), ids=TRUE)
def test_honest_answers_lead_to_all_that_is_true(names_of: str, key: str, told: tuple[tuple[str, str], ...]) -> None:
    listed = names_of.split()
    body = ", ".join(f'"{each}" text NOT NULL' for each in listed)
    primary = ", ".join(f'"{each}"' for each in key.split())
    design = read(f"CREATE TABLE t ({body}, PRIMARY KEY ({primary}));")
    own = columns(design)
    truth = relation_of("t", listed, [[key.split(), listed], *([left.split(), right.split()] for left, right in told)])
    closure = Closure(truth.fds, len(listed))

    def holds(question: Question, *dependent: str) -> bool:
        place = {own[name]: 1 << at for at, name in enumerate(listed)}
        left = sum(place[each] for each in question.determinant)
        return closure.implies(left, sum(place[each] for each in dependent))

    for _ in range(60):
        found = [each for each in questions(design, table(design)) if each.kind != "sets"]
        if not found:
            break
        one = found[0]
        if one.kind == "alone" and any(holds(one, each) for each in one.dependent):
            design = apply(
                design, stating.propose(design, one_by_one(one.owner, one.determinant, one.dependent), IDS).change
            )
        else:
            design = answered(design, one, "no" if holds(one, *one.dependent) else "yes")
    relation = subject_of(design, table(design)).relation
    assert all(Closure(relation.fds, len(listed)).implies(fd.left, fd.right) for fd in truth.fds)
    assert all(closure.implies(fd.left, fd.right) for fd in relation.fds)


def test_entities_are_asked_about_as_well() -> None:
    design = demo_design()
    line = next(each for each in design.of(Entity) if each.name == "Order item" and each.origin)
    first = questions(design, line.id)[0]
    assert first.text == "Can two rows have the same Order and different promised on?"


def test_example_rows_allow_what_is_known_and_no_more() -> None:
    design = stated(read("CREATE TABLE t (id int PRIMARY KEY, zip text, city text);"), "zip -> city")
    found = examples(design, table(design))
    rows = [dict(zip(found.columns, each.values, strict=True)) for each in found.rows]
    own = columns(design)
    for one in rows:
        for other in rows:
            assert one[own["zip"]] != other[own["zip"]] or one[own["city"]] == other[own["city"]]
    assert any(one[own["city"]] == other[own["city"]] and one[own["zip"]] != other[own["zip"]]
               for one in rows for other in rows)  # fmt: skip
    assert found.rows[1].text == "Row 2 is row 1 with another id."


def test_an_impossible_row_leads_to_the_dependency_that_is_missing() -> None:
    design = read("CREATE TABLE t (id int PRIMARY KEY, zip text, city text);")
    own = columns(design)
    texts = [each.text for each in missing_because_of(design, table(design), (own["zip"],))]
    assert "Can two rows have the same zip and different city?" in texts
    many = stated(design, "zip ->> city")
    assert examples(many, table(many)).why


def test_a_key_that_only_people_know_is_named() -> None:
    design = read(LINK + "CREATE TABLE t (id int PRIMARY KEY, o_id int NOT NULL, line int NOT NULL, due date);")
    assert "undeclared" not in {each.kind for each in remarks(design, table(design))}
    (one,) = [each for each in remarks(stated(design, "o_id, line -> id"), table(design)) if each.kind == "undeclared"]
    assert one.text == "o_id, line can be there only once, as far as is known, and no constraint says so."


def test_remarks_name_what_hides_the_truth() -> None:
    design = read(
        "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, price numeric, valid_from date, valid_to date);"
        "CREATE TABLE u (id int PRIMARY KEY, a int);"
    )
    kinds = {each.kind: names(design, each.columns) for each in remarks(design, table(design))}
    assert kinds == {"period": "valid_from,valid_to", "identity": "id"}
    assert [each.kind for each in remarks(design, table(design, "u"))] == ["surrogate"]
