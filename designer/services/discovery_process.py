"""The process that looks at rows, seen from the server: `services.discovery_worker` under limits."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from django.conf import settings

from designer.discovery.contract import Profile
from designer.importers.contract import Progress
from designer.services.import_process import Reading


class Discovering(Reading):
    """One run of the process: rows in, a `Profile` out."""

    worker = "designer.services.discovery_worker"

    def __init__(self, task: dict[str, Any], called: str):
        super().__init__(task, called, "take fewer rows or fewer columns")

    def found(self, watch: Progress) -> Profile:
        """Return what was found. However it ends, the process is gone afterwards. Raises Invalid with its sentence."""
        with TemporaryDirectory(dir=settings.VAR_DIR, prefix="discovery-") as folder:
            out = Path(folder) / "profile"
            self.task["out"] = str(out)
            self.run(watch)
            return msgspec.json.decode(out.read_bytes(), type=Profile)
