"""What the environment says."""

from __future__ import annotations

import os


def flag(name: str, default: bool) -> bool:
    """Return whether a variable says yes."""
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes", "on")


def text(name: str) -> str:
    """Return a variable without blanks at its ends, or nothing."""
    return os.environ.get(name, "").strip()
