"""The secret key of this installation: made once, kept in a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Return the key in `path`, which is made on first use with mode 0600."""
    if not path.exists():
        _make(path)
    key = path.read_text().strip()
    if not key:
        raise RuntimeError(f"{path} is empty; delete it and a new key is made")
    return key


def _make(path: Path) -> None:
    """Write a new key whole before it gets its name: two processes that start together end up with one key."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mkstemp makes files with mode 0600
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    with suppress(FileExistsError):
        os.link(name, path)
    os.unlink(name)  # noqa: PTH108
