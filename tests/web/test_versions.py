"""Named versions, what runs where, and the migration between two versions in the browser."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile

import pytest
from django.urls import reverse
from msgspec.structs import replace

from designer.change import diff
from designer.evolution.formats.registry import FORMATS
from designer.importers.sql import read
from designer.models import Branch, Deployment, NamedVersion
from designer.schema import Column, Design, Model, Table
from designer.services import branches, comparing, projects, proving, versions
from designer.services.comparing import Wish
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
    found = comparing.compared(branch, Wish(comparing.EMPTY, str(first.pk)))
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


def branched(everybody, branch) -> Branch:
    """Return a second branch of the project, with a column that the first one lacks."""
    other = Branch.objects.create(project=branch.project, name="feature/x")
    design, _ = branches.load(branch)
    branches.commit(everybody.owner, other, 0, diff(Design(), design), "Branch", branches.new_key())
    other.refresh_from_db()
    add_a_column(everybody, other, "only_there")
    return other


def test_another_branch_of_the_project_can_be_compared(everybody, branch, client):
    other = branched(everybody, branch)
    ref = f"{other.public_id}:now"
    found = comparing.compared(branch, Wish("now", ref))
    assert [item.label.rpartition(".")[2] for item in found.overview.items] == ["only_there"]
    client.force_login(everybody.viewer)
    address = reverse("versions", args=[branch.public_id])
    text = client.get(f"{address}?from=now&to={ref}").content.decode()
    assert 'optgroup label="feature/x"' in text and "only_there" in text


def test_a_branch_of_another_project_is_not_found(everybody, branch, client):
    foreign = projects.create(everybody.stranger, "Theirs")
    client.force_login(everybody.owner)
    for ref in (f"{foreign.public_id}:now", "nothing:now", ":now", "x:", f"{branch.public_id}:\N{SUPERSCRIPT TWO}"):
        answer = client.get(reverse("versions", args=[branch.public_id]), {"from": ref, "to": "now"})
        assert answer.status_code == 404, ref


def test_row_counts_that_are_typed_in_stand_in_the_hazards(everybody, branch, client):
    client.force_login(everybody.viewer)
    versions.give_name(everybody.editor, branch, "1.0")
    design, version = branches.load(branch)
    changed = design.changed((), [replace(design["users1"], type="uuid"), replace(design["users2"], nullable=False)])
    branches.commit(everybody.owner, branch, version, diff(design, changed), "x", branches.new_key())
    address = reverse("versions", args=[branch.public_id])
    text = client.get(address, {"rows-users": "40M", "rows-posts": ""}).content.decode()
    assert 'value="40M"' in text and "40 M rows" in text
    assert "</span> users." in text and "</span> Users." not in text  # a name stays as it is spelled
    assert 'name="rows-posts"' not in text  # nothing happens to its rows
    refused = client.get(address, {"rows-users": "<many>"})
    assert b"&lt;many&gt; is no number of rows" in refused.content
    assert b'name="rows-users"' in refused.content  # so that it can be corrected


def test_the_model_is_chosen_where_there_are_several(everybody, branch, client):
    client.force_login(everybody.viewer)
    versions.give_name(everybody.editor, branch, "1.0")
    design, version = branches.load(branch)
    more = [
        Model(id="model2", name="Archive", level="physical", target="sqlite", order="z"),
        Table(id="attic", parent="model2", name="attic"),
        Column(id="attic1", parent="attic", name="id", type="INTEGER"),
    ]
    branches.commit(everybody.owner, branch, version, diff(design, design.changed((), more)), "x", branches.new_key())
    address = reverse("versions", args=[branch.public_id])
    assert b"Nothing differs" in client.get(address).content
    text = client.get(f"{address}?model=model2").content.decode()
    assert '<option value="model2" selected>Archive</option>' in text
    assert "CREATE TABLE attic" in text


def test_a_design_that_was_imported_anew_asks_what_is_one(everybody, branch):
    """Records of the same names are one; a table under another name is asked about, never guessed."""
    versions.give_name(everybody.editor, branch, "1.0")
    design, version = branches.load(branch)
    source = "CREATE TABLE people (id bigint PRIMARY KEY, email text); CREATE TABLE posts (id bigint NOT NULL);"
    anew = read(source, "x.sql", "postgresql").design
    branches.commit(everybody.owner, branch, version, diff(design, anew), "x", branches.new_key())
    wish = Wish(*comparing.usual(branch))
    asked = comparing.compared(branch, wish)
    (question,) = asked.questions
    assert (question.rename.old_label, question.rename.new_label) == ("public.users", "public.people")
    assert {item.mark for item in asked.overview.items} >= {"added", "removed"}
    told = comparing.compared(branch, dataclasses.replace(wish, same=(question.key,)))
    assert [each.key for each in told.answered] == [question.key]
    assert any("RENAME TO people" in step.sql for step in told.up.steps)
    assert not any("DROP TABLE" in step.sql for step in told.up.steps)


def test_the_proof_is_told_stage_by_stage(everybody, branch, client, monkeypatch):
    told = {
        "holds": False, "summary": "Not proven on X.", "rows": 5, "lost": ["table a.b"], "notes": ["something"],
        "stages": [
            {"name": "the way up", "holds": False, "statements": 3, "counts": [1, 1, 0], "unproven": [],
             "refused": [{"number": 2, "text": "ALTER <b>", "message": "no <such>", "why": "", "about": "users", "label": "users"}],
             "differences": [{"label": "users.id", "about": "users1", "field": "type", "wanted": "int", "server": None, "spelled": False}]},
        ],
        "kept": [{"table": "users", "holds": False, "rows": 5, "up": 4, "down": 5, "columns": 2, "changed": ["up: email"]}],
    }  # fmt: skip
    monkeypatch.setattr(proving, "obstacle", lambda _: "")
    monkeypatch.setattr(proving, "_prove", lambda *_, **__: told)
    client.force_login(everybody.viewer)
    add_a_column(everybody, branch)
    text = client.post(reverse("versions-prove", args=[branch.public_id])).content.decode()
    address = re.search(r'hx-get="([^"]+)"', text)
    assert address is not None
    shown = client.get(address[1].replace("&amp;", "&")).content.decode()
    for words in ("Not proven on X.", "2: ALTER &lt;b&gt;", "no &lt;such&gt;", "up: email", "drops the table a.b"):
        assert words in shown, words
    assert "was edited since" not in shown
    client.force_login(everybody.owner)
    assert client.get(address[1].replace("&amp;", "&")).status_code == 404  # it is the viewer's own
