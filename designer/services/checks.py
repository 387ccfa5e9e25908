"""The checks of a change request: what a merge would make worse, by the rules that a project has set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from designer import lint
from designer.change import diff
from designer.commands.names import called, word
from designer.dependencies.assess import VIOLATION, State, states
from designer.lint import Finding
from designer.models import Branch, Project
from designer.schema import Attribute, Column, Design, Entity, Id, Record, Table, View, models
from designer.services import branching, permissions
from designer.services.cache import Versions
from designer.services.errors import Invalid
from designer.services.permissions import AnyUser, Right
from designer.services.states import design_at
from designer.services.words import counted

MOST_LINES = 20
MOST_APPROVALS = 10
_DONE: Versions[tuple[Check, ...]] = Versions(limit=20)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a merge needs: how many approvals, and which checks have to pass. `lint`: "", "error" or "warning"."""

    approvals: int = 0
    lint: str = "error"
    forms: bool = True
    definitions: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One check: passed or not, in a sentence, with lines and what they are about. `required` ones block a merge."""

    code: str
    title: str
    passed: bool
    said: str
    required: bool
    lines: tuple[tuple[str, Id], ...] = field(default=())

    @property
    def blocks(self) -> bool:
        """Whether a merge has to wait for it."""
        return self.required and not self.passed


def rules_of(project: Project) -> Rules:
    """Return the rules of a project; what is not said is the default."""
    kept = project.review_rules if isinstance(project.review_rules, dict) else {}
    return Rules(**{each.name: kept[each.name] for each in fields(Rules) if each.name in kept})


def set_rules(user: AnyUser, project: Project, values: Mapping[str, str]) -> Rules:
    """Set the rules of a project from a form. Raises Invalid for what is none."""
    permissions.require(user, project, Right.MANAGE, "project")
    approvals = values.get("approvals", "0")
    if not approvals.isdigit() or int(approvals) > MOST_APPROVALS:
        raise Invalid(f"Say how many approvals a merge needs, from 0 to {MOST_APPROVALS}.", "approvals")
    if values.get("lint", "") not in ("", "error", "warning"):
        raise Invalid("Findings stop a merge from errors on, from warnings on, or never.", "lint")
    rules = Rules(int(approvals), values.get("lint", ""), "forms" in values, "definitions" in values)
    project.review_rules = {each.name: getattr(rules, each.name) for each in fields(Rules)}
    project.save(update_fields=["review_rules"])
    return rules


def run(branch: Branch, target: Branch, rules: Rules) -> tuple[Check, ...]:
    """Return what the checks say of a branch beside the last state that its target knows too."""
    key = repr((branch.public_id, target.public_id, target.head, branch.merged_up_to, branch.updated_to, rules))
    known = _DONE.get(key, branch.head)
    if known is None:
        before, after = branching.base(branch), design_at(branch, branch.head)
        known = (
            _conflicts(branch),
            _lint(before, after, rules),
            _forms(before, after, rules),
            _definitions(before, after, rules),
        )
        _DONE.put(key, branch.head, known)
    return known


def _conflicts(branch: Branch) -> Check:
    found = branching.union_up(branch).conflicts
    said = f"{counted(len(found), 'conflict')} to decide" if found else "none"
    return Check("conflicts", "Conflicts", not found, said, required=False)


def _lint(before: Design, after: Design, rules: Rules) -> Check:
    known = Counter(_signature(each) for each in _findings(before))
    fresh: list[Finding] = []
    for each in _findings(after):
        if known[_signature(each)] > 0:
            known[_signature(each)] -= 1
        else:
            fresh.append(each)
    wanted = {"error": ("error",), "warning": ("error", "warning")}.get(rules.lint, ())
    bad = [each for each in fresh if each.severity in wanted]
    said = f"{counted(len(bad or fresh), 'new finding')}" if bad or fresh else "no new findings"
    lines = tuple((each.message, each.about) for each in (bad or fresh)[:MOST_LINES])
    return Check("lint", "Findings", not bad, said, bool(rules.lint), lines)


def _findings(design: Design) -> Iterable[Finding]:
    return lint.findings(design)


def _signature(finding: Finding) -> tuple[str, Id]:
    return finding.code, finding.about


def _forms(before: Design, after: Design, rules: Rules) -> Check:
    old, new = _states(before), _states(after)
    worse = [each for each, state in new.items() if _is_worse(old.get(each), state)]
    said = f"{counted(len(worse), 'table')} below where it was" if worse else "none is worse than before"
    lines = tuple((f"{called(after, after[each])} is in {new[each].form}", each) for each in worse[:MOST_LINES])
    return Check("forms", "Normal forms", not worse, said, rules.forms, lines)


def _states(design: Design) -> dict[Id, State]:
    return {each: state for model in models(design) for each, state in states(design, model.id).items()}


def _is_worse(old: State | None, new: State) -> bool:
    return new.state == VIOLATION and (old is None or old.state != VIOLATION or new.below(old.form))


def _definitions(before: Design, after: Design, rules: Rules) -> Check:
    added = diff(before, after).added.values()
    bare = [each for each in added if isinstance(each, Table | View | Entity | Column | Attribute) and not each.comment]
    said = f"{counted(len(bare), 'new element')} without a definition" if bare else "everything new has one"
    lines = tuple((_told(after, each), each.id) for each in bare[:MOST_LINES])
    return Check("definitions", "Definitions", not bare, said, rules.definitions, lines)


def _told(design: Design, record: Record) -> str:
    return f"{word(record)} {called(design, record)}"
