"""The migration of a request on scratch servers: run, refused, stopped, stale, and where no server can be had."""

from __future__ import annotations

import threading

import pytest
from django.test import TestCase

from designer.commands.contract import edit
from designer.importers.contract import Cancelled
from designer.models import Branch, ChangeRequest, Job, Membership
from designer.schema import Column
from designer.services import background, branches, branching, check_proof, proving, requests
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


def test_it_runs_by_itself_once_for_a_state_when_the_branch_has_come_to_rest(everybody, asked, monkeypatch, settings):
    ran, waiting = [], {}
    monkeypatch.setattr(proving, "prove_migration", lambda migration, watch: ran.append(watch) or HOLDS)
    monkeypatch.setattr(
        background, "later", lambda key, seconds, work, *about: waiting.update({key: lambda: work(*about)})
    )

    def at_rest() -> None:
        for key in list(waiting):
            waiting.pop(key)()

    with TestCase.captureOnCommitCallbacks(execute=True):
        requests.close(everybody.editor, asked)
        requests.reopen(everybody.editor, again(asked))
    at_rest()
    assert ran == []  # by hand, in this project
    rules(asked, proof="always")
    for name in ("likes", "shares", "stars"):
        with TestCase.captureOnCommitCallbacks(execute=True):
            add(everybody, Branch.objects.get(pk=asked.branch_id), name, "integer")
    late = dict(waiting)
    at_rest()
    assert (len(ran), check_of(asked).shown) == (1, "passed")
    for each in late.values():  # another process has heard of it, too
        each()
    assert (len(ran), asked.proofs.count()) == (1, 1)
    with TestCase.captureOnCommitCallbacks(execute=True):
        add(everybody, Branch.objects.get(pk=asked.branch_id), "more", "integer")
        earlier = dict(waiting)
        add(everybody, Branch.objects.get(pk=asked.branch_id), "most", "integer")
    assert not check_proof._stands_at(asked, again(asked).branch.head - 1)
    for each in earlier.values():
        each()
    assert len(ran) == 1
    Membership.objects.filter(user=everybody.editor).delete()
    at_rest()
    assert len(ran) == 1


def test_a_proof_that_nobody_asked_for_is_given_up_when_the_branch_moves_on(everybody, asked, monkeypatch):
    def run(migration, watch):
        add(everybody, Branch.objects.get(pk=asked.branch_id), "likes", "integer")
        watch(0.5, "half")  # the first word is written down, and asks whether to go on
        return HOLDS

    monkeypatch.setattr(proving, "prove_migration", run)
    monkeypatch.setattr("designer.services.jobs._BETWEEN_WORDS", 0)
    check_proof.start(everybody.editor, again(asked), by_itself=True)
    assert asked.proofs.get().job.state == Job.State.CANCELLED
    check_proof.start(everybody.editor, again(asked))
    assert asked.proofs.order_by("pk").last().ended  # who asks for it gets it


def test_work_that_waits_is_done_once_after_the_last_asking(settings):
    settings.WHOLEKEY_BACKGROUND = True
    done, ended = [], threading.Event()
    for number in range(5):
        background.later("key", 0.05, lambda each: (done.append(each), ended.set()), number)
    assert ended.wait(5) and done == [4]


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
