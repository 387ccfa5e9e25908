"""What tables, columns, keys and indexes are called."""

from __future__ import annotations

import itertools

import pytest

from designer.dialects.registry import DIALECTS, get
from designer.levels.contract import Settings
from designer.levels.naming import SHORTEST, Names, Spaces
from designer.levels.naming.spelling import words_in
from designer.levels.options import BY_NAME
from tests.nasty import CORPUS

LONG = "the extraordinarily long name of an entity that nobody would ever want to type twice"


def names(dialect: str = "postgresql", **options: str) -> Names:
    return Names(Settings(options), get(dialect))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("OrderLine", "order line"), ("order_line", "order line"), ("ORDER-LINE", "order line"), ("HTTPServer", "http server"),
        ("unitPrice (EUR)", "unit price eur"), ("ISBNs", "isbns"), ("customerID", "customer id"), ("Address2", "address2"),
        ("address line 2", "address line 2"), ("customer's order", "customer order"), ("don't know", "dont know"),
        ("R&D project", "r and d project"), ("% discount", "percent discount"), ("$$", "dollar"), ("phone #", "phone number"),
        ("PhD thesis", "phd thesis"), ("iPhone", "iphone"), ("Élève", "élève"), ("Straße", "straße"), ("顧客", "顧客"),
        ("أمر الشراء", "أمر الشراء"), ("😀", "grinning face"), ("'", "apostrophe"), ("", "unnamed"), ("\n", "unnamed"),
        ("हिन्दी नाम", "हिन्दी नाम"), ("zero\u200bwidth", "zero width"),
    ],
)  # fmt: skip
def test_words_of_a_name(name: str, words: str) -> None:
    assert " ".join(words_in(name)) == words


@pytest.mark.parametrize(
    ("case", "table", "column", "key"),
    [
        ("snake", "order_lines", "unit_price", "pk_order_lines"), ("camel", "orderLines", "unitPrice", "pk_orderLines"),
        ("pascal", "OrderLines", "UnitPrice", "pk_OrderLines"), ("upper", "ORDER_LINES", "UNIT_PRICE", "PK_ORDER_LINES"),
        ("keep", "Order lines", "Unit price", "pk_Order lines"),
    ],
)  # fmt: skip
def test_cases(case: str, table: str, column: str, key: str) -> None:
    made = names(case=case)
    assert (made.table("Order line"), made.column("Unit price")) == (table, column)
    assert made.primary_key(table) == key


def test_names_of_keys_and_indexes() -> None:
    made = names()
    assert made.foreign_key("orders", "customers") == "fk_orders_customers"
    assert made.unique("users", ["email", "tenant_id"]) == "uk_users_email_tenant_id"
    assert made.index("orders", ["customer_id"]) == "idx_orders_customer_id"
    assert made.check("orders", "one payer") == "chk_orders_one_payer"
    assert names(index_prefix="ix_").index("a", ["b"]) == "ix_a_b"
    assert names(index_prefix="-").index("a", ["b"]) == "a_b"
    assert names(table_prefix="t_").table("Person") == "t_people"


@pytest.mark.parametrize(
    ("words", "table"),
    [
        ("unit of measure", "units_of_measure"), ("works for", "works_for"), ("Staff", "staff"), ("Phase 2", "phase_2"),
        ("order status", "order_statuses"), ("Orders", "orders"), ("Kunde", "kundes"), ("Küche", "küche"),
    ],
)  # fmt: skip
def test_what_is_counted_goes_into_the_plural(words: str, table: str) -> None:
    assert names().table(words) == table


def test_singular_tables() -> None:
    assert [names(plural="singular").table(each) for each in ("Orders", "person", "news")] == [
        "order",
        "person",
        "news",
    ]


def test_references_do_not_say_words_twice() -> None:
    made = names()
    assert made.reference("customer", "id") == "customer_id"
    assert made.reference("customer", "customer no") == "customer_no"
    assert made.reference("manager", "person no") == "manager_person_no"
    assert made.surrogate("Order lines") == "id"
    assert names(surrogate_name="{table}_id").surrogate("Order lines") == "order_line_id"
    assert names(surrogate_name="{table}_id", case="camel").surrogate("Order lines") == "orderLineId"


def test_abbreviations_stand_for_whole_words_the_longest_first() -> None:
    made = names(abbreviations="customer=cust, number=no, purchase order=po, order=ord, =x, y=")
    assert made.column("Customer Number") == "cust_no"
    assert made.column("customers renumbering") == "customers_renumbering"
    assert made.table("purchase order") == "po"
    assert made.table("customer") == "cust"
    assert made.table("order line") == "ord_lines"


@pytest.mark.parametrize("dialect", list(DIALECTS))
@pytest.mark.parametrize("case", [word for word, _ in BY_NAME["case"].values])
def test_every_name_can_be_held_and_none_is_empty(dialect: str, case: str) -> None:
    for length in ("0", "20"):
        made = names(dialect, case=case, length=length)
        for nasty in CORPUS:
            text = nasty.name
            for name in (
                made.table(text), made.column(text), made.type(text), made.surrogate(text), made.reference(text, text),
                made.check(made.table(text), text), made.index(made.table(text), [made.column(text)]), made.fit(made.table(text) * 3),
            ):  # fmt: skip
                assert name.strip(), text
                assert len(name) <= 20 or length == "0"
                assert get(dialect).holds(name), (text, name)


@pytest.mark.parametrize("dialect", list(DIALECTS))
def test_long_names_are_cut_the_same_way_each_time(dialect: str) -> None:
    made = names(dialect)
    name = made.foreign_key(made.table(LONG), made.table(f"{LONG} too"))
    assert name == made.foreign_key(made.table(LONG), made.table(f"{LONG} too"))
    assert name != made.foreign_key(made.table(LONG), made.table(f"{LONG} as well"))
    assert not get(dialect).too_long(name)


def test_the_limit_counts_what_the_database_counts() -> None:
    wide = "ü" * 60
    assert len(names().column(wide).encode()) <= 63
    assert names("mysql").column(wide) == wide
    assert len(names("sqlite").column("x" * 300)) == 300
    assert len(names("sqlite", length="3").column("x" * 300)) <= SHORTEST


def test_names_that_a_database_keeps_for_itself() -> None:
    assert names().column("xmin") == "xmin_"
    assert names("sqlite").table("sqlite stat") == "x_sqlite_stats"
    assert names("mysql", unique_prefix="-").unique("primary", []) == "primary_"
    assert names().type("Date") == "date_type"
    assert [names(each, plural="singular").table("AUX") for each in ("mariadb", "sqlite")] == ["aux_", "aux"]


def test_alike_names_are_told_apart_by_their_marks() -> None:
    one, other = Spaces(names()), Spaces(names())
    first = one.claim("table", "a", "orders")
    second = one.claim("table", "b", "orders")
    assert first == "orders"
    assert second.startswith("orders_")
    for extra in ("customers", "invoices"):
        other.claim("table", extra, extra)
    assert other.claim("table", "a", "orders") == first
    assert other.claim("table", "b", "orders") == second


def test_better_names_are_tried_before_letters() -> None:
    spaces = Spaces(names())
    spaces.claim("foreign_key", "a", ["fk_a_b", "fk_a_b_c"], table="a")
    assert spaces.claim("foreign_key", "b", ["fk_a_b", "fk_a_b_c"], table="a") == "fk_a_b_c"


@pytest.mark.parametrize(
    ("dialect", "kinds", "same_table", "told_apart"),
    [
        ("postgresql", ("table", "index"), False, True), ("postgresql", ("table", "type"), False, True),
        ("postgresql", ("unique", "index"), False, True), ("postgresql", ("check", "check"), False, False),
        ("postgresql", ("check", "foreign_key"), True, True), ("mysql", ("foreign_key", "foreign_key"), False, True),
        ("mysql", ("index", "index"), False, False), ("mysql", ("index", "foreign_key"), True, True),
        ("mysql", ("table", "index"), False, False), ("sqlite", ("table", "index"), False, True),
        ("sqlite", ("index", "index"), False, True), ("sqlite", ("check", "check"), False, False),
    ],
)  # fmt: skip
def test_names_are_unique_where_the_database_wants_it(
    dialect: str, kinds: tuple[str, str], same_table: bool, told_apart: bool
) -> None:
    spaces = Spaces(names(dialect))
    tables = ("t", "t" if same_table else "u")
    first, second = (
        spaces.claim(kind, kind + table, "same", table=table) for kind, table in zip(kinds, tables, strict=True)
    )
    assert first == "same"
    assert (second != "same") is told_apart


@pytest.mark.parametrize(("dialect", "alike"), [("postgresql", ()), ("mysql", ("Name", "näme")), ("sqlite", ("Name",))])
def test_names_that_a_database_does_not_tell_apart(dialect: str, alike: tuple[str, ...]) -> None:
    spaces = Spaces(names(dialect))
    found = [spaces.claim("column", each, each, table="t") for each in ("name", "Name", "näme")]
    assert [each for each in ("Name", "näme") if each not in found] == list(alike)
    assert len(set(found)) == 3


def test_a_thousand_of_one_name_stay_apart_within_the_limit() -> None:
    spaces = Spaces(names(length="12"))
    found = [spaces.claim("table", str(number), "customer_orders"[:12]) for number in range(1000)]
    assert len(set(found)) == 1000
    assert all(len(each) <= 12 for each in found)


def test_claims_do_not_depend_on_what_is_unrelated() -> None:
    wishes = [(f"m{number}", f"name{number % 7}") for number in range(40)]
    alone = {mark: "" for mark, _ in wishes}
    spaces, fuller = Spaces(names()), Spaces(names())
    for number, (mark, wish) in enumerate(wishes):
        alone[mark] = spaces.claim("table", mark, wish)
        fuller.claim("table", f"other{number}", f"unrelated{number}")
        assert fuller.claim("table", mark, wish) == alone[mark]
    assert len(set(itertools.chain(alone.values()))) == len(wishes)
