"""What one real schema is: where it comes from, which of its files make it, and what its own installer would do besides."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fidelity.packages import Package, fetched

Edit = Callable[[str], str]
Maker = Callable[[Any], tuple[str, str]]
"""Makes a script on a server of the dialect: (script, version)."""


def as_it_is(script: str) -> str:
    """Return a script that needs nothing done to it."""
    return script


@dataclass(frozen=True)
class Real:
    """A schema that people run."""

    name: str
    dialect: str
    package: Package | None = None
    files: tuple[str, ...] = ()  # patterns in the package, each in the order of names; @FILE lists those beside it
    after: Real | None = None  # whose script runs before this one's
    edit: Edit = as_it_is  # what the package's installer does to the script before it runs it
    made: Maker | None = None  # instead of a package
    roles: tuple[str, ...] = ()  # which the script grants to
    setting: str = ""  # SQL run before the script in both databases: what is no part of a schema, such as languages
    only: tuple[str, ...] = ()  # ways that can be walked, where not all can; `known` says why not
    known: dict[str, str] = field(default_factory=dict)  # way -> why it is not equal, or not walked

    def script(self, home: Any) -> tuple[str, str]:
        """Return the script, and the version of what it was taken from. Raises NotFetched, FileNotFoundError."""
        if self.made is not None:
            return self.made(home)
        if self.package is None:
            raise ValueError(f"{self.name} comes from nowhere")
        folder, version = fetched(self.package)
        own = self.edit("\n".join(_text(path) for pattern in self.files for path in _files(folder, pattern)))
        return (f"{self.after.script(home)[0]}\n{own}" if self.after else own), version

    @property
    def origin(self) -> str:
        """The package in words."""
        if self.package is None:
            return "PyPI, its migrations run:"
        places = {"debian": "Debian", "pypi": "PyPI", "npm": "npm"}
        return f"{places[self.package.registry]} {self.package.name}"


def _files(folder: Path, pattern: str) -> list[Path]:
    if pattern.startswith("@"):
        listing = folder / pattern[1:]
        names = (line.strip().lstrip("!") for line in _text(listing).splitlines() if not line.startswith("#"))
        return [listing.parent / name for name in names if name]
    found = sorted(path for path in folder.glob(pattern) if path.is_file())
    if not found:
        raise FileNotFoundError(f"{folder} has no {pattern}")
    return found


def _text(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", errors="replace")
