"""Each way to store subtypes holds the same people, and refuses the impossible ones where the database can."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from designer.schema import Column, ForeignKey, Table
from tests.levels.folding.people import CASES, FULL, Case, Server, Someone, Store, literal, stores
from tests.translation.applying import Maria, Postgres, SQLite

STUDENT = Someone(1, "Ada", matriculation="m1", gpa=1.3, major="MATH")
OTHER_STUDENT = Someone(2, "Bob", matriculation="m2", major="CS")
LECTURER = Someone(3, "Cyd", office="r3", phone="+3", department="CS", mentor=1)
OTHER_LECTURER = Someone(4, "Dan", office="r4", mentor=3)
BOTH = Someone(5, "Eve", matriculation="m5", major="CS", office="r5", mentor=1)
NEITHER = Someone(6, "Fay", mentor=5)
TARGETS = ("postgresql", "mariadb", "sqlite")


def seeded(case: Case) -> list[Someone]:
    """Return the people that a case may hold."""
    both = [] if case.disjoint else [BOTH]
    neither = [] if case.total else [replace(NEITHER, mentor=1)]
    return [STUDENT, OTHER_STUDENT, LECTURER, OTHER_LECTURER, *both, *neither]


@pytest.fixture(scope="module", params=TARGETS)
def filled(request: pytest.FixtureRequest) -> Iterator[list[Store]]:
    """All cases on a server, each with the same people as far as it may hold them."""
    server: Server
    if request.param == "postgresql":
        server = Postgres(request.getfixturevalue("postgres_server"))
    elif request.param == "mariadb":
        server = Maria(request.getfixturevalue("mariadb_server"))
    else:
        server = SQLite()
    with closing(server.connection):
        full = FULL if request.param != "mariadb" else ()
        found = stores((*CASES, *full), request.param, server)
        for store in found:
            fill(store)
        yield found


def fill(store: Store) -> None:
    with whole(store.server):
        department = store.tables["department"]
        for code in ("MATH", "CS"):
            store.insert(department, {store.column(department, "department.code"): code})
        for who in seeded(store.case):
            store.add(who)
        badge(store, 10, 1)
        badge(store, 11, 3)
        thesis(store, "Keys", 1)
        contact(store, "mum", 1)


@contextlib.contextmanager
def whole(server: Server) -> Iterator[None]:
    server.run("BEGIN")
    yield
    server.run("COMMIT")


def badge(store: Store, serial: int, person: int) -> None:
    table = store.tables["badge"]
    held = store.pointing(table, "worn by", "person.no", person)
    store.insert(table, {store.column(table, "badge.serial"): serial, **held})


def contact(store: Store, nick: str, person: int) -> None:
    table = store.tables["contact"]
    held = store.pointing(table, "reached by", "person.no", person)
    own = {store.column(table, "contact.nick"): nick, store.column(table, "contact.number"): "1"}
    store.insert(table, {**own, **held})


def thesis(store: Store, title: str, student: int) -> None:
    """Insert a thesis by the person with a number, whoever that is."""
    table = store.tables["thesis"]
    key = store.reference(table, "written by")
    parent = store.design[key.ref_table or ""]
    assert isinstance(parent, Table)
    names = [store.design[each].name for each in key.columns]  # type: ignore[attr-defined]
    if store.case.strategy == "class":
        own = store.reference(parent, "kinds")
        person = store.tables["person"]
        values = store.key(person, own.ref_columns[: len(names)], "person.no", student)
    else:
        values = store.key(parent, key.ref_columns, "person.no", student)
    said = dict(zip(names, values, strict=True))
    fixed = store.made("written by:kind")
    store.insert(
        table,
        {store.column(table, "thesis.title"): title, **said, **({fixed: store.fixed("student")} if fixed else {})},
    )


def people(store: Store) -> set[Someone]:
    """Return the people that the tables of a case hold, whatever they look like."""
    found: dict[int, Someone] = {}
    for kind in ("person", "student", "lecturer"):
        for who in _of_kind(store, kind):
            known = found.get(who.no, who)
            found[who.no] = Someone(
                *(one if one is not None else two for one, two in zip(values(known), values(who), strict=True))
            )
    return set(found.values())


def values(who: Someone) -> list[object]:
    return [getattr(who, each) for each in Someone.__slots__]


def _of_kind(store: Store, kind: str) -> list[Someone]:
    """Return what a table knows of its people: their own, or by joining it to the table of people."""
    if kind not in store.tables:
        return []
    table = store.tables[kind]
    person = store.tables["person"] if store.case.strategy == "class" else table
    join = ""
    if person is not table:
        key = store.reference(table, "kinds")
        pairs = zip(key.columns, key.ref_columns, strict=True)
        on = " AND ".join(f"t.{name(store, one)} = p.{name(store, two)}" for one, two in pairs)
        join = f" JOIN {table.name} AS t ON {on}"
    columns = []
    for attribute in (
        "person.no",
        "person.name",
        "student.matriculation",
        "student.gpa",
        "lecturer.office",
        "lecturer.phone",
    ):
        own = person if attribute.startswith("person") else table
        known = [each.name for each in store.design.of(Column, own.id) if each.origin == attribute]
        columns.append(f"{'p' if own is person else 't'}.{known[0]}" if known else "NULL")
    text = f"SELECT {', '.join([*columns, *_followed(store, table, person)])} FROM {person.name} AS p{join}"
    rows = store.server.run(text)
    return [
        Someone(
            no, name_, matriculation, float(gpa) if gpa is not None else None, major, office, phone, department, mentor
        )
        for no, name_, matriculation, gpa, office, phone, major, department, mentor in rows
    ]


def _followed(store: Store, table: Table, person: Table) -> list[str]:
    """Return what references are to, as subqueries: codes of departments and the number of the mentor."""
    return [
        _told(store, table, "t" if table is not person else "p", "majors in", "department.code"),
        _told(store, table, "t" if table is not person else "p", "works for", "department.code"),
        _told(store, person, "p", "mentored by", "person.no"),
    ]


def _told(store: Store, table: Table, alias: str, relationship: str, attribute: str) -> str:
    found = [each for each in store.design.of(ForeignKey, table.id) if each.origin == relationship]
    told = []
    for key in found:
        parent = store.design[key.ref_table or ""]
        assert isinstance(parent, Table)
        pairs = zip(key.columns, key.ref_columns, strict=True)
        where = " AND ".join(f"x.{name(store, two)} = {alias}.{name(store, one)}" for one, two in pairs)
        told.append(f"(SELECT x.{store.column(parent, attribute)} FROM {parent.name} AS x WHERE {where})")
    return f"COALESCE({', '.join([*told, 'NULL'])})" if told else "NULL"


def name(store: Store, column: str) -> str:
    found = store.design[column]
    assert isinstance(found, Column)
    return found.name


def test_all_hold_the_same_people(filled: list[Store]) -> None:
    """Every person is read back as it was, from whatever tables."""
    for store in filled:
        assert people(store) == set(seeded(store.case)), store.case


def refused(server: Server, act: Callable[[], None]) -> bool:
    """Say whether a server refuses what an action does, at commit at the latest; nothing of it stays."""
    server.run("BEGIN")
    try:
        act()
        if isinstance(server, Postgres):
            server.run("SET CONSTRAINTS ALL IMMEDIATE")
        return bool(isinstance(server, SQLite) and server.run("PRAGMA foreign_key_check"))
    except server.refused:
        return True
    finally:
        server.run("ROLLBACK")


def noted(store: Store, code: str) -> bool:
    """Say whether a note tells that something is not enforced."""
    return any(note.code == code for note in store.result.notes)


def each_refused(filled: list[Store], act: Callable[[Store], None], code: str, skip: Callable[[Case], bool]) -> None:
    """Hold each case to refusing an action, or to a note of that code that says that it does not."""
    for store in filled:
        if not skip(store.case):
            stops = refused(store.server, lambda store=store: act(store))  # type: ignore[misc]
            assert stops != noted(store, code), (store.case, "refused" if stops else "taken", code)


def test_people_who_are_possible_are_taken(filled: list[Store]) -> None:
    """What the other tests vary is fine as it is."""
    for store in filled:
        for who in (replace(STUDENT, no=20, matriculation="m20"), replace(LECTURER, no=20)):
            assert not refused(store.server, lambda s=store, w=who: s.add(w)), store.case  # type: ignore[misc]


def test_nobody_is_both_where_disjoint(filled: list[Store]) -> None:
    """A student who is a lecturer as well."""
    fresh = replace(BOTH, no=20, matriculation="m20")
    each_refused(
        filled,
        lambda store: store.add(fresh, says=("student",)),
        "disjoint-not-enforced",
        lambda case: not case.disjoint,
    )


def test_nobody_is_neither_where_total(filled: list[Store]) -> None:
    """Somebody of no kind, though the type column names one where it must."""
    fresh = replace(NEITHER, no=21, mentor=None)

    def act(store: Store) -> None:
        if store.case.strategy == "concrete":
            assert "person" not in store.tables
            raise store.server.refused[0]
        says = ("student",) if store.case.strategy == "class" else ()
        store.add(fresh, kinds=(), says=says)

    each_refused(filled, act, "total-not-enforced", lambda case: not case.total)


def test_what_a_subtype_needs_is_there(filled: list[Store]) -> None:
    """A student without a matriculation, or without a major."""
    for lacking in (
        replace(STUDENT, no=22, matriculation=None), replace(STUDENT, no=22, matriculation="m22", major=None),
    ):  # fmt: skip
        for store in filled:
            assert refused(store.server, lambda s=store, who=lacking: s.add(who, kinds=("student",))), store.case  # type: ignore[misc]


def test_what_others_cannot_have_is_not_there(filled: list[Store]) -> None:
    """A student with an office. In tables of their own there is no column for it."""
    odd = replace(STUDENT, no=23, matriculation="m23", phone="+23")
    for store in filled:
        if store.case.strategy == "single":
            assert refused(store.server, lambda s=store: s.add(odd, kinds=("student",))), store.case  # type: ignore[misc]
        else:
            columns = [each.origin for each in store.design.of(Column, store.tables["student"].id)]
            assert "lecturer.phone" not in columns


def test_a_thesis_is_by_a_student(filled: list[Store]) -> None:
    """What is about a subtype refers to that subtype only."""
    for store in filled:
        assert refused(store.server, lambda s=store: thesis(s, "Locks", 3)), store.case  # type: ignore[misc]
        assert not refused(store.server, lambda s=store: thesis(s, "Locks", 2)), store.case  # type: ignore[misc]


def test_a_badge_is_worn_by_one(filled: list[Store]) -> None:
    """Nobody's badge is refused, and one of two people where people are in several tables."""

    def of_two(store: Store) -> None:
        table = store.tables["badge"]
        held: dict[str, object] = {store.column(table, "badge.serial"): 31}
        for key in store.design.of(ForeignKey, table.id):
            parent = store.design[key.ref_table or ""]
            assert isinstance(parent, Table)
            who = 1 if parent.origin != "lecturer" else 3
            values_ = store.key(parent, key.ref_columns, "person.no", who)
            held |= dict(zip((name(store, each) for each in key.columns), values_, strict=True))
        store.insert(table, held)

    for store in filled:
        nobody = {store.column(store.tables["badge"], "badge.serial"): 30}
        assert refused(store.server, lambda s=store, n=nobody: s.insert(s.tables["badge"], n)), store.case  # type: ignore[misc]
        if store.case.strategy == "concrete":
            assert refused(store.server, lambda s=store: of_two(s)), store.case  # type: ignore[misc]


def test_identifiers_are_unique(filled: list[Store]) -> None:
    """A lecturer with the number of a student."""
    fresh = replace(LECTURER, no=1, mentor=None)
    each_refused(filled, lambda store: store.add(fresh), "identifier-unique-per-table", lambda case: False)


def test_rows_go_with_the_person(filled: list[Store]) -> None:
    """What a person was as a student goes with the person, in the tables that can be told to."""
    for store in filled:
        if store.case.strategy != "class":
            continue

        def act(store: Store = store) -> None:
            person = store.tables["person"]
            store.server.run(f"DELETE FROM {person.name} WHERE {store.column(person, 'person.no')} = {literal(2)}")
            assert [who.no for who in people(store) if who.no == 2] == []
            student = store.tables["student"]
            count = store.server.run(
                f"SELECT count(*) FROM {student.name} WHERE {store.column(student, 'student.matriculation')} = 'm2'"
            )
            assert count[0][0] == 0

        assert not refused(store.server, act), store.case
