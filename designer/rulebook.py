"""Rules by code, one module each, and what the pages about them have in common.

The findings of a design and the hazards of a migration are two such books.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import Generic, Protocol, TypeVar


class Listed(Protocol):
    """What a rule tells about itself in a list."""

    @property
    def code(self) -> str:
        """Two letters and three digits, of which the first is the group: `WK205`."""

    @property
    def name(self) -> str:
        """The words that people use for it: `foreign-key-without-index`."""

    @property
    def title(self) -> str:
        """What is wrong, as a short sentence."""

    @property
    def severity(self) -> str:
        """How bad that is."""


R = TypeVar("R", bound=Listed)


class Rulebook(Generic[R]):
    """The rules of a package: code -> module, which has a `RULE`. A module is read when somebody asks for its rule."""

    def __init__(self, package: str, modules: Mapping[str, str]):
        self.package = package
        self.modules = modules
        self._read: dict[str, R] = {}

    def get(self, code: str) -> R:
        """Return a rule by its code or its name. Raises KeyError for any other."""
        module = self.modules.get(code.upper()) or self._module_named(code)
        if module not in self._read:
            self._read[module] = import_module(f"{self.package}.{module}").RULE
        return self._read[module]

    def _module_named(self, name: str) -> str:
        module = name.lower().replace("-", "_")
        if module not in self.modules.values():
            raise KeyError(f"there is no rule {name!r}")
        return module

    @cached_property
    def _all(self) -> tuple[R, ...]:
        return tuple(self.get(code) for code in self.modules)

    def all_rules(self) -> tuple[R, ...]:
        """Return all rules, in the order of their codes."""
        return self._all


def table(rules: Iterable[Listed]) -> Iterator[str]:
    """Yield the lines of a Markdown table of rules, each with a link to its section."""
    yield "| code | name | severity | what |\n|---|---|---|---|"
    for rule in rules:
        anchor = f"{rule.code}-{rule.name}".lower()
        yield f"| [{rule.code}](#{anchor}) | {rule.name} | {rule.severity} | {rule.title} |"


def heading(rule: Listed, rules: Sequence[Listed], groups: Mapping[str, str]) -> Iterator[str]:
    """Yield the heading of a rule's section, behind that of its group if it is the first one there."""
    group = rule.code[2]
    if rule is next(each for each in rules if each.code[2] == group):
        yield f"\n## {groups[group]}"
    yield f"\n### {rule.code} {rule.name}\n"
