"""A university, a hospital and a shop, derived from concepts to tables and applied to real servers."""

from __future__ import annotations

import pytest

from designer.demo.samples import SAMPLES
from designer.schema import Design
from tests.levels.servers.bench import REFUSED, Home, derived, tried
from tests.levels.servers.conftest import HOMES

OPTIONS: tuple[dict[str, str], ...] = (
    {},
    {"keys": "natural", "enums": "type", "domains": "domain", "composites": "type", "plural": "singular", "case": "pascal"},
    {
        "surrogate": "uuid7", "enums": "lookup", "composites": "json", "subtypes": "single", "case": "upper",
        "audit": "timestamps", "length": "20",
    },
    {
        "subtypes": "concrete", "dependent_keys": "surrogate", "case": "keep", "audit": "people", "multivalued": "array",
        "surrogate_name": "{table}_id",
    },
    {
        "keys": "natural", "enums": "lookup", "subtypes": "single", "domains": "domain", "schema": "app", "case": "camel",
        "table_prefix": "t_",
    },
    {
        "subtypes": "concrete", "keys": "natural", "enums": "type", "reference_delete": "set null",
        "identifying_delete": "restrict", "abbreviations": "department=dept, number=no",
    },
)  # fmt: skip
UNIVERSITY = """
INSERT INTO people (person_no, first_name, family_name, date_of_birth) VALUES ('p1', 'Ada', 'Lovelace', '1815-12-10');
INSERT INTO people (person_no, first_name, family_name, date_of_birth) VALUES ('p2', 'Alan', 'Turing', '1912-06-23');
INSERT INTO departments (head_id, code, title, since) VALUES (1, 'CS', 'Computer science', '2020-01-01');
INSERT INTO lecturers (person_id, department_id, rank, office) VALUES (1, 1, 'professor', 'A1');
INSERT INTO students (person_id, enrolled_on, degree) VALUES (2, '2025-10-01', 'Mathematics');
INSERT INTO courses (department_id, number, title, credits) VALUES (1, 'CS1', 'Machines', 5);
INSERT INTO sections (course_id, term, section_no, places) VALUES (1, '2026S', 1, 30);
INSERT INTO lecturer_teaches_sections (lecturer_id, course_id, section_term, section_no) VALUES (1, 1, '2026S', 1);
INSERT INTO student_takes_sections (student_id, course_id, section_term, section_no) VALUES (2, 1, '2026S', 1);
"""
REFUSED_BY_UNIVERSITY = (
    "INSERT INTO people (person_no, first_name, family_name, date_of_birth) VALUES ('p1', 'A', 'B', '2000-01-01')",
    "UPDATE lecturers SET rank = 'king' WHERE person_id = 1",
    "INSERT INTO sections (course_id, term, section_no, places) VALUES (1, '2026S', 1, 5)",
    "INSERT INTO sections (course_id, term, section_no, places) VALUES (9, '2026S', 1, 5)",
    "INSERT INTO student_takes_sections (student_id, course_id, section_term, section_no) VALUES (1, 1, '2026S', 1)",
    "INSERT INTO person_phones (person_id, phone) VALUES (7, '1')",
    "UPDATE courses SET department_id = NULL",
)
HOSPITAL = """
INSERT INTO people (person_no, first_name, family_name, date_of_birth, address_street, address_postal_code, address_city)
 VALUES ('p1', 'Ada', 'L', '1985-12-10', 's', '1', 'c');
INSERT INTO people (person_no, first_name, family_name, date_of_birth, address_street, address_postal_code, address_city)
 VALUES ('p2', 'Bob', 'M', '1985-12-10', 's', '1', 'c');
INSERT INTO departments (head_id, code, title, since) VALUES (1, 'CARD', 'Cardiology', '2020-01-01');
INSERT INTO employees (person_id, department_id, job, hired_on, salary) VALUES (1, 1, 'physician', '2020-01-01', 100);
INSERT INTO physicians (employee_id, licence_no, specialty) VALUES (1, 'L1', 'hearts');
INSERT INTO patients (person_id, patient_since, blood_group) VALUES (2, '2026-01-01', 'AB-');
INSERT INTO wards (department_id, ward_no, floor) VALUES (1, 'W1', 2);
INSERT INTO beds (ward_id, bed_no, monitored) VALUES (1, 1, true);
INSERT INTO admissions (patient_id, admitted_at, ward_id, bed_no, physician_id, reason)
 VALUES (2, '2026-01-01 10:00:00', 1, 1, 1, 'pain');
"""
REFUSED_BY_HOSPITAL = (
    "UPDATE patients SET blood_group = 'C'",
    "INSERT INTO nurses (employee_id, grade) VALUES (1, 'senior')",
    "UPDATE employees SET salary = -1",
    "UPDATE admissions SET bed_no = NULL",
    "UPDATE admissions SET physician_id = 2",
)


def concepts(slug: str) -> Design:
    return next(each for each in SAMPLES if each.slug == slug).make()


def applied(slug: str, dialect: str, home: Home, options: dict[str, str]) -> None:
    case = derived(concepts(slug), dialect, options)
    outcome = tried(case, home)
    assert not outcome.refused, (slug, options, outcome.refused)
    assert not outcome.differs, (slug, options, outcome.differs[:5])
    assert case.script.count("CREATE TABLE") >= 8


@pytest.mark.parametrize("dialect", list(HOMES), indirect=True)
def test_samples_are_applied_and_read_back(dialect: str, home: Home) -> None:
    for number, slug in enumerate(("university", "hospital", "shop")):
        applied(slug, dialect, home, OPTIONS[(number + list(HOMES).index(dialect)) % 3 + 1])


@pytest.mark.slow
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("dialect", list(HOMES), indirect=True)
def test_samples_in_every_set_of_options(dialect: str, home: Home, options: dict[str, str]) -> None:
    for slug in ("university", "hospital", "shop"):
        applied(slug, dialect, home, options)


@pytest.mark.parametrize("dialect", list(HOMES), indirect=True)
@pytest.mark.parametrize(
    ("slug", "rows", "refused"),
    [("university", UNIVERSITY, REFUSED_BY_UNIVERSITY), ("hospital", HOSPITAL, REFUSED_BY_HOSPITAL)],
)
def test_rows_are_held_and_impossible_ones_refused(
    dialect: str, home: Home, slug: str, rows: str, refused: tuple[str, ...]
) -> None:
    applied(slug, dialect, home, {})
    quoted = "`rank`" if dialect in ("mysql", "mariadb") else "rank"
    home.run(f"{home.begin}; {rows.replace(' rank', f' {quoted}')} COMMIT;")
    home.run("SET foreign_key_checks = 1;" if dialect in ("mysql", "mariadb") else "SELECT 1;")
    for each in refused:
        with pytest.raises(REFUSED):
            home.run(f"{each.replace(' rank', f' {quoted}')};")


@pytest.mark.parametrize("dialect", ["postgresql", "sqlite", "mysql"], indirect=True)
def test_rows_of_the_shop(dialect: str, home: Home) -> None:
    outcome = tried(derived(concepts("shop"), dialect, OPTIONS[2]), home, rows=3)
    assert (outcome.refused, outcome.rows_refused) == ("", [])
    assert outcome.rows > 30
