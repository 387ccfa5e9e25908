"""What a format of migrations is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from designer.evolution.contract import Migration

_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Meta:
    """What the files of a migration are called, and what they say of themselves.

    `app` is the Django app, `parent` the revision or migration that this one follows; each tool has its own words.
    """

    title: str = "change schema"  # in the words of people: Add preferences to users
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    author: str = "wholekey"
    app: str = "app"
    parent: str = ""

    @property
    def slug(self) -> str:
        """The title as part of a file name: `add_preferences_to_users`."""
        return _UNSAFE.sub("_", self.title.lower()).strip("_")[:60] or "change_schema"

    @property
    def day(self) -> str:
        """The time as `20240101_120000`."""
        return self.at.strftime("%Y%m%d_%H%M%S")

    @property
    def stamp(self) -> str:
        """The time as `20240101120000`."""
        return self.at.strftime("%Y%m%d%H%M%S")


class Format(Protocol):
    """One format. Registered in `formats.registry` by dotted path and imported on first use."""

    name: str  # as in `--to NAME`
    title: str  # as people know it
    text: str  # what it is for, in a phrase

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return file name -> content, the main file first."""
        ...


class FormatProblem(Exception):
    """There is no such format, or it cannot hold this migration. Says what to do."""
