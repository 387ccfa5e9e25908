"""Long work with progress that can be watched from any page and any server process, and cancelled."""

from __future__ import annotations

import logging
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.db import connections
from django.utils import timezone

from designer.importers.contract import Cancelled
from designer.models import Branch, Job
from designer.services.errors import Denied, NotFound, ServiceError, TooLarge
from designer.services.permissions import AnyUser, key_of, workspaces

log = logging.getLogger(__name__)
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="wholekey-job")

MOST_AT_ONCE = 4
"""How many unfinished jobs one person may have."""
SILENCE = timedelta(seconds=30)
"""After this long without a word the process that ran a job is taken for dead."""
KEPT = timedelta(days=30)
STOPPED = "The server was stopped while it worked on this; nothing was changed. Start it again."
_here: set[int] = set()
"""Jobs that this process has not finished."""
_stopping = threading.Event()
_BETWEEN_WORDS = 0.4
"""Seconds between two writes of the progress: each is a transaction."""


class Watch:
    """What a running job reports to. Called with a fraction and a message; raises Cancelled when that was asked for."""

    def __init__(self, job: Job):
        self.job = job
        self.still_wanted: Callable[[], bool] = lambda: True
        self._last = 0.0

    def __call__(self, fraction: float, message: str) -> None:
        """Write the progress down, unless that was done just now."""
        _go_on()
        now = time.monotonic()
        if now - self._last < _BETWEEN_WORDS:
            return
        self._last = now
        Job.objects.filter(pk=self.job.pk).update(
            fraction=min(max(fraction, 0.0), 1.0), message=message[:500], heard=timezone.now()
        )
        self.check()

    def check(self) -> None:
        """Raise Cancelled if somebody asked the job to stop, or the server, or if nobody wants it any more."""
        _go_on()
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists() or not self.still_wanted():
            raise Cancelled


def _go_on() -> None:
    if _stopping.is_set():
        raise Cancelled


Work = Callable[[Watch], tuple[Branch | None, dict[str, Any]]]
"""Returns the branch that came of it, and what to keep as the result."""


def start(user: AnyUser, title: str, work: Work) -> Job:
    """Start a job for a user and return it at once. Guests have nowhere to come back to it."""
    if not user.is_authenticated:
        raise Denied("Log in to do that: it is long work, and guests by a link may not start any.")
    unfinished = Job.objects.filter(user_id=key_of(user), state__in=(Job.State.WAITING, Job.State.RUNNING))
    if unfinished.filter(heard__gt=timezone.now() - SILENCE).count() >= MOST_AT_ONCE:
        raise TooLarge(
            f"{MOST_AT_ONCE} imports and layouts of yours are under way; wait for one of them, or cancel one."
        )
    Job.objects.filter(created__lt=timezone.now() - KEPT).delete()
    home = next(iter(workspaces(user)), None)
    job = Job.objects.create(user_id=key_of(user), workspace=home, title=title[:300], message="Waiting for its turn")
    if settings.WHOLEKEY_BACKGROUND:
        _here.add(job.pk)
        _pool.submit(_in_thread, job, work)
    else:
        _run(job, work)
    return job


def _in_thread(job: Job, work: Work) -> None:
    try:
        _run(job, work)
    finally:
        _here.discard(job.pk)
        connections.close_all()


def stop(seconds: float) -> None:
    """End what this process works on, within so many seconds, and mark what did not end: it goes with the process."""
    _stopping.set()
    _pool.shutdown(wait=False, cancel_futures=True)
    until = time.monotonic() + seconds
    while _here and time.monotonic() < until:
        waiting = Job.objects.filter(pk__in=_here, state=Job.State.RUNNING)
        if not waiting.exists():
            break
        time.sleep(0.05)
    left = Job.objects.filter(pk__in=list(_here), state__in=(Job.State.WAITING, Job.State.RUNNING))
    left.update(state=Job.State.FAILED, message=STOPPED, heard=timezone.now())
    connections.close_all()


def _run(job: Job, work: Work) -> None:
    try:
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, heard=timezone.now())
        watch = Watch(job)
        watch.check()
        branch, result = work(watch)
        packed = zlib.compress(msgspec.json.encode(result))
        _finish(job, Job.State.DONE, "Done", branch_id=branch.pk if branch else None, result=packed, fraction=1.0)
    except Cancelled:
        stopped = _stopping.is_set()
        state = Job.State.FAILED if stopped else Job.State.CANCELLED
        _finish(job, state, STOPPED if stopped else "Cancelled; nothing was changed.")
    except ServiceError as error:
        _finish(job, Job.State.FAILED, error.message)
    except Exception:
        log.exception("job %s failed: %s", job.public_id, job.title)
        _finish(job, Job.State.FAILED, "The server met an error that is not your fault; nothing was changed.")


def _finish(job: Job, state: Job.State, message: str, **fields: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, message=message, heard=timezone.now(), **fields)


def find(user: AnyUser, public_id: str) -> Job:
    """Return a job of the user's own. One whose process died is told so."""
    job = (
        Job.objects.select_related("branch", "branch__project")
        .filter(public_id=public_id, user_id=key_of(user))
        .first()
    )
    if job is None:
        raise NotFound("There is no such work under way, or it is not yours.")
    if not job.finished and job.heard < timezone.now() - SILENCE:
        _finish(job, Job.State.FAILED, "The server was restarted while it worked on this; start it again.")
        job.refresh_from_db()
    return job


def cancel(user: AnyUser, public_id: str) -> Job:
    """Ask a job to stop; it does at its next step."""
    job = find(user, public_id)
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    return job


def result_of(job: Job) -> dict[str, Any]:
    """Return what a finished job has left."""
    return dict(msgspec.json.decode(zlib.decompress(bytes(job.result)))) if job.result else {}
