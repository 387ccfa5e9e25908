"""Members of a workspace, and roles for one project: who may give what to whom."""

from __future__ import annotations

import contextlib

import pytest
from django.contrib.auth import get_user_model

from designer.models import Membership, Project, ProjectRole, Role, Workspace
from designer.services import permissions, project_roles, projects, teams
from designer.services.errors import Denied, Invalid, NotFound, ServiceError
from designer.services.permissions import Right

ROLES = ("owner", "admin", "editor", "reviewer", "viewer")


@pytest.fixture
def team(everybody) -> Workspace:
    return everybody.branch.project.workspace


def roles(team: Workspace) -> dict[str, str]:
    return dict(Membership.objects.filter(workspace=team).values_list("user__username", "role"))


def test_who_may_do_something_is_asked_at_once_however_many_they_are(everybody, team, django_assert_max_num_queries):
    project = everybody.branch.project
    users = get_user_model()._default_manager
    for number, made in enumerate(users.bulk_create(users.model(username=f"member{each}") for each in range(50))):
        Membership.objects.create(workspace=team, user=made, role=ROLES[number % 5])
        if number % 3:
            ProjectRole.objects.create(project=project, user=made, role=("none", *ROLES[1:])[number % 4])
    for right in Right:
        with django_assert_max_num_queries(3):
            found = permissions.people(project, right)
        assert found == [each for each in users.order_by("pk") if (permissions.by_role(each, project) or 0) >= right]


MAY = {"owner": ROLES, "admin": ROLES[1:], "editor": (), "reviewer": (), "viewer": (), "stranger": ()}


@pytest.mark.parametrize("by", MAY)
def test_nobody_gives_more_than_he_has(everybody, team, by):
    user = getattr(everybody, by)
    Membership.objects.create(workspace=team, user=everybody.stranger, role=Role.OWNER)
    if by == "stranger":
        Membership.objects.filter(user=everybody.stranger, workspace=team).delete()
    for about in ROLES:
        for role in ROLES:
            before = roles(team)
            row = Membership.objects.get(workspace=team, user=getattr(everybody, about))
            allowed = role in MAY[by] and row.role in MAY[by]
            try:
                teams.change_role(user, team, row.user_id, role)
            except ServiceError:
                assert not allowed, (by, about, role)
                assert roles(team) == before
            else:
                assert allowed, (by, about, role)
                assert roles(team) == before | {about: role}
            Membership.objects.filter(pk=row.pk).update(role=row.role)


def test_nobody_raises_himself(everybody, team):
    for name in ROLES[1:]:
        user = getattr(everybody, name)
        with pytest.raises(Denied):
            teams.change_role(user, team, user.pk, "owner")
        for role in project_roles.GIVEN:
            with contextlib.suppress(ServiceError):
                project_roles.give(user, everybody.branch.project, user.pk, role)
            assert (permissions.by_role(user, everybody.branch.project) or 0) <= permissions.RIGHTS[name]


def test_the_last_owner_stays_one(everybody, team):
    owner = everybody.owner
    for act in (
        lambda: teams.leave(owner, team),
        lambda: teams.remove(owner, team, owner.pk),
        lambda: teams.change_role(owner, team, owner.pk, "viewer"),
    ):
        with pytest.raises(Invalid, match="last owner"):
            act()
    teams.change_role(owner, team, everybody.viewer.pk, "owner")
    teams.leave(owner, team)
    assert permissions.right_in(owner, team.pk) is None
    with pytest.raises(Denied):
        teams.remove(everybody.admin, team, everybody.viewer.pk)


def test_whoever_is_removed_loses_the_projects_too(everybody, team):
    project = everybody.branch.project
    project_roles.give(everybody.owner, project, everybody.viewer.pk, "editor")
    assert permissions.right_of(everybody.viewer, project) == Right.EDIT
    teams.remove(everybody.admin, team, everybody.viewer.pk)
    assert permissions.right_of(everybody.viewer, project) is None


def test_roles_of_a_project_hold_instead_of_those_of_the_workspace(everybody):
    project, owner = everybody.branch.project, everybody.owner
    for role, right in {**permissions.RIGHTS, "none": None}.items():
        if role != "owner":
            project_roles.give(owner, project, everybody.editor.pk, role)
            assert permissions.right_of(everybody.editor, project) == right
    shown = {each.name: each for each in project_roles.people(owner, project)}
    assert (shown["editor"].role, shown["editor"].source) == ("none", "for this project; editor in the workspace")
    assert project.pk not in [each.pk for each, _ in permissions.projects(everybody.editor)]
    project_roles.take_back(owner, project, everybody.editor.pk)
    assert permissions.right_of(everybody.editor, project) == Right.EDIT


def test_an_owner_is_never_shut_out(everybody):
    project = everybody.branch.project
    for user in (everybody.owner, everybody.admin):
        with pytest.raises(Denied, match="owns the workspace"):
            project_roles.give(user, project, everybody.owner.pk, "none")
    ProjectRole.objects.create(project=project, user=everybody.owner, role="none")
    assert permissions.right_of(everybody.owner, project) == Right.OWN


def test_an_administrator_of_a_project_alone_lowers_none_of_the_workspace(everybody):
    project = everybody.branch.project
    project_roles.give(everybody.owner, project, everybody.viewer.pk, "admin")
    project_roles.give(everybody.viewer, project, everybody.editor.pk, "viewer")
    for act in (
        lambda: project_roles.give(everybody.viewer, project, everybody.admin.pk, "none"),
        lambda: project_roles.take_back(everybody.viewer, project, everybody.admin.pk),
    ):
        with pytest.raises(Denied, match="administrator of the workspace"):
            act()


def test_nobody_is_named_who_is_not_here(everybody):
    project = everybody.branch.project
    for who in (everybody.stranger.pk, 0, 10**9):
        with pytest.raises(NotFound):
            project_roles.give(everybody.owner, project, who, "viewer")
        with pytest.raises(NotFound):
            teams.change_role(everybody.owner, project.workspace, who, "viewer")


def test_e_mail_addresses_are_for_administrators(everybody, team):
    def seen(by) -> set[str]:
        listed = [*teams.members(by, team), *project_roles.people(by, everybody.branch.project)]
        return {each.email for each in listed} - {""}

    assert len(seen(everybody.admin)) == 5
    assert seen(everybody.reviewer) == {"reviewer@example.org"}


def test_a_workspace_goes_with_its_projects_once_its_name_is_typed(everybody, team):
    with pytest.raises(Invalid, match="Type the name"):
        teams.delete(everybody.owner, team, "team")
    with pytest.raises(Denied):
        teams.delete(everybody.admin, team, "Team")
    teams.delete(everybody.owner, team, " Team ")
    assert not Project.objects.filter(name="Blog").exists()
    assert not Workspace.objects.filter(pk=team.pk).exists()


@pytest.mark.parametrize("name", ["", "  ", "\0", "x" * 201])
def test_names_that_a_workspace_cannot_have(everybody, name):
    with pytest.raises(Invalid):
        teams.create(everybody.viewer, name)


def test_projects_stand_by_workspace_and_those_of_others_apart(everybody):
    made = teams.create(everybody.viewer, "My own")
    own = projects.create(everybody.viewer, "Mine", workspace=made).project
    other = everybody.branch.project
    assert [(each.workspace, [card.project for card in each.cards]) for each in projects.grouped(everybody.viewer)] == [
        (other.workspace, [other]),
        (made, [own]),
    ]
    ProjectRole.objects.create(project=other, user=everybody.stranger, role="editor")
    shared = projects.grouped(everybody.stranger)[-1]
    assert (shared.workspace, [card.project for card in shared.cards]) == (None, [other])
    assert projects.duplicate(everybody.stranger, other.public_id).project.workspace != other.workspace


def test_one_person_alone_sees_nothing_of_it(settings, client, db):
    settings.WHOLEKEY_LOCAL, settings.WHOLEKEY_ONE_TIME = True, False
    page = client.get("/").content.decode()
    assert "Your projects" in page
    for word in ("/people", "/w/", "New workspace", "Shared with you"):
        assert word not in page
    home = Workspace.objects.get()
    assert client.get(f"/w/{home.slug}/").status_code == 403
    project = home.projects.get()
    design = client.get(f"/d/{project.branches.get().public_id}/").content.decode()
    assert f"/projects/{project.public_id}/people" not in design


def test_the_workspace_is_asked_for_where_there_are_several(everybody, client, team):
    client.force_login(everybody.editor)
    assert 'name="workspace"' not in client.get("/projects/new").content.decode()
    made = teams.create(everybody.editor, "My own")
    for address in ("/projects/new", "/projects/samples", "/import"):
        page = client.get(address, {"workspace": made.slug}).content.decode()
        assert f'value="{made.slug}" selected' in page, address
    client.post("/projects/new", {"name": "Here", "workspace": made.slug})
    client.post("/import", {"text": "CREATE TABLE t (a int);", "name": "There", "workspace": made.slug})
    assert {each.name for each in made.projects.all()} == {"Here", "There"}
    refused = client.post("/projects/new", {"name": "Away", "workspace": Workspace.objects.get(name="Other").slug})
    assert refused.status_code == 404
    only = client.get("/", {"workspace": made.slug}).content.decode()
    assert "There" in only
    assert "Blog" not in only
