"""The migration of a request on scratch servers: run, refused, stopped, stale, and where no server can be had."""

from __future__ import annotations

import pytest

from designer.commands.contract import edit
from designer.importers.contract import Cancelled
from designer.models import Branch, ChangeRequest, Job
from designer.schema import Column
from designer.services import branches, branching, check_proof, proving, requests
from designer.services.errors import Denied, Invalid
from tests.accounts import People

pytestmark = pytest.mark.django_db
HOLDS = {"holds": True, "server": "PostgreSQL 18.4", "summary": "It holds.", "stages": [], "kept": []}


@pytest.fixture
def asked(everybody: People) -> ChangeRequest:
    side = branching.create(everybody.editor, everybody.branch, "side")
    add(everybody, side, "views", "integer")
    return requests.open_one(everybody.editor, side, "Count views")


def add(everybody: People, branch: Branch, name: str, kind: str) -> None:
    column = Column(id=f"col{name}", parent="posts", name=name, type=kind, order="M")
    branches.run_command(everybody.editor, branch, lambda design: edit(design, "Add", [column]))
    branch.refresh_from_db()


def rules(request: ChangeRequest, **said) -> None:
    request.project.review_rules = said
    request.project.save()


def again(request: ChangeRequest) -> ChangeRequest:
    rows = ChangeRequest.objects.select_related("project", "branch__source", "branch__project", "target__project")
    return rows.get(pk=request.pk)


def check_of(request: ChangeRequest):
    return next((each for each in requests.standing(again(request)).checks if each.code == "proof"), None)


def test_it_is_asked_for_as_the_project_says(everybody, asked):
    assert (check_of(asked).shown, check_of(asked).action, check_of(asked).due) == ("not run", "prove", False)
    rules(asked, proof="always")
    assert check_of(asked).due
    rules(asked, proof="never")
    assert check_of(asked) is None
    rules(asked, proof="never", proven=True)
    assert requests.standing(again(asked)).missing == ("Migration proof: not run yet",)
    with pytest.raises(Denied):
        check_proof.start(everybody.viewer, again(asked))


def test_what_came_of_it_holds_until_the_next_edit(everybody, asked, monkeypatch):
    monkeypatch.setattr(proving, "prove_migration", lambda migration, watch: HOLDS)
    rules(asked, proven=True)
    check_proof.start(everybody.reviewer, again(asked))
    assert (check_of(asked).shown, check_of(asked).said) == ("passed", "up and down on PostgreSQL 18.4")
    assert requests.standing(again(asked)).ready
    add(everybody, Branch.objects.get(pk=asked.branch_id), "likes", "integer")
    assert (check_of(asked).shown, check_of(asked).said) == ("not run", "not run since the last edits")
    assert not requests.standing(again(asked)).ready


def test_a_run_is_shown_while_it_runs_and_can_be_stopped(everybody, asked, monkeypatch):
    seen = []

    def run(migration, watch):
        seen.append(check_of(asked))
        with pytest.raises(Invalid, match="run already"):
            check_proof.start(everybody.editor, again(asked))
        check_proof.stop(everybody.editor, again(asked))
        raise Cancelled

    def start(user, title, work):
        job = Job.objects.create(user=user, title=title, message="Waiting", state=Job.State.RUNNING)
        proof = asked.proofs.get()
        type(proof).objects.filter(pk=proof.pk).update(job=job)
        with pytest.raises(Cancelled):
            work(lambda fraction, message: None)
        job.refresh_from_db()
        assert job.cancel_asked
        Job.objects.filter(pk=job.pk).update(state=Job.State.CANCELLED)
        return job

    monkeypatch.setattr(proving, "prove_migration", run)
    monkeypatch.setattr("designer.services.jobs.start", start)
    check_proof.start(everybody.reviewer, again(asked))
    assert (seen[0].shown, seen[0].action, seen[0].said) == ("running", "stop", "waiting")
    assert (check_of(asked).shown, check_of(asked).said) == ("not run", "stopped before its end")


def test_where_no_server_can_be_had_it_says_so_and_stops_only_what_needs_it(everybody, asked, settings):
    settings.WHOLEKEY_PROVE = False
    check = check_of(asked)
    assert (check.shown, check.action, check.blocks) == ("not run", "", False)
    assert "Proofs are turned off on this server." in check.said
    with pytest.raises(Invalid, match="turned off"):
        check_proof.start(everybody.editor, again(asked))
    rules(asked, proven=True)
    assert check_of(asked).blocks


@pytest.mark.postgres
def test_a_server_that_refuses_is_quoted(everybody, asked):
    add(everybody, Branch.objects.get(pk=asked.branch_id), "mood", "no_such_type")
    check_proof.start(everybody.editor, again(asked))
    check = check_of(asked)
    assert check.shown == "to see"
    assert any('type "no_such_type" does not exist' in line for line, _ in check.lines), check
