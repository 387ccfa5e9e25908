"""Tables that are taken apart on real servers: schema, rows, what is taken out, and how the parts join again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from designer.change import apply
from designer.commands.splitting import split_table
from designer.dependencies import fixes
from designer.dependencies.first_form import first_form
from designer.dependencies.fixes_rows import as_rows, list_as_rows
from designer.schema import Design, seeded_ids
from tests.dependencies.fixes.models import columns_of, design_of, table_of

Rows = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """`out` lists (determinant, dependent, name of the new table); `joined` reads the old table from the new ones."""

    name: str
    schema: str
    table: str
    columns: str
    rows: Rows
    out: tuple[tuple[str, str, str], ...]
    joined: str
    conflict: str = ""  # one more row that the guard refuses
    sentence: str = ""  # what the guard says of it
    made: str = ""  # a table that is there only behind the migration
    fix: Callable[[Design, str], Design] | None = None
    only: tuple[str, ...] = ("postgresql", "mariadb", "sqlite")

    def old(self, dialect: str) -> Design:
        return design_of(self.schema, dialect)

    def new(self, old: Design) -> Design:
        """Return the design with all of `out` taken out."""
        ids = seeded_ids(self.name)
        if self.fix is not None:
            return self.fix(old, self.table)
        for left, right, name in self.out:
            table = table_of(old, self.table).id
            edit = fixes.extract(
                old, table, columns_of(old, self.table, left), columns_of(old, self.table, right), ids, name=name
            )
            old = apply(old, edit.change)
        return old


def phones(design: Design, table: str) -> Design:
    """Make rows of numbered columns, as the rule of first normal form finds them."""
    concern = first_form(design, table_of(design, table).id)[0]
    edit = as_rows(design, concern.owner, concern.rows, concern.parts, seeded_ids("rows"), base=concern.base)
    return apply(design, edit.change)


def tags(design: Design, table: str) -> Design:
    """Make rows of the lists in a text."""
    (column,) = columns_of(design, table, "tags")
    return apply(design, list_as_rows(design, column, seeded_ids("list")).change)


def to_home(design: Design, table: str) -> Design:
    """Move what depends on the order into the orders that the lines refer to."""
    owner = table_of(design, table).id
    left, right = columns_of(design, table, "order_id"), columns_of(design, table, "promised, note")
    return apply(design, fixes.extract(design, owner, left, right, seeded_ids("home")).change)


def without_copy(design: Design, table: str) -> Design:
    """Drop what the table that is referred to says already."""
    owner = table_of(design, table).id
    left, right = columns_of(design, table, "variant"), columns_of(design, table, "sku")
    return apply(design, fixes.extract(design, owner, left, right, seeded_ids("copy")).change)


def surrogate(design: Design, table: str) -> Design:
    """Split columns off that many rows share: the new table numbers its rows by itself."""
    edit = split_table(design, columns_of(design, table, "street, city"), "places", seeded_ids("split"), kind="shared")
    return apply(design, edit.change)


def details(design: Design, table: str) -> Design:
    """Split columns off into a table with the same key."""
    edit = split_table(design, columns_of(design, table, "bio, photo"), "profiles", seeded_ids("split"), kind="one")
    return apply(design, edit.change)


CASES = [
    Case(
        "zip",
        "CREATE TABLE orders (id int PRIMARY KEY, zip varchar(9), city varchar(20) NOT NULL DEFAULT '', state varchar(9), note varchar(9));"
        "CREATE INDEX by_city ON orders (city, zip);",
        "orders",
        "id, zip, city, state, note",
        ("1, '10001', 'New York', 'NY', 'a'", "2, '10001', 'New York', 'NY', NULL", "3, '94105', 'San Francisco', NULL, 'c'"),
        (("zip", "city, state", "zip_area"),),
        "SELECT o.id, o.zip, z.city, z.state, o.note FROM orders o LEFT JOIN zip_area z ON z.zip = o.zip",
        "4, '10001', 'NYC', 'NY', 'd'",
        "rows of orders have the same zip and different city, state",
        "zip_area",
    ),
    Case(
        "nullable determinant",
        "CREATE TABLE t (id int PRIMARY KEY, a int, b int);",
        "t",
        "id, a, b",
        ("1, 1, 1", "2, NULL, NULL", "3, 1, 1", "4, 2, NULL"),
        (("a", "b", "as_"),),
        "SELECT t.id, t.a, x.b FROM t LEFT JOIN as_ x ON x.a = t.a",
        "5, NULL, 7",
        "rows of t have b without a",
        "as_",
    ),
    Case(
        "a unique column that moves, and may be empty",
        "CREATE TABLE t (id int PRIMARY KEY, a int, b int UNIQUE);",
        "t",
        "id, a, b",
        ("1, 1, 1", "2, NULL, NULL", "3, 2, NULL", "4, 2, NULL"),
        (("a", "b", "as_"),),
        "SELECT t.id, t.a, x.b FROM t LEFT JOIN as_ x ON x.a = t.a",
        "5, NULL, 7",
        "rows of t have b without a",
        "as_",
    ),
    Case(
        "order lines",
        "CREATE TABLE order_lines (order_no int NOT NULL, line_no int NOT NULL, customer varchar(9) NOT NULL, phone varchar(9),"
        " product varchar(9) NOT NULL, price numeric(9,2), qty int, PRIMARY KEY (order_no, line_no), CHECK (qty > 0), CHECK (price > 0));",
        "order_lines",
        "order_no, line_no, customer, phone, product, price, qty",
        ("1, 1, 'ann', '1', 'pen', 2.50, 1", "1, 2, 'ann', '1', 'ink', 9.00, 2", "2, 1, 'bob', NULL, 'pen', 2.50, 3", "3, 1, 'ann', '1', 'cap', NULL, 3"),
        (("product", "price", "products"), ("order_no", "customer, phone", "heads")),
        "SELECT l.order_no, l.line_no, h.customer, h.phone, l.product, p.price, l.qty FROM order_lines l"
        " LEFT JOIN heads h ON h.order_no = l.order_no LEFT JOIN products p ON p.product = l.product",
        "1, 3, 'eve', '1', 'pen', 2.50, 1",
        "rows of order_lines have the same order_no and different customer, phone",
        "heads",
    ),
    Case(
        "staff and branches, with a self reference",
        "CREATE TABLE staff (id int PRIMARY KEY, boss int REFERENCES staff (id), branch varchar(9) NOT NULL, head int REFERENCES staff (id), street varchar(20));"
        "CREATE TABLE calls (id int PRIMARY KEY, staff int NOT NULL REFERENCES staff (id));",
        "staff",
        "id, boss, branch, head, street",
        ("1, NULL, 'B1', 1, 'Main'", "2, 1, 'B1', 1, 'Main'", "3, 1, 'B2', 2, NULL"),
        (("branch", "head, street", "branches"),),
        "SELECT s.id, s.boss, s.branch, b.head, b.street FROM staff s LEFT JOIN branches b ON b.branch = s.branch",
        "4, 1, 'B2', 1, NULL",
        "rows of staff have the same branch and different head, street",
        "branches",
    ),
    Case(
        "a prime column leaves: the key changes",
        "CREATE TABLE takes (student int NOT NULL, course varchar(9) NOT NULL, teacher varchar(9) NOT NULL, PRIMARY KEY (student, course));",
        "takes",
        "student, course, teacher",
        ("1, 'sql', 'ann'", "2, 'sql', 'ann'", "2, 'c', 'bob'", "3, 'sql', 'eve'"),
        (("teacher", "course", "teachers"),),
        "SELECT t.student, x.course, t.teacher FROM takes t JOIN teachers x ON x.teacher = t.teacher",
        "3, 'c', 'ann'",
        "rows of takes have the same teacher and different course",
        "teachers",
    ),
    Case(
        "composite key and a chain",
        "CREATE TABLE stock (id int PRIMARY KEY, shop int NOT NULL, aisle int NOT NULL, kind varchar(9), hazard varchar(9), qty int);",
        "stock",
        "id, shop, aisle, kind, hazard, qty",
        ("1, 1, 1, 'x', 'low', 5", "2, 1, 1, 'x', 'low', 6", "3, 1, 2, 'y', 'high', 7", "4, 2, 1, 'x', 'low', NULL", "5, 2, 2, NULL, NULL, 1"),
        (("kind", "hazard", "kinds"), ("shop, aisle", "kind", "aisles")),
        "SELECT s.id, s.shop, s.aisle, a.kind, k.hazard, s.qty FROM stock s LEFT JOIN aisles a ON a.shop = s.shop AND a.aisle = s.aisle LEFT JOIN kinds k ON k.kind = a.kind",
        "6, 1, 1, 'z', 'low', 5",
        "rows of stock have the same shop, aisle and different kind",
        "aisles",
    ),
    Case(
        "nasty names",
        "CREATE TABLE {q}or\"der's{q} ({q}select{q} int PRIMARY KEY, {q}a b{q} varchar(9), {q}c'd{q} varchar(9), {q}Ünï{q} int);",
        "or\"der's",
        "select, a b, c'd, Ünï",
        ("1, 'x', 'y', 1", "2, 'x', 'y', 1", "3, 'z', NULL, NULL"),
        (("a b", "c'd, Ünï", "ta'b;le -- \"x"),),
        "SELECT o.{q}select{q}, o.{q}a b{q}, t.{q}c'd{q}, t.{q}Ünï{q} FROM {q}or\"der's{q} o LEFT JOIN {q}ta'b;le -- \"x{q} t ON t.{q}a b{q} = o.{q}a b{q}",
        "4, 'x', 'n', 1",
        "have the same a b and different c'd, Ünï",
        "ta'b;le -- \"x",
    ),
    Case(
        "types",
        "CREATE TYPE mood AS ENUM ('sad', 'ok');"
        "CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tag text, mood mood DEFAULT 'ok', doc jsonb, raw json, seen timestamptz DEFAULT now(), bits text[], amount numeric(10,2), twice numeric GENERATED ALWAYS AS (amount * 2) STORED);",
        "people",
        "tag, mood, doc, raw, seen, bits, amount",
        ("'a', 'sad', '{\"x\": 1}', '[1]', '2020-01-01 00:00+00', '{a,b}', 1.50", "'a', 'sad', '{\"x\": 1}', '[1]', '2020-01-01 00:00+00', '{a,b}', 1.50", "'b', NULL, NULL, NULL, NULL, NULL, NULL"),
        (("tag", "mood, doc, raw, seen, bits, amount, twice", "tags"),),
        "SELECT p.tag, t.mood, t.doc, t.raw, t.seen, t.bits, t.amount FROM people p LEFT JOIN tags t ON t.tag = p.tag",
        "'a', 'sad', '{\"x\": 1}', '[2]', '2020-01-01 00:00+00', '{a,b}', 1.50",
        "have the same tag and different mood, doc, raw, seen, bits, amount",
        "tags",
        only=("postgresql",),
    ),
    Case(
        "types of MariaDB",
        "CREATE TABLE people (id int AUTO_INCREMENT PRIMARY KEY, tag varchar(9) CHARACTER SET latin1 COLLATE latin1_bin, mood enum('sad','ok') DEFAULT 'ok', flags set('a','b'),"
        " n int unsigned, seen datetime(3) DEFAULT CURRENT_TIMESTAMP(3), name varchar(9) NOT NULL, KEY (tag)) ENGINE=InnoDB;",
        "people",
        "tag, mood, flags, n, seen, name",
        ("'a', 'sad', 'a,b', 3, '2020-01-01 00:00:00.123', 'Ann'", "'a', 'sad', 'a,b', 3, '2020-01-01 00:00:00.123', 'Ann'", "'b', NULL, NULL, NULL, NULL, ''"),
        (("tag", "mood, flags, n, seen, name", "tags"),),
        "SELECT p.tag, t.mood, t.flags, t.n, t.seen, t.name FROM people p LEFT JOIN tags t ON t.tag = p.tag",
        "'a', 'sad', 'a,b', 3, '2020-01-01 00:00:00.123', 'ANN'",
        "have the same tag and different mood, flags, n, seen, name",
        "tags",
        only=("mariadb",),
    ),
    Case(
        "numbered columns",
        "CREATE TABLE people (id int PRIMARY KEY, name varchar(9), phone varchar(9), phone_2 varchar(9), phone_3 varchar(9));",
        "people",
        "id, name, phone, phone_2, phone_3",
        ("1, 'ann', '1', '2', NULL", "2, 'bob', NULL, NULL, NULL", "3, 'eve', NULL, '5', '6'"),
        (),
        "SELECT p.id, p.name, a.phone, b.phone, c.phone FROM people p"
        " LEFT JOIN people_phones a ON a.people_id = p.id AND a.position = 1"
        " LEFT JOIN people_phones b ON b.people_id = p.id AND b.position = 2"
        " LEFT JOIN people_phones c ON c.people_id = p.id AND c.position = 3",
        made="people_phones",
        fix=phones,
    ),
    Case(
        "numbered groups of columns and a composite key",
        "CREATE TABLE conf (a int, b int, app1_state varchar(9), app1_uri varchar(9) NOT NULL, app2_state varchar(9), app2_uri varchar(9) NOT NULL,"
        " app3_state varchar(9), app3_uri varchar(9) NOT NULL, PRIMARY KEY (a, b));",
        "conf",
        "a, b, app1_state, app1_uri, app2_state, app2_uri, app3_state, app3_uri",
        ("1, 1, 'on', 'x', NULL, 'y', 'off', 'z'", "1, 2, NULL, 'q', 'on', 'r', NULL, ''"),
        (),
        "SELECT p.a, p.b, x.state, x.uri, y.state, y.uri, z.state, z.uri FROM conf p"
        " JOIN conf_apps x ON x.a = p.a AND x.b = p.b AND x.position = 1 JOIN conf_apps y ON y.a = p.a AND y.b = p.b AND y.position = 2"
        " JOIN conf_apps z ON z.a = p.a AND z.b = p.b AND z.position = 3",
        made="conf_apps",
        fix=phones,
    ),
    Case(
        "at home in a table that is there",
        "CREATE TABLE orders (id int PRIMARY KEY, note varchar(9));"
        "CREATE TABLE items (order_id int NOT NULL REFERENCES orders (id), no int NOT NULL, promised date NOT NULL, note int, PRIMARY KEY (order_id, no));"
        "INSERT INTO orders VALUES (1, 'x'), (2, NULL), (3, 'unused');",
        "items",
        "order_id, no, promised, note",
        ("1, 1, '2020-01-01', 5", "1, 2, '2020-01-01', 5", "2, 1, '2020-01-02', NULL"),
        (),
        "SELECT l.order_id, l.no, o.promised, o.note_item FROM items l JOIN orders o ON o.id = l.order_id",
        "2, 2, '2020-01-03', NULL",
        "several rows of items belong to one of orders and have different promised, note",
        "",
        to_home,
    ),
    Case(
        "a table that numbers its rows",
        "CREATE TABLE shops (id int PRIMARY KEY, street varchar(9), city varchar(9), boss int);",
        "shops",
        "id, street, city, boss",
        ("1, 'a', 'x', 1", "2, 'a', 'x', 2", "3, NULL, 'x', 3", "4, NULL, NULL, NULL"),
        (),
        "SELECT s.id, p.street, p.city, s.boss FROM shops s LEFT JOIN places p ON p.id = s.place_id",
        made="places",
        fix=surrogate,
    ),
    Case(
        "a table with the same key",
        "CREATE TABLE users (id int PRIMARY KEY, mail varchar(9) NOT NULL, bio varchar(9) NOT NULL, photo varchar(9));",
        "users",
        "id, mail, bio, photo",
        ("1, 'a', 'x', NULL", "2, 'b', 'x', 'y'"),
        (),
        "SELECT u.id, u.mail, p.bio, p.photo FROM users u JOIN profiles p ON p.user_id = u.id",
        made="profiles",
        fix=details,
    ),
    Case(
        "lists in a text",
        "CREATE TABLE posts (id int PRIMARY KEY, tags varchar(200), title varchar(20));",
        "posts",
        "id, tags, title",
        ("1, 'red,green,blue', 'a'", "2, 'red', 'b'", "3, NULL, 'c'", "4, 'x,y', NULL"),
        (),
        "SELECT p.id, (SELECT {list} FROM post_tags t WHERE t.post_id = p.id), p.title FROM posts p",
        made="post_tags",
        fix=tags,
    ),
    Case(
        "a copy of what the table that is referred to says",
        "CREATE TABLE variants (id int PRIMARY KEY, sku varchar(9) NOT NULL);"
        "CREATE TABLE sold (id int PRIMARY KEY, variant int NOT NULL REFERENCES variants (id), sku varchar(9) NOT NULL);"
        "INSERT INTO variants VALUES (1, 'x'), (2, 'y');",
        "sold",
        "id, variant, sku",
        ("1, 1, 'x'", "2, 1, 'x'", "3, 2, 'y'"),
        (),
        "SELECT s.id, s.variant, v.sku FROM sold s JOIN variants v ON v.id = s.variant",
        fix=without_copy,
    ),
]  # fmt: skip
