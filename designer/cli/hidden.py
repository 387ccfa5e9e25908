"""Passwords in the arguments of a process: `ps` shows those to every user of the machine."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from pathlib import Path

from designer.importers.live.urls import secrets_of

_ARG_START, _ARG_END = 45, 46
"""Where /proc/self/stat tells the addresses of the arguments, counted behind the program's name (man proc_pid_stat)."""


def hide_passwords(arguments: Iterable[str]) -> None:
    """Write asterisks over the passwords of URLs where the system keeps this process's arguments.

    Linux only; elsewhere nothing happens. It was readable for the moment until here: PGPASSFILE and prompts never are.
    """
    secrets = [secret.encode("utf-8", "surrogateescape") for each in arguments for secret in secrets_of(each)]
    if not secrets:
        return
    try:
        fields = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        start, end = int(fields[_ARG_START]), int(fields[_ARG_END])
    except (OSError, ValueError, IndexError):
        return
    if 0 < start < end:
        _overwrite(start, end - start, secrets)


def _overwrite(start: int, size: int, secrets: list[bytes]) -> None:
    kept = ctypes.string_at(start, size)
    for secret in secrets:
        kept = kept.replace(secret, b"*" * len(secret))
    ctypes.memmove(start, kept, size)
