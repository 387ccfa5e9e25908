"""Comparing with files that a person has read and found right.

Run the tests with WHOLEKEY_REWRITE_GOLDEN=1 to write them anew, and read the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """Fail where `text` differs from the golden file."""
    path = FOLDER / name
    if os.environ.get("WHOLEKEY_REWRITE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
