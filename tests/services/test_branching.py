"""Branches: made from any version, brought up to date, merged back, with every state where it belongs."""

from __future__ import annotations

import random

import pytest

from designer.commands.contract import edit, replace
from designer.commands.tables import add_table
from designer.models import Branch, Project
from designer.schema import Design, Table, first_physical, seeded_ids
from designer.services import branches, branching, history, projects
from designer.services.branching import Standing
from designer.services.errors import Denied, Invalid
from designer.services.states import entries_since
from tests.accounts import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def main(everybody: People) -> Branch:
    return projects.create(everybody.owner, "Shop", workspace=everybody.branch.project.workspace)


def add(user, branch: Branch, name: str) -> None:
    """Add a table on the head of a branch."""
    ids = seeded_ids(name + branch.public_id)
    branches.run_command(user, branch, lambda design: add_table(design, first_physical(design).id, name, ids))
    branch.refresh_from_db()


def rename(user, branch: Branch, old: str, new: str) -> None:
    def command(design: Design):
        table = next(each for each in design.of(Table) if each.name == old)
        return edit(design, f"Rename {old}", [replace(table, name=new)])

    branches.run_command(user, branch, command)
    branch.refresh_from_db()


def tables(branch: Branch, version: int | None = None) -> list[str]:
    return sorted(each.name for each in branches.load(branch, version)[0].of(Table))


def test_a_branch_goes_on_where_it_left_and_keeps_the_history(everybody, main):
    me = everybody.editor
    for name in ("a", "b", "c"):
        add(me, main, name)
    side = branching.create(me, main, "  more   tables ", main.head - 1)
    assert (side.name, side.head, tables(side)) == ("more tables", main.head - 1, ["a", "b"])
    add(me, side, "d")
    assert (tables(side), tables(main)) == (["a", "b", "d"], ["a", "b", "c"])
    assert [tables(side, version) for version in (0, 2, side.head)] == [[], ["a"], ["a", "b", "d"]]
    assert [event.version for event in history.events(side)[0]] == [4, 3, 2, 1]
    deeper = branching.create(me, side, "deeper", 2)
    add(me, deeper, "e")
    assert tables(deeper) == ["a", "e"]
    assert [event.version for event in history.events(deeper)[0]] == [3, 2, 1]
    assert len(entries_since(deeper, 0)) == 3
    assert branching.standing(side) == Standing(1, 1)


def test_an_update_and_a_merge_bring_each_what_the_other_has(everybody, main):
    me = everybody.editor
    add(me, main, "a")
    side = branching.create(me, main, "side")
    add(me, side, "s1")
    add(me, main, "m1")
    assert branching.standing(side) == Standing(1, 1)
    branching.update(me, side, {})
    side.refresh_from_db()
    main.refresh_from_db()
    assert tables(side) == ["a", "m1", "s1"]
    assert branching.standing(side).behind == 0
    branching.merge_up(me, side, {})
    side.refresh_from_db()
    main.refresh_from_db()
    assert tables(main) == ["a", "m1", "s1"]
    assert branches.load(main)[0] == branches.load(side)[0]
    assert branching.standing(side) == Standing(0, 0)
    add(me, side, "s2")
    add(me, main, "m2")
    assert branching.standing(side) == Standing(1, 1)
    branching.merge_up(me, side, {})
    side.refresh_from_db()
    main.refresh_from_db()
    assert (tables(main), tables(side)) == (["a", "m1", "m2", "s1", "s2"], ["a", "m1", "s1", "s2"])
    branching.update(me, side, {})
    side.refresh_from_db()
    assert tables(side) == tables(main)


def test_a_conflict_is_decided_and_then_stays_decided(everybody, main):
    me = everybody.editor
    add(me, main, "a")
    side = branching.create(me, main, "side")
    rename(me, side, "a", "ours")
    rename(me, main, "a", "theirs")
    union = branching.update_of(me, side)
    assert [conflict.code for conflict in union.conflicts] == ["field"]
    with pytest.raises(Invalid, match="1 conflict of this merge must be decided first"):
        branching.update(me, side, {})
    branching.update(me, side, {union.conflicts[0].key: "ours"})
    side.refresh_from_db()
    assert tables(side) == ["ours"]
    assert not branching.update_of(me, side).conflicts
    assert not branching.merge_of(me, side).conflicts
    branching.merge_up(me, side, {})
    main.refresh_from_db()
    assert tables(main) == ["ours"]


def test_choices_made_on_older_states_are_refused(everybody, main):
    me = everybody.editor
    side = branching.create(me, main, "side")
    add(me, side, "s")
    union = branching.merge_of(me, side)
    seen = (union.into_version, union.of_version)
    add(me, main, "m")
    with pytest.raises(Invalid, match="meanwhile"):
        branching.merge_up(me, side, {}, seen)


def test_who_may_do_what(everybody, main):
    editor, viewer, admin = everybody.editor, everybody.viewer, everybody.owner
    with pytest.raises(Denied):
        branching.create(viewer, main, "mine")
    with pytest.raises(Denied):
        branching.protect(editor, main, True)
    branching.protect(admin, main, True)
    with pytest.raises(Denied, match="main is protected; make a branch of it"):
        add(editor, main, "a")
    side = branching.create(editor, main, "side")
    add(editor, side, "a")
    with pytest.raises(Denied):
        branching.merge_up(editor, side, {})
    branching.merge_up(admin, side, {})
    assert tables(main) == ["a"]
    branching.archive(editor, side, True)
    with pytest.raises(Denied, match="archived"):
        add(editor, side, "b")
    branching.archive(editor, side, False)
    add(editor, side, "b")
    with pytest.raises(Invalid, match="first branch"):
        branching.archive(admin, main, True)
    with pytest.raises(Invalid, match="already"):
        branching.create(editor, main, "side")
    with pytest.raises(Invalid, match="already"):
        branching.rename(editor, side, "main")
    branching.rename(editor, side, "aside")
    assert [each.name for each in branching.of_project(main)] == ["main", "aside"]


def test_a_project_goes_with_all_its_branches(everybody, main):
    owner = everybody.owner
    branching.create(owner, branching.create(owner, main, "one"), "two")
    projects.delete(owner, main.project.public_id)
    assert not Branch.objects.filter(project=main.project_id).exists()
    assert not Project.objects.filter(pk=main.project_id).exists()


@pytest.mark.parametrize("seed", range(4))
def test_random_branching_ends_alike_once_everything_is_merged(everybody, main, seed):
    me = everybody.editor
    roll = random.Random(seed)
    add(me, main, "start")
    sides = [branching.create(me, main, name) for name in ("x", "y")]
    for step in range(24):
        side = roll.choice(sides)
        side.refresh_from_db()
        match roll.randrange(4):
            case 0:
                add(me, main, f"m{step}")
            case 1:
                add(me, side, f"s{step}")
            case 2:
                branching.update(me, side, {})
            case 3:
                branching.merge_up(me, side, {})
        main.refresh_from_db()
    for _ in range(2):
        for side in sides:
            side.refresh_from_db()
            branching.update(me, side, {})
            side.refresh_from_db()
            branching.merge_up(me, side, {})
    main.refresh_from_db()
    expected = branches.load(main)[0]
    for side in sides:
        side.refresh_from_db()
        branching.update(me, side, {})
        side.refresh_from_db()
        assert branches.load(side)[0] == expected
        assert branching.standing(side).behind == 0
