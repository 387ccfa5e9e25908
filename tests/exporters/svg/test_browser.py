"""What Chromium makes of a drawing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from exporters.contract import Options
from exporters.svg import EXPORTER
from tests.layout.schemas import shop
from tests.nasty import nasty_design


@pytest.mark.browser
@pytest.mark.parametrize("name", ["shop", "nasty"])
def test_chromium_shows_it(name: str, tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    design = shop() if name == "shop" else nasty_design()
    drawing, picture = tmp_path / "drawing.svg", tmp_path / "picture.png"
    drawing.write_text(EXPORTER.export(design, Options()).text, encoding="utf-8")
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,900", f"--user-data-dir={tmp_path}",
         f"--screenshot={picture}", drawing.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert picture.stat().st_size > 10_000
