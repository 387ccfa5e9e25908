"""The checks on the page of a request, what can be done about them there, and the page of a project's rules."""

from __future__ import annotations

import pytest

from designer.commands.contract import edit
from designer.models import Acknowledgement
from designer.schema import Column
from designer.services import branches, branching, proving, requests
from tests.accounts import people
from tests.checks.test_proof import HOLDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return people()


def opened(team) -> str:
    """Return the address of a request that adds a column and drops another."""
    side = branching.create(team.editor, team.branch, "side")
    column = Column(id="colviews", parent="posts", name="PostViews", type="integer")
    branches.run_command(team.editor, side, lambda design: edit(design, "x", [column], ("users2",)))
    side.refresh_from_db()
    return f"/d/{side.public_id}/requests/{requests.open_one(team.editor, side, 'Views').number}"


def test_a_name_is_fixed_from_the_page(client, team):
    team.branch.project.review_rules = {"naming": True, "convention": {"case": "snake"}}
    team.branch.project.save()
    here = opened(team)
    client.force_login(team.editor)
    page = client.get(here).content.decode()
    assert 'id="check-naming"' in page
    assert "Names: 1 name against the convention" in page
    assert '?select=colviews">column posts.PostViews is not in snake_case' in page
    done = client.post(f"{here}/checks/act", {"do": "fix", "element": "colviews"})
    assert done.headers["HX-Refresh"] == "true"
    assert "all that is new keeps the convention" in client.get(f"{here}/checks").content.decode()
    client.force_login(team.reviewer)
    assert client.post(f"{here}/checks/act", {"do": "fix", "element": "colviews"}).status_code == 422


def test_hazards_are_taken_and_given_back_and_the_proof_is_run(client, team, monkeypatch):
    monkeypatch.setattr(proving, "prove_migration", lambda migration, watch: HOLDS)
    team.branch.project.review_rules = {"hazards": "danger", "proof": "always", "approvals": 1}
    team.branch.project.save()
    here = opened(team)
    client.force_login(team.reviewer)
    page = client.get(f"{here}/checks").content.decode()
    assert "load delay:4s" in page
    hazard = page.split('name="hazard" value="')[1].split('"')[0]
    refused = client.post(f"{here}/checks/act", {"do": "take", "hazard": hazard, "reason": ""})
    assert (refused.status_code, "Say why the hazard is taken" in refused.content.decode()) == (422, True)
    said = client.post(f"{here}/checks/act", {"do": "take", "hazard": hazard, "reason": "<b>Old</b> data."})
    assert "Taken by reviewer: &lt;b&gt;Old&lt;/b&gt; data." in said.content.decode()
    assert 'hx-select="#request-merge"' in said.content.decode()
    client.post(f"{here}/checks/act", {"do": "give_back", "hazard": hazard})
    assert not Acknowledgement.objects.exists()
    proven = client.post(f"{here}/checks/act", {"do": "prove"}).content.decode()
    assert "up and down on PostgreSQL 18.4" in proven
    assert client.post(f"{here}/checks/act", {"do": "dance"}).status_code == 422


def test_the_rules_show_what_they_would_do_before_they_are_kept(client, team):
    here = opened(team)
    client.force_login(team.owner)
    rules = f"/d/{team.branch.public_id}/requests/rules"
    page = client.get(f"{rules}?preset=strict").content.decode()
    assert "nothing is kept until you say so" in page
    assert "2 approvals more of the branch as it is now." in page
    assert "names" not in page.split("What this would do today")[0].split("<h1>")[0]
    team.branch.project.refresh_from_db()
    assert team.branch.project.review_rules == {}
    shown = client.post(f"{rules}/preview", {"approvals": "3", "case": "upper"}).content.decode()
    assert "3 approvals more" in shown
    assert "table posts is not in UPPER_CASE → " in shown.replace('<span class="mono">', "")
    assert "may be merged" in client.post(f"{rules}/preview", {"approvals": "0"}).content.decode()
    wrong = client.post(f"{rules}/preview", {"approvals": "0", "pattern_table": "("})
    assert (wrong.status_code, "is no regular expression" in wrong.content.decode()) == (422, True)
    kept = client.post(rules, {"approvals": "3"}, headers={"HX-Request": "true"})
    assert kept.headers["HX-Redirect"].endswith("/requests")
    client.force_login(team.editor)
    assert client.post(f"{rules}/preview", {"approvals": "3"}).status_code == 403
    assert client.get(here).status_code == 200
