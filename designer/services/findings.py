"""What the rules find in a branch, once a version, and settling it."""

from __future__ import annotations

from collections.abc import Iterable

from designer import lint
from designer.commands import Edit
from designer.lint import Finding
from designer.models import Branch
from designer.schema import Design, Id, new_id
from designer.services import branches
from designer.services.branches import Accepted
from designer.services.cache import Versions
from designer.services.permissions import AnyUser

_FOUND: Versions[dict[Id, list[Finding]]] = Versions(limit=50)
"""Model -> findings, of the versions that were asked about lately; the limit counts versions."""


def of_model(branch: Branch, model: Id) -> tuple[list[Finding], int]:
    """Return the findings of one model at the head, with its version; none where there is no such model."""
    design, version = branches.load(branch)
    known = _FOUND.get(branch.public_id, version)
    if known is None:
        known = {}
        _FOUND.put(branch.public_id, version, known)
    if model not in known and model in design:
        known[model] = lint.findings(design, model)
    return known.get(model, []), version


def fix(user: AnyUser, branch: Branch, code: str, about: Iterable[Id], client: str) -> Accepted:
    """Settle the findings of one rule about these records, as the design now is, in one step that can be undone."""
    wanted = list(dict.fromkeys(about))

    def command(design: Design) -> Edit:
        return lint.fix_for(design, code, wanted, new_id)

    return branches.run_command(user, branch, command, client=client)
