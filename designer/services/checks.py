"""The checks of a change request: what a merge would make worse, by the rules that a project has set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.change.merge import Side
from designer.commands import Edit
from designer.models import Branch, ChangeRequest, Review
from designer.schema import Design, Id
from designer.services import branches, check_design, check_people, check_proof
from designer.services.branches import Accepted
from designer.services.check_contract import Check, Line
from designer.services.check_rules import Rules, rules_of, set_rules
from designer.services.check_subject import Subject, subject_of
from designer.services.permissions import AnyUser

__all__ = ["Check", "Line", "Rules", "fix_names", "of_request", "rules_of", "run", "set_rules"]


def run(branch: Branch, target: Branch, rules: Rules) -> tuple[Check, ...]:
    """Return what the checks of the design say of a branch that would be merged into its target as that is now."""
    return _of_design(subject_of(branch, target), rules)


def _of_design(subject: Subject, rules: Rules) -> tuple[Check, ...]:
    return (
        check_design.of_conflicts(subject),
        check_design.of_findings(subject, rules),
        check_design.of_forms(subject, rules),
        check_design.of_names(subject, rules),
        check_design.of_definitions(subject, rules),
    )


def of_request(
    request: ChangeRequest, rules: Rules, approvals: Iterable[Review], choices: Mapping[str, Side] | None = None
) -> tuple[Check, ...]:
    """Return all checks of a request, with conflicts decided by `choices`; `approvals` are the reviews that count."""
    subject = subject_of(request.branch, request.target, choices or {})
    people = (
        check_people.of_hazards(subject, rules, check_people.taken_of(request)),
        check_proof.of_proof(request, subject, rules),
        check_people.of_approvals(request, subject, rules, approvals),
    )
    return (*_of_design(subject, rules), *(each for each in people if each is not None))


def fix_names(user: AnyUser, request: ChangeRequest, records: Iterable[Id], client: str = "") -> Accepted:
    """Give names on the branch as the convention has them, in one step that can be undone."""
    wanted = list(dict.fromkeys(records))
    rules = rules_of(request.project)

    def command(design: Design) -> Edit:
        return check_design.renamed(design, wanted, rules)

    return branches.run_command(user, request.branch, command, client=client)
