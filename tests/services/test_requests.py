"""Change requests: who may do what, what stands in the way of a merge, and what the checks see."""

from __future__ import annotations

import pytest

from designer.commands.contract import edit, replace
from designer.commands.tables import add_table
from designer.models import Branch, ChangeRequest
from designer.schema import Design, Table, seeded_ids
from designer.services import branches, branching, check_subject, checks, comparing, requests
from designer.services.errors import Denied, Invalid, NotFound
from tests.accounts import People

pytestmark = pytest.mark.django_db


def add(user, branch: Branch, name: str) -> None:
    ids = seeded_ids(name)
    branches.run_command(user, branch, lambda design: add_table(design, "model", name, ids))
    branch.refresh_from_db()


def rename(user, branch: Branch, table: str, name: str) -> None:
    def command(design: Design):
        return edit(design, f"Rename {table}", [replace(design[table], name=name)])

    branches.run_command(user, branch, command)
    branch.refresh_from_db()


@pytest.fixture
def side(everybody: People) -> Branch:
    made = branching.create(everybody.editor, everybody.branch, "side")
    rename(everybody.editor, made, "posts", "articles")
    return made


@pytest.fixture
def asked(everybody: People, side: Branch) -> ChangeRequest:
    return requests.open_one(everybody.editor, side, "  Call posts   articles ", "Because **everybody** does.")


def again(found: ChangeRequest, everybody: People) -> ChangeRequest:
    return requests.find(everybody.owner, everybody.branch, found.number)


def seen(found: ChangeRequest) -> tuple[int, int]:
    return Branch.objects.get(pk=found.target_id).head, Branch.objects.get(pk=found.branch_id).head


def test_a_request_is_opened_once_where_there_is_something_to_merge(everybody, side, asked):
    assert (asked.number, asked.title, asked.target) == (1, "Call posts articles", everybody.branch)
    with pytest.raises(Invalid, match="open already"):
        requests.open_one(everybody.editor, side, "Again")
    with pytest.raises(Invalid, match="first branch"):
        requests.open_one(everybody.editor, everybody.branch, "Main")
    with pytest.raises(Invalid, match="nothing that main has not"):
        requests.open_one(everybody.editor, branching.create(everybody.editor, everybody.branch, "empty"), "Nothing")
    with pytest.raises(Denied):
        requests.open_one(everybody.viewer, side, "No")
    with pytest.raises(NotFound):
        requests.find(everybody.stranger, everybody.branch, 1)


def test_a_merge_needs_the_approvals_that_the_project_asks_for(everybody, asked):
    with pytest.raises(Denied):
        checks.set_rules(everybody.editor, asked.project, {"approvals": "1"})
    checks.set_rules(everybody.owner, asked.project, {"approvals": "1", "lint": "error", "forms": "on"})
    asked = again(asked, everybody)
    assert requests.standing(asked).missing == ("1 approval more of the branch as it is now.",)
    with pytest.raises(Denied, match="Somebody else"):
        requests.review(everybody.editor, asked, "approved", "", asked.branch.head)
    with pytest.raises(Denied):
        requests.review(everybody.viewer, asked, "approved", "", asked.branch.head)
    requests.review(everybody.reviewer, asked, "approved", "Good.", asked.branch.head)
    assert requests.standing(asked).ready
    add(everybody.editor, asked.branch, "late")
    asked = again(asked, everybody)
    (opinion,) = requests.opinions(asked)
    assert opinion.stale
    with pytest.raises(Invalid, match="cannot be merged yet"):
        requests.merge(everybody.editor, asked, {}, seen(asked))
    requests.review(everybody.reviewer, asked, "approved", "", asked.branch.head)
    branching.protect(everybody.owner, Branch.objects.get(pk=asked.target_id), True)
    asked = again(asked, everybody)
    requests.merge(everybody.editor, asked, {}, seen(asked))
    assert (asked.state, asked.merged_version) == ("merged", Branch.objects.get(pk=asked.target_id).head)
    names = {each.name for each in branches.load(Branch.objects.get(pk=asked.target_id))[0].of(Table)}
    assert names == {"users", "articles", "late"}
    with pytest.raises(Invalid, match="merged already"):
        requests.merge(everybody.editor, again(asked, everybody), {}, seen(asked))


def test_asking_for_changes_stops_a_merge_until_it_is_taken_back(everybody, asked):
    with pytest.raises(Invalid, match="Say what"):
        requests.review(everybody.reviewer, asked, "changes", " ", asked.branch.head)
    requests.review(everybody.reviewer, asked, "changes", "Call it entries.", asked.branch.head)
    assert requests.standing(asked).missing == ("reviewer asked for changes.",)
    rename(everybody.editor, asked.branch, "posts", "entries")
    assert requests.standing(again(asked, everybody)).missing == ("reviewer asked for changes.",)
    requests.review(everybody.reviewer, asked, "approved", "", asked.branch.head)
    assert requests.standing(again(asked, everybody)).ready


def test_a_draft_waits_and_a_closed_request_can_be_opened_again(everybody, asked):
    requests.edit(everybody.editor, asked, asked.title, asked.description, draft=True)
    assert requests.standing(asked).missing == ("It is a draft still.",)
    requests.close(everybody.editor, asked)
    with pytest.raises(Invalid, match="closed"):
        requests.edit(everybody.editor, asked, "x", "", draft=False)
    requests.reopen(everybody.editor, asked)
    requests.edit(everybody.editor, asked, asked.title, "", draft=False)
    assert requests.standing(asked).ready


def test_conflicts_are_decided_with_the_merge(everybody, asked):
    rename(everybody.owner, everybody.branch, "posts", "entries")
    asked = again(asked, everybody)
    (conflict,) = branching.union_up(asked.branch).conflicts
    assert [each.code for each in requests.standing(asked).checks if not each.passed] == ["conflicts"]
    with pytest.raises(Invalid, match="must be decided first"):
        requests.merge(everybody.editor, asked, {}, seen(asked))
    assert again(asked, everybody).state == "open"
    shown = comparing.state(asked.branch, comparing.MERGED)
    checked = check_subject.subject_of(asked.branch, asked.target).after
    assert shown.design == checked
    assert shown.design["posts"].name == "entries"  # undecided: as the target has it, for the migration and the checks
    assert "1 conflict undecided" in shown.title
    requests.merge(everybody.editor, asked, {conflict.key: "theirs"}, seen(asked))
    assert again(asked, everybody).state == "merged"


def test_checks_see_what_a_branch_makes_worse(everybody, asked):
    rules = checks.Rules(lint="warning", definitions=True)
    bare = Table(id="nokey", parent="model", name="no_key")  # without columns, and so without a primary key
    branches.run_command(everybody.editor, asked.branch, lambda design: edit(design, "Add a bare table", [bare]))
    asked = again(asked, everybody)
    found = {each.code: each for each in checks.run(asked.branch, asked.target, rules)}
    assert found["forms"].passed
    assert not found["lint"].passed
    assert any("no_key" in line for line, _ in found["lint"].lines)
    assert found["definitions"].blocks
    assert all("posts" not in line for line, _ in found["lint"].lines)  # what was there before is nobody's fault now


def test_people_talk_in_threads(everybody, asked):
    first = requests.comment(everybody.reviewer, asked, "Why?", element="posts")
    answer = requests.comment(everybody.editor, asked, "See above.", thread=first.pk)
    deeper = requests.comment(everybody.reviewer, asked, "Ah.", thread=answer.pk)
    assert (answer.thread_id, deeper.thread_id, deeper.element) == (first.pk, first.pk, "posts")
    requests.settle(everybody.editor, asked, first.pk, True)
    (thread,) = requests.threads(asked)
    assert (thread.resolved_by, thread.answers.count()) == ("editor", 2)
    with pytest.raises(Denied):
        requests.comment(everybody.viewer, asked, "Me too")
    with pytest.raises(Invalid):
        requests.comment(everybody.reviewer, asked, "  ")
    with pytest.raises(NotFound):
        requests.comment(everybody.reviewer, asked, "x", thread=first.pk + 99)


def test_only_those_who_may_comment_are_asked_to_review(everybody, asked):
    requests.ask(everybody.editor, asked, [everybody.reviewer.pk])
    assert list(asked.reviewers.all()) == [everybody.reviewer]
    with pytest.raises(Invalid):
        requests.ask(everybody.editor, asked, [everybody.stranger.pk])


def test_a_branch_that_is_merged_past_its_request_takes_the_request_along(everybody, asked):
    requests.merge_branch(everybody.editor, asked.branch, {}, seen(asked))
    asked = again(asked, everybody)
    assert (asked.state, asked.merged_version) == ("merged", Branch.objects.get(pk=asked.target_id).head)
