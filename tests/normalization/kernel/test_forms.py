"""Normal forms, and what keeps a relation out of them, are what the definitions say."""

from __future__ import annotations

from random import Random

import pytest

from designer.normalization.contract import Budget, Verdict, Violation
from designer.normalization.forms import verdict
from tests.normalization.kernel.shapes import chain, columns, halves, of_schema, pairs, relation, wide
from tests.normalization.oracle import Schema
from tests.normalization.random_schemas import fd_schema, jd_schema, mvd_schema

A, B, C, D, E = (columns(number) for number in range(5))
FORMS = ("2NF", "3NF", "EKNF", "BCNF")
ORDER = ("1NF", "2NF", "3NF", "BCNF", "4NF", "5NF")


def broken(found: Verdict, form: str) -> list[tuple[int, int]]:
    """What is said to keep a relation out of a form: the violations of it and of all below."""
    lower = FORMS[: FORMS.index(form) + 1]
    return [(each.left, each.right.bit_length() - 1) for each in found.violations if each.form in lower]


def check(schema: Schema) -> None:
    found, whole = verdict(of_schema(schema)), schema.whole
    assert found.decided and found.primes_decided and found.violations_complete
    assert (found.form, found.eknf, found.sixth, found.prime) == (
        whole.highest(),
        whole.eknf,
        whole.sixth,
        whole.prime,
    )
    for form in FORMS:
        said = broken(found, form)
        assert len(said) == len(set(said))
        assert set(said) == whole.broken(form)
    for each in found.violations:
        assert (each.kind == "partial") == (each.form == "2NF")
        if each.kind == "partial":
            assert each.key in whole.keys and each.left != each.key and not each.left & ~each.key


def test_forms_and_violations_are_what_the_definitions_say():
    random = Random(1)
    for _ in range(250):
        check(fd_schema(random))


def test_so_they_are_under_multivalued_and_join_dependencies():
    random = Random(2)
    for _ in range(100):
        check(mvd_schema(random))
    for _ in range(50):
        check(jd_schema(random))


@pytest.mark.slow
def test_forms_are_right_in_thousands_of_schemas():
    random = Random(3)
    for _ in range(5000):
        check(fd_schema(random))
    for _ in range(1000):
        check(mvd_schema(random))
    for _ in range(500):
        check(jd_schema(random))


def test_little_budget_says_nothing_that_is_not_so():
    random = Random(4)
    undecided = 0
    for number in range(300):
        schema = (fd_schema if number % 2 else mvd_schema)(random)
        found = verdict(of_schema(schema), Budget(keys=1, superkeys=1, projected=1))
        whole = schema.whole
        assert ORDER.index(found.form) <= ORDER.index(whole.highest())
        assert whole.eknf or not found.eknf
        assert not found.prime & ~whole.prime
        if found.decided:
            assert (found.form, found.eknf) == (whole.highest(), whole.eknf)
        undecided += not found.decided
        for each in found.violations:
            if each.form in FORMS:
                assert schema.implies(each.left, each.right) and not whole.superkey(each.left)
    assert undecided


def test_each_violation_says_why():
    # of orders: key (order, line); order -> customer, customer -> city
    found = verdict(relation(4, [(A | B, C | D), (A, C), (C, D)]))
    assert found.form == "1NF"
    assert found.violations == (
        Violation("2NF", A, C, "partial", key=A | B),
        Violation("2NF", A, D, "partial", key=A | B),
        Violation("3NF", C, D, "transitive"),
    )


def test_a_prime_column_that_depends_on_less_than_a_key_is_told_apart():
    # street, city -> zip; zip -> city: 3NF and EKNF, not BCNF
    found = verdict(relation(3, [(A | B, C), (C, B)]))
    assert (found.form, found.eknf) == ("3NF", True)
    assert found.violations == (Violation("BCNF", C, B, "prime"),)
    below = verdict(pairs(2))
    assert (below.form, below.eknf) == ("3NF", False)
    assert {each.form for each in below.violations} == {"EKNF"}


def test_the_fourth_and_fifth_form_are_said_only_where_they_are_asked_about():
    assert verdict(relation(3, [(A, B | C)])).form == "BCNF"
    assert verdict(relation(3, [(A, B | C)], [(A, B)])).form == "4NF"
    assert verdict(relation(3, [(A, B | C)], (), [(A | B, A | C)])).form == "5NF"
    course_teacher_text = verdict(relation(3, [], [(A, B)]))
    assert course_teacher_text.form == "BCNF"
    assert course_teacher_text.violations == (Violation("4NF", A, B, "multivalued", multivalued=True),)
    agent_company_product = verdict(relation(3, [], (), [(A | B, B | C, A | C)]))
    assert agent_company_product.violations == (Violation("5NF", 0, 0, "join", components=(A | B, B | C, A | C)),)


def test_the_sixth_form_has_one_column_beside_the_key_at_most():
    assert verdict(relation(3, [(A | B, C)])).sixth
    assert not verdict(relation(3, [(A, B | C)])).sixth
    assert verdict(relation(3, [])).sixth
    assert not verdict(relation(3, [], [(A, B)])).sixth


def test_a_constant_column_breaks_the_second_form():
    found = verdict(relation(2, [(0, A)]))
    assert found.violations == (Violation("2NF", 0, A, "partial", key=B),)


def test_the_second_form_of_a_billion_keys_is_decided_by_factors():
    fds = [(fd.left, fd.right) for fd in pairs(30).fds]
    assert verdict(relation(60, fds)).form == "3NF"
    partial = verdict(relation(61, [*fds, (1, 1 << 60)]))
    assert (partial.form, partial.decided) == ("1NF", True)
    assert partial.violations[0].kind == "partial"
    whole_key = sum(1 << at for at in range(0, 60, 2))
    transitive = verdict(relation(62, [*fds, (whole_key, 1 << 60), (1 << 60, 1 << 61)]))
    assert (transitive.form, transitive.decided) == ("2NF", True)


def test_the_most_keys_that_columns_can_have_are_in_boyce_codd_form():
    found = verdict(halves(12))
    assert (found.form, found.eknf, found.decided, found.violations) == ("BCNF", True, True, ())


def test_a_long_chain_is_decided_though_its_violations_are_too_many_to_list():
    found = verdict(chain(200))
    assert (found.form, found.decided, found.violations_complete) == ("2NF", True, False)
    stated = {(1 << number, 2 << number) for number in range(1, 199)}
    assert stated <= {(each.left, each.right) for each in found.violations}


def test_many_columns_get_an_answer_that_is_the_same_each_time():
    for seed in range(2):
        found = verdict(wide(200, 400, seed, 2, 4))
        assert ORDER.index(found.form) < ORDER.index("BCNF")
        assert verdict(wide(200, 400, seed, 2, 4)) == found


def test_saying_what_follows_changes_no_verdict():
    random = Random(8)
    for _ in range(60):
        schema = mvd_schema(random)
        x = random.getrandbits(schema.n)
        more = Schema(schema.n, (*schema.fds, (x, schema.closures[x])), schema.mvds)
        before, after = verdict(of_schema(schema)), verdict(of_schema(more))
        assert (before.form, before.eknf, before.prime) == (after.form, after.eknf, after.prime)
        assert set(before.violations) == set(after.violations)
