"""Import through the browser's forms, with good files and with bad ones."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from designer.models import Job, Project
from designer.schema import Column, Diagram, ForeignKey, Model, Placement, Table
from designer.schema.codec import encode
from designer.services import branches, exports, imports, jobs
from tests.accounts import two_tables

SHOP = """
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));
INSERT INTO customers VALUES (1, 'a@example.org');
SELECT broken from;
"""


@pytest.fixture
def editor(everybody, client):
    client.force_login(everybody.editor)
    return client


def upload(client, content: bytes, name: str = "shop.sql", url: str = "", **fields) -> Job:
    file = SimpleUploadedFile(name, content)
    response = client.post(url or reverse("import"), {"file": file, "dialect": "auto", **fields})
    assert response.status_code == 302, response.content[:500]
    return Job.objects.get(public_id=response["Location"].rstrip("/").rpartition("/")[2])


def test_a_file_becomes_a_project_with_a_diagram(everybody, editor):
    job = upload(editor, SHOP.encode())
    assert (job.state, job.branch.project.name) == ("done", "shop")
    design, _ = branches.load(job.branch)
    assert {table.name for table in design.of(Table)} == {"customers", "orders"}
    assert len(design.of(ForeignKey)) == 1
    (diagram,) = design.of(Diagram)
    assert len(design.of(Placement, diagram.id)) == 2


def test_the_report_counts_and_lists_with_lines(everybody, editor):
    job = upload(editor, SHOP.encode())
    page = editor.get(reverse("job", args=[job.public_id])).content.decode()
    assert "2 imported" in page
    assert "1 skipped" in page
    assert "1 could not be read" in page
    assert "Open diagram" in page
    failed = editor.get(
        reverse("job", args=[job.public_id]), {"outcome": "failed", "part": "findings"}, headers={"hx-request": "true"}
    )
    text = failed.content.decode()
    assert "<html" not in text
    assert "5:" in text
    assert "CREATE TABLE customers" not in text


def test_pasted_text_becomes_a_project(everybody, editor):
    response = editor.post(reverse("import"), {"text": SHOP, "dialect": "postgresql", "name": "My shop"})
    assert response.status_code == 302
    assert Project.objects.filter(name="My shop").exists()


def test_htmx_is_sent_to_the_job(everybody, editor):
    response = editor.post(reverse("import"), {"text": SHOP, "name": "x"}, headers={"hx-request": "true"})
    assert response["HX-Redirect"].startswith("/jobs/")


def test_a_design_file_comes_back_as_it_was(everybody, editor):
    job = upload(editor, encode(two_tables()), "blog.wholekey.json")
    design, _ = branches.load(job.branch)
    assert design == two_tables()


def test_tables_join_a_model_beside_what_is_there(everybody, editor):
    url = reverse("import-into", args=[everybody.branch.public_id])
    upload(editor, b"CREATE TABLE users (id int); CREATE TABLE tags (id int, user_id int);", url=url, diagram="diagram")
    design, _ = branches.load(everybody.branch)
    assert [model.name for model in design.of(Model)] == ["Blog"]
    assert {table.name for table in design.of(Table)} == {"users", "posts", "users_2", "tags"}
    assert len(design.of(Placement, "diagram")) == 4
    assert (design["place1"].x, design["place2"].x) == (0, 400)
    page = editor.get(reverse("job", args=[Job.objects.get().public_id])).content.decode()
    assert "users_2" in page


def test_the_same_file_twice_is_two_models(everybody, editor):
    url = reverse("import-into", args=[everybody.branch.public_id])
    for _ in range(2):
        upload(editor, SHOP.encode(), url=url, **{"as": "model"})
    design, _ = branches.load(everybody.branch)
    assert len(design.of(Model)) == 3
    assert len(design.of(Diagram)) == 3
    assert len([column for column in design.of(Column) if column.name == "customer_id"]) == 2


BAD = {
    "empty": (b"", "empty"),
    "spaces": (b" \n\t ", "empty"),
    "binary": (bytes(range(256)) * 20, "binary"),
    "archive": (b"PGDMP\x01\x0e\x00" + b"\x00" * 100, "pg_restore"),
    "not UTF-8": (b"CREATE TABLE t (a int);\n-- caf\xe9\n", ":2:"),
    "corrupt design": (b'{"wholekey":1,"records":[\n{"kind":"table","id":"abcd"},\n{"kind":"tab', "bad.json:"),
    "design that dangles": (
        b'{"wholekey":1,"records":[\n{"kind":"table","id":"abcd","parent":"nope","name":"x"}\n]}',
        "bad.json:",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_sentence(everybody, editor, case):
    content, words = BAD[case]
    name = "bad.json" if "design" in case else "bad.sql"
    response = editor.post(reverse("import"), {"file": SimpleUploadedFile(name, content), "dialect": "auto"})
    if response.status_code == 302:
        job = Job.objects.get()
        assert job.state == "failed"
        page = editor.get(response["Location"]).content.decode()
        message = job.message
        assert 'role="alert"' in page
    else:
        message = page = response.content.decode()
    assert words in message
    assert "Traceback" not in page
    assert Project.objects.count() == 1


def test_a_file_name_is_only_text(everybody, editor):
    job = upload(editor, SHOP.encode(), "<script>alert(1)<script>.sql")
    page = editor.get(reverse("job", args=[job.public_id])).content.decode()
    assert "<script>alert" not in page
    assert "script&gt;" in page


def test_a_truncated_dump_gives_what_is_whole(everybody, editor):
    job = upload(editor, SHOP.encode() + b"CREATE TABLE half (id int, na")
    assert job.state == "done"
    design, _ = branches.load(job.branch)
    assert {table.name for table in design.of(Table)} == {"customers", "orders"}


@pytest.mark.parametrize(
    "dialect", ["auto", *(pytest.param(each, marks=pytest.mark.slow) for each in ("postgresql", "mysql", "sqlite"))]
)
def test_a_mountain_of_parentheses_hangs_nobody(everybody, editor, settings, dialect):
    settings.WHOLEKEY_IMPORT_SECONDS = 60
    job = upload(editor, b"(" * (50 * 1024 * 1024), dialect=dialect)
    assert job.state in ("failed", "done")
    page = editor.get(reverse("job", args=[job.public_id])).content.decode()
    assert "Traceback" not in page
    assert len(page) < 100_000


def test_a_large_upload_is_refused(everybody, editor, settings):
    settings.WHOLEKEY_UPLOAD_LIMIT = 1000
    file = SimpleUploadedFile("big.sql", b"-" * 2000)
    response = editor.post(reverse("import"), {"file": file, "dialect": "auto"})
    assert response.status_code == 413
    assert b"larger than" in response.content
    assert not list((settings.VAR_DIR / "uploads").glob("upload-*"))


def test_a_wrong_dialect_is_refused(everybody, editor):
    response = editor.post(reverse("import"), {"text": SHOP, "dialect": "oracle"})
    assert response.status_code == 400
    assert b"no such dialect" in response.content


def test_time_runs_out(everybody, editor, settings):
    settings.WHOLEKEY_IMPORT_SECONDS = 0
    job = upload(editor, SHOP.encode())
    assert job.state == "failed"
    assert "0 seconds" in job.message
    assert not list((settings.VAR_DIR / "uploads").glob("upload-*"))


def test_a_cancelled_import_changes_nothing(everybody, editor, monkeypatch):
    source = imports.receive([SHOP.encode()], "shop.sql", "auto")
    asked = jobs.Watch.__call__

    def cancel_first(watch, fraction, message):
        Job.objects.update(cancel_asked=True)
        asked(watch, fraction, message)

    monkeypatch.setattr(jobs.Watch, "__call__", cancel_first)
    job = imports.into_new_project(everybody.editor, source, "Never")
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert not Project.objects.filter(name="Never").exists()
    assert not source.path.exists()


def test_a_job_whose_server_died_is_said_to_have(everybody, editor):
    from django.utils import timezone

    job = Job.objects.create(user=everybody.editor, title="x", state="running", heard=timezone.now() - jobs.SILENCE * 2)
    page = editor.get(reverse("job", args=[job.public_id])).content.decode()
    assert "restarted" in page


def test_what_was_imported_can_be_exported(everybody, editor):
    job = upload(editor, SHOP.encode())
    for exporter in exports.formats():
        preview = editor.get(reverse("export-preview", args=[job.branch.public_id]), {"format": exporter.name})
        assert preview.status_code == 200
        assert b"message danger" not in preview.content, exporter.name
        file = editor.get(reverse("export-file", args=[job.branch.public_id]), {"format": exporter.name})
        assert file.status_code == 200
        assert file["Content-Disposition"].startswith('attachment; filename="shop.')
    response = editor.get(reverse("export-file", args=[job.branch.public_id]), {"format": "nonsense"})
    assert response.status_code == 400
