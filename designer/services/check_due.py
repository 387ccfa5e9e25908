"""Proofs that nobody asks for: the migration of a request is run by itself once its branch has come to rest.

An edit is heard of by the process that took it. Each process waits on its own; whichever has taken the last edit finds
the branch as it left it, and only that one goes on. `check_proof` sees to it that one proof is run for a state.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction

from designer.models import Branch, ChangeRequest
from designer.services import background, check_proof, check_rules
from designer.services.errors import ServiceError

REST = 15.0
"""Seconds without an edit after which a branch is taken to have come to rest."""
ALWAYS = "always"


def when_at_rest(who: int, branch: Branch, version: int) -> None:
    """Have the request of a branch proven in the name of the user `who`, unless the branch moves on within a while."""
    if who:
        wait = partial(background.later, f"proof of {branch.pk}", REST, begin, who, branch.pk, version)
        transaction.on_commit(wait)


def begin(who: int, branch: int, version: int) -> None:
    """Start the proof of the open request of a branch, where its project wants one and the branch is still there."""
    rows = ChangeRequest.objects.select_related("project", "branch", "branch__source", "branch__project", "target")
    request = rows.filter(branch=branch, branch__head=version, state=ChangeRequest.State.OPEN).first()
    user = get_user_model()._default_manager.filter(pk=who, is_active=True).first()
    if request is None or user is None or check_rules.rules_of(request.project).proof != ALWAYS:
        return
    with suppress(ServiceError):  # it is running, there is nothing to run, or it cannot be run here: the check says so
        check_proof.start(user, request, by_itself=True)
