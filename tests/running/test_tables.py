"""Every table carries its workspace, so that workspaces can become the shard key of a distributed PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from designer.models import (
    Acknowledgement,
    DataSample,
    MigrationProof,
    Notice,
    Project,
    Review,
    Snapshot,
    Within,
    Workspace,
)
from designer.services import requests, snapshots, versions
from tests.web.test_permissions import cast  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

OF_PEOPLE = {
    "auth": "an account is a person's, who may be in many workspaces",
    "account": "addresses of people",
    "socialaccount": "logins of people",
    "mfa": "second factors of people",
    "usersessions": "where people are logged in",
    "sessions": "where people are logged in",
    "contenttypes": "Django's list of tables",
    "designer.Workspace": "is the workspace",
    "designer.OneTimeLogin": "lets a person in, not into a workspace",
    "designer.NoticeMail": "what letters a person wants, of all workspaces",
}
"""App or table -> why it has no workspace."""
THROUGH_ITS_REQUEST = "designer.ChangeRequest_reviewers"
"""Django's own table between two others; its rows are found by their request."""


def ours() -> list[type[models.Model]]:
    found = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed]
    return [each for each in found if each._meta.label not in OF_PEOPLE and each._meta.app_label not in OF_PEOPLE]


def test_every_table_but_those_of_people_has_a_workspace():
    without = {each._meta.label for each in ours() if not {"workspace_id"} & _columns(each)}
    assert without == {THROUGH_ITS_REQUEST}
    for label in OF_PEOPLE:  # no exemption outlives its table
        assert apps.get_model(label) if "." in label else apps.get_app_config(label)
    unknown = set(connection.introspection.table_names()) - {
        each._meta.db_table for each in apps.get_models(include_auto_created=True)
    }
    assert unknown <= {"django_migrations", "wholekey_cache", "sqlite_sequence"}


def _columns(model: type[models.Model]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


def test_no_row_of_a_project_can_be_without_one():
    for each in ours():
        if issubclass(each, Within):
            field = each._meta.get_field("workspace")
            assert not field.null and field.remote_field.on_delete is models.CASCADE, each
            assert isinstance(each._meta.get_field(each.OWNER), models.ForeignKey), each


def strays() -> Iterator[str]:
    """Yield each row that points to a row of another workspace, or has none."""
    for model in ours():
        if "workspace_id" in _columns(model):
            for row in model._base_manager.all():
                yield from (f"{model.__name__} {row.pk}: {name}" for name in _elsewhere(row))


def _elsewhere(row: models.Model) -> Iterator[str]:
    """Yield the fields of a row that point to another workspace. A job may belong to none."""
    own = row.workspace_id  # type: ignore[attr-defined]
    for field in row._meta.concrete_fields:
        other = getattr(row, field.name) if isinstance(field, models.ForeignKey) else None
        if getattr(other, "workspace_id", own) != own and (own or isinstance(row, Within)):
            yield field.name


def test_rows_that_services_make_are_in_the_workspace_of_what_they_belong_to(cast):  # noqa: F811
    viewer, reviewer = cast.people["viewer"], cast.people["reviewer"]
    requests.ask(cast.owner, cast.request, [reviewer.pk])
    requests.review(reviewer, cast.request, Review.Verdict.APPROVED, "fine", cast.side.head)
    versions.mark(cast.owner, cast.branch, cast.named.pk, "production")
    snapshots.make(cast.branch.pk, cast.branch.head)
    DataSample.objects.create(branch=cast.branch, element="users", source="x", found=b"", author_name="x")
    for model in (Acknowledgement, MigrationProof):
        fields = {field.name for field in model._meta.concrete_fields}
        versions_of = {each: 1 for each in ("target_version", "branch_version") if each in fields}
        model.objects.create(request=cast.request, author_name="x", **versions_of)
    assert Notice.objects.exists() and Snapshot.objects.exists()
    empty = [each._meta.label for each in ours() if issubclass(each, Within) and not each._base_manager.exists()]
    assert not empty, "nothing was made to look at"
    assert list(strays()) == []
    stray = Project.objects.exclude(workspace=cast.project.workspace).first()
    assert stray is None or stray.workspace != cast.project.workspace
    other = Workspace.objects.exclude(pk=cast.project.workspace_id).first()
    Review.objects.update(workspace=other)
    assert len(list(strays())) == Review.objects.count()  # the search finds what is wrong
    assert viewer.pk
