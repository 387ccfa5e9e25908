"""What the diagram is told of a review: words, the way to either state, conflicts, and the parts of the page of a request."""

from __future__ import annotations

import json

import pytest

from designer.change import apply, change_from, diff
from designer.commands.contract import edit, replace
from designer.models import Branch, ChangeRequest
from designer.schema import Column, Design, Table
from designer.services import branches, branching, request_parts, requests, reviewing
from designer.services.reviewing import Look
from designer.services.reviewing_words import told
from designer.services.states import design_at
from tests.accounts import People, people, two_tables
from tests.nasty import NAMES

pytestmark = pytest.mark.django_db


def put(user, branch: Branch, *, removed: tuple[str, ...] = (), **fields: dict) -> None:
    """Set fields of records by their ids, and remove others."""

    def command(design: Design):
        return edit(design, "x", [replace(design[each], **values) for each, values in fields.items()], removed)

    branches.run_command(user, branch, command)
    branch.refresh_from_db()


@pytest.fixture
def team() -> People:
    return people()


@pytest.fixture
def side(team: People) -> Branch:
    """A branch with a table renamed and a type changed."""
    team.branch.project.review_rules = {"lint": ""}  # the name is meant to look odd
    team.branch.project.save()
    made = branching.create(team.editor, team.branch, "side <b>")
    put(team.editor, made, posts={"name": "articles <i>"}, users2={"type": "citext"})
    return made


def test_the_panel_says_each_change_and_the_states_lead_to_both_sides(client, team, side):
    client.force_login(team.viewer)
    here = f"/d/{side.public_id}/reviewing"
    panel = client.get(here, {"compare": "base"}).content.decode()
    assert "table articles &lt;i&gt;" in panel
    assert "<del>text</del>" in panel
    assert "<ins>citext</ins>" in panel
    assert 'data-change="users"' in panel
    assert panel.count('data-diagrams="diagram"') == 2
    answer = client.get(f"{here}/states", {"compare": "base", "at": side.head}).json()
    assert apply(design_at(side, side.head), change_from(answer["before"])) == two_tables()
    assert answer["after"] is None
    fixed = client.get(
        f"{here}/states", {"compare": f"{side.public_id}:v1", "to": f"{team.branch.public_id}:v1"}
    ).json()
    assert apply(design_at(side, side.head), change_from(fixed["after"])) == two_tables()
    for query in ({"compare": "x:now"}, {"review": "9"}, {"review": "<i>"}, {"compare": "v99"}, {"compare": "0x1"}):
        assert client.get(here, query).status_code == 404, query
    assert client.get(f"{here}/states", {"at": "99"}).status_code == 400


@pytest.mark.parametrize("where", ["before", "after"])
def test_nasty_names_are_told_as_they_are(where):
    design = two_tables()
    nasty = [Table(id=f"nasty{at}", parent="model", name=name) for at, name in enumerate(NAMES)]
    nasty += [Column(id=f"part{at}", parent=f"nasty{at}", name=name, type=name) for at, name in enumerate(NAMES)]
    other = design.changed((), nasty)
    old, new = (other, design) if where == "before" else (design, other)
    found = told(old, diff(old, new), new)
    assert len(found.groups) == len(NAMES)
    assert found.nowhere == len(NAMES)
    assert len({each.key for each in found.groups}) == len(NAMES)
    assert all(each.lines[0].record.startswith("part") for each in found.groups)


def test_a_column_that_moves_is_told_at_both_tables(team, side):
    put(team.editor, side, users2={"parent": "posts"})
    seen = reviewing.sides(team.editor, side, Look())
    groups = {each.about: each for each in reviewing.words(side, seen).groups}
    assert [(each.mark, each.old, each.new) for each in groups["users"].lines] == [("moved", "users", "articles <i>")]
    assert [each.mark for each in groups["posts"].lines] == ["moved", "changed", "changed"]


def test_conflicts_are_asked_with_what_was_and_decided_for_versions_that_were_seen(client, team, side):
    put(team.editor, side, removed=("posts1",))
    put(team.owner, team.branch, users2={"type": "varchar(9)"}, posts1={"name": "key"})
    client.force_login(team.editor)
    here = f"/d/{side.public_id}/reviewing?resolve=down"
    panel = client.get(here).content.decode()
    assert 'It was: <span class="review-value">text</span>' in panel
    assert 'data-conflict="field:users2:type"' in panel
    assert 'data-conflict="removed:posts1"' in panel
    answer = client.get(here.replace("?", "/states?")).json()
    assert answer["seen"] == f"{side.head}-{team.branch.head}"
    theirs = apply(design_at(side, side.head), change_from(answer["theirs"]))
    assert theirs == design_at(team.branch, team.branch.head)
    choices = {
        "do": "merge",
        "seen": answer["seen"],
        "choice:field:users2:type": "theirs",
        "choice:removed:posts1": "ours",
    }
    stale = client.post(here, {**choices, "seen": "1-1"})
    assert (stale.status_code, "meanwhile" in stale.content.decode()) == (422, True)
    partly = client.post(here, {"do": "merge", "seen": answer["seen"]})
    assert "2 conflicts of this merge must be decided first." in partly.content.decode()
    done = client.post(here, choices)
    assert json.loads(done.headers["HX-Trigger"])["wholekey:committed"]["version"] == side.head + 1
    assert 'data-view="changes"' in done.content.decode()
    side.refresh_from_db()
    made = design_at(side, side.head)
    assert (made["users2"].type, "posts1" in made) == ("varchar(9)", False)


def test_the_side_that_loses_a_name_gets_another(team):
    side = branching.create(team.editor, team.branch, "names")
    for user, branch, key in ((team.editor, side, "mine"), (team.owner, team.branch, "yours")):
        branches.run_command(user, branch, lambda d, k=key: edit(d, "x", [Table(id=k, parent="model", name="tags")]))
    side.refresh_from_db()
    union = branching.update_of(team.editor, side)
    (conflict,) = union.conflicts
    for choice, renamed in (("ours", "yours"), ("theirs", "mine")):
        made = branching.outcome(union, {conflict.key: choice})
        assert sorted(made[each].name for each in ("mine", "yours")) == ["tags", "tags_2"]
        assert made[renamed].name == "tags_2"


def test_a_review_is_given_in_the_panel_and_a_request_merged_there(client, team, side):
    found = requests.open_one(team.editor, side, "Ask")
    client.force_login(team.reviewer)
    here = f"/d/{side.public_id}/reviewing?review={found.number}"
    bad = client.post(here, {"do": "review", "verdict": "changes", "version": side.head})
    assert (bad.status_code, "Say what should be changed." in bad.content.decode()) == (422, True)
    client.post(here, {"do": "review", "verdict": "approved", "body": "<b>", "version": side.head})
    assert "&lt;b&gt;" in client.get(f"{here}&part=standing").content.decode()
    merge = {"do": "merge", "seen": f"{team.branch.head}-{side.head}"}
    assert client.post(f"{here}&resolve=up", merge).status_code == 422
    client.force_login(team.editor)
    done = client.post(f"{here}&resolve=up", merge)
    assert done.headers["HX-Redirect"] == f"/d/{side.public_id}/requests/{found.number}"
    assert ChangeRequest.objects.get().state == "merged"
    panel = client.get(here).content.decode()
    assert "articles &lt;i&gt;" in panel
    answer = client.get(here.replace("?", "/states?")).json()
    before = apply(design_at(side, side.head), change_from(answer["before"]))
    assert before["posts"].name == "posts"
    assert "articles &lt;i&gt;" in client.get(f"/d/{side.public_id}/requests/1").content.decode()


def test_the_migration_of_a_request_is_taken_out_up_and_down(client, team, side):
    found = requests.open_one(team.editor, side, "Ask")
    client.force_login(team.viewer)
    here = f"/d/{side.public_id}/requests/{found.number}"
    up = client.get(f"{here}/migration/model/up")
    assert 'RENAME TO "articles <i>"' in up.content.decode()
    assert up.headers["Content-Disposition"].startswith("attachment")
    assert "RENAME TO posts" in client.get(f"{here}/migration/model/down").content.decode()
    assert client.get(f"{here}/migration/nothing/up").status_code == 404
    assert client.get(f"{here}/migration/model/sideways").status_code == 404
    page = client.get(here).content.decode()
    assert f"{here}/migration/model/down" in page
    assert 'id="change-users"' in page
    assert 'href="#change-users"' in page


def test_a_large_request_comes_part_by_part(client, team, side, monkeypatch):
    found = requests.open_one(team.editor, side, "Ask")
    client.force_login(team.editor)
    monkeypatch.setattr(request_parts, "MANY", 1)
    asked: list[str] = []
    monkeypatch.setattr(request_parts.background, "submit", lambda work, *rest: asked.append(rest[1]))
    here = f"/d/{side.public_id}/requests/{found.number}"
    page = client.get(here).content.decode()
    assert "?part=changes" in page
    assert "is being worked out" in page
    assert len(asked) == 1
    assert "is being worked out" in client.get(f"{here}?part=changes").content.decode()
    assert len(asked) == 1  # it is under way
    assert "articles" in client.get(f"{here}?whole=1").content.decode()
    request_parts._work_out(requests.find(team.editor, side, found.number), asked[0])
    part = client.get(f"{here}?part=changes").content.decode()
    assert "articles" in part
    assert "<html" not in part
    assert "Nothing stands in the way." in client.get(f"{here}?part=side").content.decode()


def test_requests_are_found_by_state_people_and_words(client, team, side):
    first = requests.open_one(team.editor, side, "Loyalty 100% <i>", "Points for everybody")
    requests.ask(team.editor, first, [team.reviewer.pk])
    here = f"/d/{side.public_id}/requests"

    def shown(user, **query: str) -> bool:
        client.force_login(user)
        return "Loyalty 100% &lt;i&gt;" in client.get(here, query).content.decode()

    assert shown(team.viewer)
    assert shown(team.editor, whose="mine")
    assert not shown(team.viewer, whose="mine")
    assert shown(team.reviewer, whose="asked")
    assert not shown(team.editor, whose="asked")
    assert not shown(team.viewer, state="merged")
    assert all(shown(team.viewer, q=words) for words in ("points", "#1", "1", "100%", "side <b>", "editor"))
    assert not any(shown(team.viewer, q=words) for words in ("pointless", "#2", "10_%"))
    assert shown(team.viewer, state="<b>", whose="?", page="-1")
    page = client.get(here, {"q": '"><script>'}).content.decode()
    assert "<script>x" not in page
    assert "is like that" in page


def test_the_branches_lead_to_their_changes_and_their_request(client, team, side):
    requests.open_one(team.editor, side, "Ask")
    client.force_login(team.editor)
    page = client.get(f"/d/{side.public_id}/branches").content.decode()
    assert f"/d/{side.public_id}/?compare=base" in page
    assert "Change request #1" in page


def test_what_goes_with_a_type_is_not_asked_beside_it(team, side):
    put(team.editor, side, users2={"type": "varchar(9)", "logical": "string(9)"})
    put(team.owner, team.branch, users2={"type": "integer", "logical": "integer(32)"})
    side.refresh_from_db()
    union = branching.update_of(team.editor, side)
    assert [each.field for each in union.conflicts] == ["logical", "type"]
    (asked,) = branching.asked(union.conflicts)
    for choice, logical in (("ours", "string(9)"), ("theirs", "integer(32)")):
        assert branching.outcome(union, {asked.key: choice})["users2"].logical == logical
    branching.update(team.editor, side, {asked.key: "theirs"})
    side.refresh_from_db()
    assert design_at(side, side.head)["users2"].type == "integer"
