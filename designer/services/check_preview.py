"""What rules would do today: to the findings and names that are there, and to the change requests that are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from designer.lint.conventions import kind_of_name
from designer.lint.registry import all_rules
from designer.models import Branch, ChangeRequest
from designer.schema import Design, Named, Record, models
from designer.services import findings, requests
from designer.services.check_contract import told
from designer.services.check_design import broken_names
from designer.services.check_rules import GROUPS, Rules
from designer.services.states import design_at

MOST_REQUESTS = 12
MOST_NAMES = 20_000
EXAMPLES = 6


@dataclass(frozen=True, slots=True)
class OneRule:
    """A rule of the findings, and how often it finds something today."""

    code: str
    title: str
    severity: str
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """The rules about one subject."""

    key: str
    title: str
    rules: tuple[OneRule, ...]
    open: bool  # whether one of its rules is chosen

    @property
    def count(self) -> int:
        """How much the group finds today."""
        return sum(each.count for each in self.rules)


@dataclass(frozen=True, slots=True)
class Names:
    """How many names keep a convention, and some that do not: what they are, and what would do."""

    kept: int
    all: int
    examples: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open request, and what would stand in its way."""

    request: ChangeRequest
    missing: tuple[str, ...]


def groups(branch: Branch, chosen: Collection[str]) -> list[Group]:
    """Return the rules of the findings in groups, with what they find today."""
    design = design_at(branch, branch.head)
    found = Counter(each.code for model in models(design) for each in findings.of_model(branch, model.id)[0])
    rules = [OneRule(each.code, each.title, each.severity, found[each.code]) for each in all_rules()]
    by_group = {key: tuple(each for each in rules if each.code[2] == key) for key in GROUPS}
    return [
        Group(key, GROUPS[key], own, any(each.code in chosen for each in own)) for key, own in by_group.items()
    ]  # fmt: skip


def names(branch: Branch, rules: Rules) -> Names | None:
    """Return how today's names stand to a convention, None where there is none."""
    if not rules.convention:
        return None
    design = design_at(branch, branch.head)
    asked = [each.id for each in islice(_named(design), MOST_NAMES)]
    broken = list(broken_names(design, asked, rules))
    shown = tuple((told(design, record), verdict.problem, verdict.wish) for record, verdict in broken[:EXAMPLES])
    return Names(len(asked) - len(broken), len(asked), shown)


def _named(design: Design) -> Iterator[Record]:
    return (each for each in design.values() if kind_of_name(each) and isinstance(each, Named) and each.name)


def waiting(branch: Branch, rules: Rules) -> list[Waiting]:
    """Return the open requests of a project with what rules would find missing."""
    return [
        Waiting(each, requests.standing(each, rules).missing) for each in requests.listed(branch)[:MOST_REQUESTS]
    ]  # fmt: skip
