"""Somebody who changes how subtypes are stored keeps the rows: columns are moved by their ids, there and back."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import msgspec
import pytest

from designer.evolution.carrying import carried
from designer.evolution.carrying_parts import only_where, said_by
from designer.evolution.migrating import migrate
from designer.levels.contract import Result
from designer.levels.physical import physical
from designer.schema import Check, Column, Design, Entity, Expr, Model, Table, Use
from tests.levels.folding.people import Case, Server, Store, university
from tests.levels.folding.test_strategies import fill, people
from tests.translation.applying import Maria, Postgres, SQLite, exported

CASES = [
    Case("class", disjoint, total, keys)
    for disjoint in (True, False) for total in (True, False) for keys in ("natural", "surrogate")
]  # fmt: skip


def made(case: Case, target: str) -> tuple[Result, Design]:
    """Return what is derived for a case, in tables that are called alike for all."""
    return made_of(university(disjoint=case.disjoint, total=case.total), case, target)


def made_of(above: Design, case: Case, target: str) -> tuple[Result, Design]:
    """Return what is derived from a model."""
    settings = case.settings()
    settings = replace(settings, options={**settings.options, "table_prefix": ""})
    model = Model(id="below", name="Below", level="physical", target=target)
    result = physical(above, "above", model, settings)
    return result, Design([model, *result.records])


def test_columns_keep_their_ids() -> None:
    """What is known of subtypes moves to the table of the supertype; nothing of it is made anew or left behind."""
    for case in CASES:
        (_, apart), (_, one) = made(case, "postgresql"), made(replace(case, strategy="single"), "postgresql")
        moved = {each.name for each in one.of(Column) if each.id in apart and apart[each.id].parent != each.parent}
        assert {"matriculation", "gpa", "office", "phone"} <= moved
        assert len(moved) == 6, "with the two references to departments"
        thesis = next(each.id for each in one.of(Table) if each.origin == "thesis")
        assert {each.id for each in apart.of(Column, thesis)} <= {each.id for each in one.of(Column, thesis)}
        assert not carried(apart, one).stranded
        assert not carried(one, apart).stranded


@pytest.mark.parametrize("target", ["postgresql", "mariadb", "sqlite"])
def test_rows_move_along_and_back(target: str, request: pytest.FixtureRequest) -> None:
    """The same people are read from a table each, from the one table, and from a table each again."""
    for case in CASES[:: {"sqlite": 1, "postgresql": 3, "mariadb": 5}[target]]:
        server = _database(target, request)
        with closing(server.connection):
            _there_and_back(case, target, server)


def _database(target: str, request: pytest.FixtureRequest) -> Server:
    if target == "sqlite":
        return SQLite()
    if target == "mariadb":
        return Maria(request.getfixturevalue("mariadb_server"))
    return Postgres(request.getfixturevalue("postgres_server"))


def _there_and_back(case: Case, target: str, server: Server) -> None:
    one = replace(case, strategy="single")
    (result, apart), (result_of_one, together) = made(case, target), made(one, target)
    server.apply(exported(apart, target).text)
    store = Store(case, result, server, "below")
    fill(store)
    known = people(store)
    _migrate(apart, together, target, server)
    assert people(Store(one, result_of_one, server, "below")) == known, case
    _migrate(together, apart, target, server)
    assert people(store) == known, case


def _migrate(old: Design, new: Design, target: str, server: Server) -> None:
    for step in migrate(old, new, target).steps:
        server.run(step.sql)


def check(text: str, *columns: str) -> Check:
    """Return a check over columns, each named once for each time it is said."""
    at, uses = 0, []
    for each in columns:
        at = text.index(each, at)
        uses.append(Use(at, at + len(each), each))
        at += len(each)
    return Check(id=f"check {text}", parent="t", expr=Expr(text, tuple(uses)))


def test_checks_that_say_which_rows_have_a_part() -> None:
    """The check that says the least else is taken; what only looks like one is none."""
    plain = check("kind = 'a OR (b' OR (gpa IS NULL AND major IS NULL)", "kind", "gpa", "major")
    inner = check("kind <> 's' OR (sort = 't' OR (hours IS NULL))", "kind", "sort", "hours")
    outer = check("kind = 's' OR (sort IS NULL AND hours IS NULL)", "kind", "sort", "hours")
    others = [
        check("kind = 's' OR (gpa IS NOT NULL)", "kind", "gpa"),
        check("gpa > 1 OR (gpa + 1 IS NULL)", "gpa", "gpa"),
    ]
    names = ("kind", "gpa", "major", "sort", "hours")
    design = Design(
        [
            Table(id="t", name="t"),
            *(Column(id=each, parent="t", name=each) for each in names),
            plain,
            inner,
            outer,
            *others,
        ]
    )
    found = only_where(design, "t", ["gpa"])
    assert found is not None
    assert found.text == "kind = 'a OR (b'"
    assert said_by(design, found) == ("kind", "'a OR (b'")
    found = only_where(design, "t", ["hours"])
    assert found is not None
    assert (found.text, found.uses) == ("sort = 't'", (Use(0, 4, "sort"),))
    assert only_where(design, "t", ["gpa", "hours"]) is None
    assert only_where(design, "t", []) is None


@pytest.mark.parametrize("target", ["postgresql", "mariadb", "sqlite"])
def test_rows_of_a_renamed_subtype_say_its_new_name_and_the_old_one_again(
    target: str, request: pytest.FixtureRequest
) -> None:
    """The checks and references that name a subtype give way to the rows, there and back."""
    for strategy in ("class", "single"):
        server = _database(target, request)
        with closing(server.connection):
            _renamed_and_back(Case(strategy, disjoint=True, total=False, keys="natural"), target, server)


def _renamed_and_back(case: Case, target: str, server: Server) -> None:
    result, before = made(case, target)
    above = university(disjoint=case.disjoint, total=case.total)
    renamed = _scholars(above)
    old, after = _with(above, before), _with(renamed, made_of(renamed, case, target)[1])
    server.apply(exported(before, target).text)
    store = Store(case, result, server, "below")
    fill(store)
    known = people(store)
    kinds = f"SELECT DISTINCT {_discriminator(before)} FROM {store.holder('person').name} ORDER BY 1"
    assert {row[0] for row in server.run(kinds)} - {"person"} == {"lecturer", "student"}
    _migrate(old, after, target, server)
    assert {row[0] for row in server.run(kinds)} - {"person"} == {"lecturer", "scholar"}
    _migrate(after, old, target, server)
    assert {row[0] for row in server.run(kinds)} - {"person"} == {"lecturer", "student"}
    assert people(store) == known, case


def _scholars(above: Design) -> Design:
    student = above["student"]
    assert isinstance(student, Entity)
    return above.changed((), [msgspec.structs.replace(student, name="Scholar")])


def _with(above: Design, below: Design) -> Design:
    return Design([*above.records(), *below.records()])


def _discriminator(below: Design) -> str:
    people_table = next(each.id for each in below.of(Table) if each.origin == "person")
    columns = below.of(Column, people_table)
    return next(each.name for each in columns if each.origin == "kinds" and each.generated is None)


@pytest.mark.parametrize("other", ["class", "single"])
def test_tables_of_concrete_subtypes_get_no_rows_of_somebody_else(other: str) -> None:
    """They repeat columns, which no reference ties together: nothing is guessed, and what stays behind is said."""
    for case in CASES[::5]:
        (_, one), (_, apart) = (
            made(replace(case, strategy=other), "postgresql"),
            made(replace(case, strategy="concrete"), "postgresql"),
        )
        for old, new in ((one, apart), (apart, one)):
            moves = {
                old[each.id].parent for each in new.of(Column) if each.id in old and old[each.id].parent != each.parent
            }
            found, made_so = carried(old, new), migrate(old, new, "postgresql")
            assert not any(
                "no, no" in step.sql or "mentor" in step.sql for step in made_so.steps if step.operation == "carry rows"
            )
            assert {source for source, _, _ in found.repeated} == moves, case
            said = [each.message for each in made_so.remarks if each.code == "rows"]
            assert all("SELECT * FROM public." in each for each in said) and len(said) == len(found.repeated)
