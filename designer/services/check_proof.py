"""The check that runs a request's migration, up and down, on scratch servers, and keeps what came of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from designer.dialects.registry import get as dialect_of
from designer.models import Branch, ChangeRequest, Job, MigrationProof
from designer.schema import Id
from designer.services import jobs, permissions, proving
from designer.services.branches import display_name
from designer.services.check_contract import FAILED, NOT_RUN, PASSED, RUNNING, Check, Line
from designer.services.check_rules import Rules
from designer.services.check_subject import Subject, Way, subject_of
from designer.services.errors import Invalid, ServiceError
from designer.services.jobs import Watch
from designer.services.permissions import AnyUser, Right

TITLE = "Migration proof"
_KEPT = 20
"""Proofs of a request that are kept; each stays a row."""


def of_proof(request: ChangeRequest, subject: Subject, rules: Rules) -> Check | None:
    """Say what came of running the migration, None where the project never does and does not ask for it."""
    if rules.proof == "never" and not rules.proven:
        return None
    steps = [each for each in subject.ways if each.problem or (each.migration and each.migration.steps)]
    if not steps:
        return Check("proof", TITLE, True, "nothing to migrate", rules.proven, state=PASSED)
    if subject.conflicts and rules.proven:  # what is run has to be what comes of the merge
        said = f"bring in what {request.target.name} has first, and decide the conflicts there"
        return Check("proof", TITLE, False, said, required=True, state=NOT_RUN)
    latest = latest_of(request)
    if latest is None:
        return _not_run(request, steps, rules)
    if latest.ended:
        return _ended(latest, rules)
    return _unfinished(latest, rules)


def latest_of(request: ChangeRequest) -> MigrationProof | None:
    """Return the last proof at the heads as they are now."""
    heads = {"target_version": request.target.head, "branch_version": request.branch.head}
    found: MigrationProof | None = request.proofs.select_related("job").filter(**heads).order_by("-pk").first()
    return found


def _not_run(request: ChangeRequest, ways: list[Way], rules: Rules) -> Check:
    reasons = obstacles(ways)
    if len(reasons) == len(ways):
        return Check("proof", TITLE, False, f"not run. {reasons[0].text}", rules.proven, state=NOT_RUN)
    said = "not run since the last edits" if request.proofs.exists() else "not run yet"
    due = rules.proof == "always"
    return Check("proof", TITLE, False, said, rules.proven, tuple(reasons), state=NOT_RUN, action="prove", due=due)


def obstacles(ways: list[Way]) -> list[Line]:
    """Return why migrations cannot be run on this machine."""
    found = ((each, each.problem or proving.obstacle(_dialect(each))) for each in ways)
    return [Line(reason, each.model) for each, reason in found if reason]


def _dialect(way: Way) -> str:
    return way.migration.dialect if way.migration else ""


def _unfinished(proof: MigrationProof, rules: Rules) -> Check:
    job = proof.job
    if job is None or (not job.finished and job.heard < timezone.now() - jobs.SILENCE):
        said = "the server was restarted while it ran; start it again"
    elif job.state == Job.State.FAILED:
        line = (Line(job.message, ""),)
        return Check("proof", TITLE, False, "it could not be run to its end", rules.proven, line, FAILED, "prove", 1)
    elif job.finished:
        said = "stopped before its end"
    else:
        said = job.message[:1].lower() + job.message[1:]
        percent = round(job.fraction * 100)
        return Check("proof", TITLE, False, said, rules.proven, state=RUNNING, action="stop", percent=percent)
    return Check("proof", TITLE, False, said, rules.proven, state=NOT_RUN, action="prove")


def _ended(proof: MigrationProof, rules: Rules) -> Check:
    found: list[dict[str, Any]] = proof.found
    bad = [each for each in found if not each["passed"]]
    lines = tuple(Line(line, about) for each in bad for line, about in each["lines"])
    if not bad:
        said = "; ".join(each["said"] for each in found)
        return Check("proof", TITLE, True, said, rules.proven, state=PASSED)
    state = NOT_RUN if all(each["state"] == NOT_RUN for each in bad) else FAILED
    said = "; ".join(dict.fromkeys(each["said"] for each in bad))
    return Check("proof", TITLE, False, said, rules.proven, lines, state, "prove", len(lines))


def start(user: AnyUser, request: ChangeRequest, *, by_itself: bool = False) -> MigrationProof:
    """Start running the migration of a request. Raises Invalid where one runs already, or none can be run here.

    `by_itself`: nobody asked for it. Then it is run once for these heads, and given up as soon as the branch moves on.
    """
    permissions.require_role(user, request.project, Right.COMMENT, "change request")
    if request.state != ChangeRequest.State.OPEN:
        raise Invalid(f"This change request is {request.state}.")
    ways = [each for each in subject_of(request.branch, request.target).ways if each.migration]
    reasons = obstacles(ways)
    if not ways or len(reasons) == len(ways):
        raise Invalid(reasons[0].text if reasons else "There is no migration to run: no physical model differs.")
    proof = _claimed(user, request, by_itself)

    def work(watch: Watch) -> tuple[Branch | None, dict[str, Any]]:
        if by_itself:
            watch.still_wanted = lambda: _stands_at(request, proof.branch_version)
        found = [_proven(each, watch, at, len(ways)) for at, each in enumerate(ways)]
        MigrationProof.objects.filter(pk=proof.pk).update(found=found, ended=True)
        return None, {}

    try:
        job = jobs.start(user, f"Proof of #{request.number} {request.title}", work)
    except ServiceError:
        proof.delete()
        raise
    MigrationProof.objects.filter(pk=proof.pk).update(job=job)
    old = request.proofs.order_by("-pk").values_list("pk", flat=True)[_KEPT:]
    request.proofs.filter(pk__in=list(old)).delete()
    return proof


def _claimed(user: AnyUser, request: ChangeRequest, by_itself: bool) -> MigrationProof:
    """Write down that this process runs the proof; however many want to at once, one of them gets it."""
    heads = {"target_version": request.target.head, "branch_version": request.branch.head}
    with transaction.atomic():
        ChangeRequest.objects.select_for_update().get(pk=request.pk)
        if is_running(request) or (by_itself and request.proofs.filter(**heads).exists()):
            raise Invalid("The migration is being run already.")
        return MigrationProof.objects.create(request=request, author_name=display_name(user), **heads)


def is_running(request: ChangeRequest) -> bool:
    """Say whether the migration is being run at the heads as they are now, by whatever process."""
    heads = {"target_version": request.target.head, "branch_version": request.branch.head}
    running = request.proofs.filter(**heads, ended=False, job__state__in=(Job.State.WAITING, Job.State.RUNNING))
    return running.filter(job__heard__gt=timezone.now() - jobs.SILENCE).exists()


def _stands_at(request: ChangeRequest, version: int) -> bool:
    return Branch.objects.filter(pk=request.branch_id, head=version).exists()


def stop(user: AnyUser, request: ChangeRequest) -> None:
    """Ask the proof that runs to stop; it does at its next step."""
    permissions.require_role(user, request.project, Right.COMMENT, "change request")
    Job.objects.filter(pk__in=request.proofs.filter(ended=False).values("job")).update(cancel_asked=True)


def _proven(way: Way, watch: Watch, at: int, of: int) -> dict[str, Any]:
    """Return what came of one model, as it is kept."""
    migration = way.migration
    reason = proving.obstacle(_dialect(way)) if migration else way.problem
    if migration is None or reason:
        return {"model": way.model, "passed": False, "state": NOT_RUN, "said": reason, "lines": []}

    def part(fraction: float, message: str) -> None:
        watch((at + fraction) / of, message if of == 1 else f"{way.name}: {message}")

    try:
        found = proving.prove_migration(migration, part)
    except Invalid as problem:
        return {"model": way.model, "passed": False, "state": FAILED, "said": problem.message, "lines": []}
    said = f"up and down on {found['server'] or dialect_of(migration.dialect).title}" + (
        "" if of == 1 else f" ({way.name})"
    )
    passed = bool(found["holds"])
    lines = [] if passed else _lines(found)
    return {
        "model": way.model, "passed": passed, "state": PASSED if passed else FAILED,
        "said": said if passed else found["summary"].rstrip("."), "lines": lines,
    }  # fmt: skip


def _differs(each: dict[str, Any]) -> str:
    if not each["field"]:
        return f"{each['label']} is only {'on the server' if each['wanted'] is None else 'in the design'}"
    return f"{each['label']}: {each['field']} is {each['server'] or 'nothing'}, not {each['wanted'] or 'nothing'}"


def _lines(found: dict[str, Any]) -> list[tuple[str, Id]]:
    """Return what a server refused or has otherwise, each with the server's sentence."""
    lines: list[tuple[str, Id]] = []
    for stage in found["stages"]:
        if stage["holds"]:
            continue
        lines += [
            (f"{stage['name']}: {each['message']} ({each['text'][:200]})", each["about"]) for each in stage["refused"]
        ]
        real = [each for each in stage["differences"] if not each["spelled"]]
        lines += [(f"{stage['name']}: {_differs(each)}", each["about"]) for each in real]
    for kept in found["kept"]:
        if not kept["holds"]:
            changed = ", ".join(kept["changed"]) or f"{kept['rows']} rows before, {kept['up']} up, {kept['down']} down"
            lines.append((f"rows of {kept['table']}: {changed}", ""))
    return lines[:50]
