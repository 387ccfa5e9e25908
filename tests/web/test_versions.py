"""Named versions, what runs where, and the migration between two versions in the browser."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from designer.change import diff
from designer.evolution.formats.registry import FORMATS
from designer.models import Deployment, NamedVersion
from designer.schema import Column, Table
from designer.services import branches, comparing, versions
from designer.services.errors import Denied, Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch(everybody):
    return everybody.branch


def add_a_column(everybody, branch, name="added_later") -> None:
    design, version = branches.load(branch)
    table = design.of(Table)[0]
    column = Column(id="newcolumn1", parent=table.id, order="zz", name=name, type="integer")
    change = diff(design, design.changed((), [column]))
    branches.commit(everybody.owner, branch, version, change, "Add a column", branches.new_key())
    branch.refresh_from_db()


def test_a_version_gets_a_name_once(everybody, branch):
    named = versions.give_name(everybody.editor, branch, " 1.0 ", "first")
    assert (named.name, named.version) == ("1.0", branch.head)
    assert versions.is_unchanged(named)
    with pytest.raises(Invalid, match="has a name already"):
        versions.give_name(everybody.editor, branch, "2.0")
    add_a_column(everybody, branch)
    with pytest.raises(Invalid, match="is taken"):
        versions.give_name(everybody.editor, branch, "1.0")
    with pytest.raises(Denied):
        versions.give_name(everybody.viewer, branch, "2.0")
    with pytest.raises(Invalid):
        versions.give_name(everybody.editor, branch, "  ")


def test_what_runs_where_is_what_was_marked_last(everybody, branch):
    first = versions.give_name(everybody.editor, branch, "1.0")
    versions.mark(everybody.editor, branch, first.pk, "production")
    add_a_column(everybody, branch)
    second = versions.give_name(everybody.editor, branch, "2.0")
    versions.mark(everybody.editor, branch, second.pk, "staging")
    assert [(each.name, each.named.name) for each in versions.places(branch)] == [
        ("production", "1.0"),
        ("staging", "2.0"),
    ]
    versions.mark(everybody.editor, branch, second.pk, "production")
    assert [each.named.name for each in versions.places(branch)] == ["2.0", "2.0"]


@pytest.mark.parametrize("tool", ["flyway", "alembic", "django", "liquibase"])
def test_a_tools_table_says_what_runs_somewhere(everybody, branch, tool):
    first = versions.give_name(everybody.editor, branch, "1.0")
    found = comparing.compared(branch, comparing.Wish(comparing.EMPTY, str(first.pk)))
    made = comparing.download(found, tool)
    names = zipfile.ZipFile(io.BytesIO(made.content)).namelist() if made.name.endswith(".zip") else [made.name]
    rows = made.content.decode() if tool == "alembic" else "\n".join(names)
    versions.read_tool(everybody.editor, branch, "production", tool, f"installed\n{rows}\n")
    assert Deployment.objects.get().source == f"the table of {tool}"
    with pytest.raises(Invalid, match="None of the named versions"):
        versions.read_tool(everybody.editor, branch, "production", tool, "V19990101000000__other.sql")


def test_the_page_shows_the_way_from_the_last_name_to_now(everybody, branch, client):
    client.force_login(everybody.viewer)
    versions.give_name(everybody.editor, branch, "1.0")
    add_a_column(everybody, branch)
    text = client.get(reverse("versions", args=[branch.public_id])).content.decode()
    assert "added_later" in text and "ADD COLUMN" in text
    assert "Name it" not in text  # a viewer names nothing
    partial = client.get(reverse("versions", args=[branch.public_id]), headers={"HX-Request": "true"}).content
    assert b"<html" not in partial and b"added_later" in partial


def test_equal_states_say_so(everybody, branch, client):
    client.force_login(everybody.owner)
    text = client.get(reverse("versions", args=[branch.public_id]) + "?from=now&to=now").content.decode()
    assert "Nothing differs" in text


def test_the_picture_marks_what_differs(everybody, branch, client):
    client.force_login(everybody.viewer)
    versions.give_name(everybody.editor, branch, "1.0")
    add_a_column(everybody, branch)
    answer = client.get(reverse("versions-picture", args=[branch.public_id]) + "?theme=dark")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "added_later" in answer.content.decode()
    assert "script" not in answer["Content-Security-Policy"].replace("default-src 'none'", "")


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_can_be_taken_out(everybody, branch, client, name):
    client.force_login(everybody.viewer)
    answer = client.get(reverse("versions-file", args=[branch.public_id]) + f"?from=empty&to=now&format={name}")
    assert answer.status_code == 200 and answer.content
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("query", ["from=99999999", "to=x", "from=%00", "format=nothing"])
def test_what_is_not_there_is_told(everybody, branch, client, query):
    client.force_login(everybody.viewer)
    answer = client.get(reverse("versions-file", args=[branch.public_id]) + f"?{query}")
    assert answer.status_code in (400, 404)


def test_a_name_of_another_branch_is_not_found(everybody, branch, client):
    other = NamedVersion.objects.create(branch=branch, version=1, name="x", checksum="0" * 64, author_name="Ada")
    client.force_login(everybody.owner)
    assert client.post(reverse("version-forget", args=[branch.public_id, other.pk + 1])).status_code == 404
    assert client.post(reverse("version-forget", args=[branch.public_id, other.pk])).status_code == 204
    assert not NamedVersion.objects.exists()
