"""Every use case that takes a user asks what he may do before it does anything else.

Whatever stands in `designer.services` and takes a user is called by a stranger and by a viewer, with things of a project
that is not theirs. A function that is new is tried as well: it has to refuse, or to be named below with the reason.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any
from unittest.mock import MagicMock

import pytest

import designer.services
from designer.services.errors import Denied, NotFound
from tests.web.cast import Cast, gathered, undone

pytestmark = pytest.mark.django_db

OF_HIS_OWN = {
    "branches.display_name", "notices.choose", "notices.listed", "notices.mark", "notices.seen", "notices.unread",
    "notices.mailed", "notices.seen_request", "jobs.start", "teams.create", "projects.cards", "projects.grouped", "projects.create",
    "imports.into_new_project", "samples.start", "links.ended", "membership.belongs_somewhere",
    "membership.ensure_workspace", "signing_up.forget_factors", "one_time.issue", "local.ensure_demo",
    "invitations.accept", "talk.is_own",
}  # fmt: skip
"""They are about the user himself, his own rows or his own workspaces; the token of an invitation speaks for itself."""
AFTER_ASKING = {
    "mentions.suggested", "branches.merge_in", "notices.tell", "leveling_updates.reset_edit", "mentions.resolved", "suggestions.apply_many",
}  # fmt: skip
"""Parts of use cases that have asked, one that asks for each of several, and one that tells strangers nothing."""
READS = {
    "branching.merge_of", "branching.update_of", "check_proof.start", "discovering.all_kept", "discovering.kept",
    "discovering.references", "leveling.derived", "leveling.looked_at", "leveling_adopting.adoption",
    "leveling_updates.updated", "normalizing.standings", "project_roles.people",
    "proving.start", "proving.start_migration", "request_list.listed", "requests.find", "reviewing.sides",
    "reviewing.union_of", "talk.find", "teams.members",
}  # fmt: skip
"""What a viewer may do as well: it changes no design, at most it starts work of his own."""


def use_cases() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in pkgutil.iter_modules(designer.services.__path__):
        found = importlib.import_module(f"designer.services.{module.name}")
        for name, function in vars(found).items():
            ours = isinstance(function, FunctionType) and function.__module__ == found.__name__
            if ours and not name.startswith("_") and module.name != "permissions":
                users = [each for each in inspect.signature(function).parameters.values() if _is_user(each)]
                if users:
                    yield f"{module.name}.{name}", inspect.unwrap(function)


def _is_user(parameter: inspect.Parameter) -> bool:
    return parameter.name == "user" or "AnyUser" in str(parameter.annotation)


USE_CASES = dict(use_cases())


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), gathered() as found:
        yield found


def called(function: Callable[..., Any], cast: Cast, user: Any) -> Any:
    """Call a use case with things of the project; what is neither a thing nor plain must not be looked at."""
    known = {
        "branch": cast.side, "source": cast.branch, "project": cast.project, "request": cast.request,
        "workspace": cast.project.workspace, "invitation": cast.invitation, "link": cast.link, "named": cast.named,
        "comment": cast.comment, "comments": [cast.comment], "thread": cast.comment, "slug": cast.project.workspace.slug,
        "look": MagicMock(review=None), "way": "up", "public": cast.project.public_id, "public_id": cast.job.public_id,
    }  # fmt: skip
    plain = {"str": "x", "int": cast.comment.pk, "bool": True}
    given = {}
    for each in inspect.signature(function).parameters.values():
        if _is_user(each):
            given[each.name] = user
        elif each.default is inspect.Parameter.empty or each.name == "project":
            given[each.name] = known.get(each.name, plain.get(str(each.annotation), MagicMock()))
    return function(**given)


LEAVING = {"teams.leave"}
"""What every member may do."""
TRIED = sorted(set(USE_CASES) - OF_HIS_OWN - AFTER_ASKING)


def test_the_exceptions_are_there_still():
    assert set(USE_CASES) >= OF_HIS_OWN | AFTER_ASKING | READS
    assert len(TRIED) > 80


def test_a_stranger_is_refused_first_of_all(cast):
    found = {}
    for name in TRIED:
        with undone() as written:
            try:
                called(USE_CASES[name], cast, cast.people["stranger"])
            except (NotFound, Denied):
                said = ""
            except Exception as error:
                said = f"{type(error).__name__}: {error}"[:160]
            else:
                said = "let him"
        if said or written:
            found[name] = said or written[0][:80]
    assert not found, "\n".join(f"{name}: {said}" for name, said in found.items())


def test_a_viewer_changes_nothing(cast):
    found = {}
    for name in sorted(set(TRIED) - LEAVING):
        with undone() as written:
            try:
                called(USE_CASES[name], cast, cast.people["viewer"])
            except (NotFound, Denied):
                said = ""
            except Exception as error:
                said = "" if name in READS else f"{type(error).__name__}: {error}"[:160]
            else:
                said = "" if name in READS else "let him"
        if said or written:
            found[name] = said or written[0][:80]
    assert not found, "\n".join(f"{name}: {said}" for name, said in found.items())
