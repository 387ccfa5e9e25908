"""Starting server programs that belong to us: in a folder of their own, as nobody of importance, gone when we are."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from designer.proof.contract import ProofProblem

STALE = 600
"""Seconds after which a folder without a living owner is swept away."""
_PREFIX = "wholekey-scratch-"
_PR_SET_PDEATHSIG = 1
_SHORT = 80
"""The path of a socket may have 107 bytes; the folder gets what the name of the socket leaves."""


def new_folder() -> Path:
    """Return a new folder that only we can enter, below $WHOLEKEY_VAR where its path is short enough for sockets."""
    wanted = os.environ.get("WHOLEKEY_VAR")
    parent = Path(wanted).absolute() / "scratch" if wanted else Path(tempfile.gettempdir())
    if len(os.fsencode(parent)) > _SHORT - len(_PREFIX) - 8 or is_root():
        parent = Path(tempfile.gettempdir())  # as root the server is another user, who must get there
    parent.mkdir(parents=True, exist_ok=True)
    _sweep(parent)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent))


def _sweep(parent: Path) -> None:
    """Remove what a killed process has left."""
    for old in parent.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            ours = old.stat().st_uid in (os.geteuid(), _server_uid())
            if ours and time.time() - old.stat().st_mtime > STALE and not _lives(old.name):
                shutil.rmtree(old, ignore_errors=True)


def _lives(name: str) -> bool:
    """Say whether the process that made a folder is still there."""
    number = name.removeprefix(_PREFIX).partition("-")[0]
    try:
        os.kill(int(number), 0)
    except (ValueError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True


def is_root() -> bool:
    """Say whether we are root, as whom no database server should run."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _server_uid() -> int:
    return _server_user().pw_uid if is_root() else os.geteuid()


def _server_user() -> pwd.struct_passwd:
    for name in ("nobody", "postgres", "daemon"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ProofProblem(
        "there is no user nobody, as whom the scratch server could run; run wholekey as another than root"
    )


def give(path: Path) -> None:
    """Let the server own a folder, where it is not us who run it."""
    if is_root():
        user = _server_user()
        for each in (path, *path.rglob("*")):
            os.chown(each, user.pw_uid, user.pw_gid)


class Identity(NamedTuple):
    """As whom a program runs; None is as ourselves."""

    user: int | None = None
    group: int | None = None
    others: tuple[int, ...] | None = None


def identity() -> Identity:
    """Return as whom a server runs: as nobody of importance where we are root."""
    if not is_root():
        return Identity()
    user = _server_user()
    return Identity(user.pw_uid, user.pw_gid, ())


def environment(folder: Path) -> dict[str, str]:
    """Return what a server may know of our environment: no more than it needs."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TZDIR") if name in os.environ}
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(folder), "TMPDIR": str(folder), **kept}


def may_run(program: Path) -> bool:
    """Say whether the user of the server can reach and run a program."""
    who = identity()
    try:
        done = subprocess.run(  # noqa: S603 - a program of a package that we depend on
            [str(program), "--version"],
            capture_output=True,
            timeout=30,
            check=False,
            cwd="/",
            user=who.user,
            group=who.group,
            extra_groups=who.others,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return bool(done.returncode == 0)


def run(command: Sequence[str], folder: Path, seconds: float, log: Path) -> None:
    """Run a program to its end. Raises ProofProblem with the last of what it said where it fails."""
    who = identity()
    try:
        with log.open("wb") as out:
            done = subprocess.run(  # noqa: S603 - a fixed command
                list(command), stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=seconds,
                check=False, cwd=folder, env=environment(folder),
                user=who.user, group=who.group, extra_groups=who.others,
            )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise ProofProblem(f"the scratch server cannot be set up: {error}") from None
    if done.returncode:
        raise ProofProblem(f"the scratch server cannot be set up: {tail(log)}")


def start(command: Sequence[str], folder: Path, log: Path, file_limit: int) -> subprocess.Popen[bytes]:
    """Start a server that dies when we do, and whose files cannot grow beyond `file_limit` bytes each."""
    who = identity()
    try:
        with log.open("ab") as out:
            return subprocess.Popen(  # noqa: S603 - a fixed command; no thread of ours is running yet
                list(command), stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=folder,
                env=environment(folder), start_new_session=True,
                user=who.user, group=who.group, extra_groups=who.others,
                preexec_fn=_limits(file_limit),  # noqa: PLW1509 - no thread of ours is running yet
            )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise ProofProblem(f"the scratch server cannot be started: {error}") from None


def _limits(file_limit: int) -> Callable[[], None]:
    import resource

    library = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if library is not None:
            library.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)

    return limit


def stop(process: subprocess.Popen[bytes], folder: Path, signals: Iterable[int], seconds: float = 5.0) -> None:
    """End a server, harder with each signal, and remove its folder."""
    for each in (*signals, signal.SIGKILL):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            process.send_signal(each)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)  # what a server leaves behind dies with it
    shutil.rmtree(folder, ignore_errors=True)


def tail(log: Path) -> str:
    """Return the end of a log in one line."""
    with contextlib.suppress(OSError):
        return " ".join(log.read_text("utf-8", "replace").split())[-400:]
    return "it said nothing"


def size(folder: Path) -> int:
    """Return how many bytes the files below a folder take."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(parent, name)).st_blocks * 512  # noqa: PTH118 - thousands of files
    return total
