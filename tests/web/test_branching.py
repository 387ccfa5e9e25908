"""The page of branches: what people see and do there, and a merge with a conflict."""

from __future__ import annotations

import pytest

from designer.commands.contract import edit, replace
from designer.models import Branch
from designer.schema import Design, Table
from designer.services import branches, branching
from tests.accounts import People, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> People:
    return people()


def rename(user, branch: Branch, old: str, new: str) -> None:
    def command(design: Design):
        table = next(each for each in design.of(Table) if each.name == old)
        return edit(design, f"Rename {old}", [replace(table, name=new)])

    branches.run_command(user, branch, command)


def names(branch: Branch) -> list[str]:
    branch.refresh_from_db()
    return sorted(each.name for each in branches.load(branch)[0].of(Table))


def test_a_branch_is_made_listed_and_opened(client, team):
    client.force_login(team.editor)
    here = f"/d/{team.branch.public_id}/branches"
    assert "A branch is a design of its own" in client.get(here).content.decode()
    answer = client.post(f"{here}/create", {"name": "loyalty"}, headers={"HX-Request": "true"})
    made = Branch.objects.get(name="loyalty")
    assert answer.headers["HX-Redirect"] == f"/d/{made.public_id}/"
    again = client.post(f"{here}/create", {"name": "loyalty"}, headers={"HX-Request": "true"}).content.decode()
    assert "There is a branch named loyalty already; choose another name." in again
    assert "A version is a number" in client.post(f"{here}/create", {"name": "x", "version": "one"}).content.decode()
    rename(team.editor, made, "posts", "articles")
    page = client.get(here).content.decode()
    assert "<b>1</b> ahead" in page
    assert f"/d/{made.public_id}/branches/up" in page
    assert "loyalty" in client.get(f"/d/{made.public_id}/").content.decode()


def test_a_merge_shows_what_comes_and_asks_what_it_cannot_know(client, team):
    client.force_login(team.editor)
    side = branching.create(team.editor, team.branch, "side")
    rename(team.editor, side, "posts", "articles")
    rename(team.editor, team.branch, "posts", "entries")
    address = f"/d/{side.public_id}/branches/up"
    page = client.get(address).content.decode()
    assert "1 conflict to decide" in page
    assert "articles" in page
    assert "entries" in page
    key = branching.merge_of(team.editor, Branch.objects.get(pk=side.pk)).conflicts[0].key
    seen = {"seen": f"{Branch.objects.get(pk=team.branch.pk).head}-{Branch.objects.get(pk=side.pk).head}"}
    assert "1 conflict of this merge must be decided first." in client.post(address, seen).content.decode()
    stale = client.post(address, {"seen": "1-1", f"choice:{key}": "theirs"}).content.decode()
    assert "Somebody has edited one of the branches meanwhile" in stale
    done = client.post(address, {**seen, f"choice:{key}": "theirs"})
    assert done.headers["Location"] == f"/d/{team.branch.public_id}/"
    assert names(team.branch) == ["articles", "users"]
    assert "Nothing: Blog" not in client.get(address).content.decode()
    assert "has everything that <bdi>side</bdi> has" in client.get(address).content.decode()


def test_a_branch_is_put_away_renamed_and_protected(client, team):
    client.force_login(team.owner)
    side = branching.create(team.owner, team.branch, "side")
    address = f"/d/{side.public_id}/branches/change"
    assert "aside" in client.post(address, {"do": "rename", "name": "aside"}).content.decode()
    assert "archived" in client.post(address, {"do": "archive"}).content.decode()
    assert client.post(f"/d/{side.public_id}/changes", {}, content_type="application/json").status_code in (400, 403)
    assert "Let everybody edit it" in client.post(address, {"do": "protect"}).content.decode()
    assert "Choose what to do" in client.post(address, {"do": "burn"}).content.decode()
    client.force_login(team.editor)
    assert "you must be an administrator" in client.post(address, {"do": "open"}).content.decode()
    client.force_login(team.viewer)
    assert "Make the branch" not in client.get(f"/d/{side.public_id}/branches").content.decode()
    assert client.post(f"/d/{side.public_id}/branches/up", {"seen": "1-1"}).status_code == 403
