"""Ten kinds of data: planted dependencies, dirt, NULLs, noise, wide and narrow tables. All are seeded."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence

from designer.discovery.contract import Budget
from designer.discovery.table import Coder, Table

Rows = list[list[str | None]]
ROOM = Budget()


def table_of(
    header: Sequence[str], rows: Sequence[Sequence[str | None]], budget: Budget = ROOM, name: str = "t"
) -> Table:
    """Return rows as a table."""
    coder = Coder(header, budget)
    coder.add(rows)
    return coder.table(name)


def csv_of(header: Sequence[str], rows: Sequence[Sequence[str | None]], **options: object) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, **options)  # type: ignore[arg-type]
    writer.writerow(header)
    writer.writerows([["" if each is None else each for each in row] for row in rows])
    return out.getvalue()


def orders(count: int, seed: int = 3, dirty: float = 0.0) -> tuple[list[str], Rows]:
    """Return lines of orders: one wide table with customers, places, products and employees in it."""
    draw = random.Random(seed)
    zips = [f"{10_000 + at}" for at in range(200)]
    customers = [(f"C{at:05}", f"Name {at}", draw.choice(zips)) for at in range(5_000)]
    products = [(f"P{at:04}", f"Product {at}", draw.choice("abcd"), f"{draw.random() * 100:.2f}") for at in range(500)]
    header = [
        "order_id",
        "line_no",
        "customer_id",
        "customer_name",
        "zip",
        "city",
        "state",
        "product_id",
        "product_name",
        "category",
        "unit_price",
        "quantity",
        "employee",
        "dept",
        "order_date",
    ]
    rows: Rows = []
    order = 0
    while len(rows) < count:
        order += 1
        who, person = draw.choice(customers), draw.randrange(40)
        day = f"2024-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        for line in range(1, draw.randrange(2, 8)):
            what = draw.choice(products)
            city = f"City{int(who[2]) % 130}"
            place = [who[2], city.upper() if draw.random() < dirty else city, f"S{int(who[2]) % 20}"]
            rows.append(
                [str(order), str(line), who[0], who[1], *place, *what, str(draw.randrange(1, 20)), f"E{person}",
                 f"D{person % 8}", day]
            )  # fmt: skip
    return header, rows[:count]


def noise(count: int, width: int, values: int, seed: int, nulls: float = 0.0) -> tuple[list[str], Rows]:
    """Return columns that have nothing to do with one another."""
    draw = random.Random(seed)
    rows = [
        [None if draw.random() < nulls else str(draw.randrange(values)) for _ in range(width)] for _ in range(count)
    ]
    return [f"c{at}" for at in range(width)], rows


def planted(count: int, seed: int, nulls: float = 0.0) -> tuple[list[str], Rows]:
    """Return a -> b, (c, d) -> e, and f that is the same in all rows, among noise."""
    draw = random.Random(seed)
    rows: Rows = []
    for at in range(count):
        a, c, d = draw.randrange(30), draw.randrange(12), draw.randrange(9)
        row: list[str | None] = [str(a), f"b{a % 7}", str(c), str(d), f"e{(c * 31 + d * 17) % 11}", "same",
                                 str(draw.randrange(50)), str(at)]  # fmt: skip
        rows.append([None if draw.random() < nulls else each for each in row])
    return list("abcdefgh"), rows


DATA: dict[str, Callable[[], tuple[list[str], Rows]]] = {
    "orders": lambda: orders(900),
    "dirty orders": lambda: orders(900, dirty=0.01),
    "few orders": lambda: orders(150, seed=9),
    "noise of few values": lambda: noise(600, 8, 3, 1),
    "noise of many values": lambda: noise(800, 7, 300, 2),
    "noise with NULLs": lambda: noise(500, 7, 12, 3, nulls=0.3),
    "planted": lambda: planted(800, 4),
    "planted with NULLs": lambda: planted(700, 5, nulls=0.05),
    "wide": lambda: noise(60, 18, 6, 6),
    "two rows": lambda: (["a", "b", "c"], [["1", None, "x"], ["2", None, "x"]]),
}
