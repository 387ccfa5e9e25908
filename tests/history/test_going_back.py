"""Restoring a version gives the very design of it; reverting a merged request gives what was there before."""

from __future__ import annotations

from random import Random

import pytest

from designer.commands.contract import edit, replace
from designer.models import Branch, ChangeRequest
from designer.schema import Column, ForeignKey, Placement, Schema, Table
from designer.services import branches, branching, releases, requests, reverting, versions
from designer.services.errors import Denied, Invalid, NotFound
from designer.services.states import design_at
from tests.accounts import People
from tests.history.stories import change_something

pytestmark = pytest.mark.django_db


def put(user, branch: Branch, record: str, **fields) -> None:
    branches.run_command(user, branch, lambda design: edit(design, "Set", [replace(design[record], **fields)]))
    branch.refresh_from_db()


def merged(everybody: People, branch: Branch, title: str) -> ChangeRequest:
    branch.refresh_from_db()
    made = requests.open_one(everybody.editor, branch, title)
    made.project.review_rules = {"lint": "never", "forms": ""}
    made.project.save()
    target = Branch.objects.get(pk=made.target_id)
    union = branching.union_up(Branch.objects.get(pk=branch.pk))
    sides = {each.key: "theirs" for each in union.conflicts}
    requests.merge(
        everybody.owner, requests.find(everybody.owner, target, made.number), sides, (target.head, branch.head)
    )
    return requests.find(everybody.owner, target, made.number)


@pytest.mark.parametrize("seed", range(3))
def test_restoring_gives_the_very_design_and_reverting_what_was_before(everybody: People, seed: int) -> None:
    random, main = Random(seed), everybody.branch
    for number in range(12):
        change_something(everybody.owner, main, random, number)
    side = branching.create(everybody.editor, main, "side", 5)
    for number in range(20, 30):
        change_something(everybody.editor, side, random, number)
    before = design_at(main, main.head)
    done = merged(everybody, side, "Many things")
    main.refresh_from_db()
    back = reverting.revert(everybody.editor, done)
    assert design_at(back.branch, back.branch.head) == before
    for wanted in random.sample(range(1, main.head), 3):
        then = design_at(main, wanted)
        releases.restore(everybody.owner, main, wanted)
        main.refresh_from_db()
        assert design_at(main, main.head) == then


def test_going_back_says_why_not_and_makes_a_branch_of_a_protected_one(everybody: People) -> None:
    main = everybody.branch
    put(everybody.owner, main, "users2", comment="x")
    versions.give_name(everybody.owner, main, "1.0", "", 1)
    with pytest.raises(Denied):
        releases.restore(everybody.viewer, main, 1)
    with pytest.raises(Invalid, match="no version 99"):
        releases.restore(everybody.owner, main, 99)
    with pytest.raises(Invalid, match="as it was at version 2"):
        releases.restore(everybody.owner, main, 2)
    branching.protect(everybody.owner, main, True)
    main.refresh_from_db()
    done = releases.restore(everybody.editor, main, 1)
    assert (done.made, done.branch.name, done.branch.source) == (True, "Restore 1.0 (version 1)", main)
    assert design_at(done.branch, done.branch.head) == design_at(main, 1)
    assert releases.restore(everybody.editor, main, 1).branch.name == "Restore 1.0 (version 1) 2"


def test_a_revert_keeps_what_was_changed_since_and_says_so(everybody: People) -> None:
    main = everybody.branch
    side = branching.create(everybody.editor, main, "side")
    put(everybody.editor, side, "users2", type="varchar", comment="where to write to")
    new = Column(id="fresh", parent="posts", name="title", type="text", order="M")
    branches.run_command(everybody.editor, side, lambda design: edit(design, "Add", [new]))
    done = merged(everybody, side, "Titles")
    main.refresh_from_db()
    put(everybody.owner, main, "users2", type="uuid")
    put(everybody.owner, main, "fresh", comment="newer")
    made = reverting.revert(everybody.editor, done)
    assert (made.title, made.reverts, made.target) == ("Revert #1 Titles", done, main)
    assert "users.email: type stays uuid" in made.description
    assert "column posts.title stays" in made.description
    design = design_at(made.branch, made.branch.head)
    assert (design["users2"].type, design["users2"].comment, design["fresh"].comment) == ("uuid", "", "newer")
    with pytest.raises(Invalid, match="#2 reverts it and is open"):
        reverting.revert(everybody.editor, done)
    requests.close(everybody.editor, made)
    put(everybody.owner, main, "users2", comment="another")
    with pytest.raises(Invalid, match="Nothing is left"):
        reverting.revert(everybody.editor, done)
    with pytest.raises(Invalid, match="Only a merged"):
        reverting.revert(everybody.editor, made)
    with pytest.raises(Denied):
        reverting.revert(everybody.reviewer, done)


def test_a_revert_takes_away_what_only_its_schema_would_keep(everybody: People) -> None:
    main = everybody.branch
    side = branching.create(everybody.editor, main, "side")
    new = [
        Schema(id="sales", parent="model", name="sales"),
        *(Table(id=f"tab{n}", parent="sales", name=f"s{n}", order=f"{n}1") for n in range(3)),
        *(Column(id=f"col{n}", parent=f"tab{n}", name="id", type="bigint", order="A") for n in range(3)),
        *(Placement(id=f"plc{n}", parent="diagram", element=f"tab{n}") for n in range(3)),
        ForeignKey(id="fkey", parent="tab1", columns=("col1",), ref_table="tab0", ref_columns=("col0",)),
    ]
    branches.run_command(everybody.editor, side, lambda design: edit(design, "Add", new))
    done = merged(everybody, side, "Sales")
    put(everybody.owner, main, "tab1", comment="newer")
    put(everybody.owner, main, "plc2", x=700)
    made = reverting.revert(everybody.editor, done)
    left = design_at(made.branch, made.branch.head)
    assert {each.id for each in left.of(Table)} == {"users", "posts", "tab0", "tab1"}
    assert {"sales", "col0", "col1", "fkey"} <= set(left) and not {"col2", "plc2"} & set(left)
    assert "table sales.s1 stays" in made.description and "s2" not in made.description


def test_a_revert_can_be_reverted(everybody: People) -> None:
    main = everybody.branch
    side = branching.create(everybody.editor, main, "side")
    put(everybody.editor, side, "users2", comment="new")
    done = merged(everybody, side, "Comment")
    back = reverting.revert(everybody.editor, done)
    again = reverting.revert(everybody.editor, _merge(everybody, back))
    assert again.title == "Revert #2 Revert #1 Comment"
    assert design_at(again.branch, again.branch.head)["users2"].comment == "new"


def _merge(everybody: People, request: ChangeRequest) -> ChangeRequest:
    target = Branch.objects.get(pk=request.target_id)
    found = requests.find(everybody.owner, target, request.number)
    requests.merge(everybody.owner, found, {}, (target.head, found.branch.head))
    return found


def test_a_merge_that_brought_nothing_is_not_reverted(everybody: People) -> None:
    main = everybody.branch
    side = branching.create(everybody.editor, main, "side")
    put(everybody.editor, side, "users2", comment="same")
    put(everybody.owner, main, "users2", comment="same")
    with pytest.raises(Invalid, match="changed nothing"):
        reverting.revert(everybody.editor, merged(everybody, side, "Same"))


def test_a_release_knows_the_one_before_it_and_what_it_brought(everybody: People) -> None:
    main = everybody.branch
    first = versions.give_name(everybody.owner, main, "1.0")
    side = branching.create(everybody.editor, main, "side")
    put(everybody.editor, side, "users2", type="uuid")
    second = versions.give_name(everybody.editor, side, "2 / beta", "Notes")
    assert (releases.previous(second), releases.previous(first)) == (first, None)
    assert [group.head.text for group in releases.brought(second, first)] == ["table users"]
    assert releases.find(side, releases.address_of(second)) == second
    assert releases.find(main, "1.0") == first
    with pytest.raises(NotFound):
        releases.find(main, "2 / beta")
    assert releases.file(main, 1, "design").name == "Blog-1.0.wholekey.json"
    assert b"CREATE TABLE" in releases.file(main, 1, "ddl").content
    versions.mark(everybody.owner, main, first.pk, "production")
    assert [(each.place, now) for each, now in releases.runs_on(first)] == [("production", True)]
    with pytest.raises(Denied):
        releases.edit_note(everybody.viewer, first, "x")
