"""What an export loses, told in its dialog before the file is taken."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from designer.schema import Column, Design, Model, Table
from designer.services import losses, projects
from exporters.contract import Note
from exporters.ddl.translation.codes import CODES
from exporters.registry import get as exporter
from tests.web.test_importing import upload

POSTGRES = """
CREATE TABLE papers (id int PRIMARY KEY, tags text[], number uuid, note text);
CREATE INDEX by_tags ON papers USING gin (tags);
ALTER TABLE papers ENABLE ROW LEVEL SECURITY;
COMMENT ON TABLE papers IS 'x';
"""


@pytest.fixture
def editor(everybody, client):
    client.force_login(everybody.editor)
    return client


def preview(client, branch, **chosen) -> str:
    answer = client.get(reverse("export-preview", args=[branch.public_id]), {"format": "ddl", **chosen})
    assert answer.status_code == 200
    return answer.content.decode()


def test_losses_stand_before_the_download_with_a_way_to_each_element(everybody, editor):
    branch = upload(editor, POSTGRES.encode()).branch
    page = preview(editor, branch, dialect="mysql")
    assert page.index('class="losses"') < page.index("download>")
    headline = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition('id="losses-title"')[2].partition("</p>")[0]))
    assert re.search(r"\d+ things that MySQL does not take as they are", headline)
    assert "left out" in headline
    shown = re.findall(r'data-show="([^"]+)"[^>]*>([^<]+)</button>', page)
    design = editor.get(reverse("api-design", args=[branch.public_id])).json()
    known = {each["id"] for each in design["records"]}
    assert shown
    assert {about for about, _ in shown} <= known
    assert "papers" in {label for _, label in shown}


def test_they_follow_the_chosen_database(everybody, editor):
    branch = upload(editor, POSTGRES.encode()).branch
    for dialect, title in (("mysql", "MySQL"), ("sqlite", "SQLite"), ("mariadb", "MariaDB")):
        assert f"that {title} does not take" in unescape(preview(editor, branch, dialect=dialect))
    own = preview(editor, branch, dialect="postgresql")
    assert "PostgreSQL takes everything in this model" in own
    assert "data-show" not in own


def test_one_kind_of_thousands_is_shown_in_part(everybody, editor):
    tables = "".join(
        f"CREATE TABLE t{at} (id int PRIMARY KEY); ALTER TABLE t{at} ENABLE ROW LEVEL SECURITY;\n" for at in range(70)
    )
    branch = upload(editor, tables.encode()).branch
    page = preview(editor, branch, dialect="sqlite")
    shown = page.count("data-show=")
    assert losses.SHOWN <= shown < 70 * 2
    assert re.search(r"and \d+ more", page)


def test_names_in_losses_are_text(everybody, editor):
    design = Design([
        Model(id="model", name="m", level="physical", target="postgresql"),
        Table(id="nasty", parent="model", name="<script>alert(1)</script>", row_security=True),
        Column(id="column1", parent="nasty", name='"><img src=x>', type="text[]", order="A"),
    ])  # fmt: skip
    branch = projects.create(everybody.editor, "Nasty", "", design)
    page = preview(editor, branch, dialect="mysql")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "data-show" in page


def test_every_code_of_a_translation_has_its_kind():
    assert set(CODES) <= set(losses._KINDS)


def test_a_model_of_which_nothing_is_lost_says_so(everybody, editor):
    branch = upload(editor, b"CREATE TABLE a (id int PRIMARY KEY, n varchar(20) NOT NULL);").branch
    for dialect in ("mysql", "mariadb", "postgresql"):
        assert "takes everything in this model" in preview(editor, branch, dialect=dialect)
    assert "All tables" not in preview(editor, branch, dialect="sqlite")  # a diagram is nothing that a database takes


def test_the_most_serious_kinds_come_first():
    design = Design([Model(id="model", name="m"), Table(id="orders", parent="model", name="orders")])
    notes = [
        Note("3 comments are left out", None, "no-comments"),
        Note("text[] is written as JSON (orders)", "orders", "type"),
        Note("orders: it has no row security", "orders", "no-row-security"),
        Note("something that nobody has heard of is left out", "orders", "never-heard-of"),
        Note("something is said in other words", "gone", "also-new"),
        Note("text[] is written as JSON (orders, papers)", "orders", "type"),
    ]
    groups = losses.grouped(notes, design)
    assert [(each.level, each.title, each.count) for each in groups] == [
        ("missing", "Row security", 1),
        ("missing", "Never heard of", 1),
        ("different", "Types", 2),
        ("different", "Also new", 1),
        ("detail", "Comments", 1),
    ]
    assert losses.counts(groups) == [
        ("missing", "Left out", 2),
        ("different", "Said differently", 3),
        ("detail", "Details", 1),
    ]
    assert [(each.label, each.about, each.message) for each in groups[2].losses] == [
        ("orders", "orders", "text[] is written as JSON"),
        ("orders", "orders", "text[] is written as JSON (orders, papers)"),
    ]
    assert groups[0].losses[0] == losses.Loss("orders", "orders", "it has no row security")
    assert groups[3].losses[0] == losses.Loss("", "", "something is said in other words")


def test_the_dialog_opens_without_writing_any_sql(everybody, editor, monkeypatch):
    monkeypatch.setattr(type(exporter("ddl")), "export", lambda *_: 1 / 0)
    page = editor.get(reverse("export", args=[everybody.branch.public_id])).content.decode()
    assert 'hx-trigger="intersect once"' in page


def test_what_was_seen_is_kept_for_the_download(everybody, editor, monkeypatch):
    branch = upload(editor, POSTGRES.encode()).branch
    preview(editor, branch, dialect="mysql")
    monkeypatch.setattr(type(exporter("ddl")), "export", lambda *_: 1 / 0)
    assert "CREATE TABLE" in preview(editor, branch, dialect="mysql")
    answer = editor.get(reverse("export-file", args=[branch.public_id]), {"format": "ddl", "dialect": "mysql"})
    assert b"CREATE TABLE" in answer.content
