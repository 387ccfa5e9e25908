"""Blame against a replay that remembers everything, and what it sees through."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet

from designer.commands.contract import edit, replace
from designer.models import Branch, LogEntry
from designer.services import blame, branches, branching, requests, touching
from designer.services.states import design_at
from tests.accounts import People
from tests.history.stories import random_history, replayed

pytestmark = pytest.mark.django_db


def put(user, branch: Branch, label: str, **fields) -> None:
    branches.run_command(user, branch, lambda design: edit(design, label, [replace(design["users2"], **fields)]))
    branch.refresh_from_db()


def of_type(branch: Branch) -> blame.Found:
    branch = Branch.objects.get(pk=branch.pk)
    return blame.blame(branch, branch.head, ["users2"])["users2", "type"]


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 40))])
def test_blame_names_the_entry_that_a_full_replay_names(everybody: People, seed: int) -> None:
    for branch in random_history(everybody, seed):
        for version in {branch.head, max(1, branch.head - 7)}:
            touching.forget()
            design, known = design_at(branch, version), replayed(branch, version)
            found = blame.blame(branch, version, list(design))
            said = {key: (hit.author.branch.pk, hit.author.version) for key, hit in found.items() if key[1]}
            assert said == {key: where for key, where in known.items() if key[0] in design}


def test_it_sees_through_nested_merges_and_updates_and_names_the_requests(everybody: People) -> None:
    main = everybody.branch
    outer = branching.create(everybody.editor, main, "outer")
    inner = branching.create(everybody.editor, outer, "inner")
    put(everybody.admin, inner, "Widen", type="uuid")
    first = requests.open_one(everybody.editor, inner, "Widen e-mails", "# Upper case\n\nAsked for by support.")
    requests.merge(everybody.owner, first, {}, (outer.head, inner.head))
    outer.refresh_from_db()
    second = requests.open_one(everybody.editor, outer, "All of it")
    requests.merge(everybody.owner, second, {}, (main.head, outer.head))
    assert (first.branch_version, first.merged_version) == (inner.head, outer.head)
    late = branching.create(everybody.editor, main, "late", 1)
    branching.update(everybody.editor, late, {})
    for branch in (main, late):
        hit = of_type(branch)
        assert (hit.old, hit.new, hit.author.name, hit.author.label) == ("text", "uuid", "admin", "Widen")
        assert [each.number for each in hit.author.requests] == [1, 2]
        assert hit.author.why == "Upper case"


@pytest.mark.parametrize("asked", [False, True])
def test_a_merge_of_an_old_log_that_names_no_branch_is_said_to_end_the_search(everybody: People, asked: bool) -> None:
    main = everybody.branch
    side = branching.create(everybody.editor, main, "side")
    put(everybody.admin, side, "Widen", type="uuid")
    if asked:
        requests.merge(everybody.owner, requests.open_one(everybody.editor, side, "Wider"), {}, (main.head, side.head))
    else:
        branching.merge_up(everybody.owner, side, {})
    assert not of_type(main).author.unfollowed
    QuerySet(LogEntry).filter(branch=main, merged_from=side).update(merged_from=None, merged_version=None)
    touching.forget()
    hit = of_type(main)
    assert (hit.author.name, hit.author.unfollowed, len(hit.author.requests)) == ("owner", True, int(asked))
    put(everybody.admin, main, "Merge sort and side", type="int")  # which is what an edit is called, not a branch
    assert not of_type(main).author.unfollowed


def test_an_undo_gives_the_value_back_to_who_made_it(everybody: People) -> None:
    branch = everybody.branch
    put(everybody.admin, branch, "Set type", type="uuid")
    put(everybody.editor, branch, "Set type", type="date")
    put(everybody.editor, branch, "Undo: Set type", type="uuid")
    assert (of_type(branch).author.name, of_type(branch).old) == ("admin", "text")
    branches.run_command(everybody.editor, branch, lambda design: edit(design, "Drop", [], ["users2"]))
    branch.refresh_from_db()
    dropped = design_at(branch, branch.head - 1)["users2"]
    branches.run_command(everybody.editor, branch, lambda design: edit(design, "Undo: Drop", [dropped]))
    assert of_type(branch).author.name == "admin"
    put(everybody.editor, branch, "Undo: nothing like it", type="never seen")
    assert of_type(branch).author.label == "Undo: nothing like it"


def test_a_story_tells_what_changed_since_the_record_came(everybody: People) -> None:
    branch = everybody.branch
    put(everybody.admin, branch, "Set comment", comment="where to write to")
    put(everybody.editor, branch, "Rename", name="mail")
    design = design_at(branch, branch.head)
    (story,) = blame.stories(branch, branch.head, ["users2"], design)
    assert [(line.field, line.found.old, line.found.new) for line in story.lines] == [
        ("name", "email", "mail"), ("comment", "", "where to write to"),
    ]  # fmt: skip
    assert story.created and story.created.author.label == "New design"
    assert story.last and story.last.author.name == "editor"
    assert set(blame.parts_of(design, "users")) == {"users", "users1", "users2", "userspk"}
