"""Installing what the tests need from the system: a browser, MariaDB and Graphviz, where that needs no person.

An installed Chromium or Chrome comes first (beside the Chromium of the system's packages its shell, which costs less),
then the system's packages (as root, or by sudo without a password), and only then Playwright's own download. What cannot be had is said; the tests that need it are then skipped, or fail
where WHOLEKEY_REQUIRE_ALL=1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
"""Chromium without what only a window needs: the same engine for a quarter less of the processor."""
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge")
SERVERS = ("mariadbd", "mysqld")
_SBIN = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
_PLAYWRIGHT_CACHE = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")


def browser() -> str | None:
    """Return the path of a browser to test with: WHOLEKEY_BROWSER, an installed one, or Playwright's."""
    named = os.environ.get("WHOLEKEY_BROWSER")
    if named:
        return named
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or next(
        (str(path) for path in sorted(_PLAYWRIGHT_CACHE.glob("chromium*/*/chrome*")) if path.is_file()), None
    )


def _shell() -> str | None:
    """Return what makes the shell needless: itself, or a browser that is not the one of the system's packages."""
    found = browser()
    return None if found is None or Path(found).name == "chromium" else found


def server() -> str | None:
    """Return the path of an installed MariaDB server."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *_SBIN])
    return next((found for name in SERVERS if (found := shutil.which(name, path=path))), None)


def _apt() -> list[str] | None:
    """Return the command that installs system packages without asking, or None where there is no such thing."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", "apt-get"]
    return None


def _install(packages: list[str]) -> bool:
    apt = _apt()
    if apt is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"installing from the system's packages: {', '.join(packages)}", flush=True)
    subprocess.run([*apt, "update", "-q"], env=environment, check=False, stdout=subprocess.DEVNULL)
    command = [*apt, "install", "-y", "-q", "--no-install-recommends", *packages]
    return subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL).returncode == 0


def main() -> int:
    """Install what is missing; say what could not be had."""
    parts = ((SHELL, _shell()), ("mariadb-server", server()), ("graphviz", shutil.which("dot")))
    wanted = [package for package, there in parts if there is None]
    if wanted and not _install(wanted):
        for package in wanted:
            _install([package])
    if browser() is None:
        _install(["chromium"])
    if browser() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    for what, there in (("a browser", browser()), ("a MariaDB server", server())):
        if there is None:
            print(f"could not get {what}: the tests that need it cannot run here", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
