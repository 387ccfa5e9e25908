"""The pictures of the README and the docs, taken from the real program: `make shots`.

Starts a server of its own on a free port with an empty database, opens the demo in headless Chromium, and writes
docs/images/*.png, in light and dark, for a desk and for a phone.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browsers import FLAGS
from tests.tools.system_packages import browser

IMAGES = Path(__file__).parent / "images"
SIZES = {"": (1440, 900), "-phone": (390, 844)}


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run Wholekey with an empty database and give its address."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "designer.cli", "serve", "--port", "0"]
        environment = {**os.environ, "WHOLEKEY_VAR": folder, "WHOLEKEY_ONE_TIME": "0"}
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True, cwd=IMAGES.parent.parent
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            if found is None:
                raise SystemExit(f"the server did not start: {line}")
            yield found.group()
        finally:
            process.terminate()
            process.wait(10)


def open_demo(page: Page, address: str) -> None:
    """Open the demo's diagram and wait until it is drawn."""
    page.goto(address)
    page.get_by_role("link", name=re.compile("demo", re.IGNORECASE)).first.click()
    page.wait_for_selector("#stage[data-ready]")
    page.wait_for_timeout(900)


def main() -> int:
    """Take all pictures."""
    IMAGES.mkdir(exist_ok=True)
    with server() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=FLAGS)
        for theme in ("light", "dark"):
            for suffix, (width, height) in SIZES.items():
                context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
                page = context.new_page()
                page.goto(address)
                page.wait_for_function(
                    "() => [...document.images].every((each) => each.complete && each.naturalWidth > 0)"
                )
                page.screenshot(path=IMAGES / f"projects-{theme}{suffix}.png")
                open_demo(page, address)
                page.screenshot(path=IMAGES / f"canvas-{theme}{suffix}.png")
                context.close()
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
