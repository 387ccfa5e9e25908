"""Writing results: whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from designer.cli.problems import Problem


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never half of it."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        _write_through(path, data)
        return
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent or Path(), prefix=".wholekey-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Problem(
            f"this cannot be written: {error.strerror}; check the directory and its permissions", str(path)
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write_through(path: Path, data: bytes) -> None:
    """Write to a device or pipe, such as /dev/stdout, which cannot be replaced."""
    if path.is_dir():
        raise Problem("this is a directory; name a file in it", str(path))
    path.write_bytes(data)


def write_result(files: Mapping[str, str | bytes], target: str | None) -> None:
    """Write an export: to stdout, to the file `target`, or several files into the directory `target`."""
    if target is None or target == "-":
        for content in files.values():
            data = content.encode("utf-8") if isinstance(content, str) else content
            sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    elif len(files) > 1 or Path(target).is_dir():
        folder = Path(target)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_file(folder / name, content)
    else:
        write_file(Path(target), next(iter(files.values())))
