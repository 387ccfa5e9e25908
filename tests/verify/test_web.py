"""The proof in the export dialog: offered, watched, told, stopped."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from designer.models import Job
from designer.services import jobs, proving
from designer.services.comparing import Wish
from designer.services.errors import Invalid, NotFound
from tests.accounts import People, people
from tests.verify.scratch import needs_postgres


@pytest.fixture
def everybody(db, settings, tmp_path) -> People:
    settings.WHOLEKEY_BACKGROUND = False
    settings.WHOLEKEY_LOCAL = False
    settings.VAR_DIR = tmp_path
    return people()


@pytest.fixture
def viewer(everybody) -> Client:
    client = Client()
    client.force_login(everybody.viewer)
    return client


def address(everybody: People) -> str:
    return reverse("export-prove", args=[everybody.branch.public_id])


def test_the_dialog_offers_a_proof_of_sql_only(everybody, viewer):
    preview = reverse("export-preview", args=[everybody.branch.public_id])
    assert b'id="proof"' in viewer.get(preview, {"format": "ddl", "part": "model"}).content
    assert b'id="proof"' not in viewer.get(preview, {"format": "dbml", "part": "model"}).content


@pytest.mark.postgres
def test_a_proof_is_started_and_told(everybody, viewer):
    needs_postgres()
    assert b"Prove it on a scratch server" in viewer.get(address(everybody), {"part": "model"}).content
    started = viewer.post(address(everybody), {"part": "diagram"})
    job = Job.objects.get()
    assert started.status_code == 200 and job.state == Job.State.DONE, job.message
    page = viewer.get(reverse("export-proof", args=[everybody.branch.public_id, job.public_id]), {"part": "diagram"})
    said = re.sub(r"\s+", " ", page.content.decode())
    assert 'class="message good' in said
    assert "Proven on PostgreSQL 18" in said and "3 columns, 2 tables and 1 primary key are equal" in said


@pytest.mark.postgres
def test_what_is_refused_leads_to_its_record(everybody):
    needs_postgres()
    from designer.commands.contract import edit
    from designer.schema import Column
    from designer.services import branches

    bad = Column(id="badcolumn", parent="users", name="bad", type="no_such_type", order="C")
    branches.run_command(everybody.owner, everybody.branch, lambda design: edit(design, "Add", [bad]))
    client = Client()
    client.force_login(everybody.owner)
    client.post(address(everybody), {"part": "model"})
    job = Job.objects.get()
    page = client.get(reverse("export-proof", args=[everybody.branch.public_id, job.public_id]), {"part": "model"})
    said = page.content.decode()
    assert 'class="message danger' in said and "1 refused statement" in said
    assert 'data-show="users"' in said and "no_such_type" in said


def test_where_there_is_no_server_it_says_so_instead(everybody, viewer, monkeypatch):
    monkeypatch.setattr(proving, "why_not", lambda dialect: "there is none")
    said = viewer.get(address(everybody), {"part": "model"}).content.decode()
    assert "PostgreSQL cannot be proven here: there is none." in said and "<button" not in said
    assert viewer.post(address(everybody), {"part": "model"}).status_code == 422
    assert Job.objects.count() == 0


def test_an_operator_may_turn_proofs_off(everybody, viewer, settings):
    settings.WHOLEKEY_PROVE = False
    assert viewer.post(address(everybody), {"part": "model"}).status_code == 422
    assert b"turned off" in viewer.get(address(everybody), {"part": "model"}).content


def test_a_proof_that_is_stopped_says_so(everybody, viewer):
    job = Job.objects.create(user_id=everybody.viewer.pk, title="Proof", message="Running")
    url = reverse("export-proof", args=[everybody.branch.public_id, job.public_id])
    assert b"Stopping" in viewer.post(url).content
    job.refresh_from_db()
    assert job.cancel_asked
    Job.objects.update(state=Job.State.CANCELLED, message="Cancelled; nothing was changed.")
    assert b"message warn" in viewer.get(url).content


def test_a_process_that_ends_without_a_word_is_told(everybody, monkeypatch, tmp_path):
    path = tmp_path / "none.json"
    with pytest.raises(Invalid, match="nothing was proven"):
        proving._prove(path, "postgresql", "model", lambda *_: None)


@pytest.mark.postgres
def test_a_migration_between_two_states_is_proven(everybody):
    needs_postgres()
    job = proving.start_migration(everybody.viewer, everybody.branch, Wish("empty", "now"))
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.message
    found = jobs.result_of(job)
    assert found["holds"], found["summary"]
    assert (found["old"], found["new"], found["dialect"]) == ("empty", "now", "postgresql")
    assert [each["name"] for each in found["stages"]] == ["the old schema", "the way up", "the way down"]


def test_a_migration_is_not_proven_for_strangers(everybody):
    with pytest.raises(NotFound):
        proving.start_migration(everybody.stranger, everybody.branch, Wish("empty", "now"))
