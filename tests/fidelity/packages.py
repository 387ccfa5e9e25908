"""Packages of Debian, PyPI and npm, downloaded once and unpacked in a cache; nothing of them is run or installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "wholekey" / "fidelity"
SECONDS = 600
"""The longest that one download may take."""


class NotFetched(Exception):
    """A package cannot be had here; says which and why."""


@dataclass(frozen=True, slots=True)
class Package:
    """One package. An empty version is the newest that the registry offers; the file's name says which it was."""

    registry: str  # debian, pypi, npm
    name: str
    version: str = ""

    @property
    def folder(self) -> Path:
        """Where its files are, once fetched."""
        return (
            CACHE
            / self.registry
            / re.sub(r"[^\w.-]+", "+", f"{self.name}-{self.version}" if self.version else self.name)
        )


def debian(name: str) -> Package:
    """Return the package of that name of the Debian or Ubuntu release that this machine runs."""
    return Package("debian", name)


def pypi(name: str, version: str = "") -> Package:
    """Return a wheel or source distribution of PyPI."""
    return Package("pypi", name, version)


def npm(name: str, version: str = "") -> Package:
    """Return a package of npm."""
    return Package("npm", name, version)


def fetched(package: Package) -> tuple[Path, str]:
    """Return the folder with the package's files, and its version. Raises NotFetched."""
    said = package.folder / "VERSION"
    if not said.exists():
        package.folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as place:
            archive = _downloaded(package, Path(place))
            unpacked = Path(place) / "unpacked"
            unpacked.mkdir()
            _unpack(archive, unpacked)
            (unpacked / "VERSION").write_text(_version(package, archive.name))
            shutil.rmtree(package.folder, ignore_errors=True)
            unpacked.rename(package.folder)
    return package.folder, said.read_text()


def _downloaded(package: Package, place: Path) -> Path:
    wanted = f"{package.name}=={package.version}" if package.version else package.name
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        ".",
    ]
    commands = {
        "debian": ["apt-get", "--quiet", "download", package.name],
        "pypi": [*pip, "--only-binary=:all:", wanted],
        "npm": ["npm", "pack", "--silent", wanted.replace("==", "@")],
    }
    try:
        subprocess.run(commands[package.registry], cwd=place, check=True, capture_output=True, timeout=SECONDS)
    except FileNotFoundError:
        raise NotFetched(f"{commands[package.registry][0]} is not installed, so {package.name} cannot be had") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        said = (error.stderr or b"").decode(errors="replace").strip().splitlines()[-1:]
        raise NotFetched(f"{package.registry} does not give {wanted}: {' '.join(said)}") from None
    return next(place.iterdir())


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True, capture_output=True)
    elif archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(folder)
    else:
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")


def _version(package: Package, file: str) -> str:
    """Return the version in a file's name: after the name, before the architecture, and without an epoch."""
    rest = unquote(file).replace(package.name.replace("-", "_"), package.name)
    found = re.search(r"(?:^|[_-])(?:\d+:)?(\d[\w.+~]*(?:-[\d.+~\w]*\d\w*)?)", rest.removeprefix(package.name))
    version = found[1] if found else package.version
    return re.split(r"_(?:all|amd64|arm64)|\.tgz$|-py[23]|-cp3", version)[0]
