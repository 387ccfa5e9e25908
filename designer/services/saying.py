"""How a process that reads what a person brings talks to the server: in lines of JSON."""

from __future__ import annotations

import sys
from typing import Any

import msgspec


def say(**words: Any) -> None:
    """Write one line to the server."""
    sys.stdout.write(msgspec.json.encode(words).decode() + "\n")
    sys.stdout.flush()
