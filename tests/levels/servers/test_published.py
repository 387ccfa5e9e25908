"""Published diagrams as designs of ours: an airline, a library, a bank and a company, down to every database.

The airline and the company are after Elmasri and Navathe, "Fundamentals of Database Systems", the bank after
Silberschatz, Korth and Sudarshan, "Database System Concepts", the library after exercises of several courses.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.schema import Design, Table, codec
from tests.levels.servers.bench import Home, derived, tried
from tests.levels.servers.conftest import HOMES

MODELS = Path(__file__).with_name("models")
TABLES = {
    "airline": "airplane_type_can_land_airports airplane_types airplanes airports fares flight_legs flight_weekdays flights"
    " leg_instances seats",
    "bank": "accounts branches checking_accounts customer_borrows_loans customer_deposits_accounts customers"
    " employee_dependent_names employees golds loans payments savings_accounts standards",
    "company": "department_locations departments dependents employee_works_on_projects employees parts projects suppliers"
    " supplies",
    "library": "book_authors books borrower_phones borrowers branch_libraries copies libraries loans main_libraries"
    " publishers",
}
WAYS = (
    {"keys": "natural"},
    {"subtypes": "single", "enums": "lookup", "dependent_keys": "surrogate", "composites": "json"},
    {
        "subtypes": "concrete",
        "enums": "type",
        "domains": "domain",
        "composites": "type",
        "case": "pascal",
        "audit": "people",
    },
)


def model(name: str) -> Design:
    return codec.decode((MODELS / f"{name}.wholekey.json").read_bytes())


@pytest.mark.parametrize("name", sorted(TABLES))
def test_tables_are_those_of_the_books(name: str) -> None:
    case = derived(model(name), "postgresql", WAYS[0])
    assert sorted(each.name for each in case.design.of(Table)) == TABLES[name].split()


def test_keys_of_what_depends_on_others() -> None:
    script = derived(model("airline"), "mariadb", WAYS[0]).script
    assert "PRIMARY KEY (flight_number, flight_leg_no, date)" in script
    assert "FOREIGN KEY (departure_airport_code) REFERENCES airports (code)" in script
    assert "CHECK (most_seats BETWEEN 1 AND 900)" in script


@pytest.mark.parametrize("dialect", list(HOMES), indirect=True)
def test_every_database_takes_them(dialect: str, home: Home) -> None:
    for number, name in enumerate(sorted(TABLES)):
        way = WAYS[(number + list(HOMES).index(dialect)) % len(WAYS)]
        outcome = tried(derived(model(name), dialect, way), home)
        assert (outcome.refused, outcome.differs) == ("", []), (name, way)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dialect", list(HOMES), indirect=True)
def test_every_database_takes_them_in_every_way(dialect: str, home: Home, way: dict[str, str]) -> None:
    for name in TABLES:
        outcome = tried(derived(model(name), dialect, way), home)
        assert (outcome.refused, outcome.differs) == ("", []), name
