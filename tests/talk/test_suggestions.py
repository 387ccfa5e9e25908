"""Suggested changes: proposed without the right to edit, applied once, over what came since, or not with a reason."""

from __future__ import annotations

import pytest

from designer.change import change_encode
from designer.commands.columns import add_column, set_type
from designer.commands.edit import delete, rename, set_fields
from designer.models import LogEntry
from designer.services import branches, branching, suggestions, talk
from designer.services.errors import Denied, Invalid
from designer.services.states import design_at
from designer.services.talk import Anchor
from tests.accounts import people

pytestmark = pytest.mark.django_db


def proposed(team, command, branch=None, body="Like this?"):
    """Return the comment of the reviewer that suggests what a command does to the head."""
    on = branch or team.branch
    change = change_encode(command(design_at(on, on.head)).change)
    return talk.say(team.reviewer, on, body, Anchor("users2"), suggestion=suggestions.made(on, on.head, change))


def edit(team, command):
    branches.run_command(team.editor, team.branch, command)


def test_a_suggestion_is_kept_and_not_committed():
    team = people()
    made = proposed(team, lambda design: set_type(design, "users2", "varchar(320)"))
    assert made.suggested_on == team.branch.head
    assert made.suggestion_label == "table users: column email: type text → varchar(320)"
    assert LogEntry.objects.count() == 1
    [group] = suggestions.shown(made)
    assert group.head.text == "table users"
    assert any("varchar(320)" in line.text + line.new for line in group.lines)


def test_applied_once_by_an_editor_and_the_thread_is_resolved():
    team = people()
    made = proposed(team, lambda design: set_type(design, "users2", "varchar(320)"))
    with pytest.raises(Denied):
        suggestions.apply_one(team.reviewer, made)
    edit(team, lambda design: rename(design, "posts", "articles"))
    done = suggestions.apply_one(team.editor, made)
    assert (made.applied_version, made.applied_by) == (done.version, "editor") == (3, "editor")
    assert made.resolved is not None
    entry = LogEntry.objects.get(version=3)
    assert (entry.author, entry.label) == (team.editor, f"Suggested by reviewer: {made.suggestion_label}")
    team.branch.refresh_from_db()
    after = design_at(team.branch, 3)
    assert (after["users2"].type, after["posts"].name) == ("varchar(320)", "articles")
    with pytest.raises(Invalid, match="editor has applied it already, as version 3"):
        suggestions.apply_one(team.owner, made)
    assert LogEntry.objects.count() == 3


@pytest.mark.parametrize(("since", "reason"), [
    (lambda design: set_type(design, "users2", "citext"), suggestions.GONE),
    (lambda design: delete(design, ["users2"]), suggestions.GONE),
    (lambda design: set_type(design, "users2", "varchar(320)"), suggestions.NOTHING),
])  # fmt: skip
def test_what_does_not_fit_any_more_says_so_and_stays_open(since, reason):
    team = people()
    made = proposed(team, lambda design: set_type(design, "users2", "varchar(320)"))
    edit(team, since)
    with pytest.raises(Invalid) as refused:
        suggestions.apply_one(team.editor, made)
    assert refused.value.message == reason
    made.refresh_from_db()
    assert (made.applied, made.resolved, LogEntry.objects.count()) == (None, None, 2)


def test_a_removal_that_somebody_forestalled_has_nothing_left():
    team = people()
    made = proposed(team, lambda design: delete(design, ["users2"]))
    edit(team, lambda design: delete(design, ["users2"]))
    with pytest.raises(Invalid, match="Nothing is left"):
        suggestions.apply_one(team.editor, made)


def test_several_at_once_make_what_can_be_made():
    team = people()
    ids = iter(["phone"])
    one = proposed(team, lambda design: add_column(design, "users", {"name": "phone"}, lambda: next(ids)))
    two = proposed(team, lambda design: set_fields(design, "users", {"comment": "People"}))
    three = proposed(team, lambda design: set_fields(design, "users", {"comment": "Accounts"}))
    done, left = suggestions.apply_many(team.editor, [three, two, one])
    assert (done, left) == ([one, two], [(three, suggestions.GONE)])
    after = design_at(team.branch, 3)
    assert (after["phone"].name, after["users"].comment) == ("phone", "People")


def test_a_protected_branch_takes_none():
    team = people()
    made = proposed(team, lambda design: rename(design, "users", "people"))
    branching.protect(team.owner, team.branch, True)
    made.branch.refresh_from_db()
    with pytest.raises(Denied, match="protected"):
        suggestions.apply_one(team.editor, made)


@pytest.mark.parametrize("text", [
    b"", b"[]", b"{}", b'{"added": 1}', b'{"changed": {"users2": {"type": ["bigint", "text"]}}}',
    b'{"changed": {"nobody": {"name": ["a", "b"]}}}', b'{"changed": {"users2": {"type": ["text", 7]}}}',
    b'{"added": {"k": {"kind": "column", "id": "k", "parent": "nowhere", "name": "x", "type": "text"}}}', b"{" * 5000,
])  # fmt: skip
def test_what_is_no_edit_of_this_design_is_refused(text):
    team = people()
    with pytest.raises(Invalid):
        suggestions.made(team.branch, team.branch.head, text)


def test_a_suggestion_has_a_size_and_a_version():
    team = people()
    with pytest.raises(Invalid, match="at most 256 kB"):
        suggestions.made(team.branch, 1, b"x" * (suggestions.LARGEST + 1))
    for version in (-1, 99):
        with pytest.raises(Invalid, match="no version"):
            suggestions.made(team.branch, version, b"{}")
