"""What all tables share: random ids for addresses, and the workspace that a row belongs to."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

from designer.schema.ids import ALPHABET

PUBLIC_ID_LENGTH = 14


def public_id() -> str:
    """Return a random id for addresses: 83 bits, so that nobody finds a project by guessing."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


class Within(models.Model):
    """A row of a workspace. It carries the workspace itself, so that the workspace can become a shard key.

    `OWNER` names the field whose row it belongs to; the workspace is taken from there.
    """

    OWNER = "branch"
    workspace = models.ForeignKey("designer.Workspace", models.CASCADE, related_name="+", editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if self.workspace_id is None:
            self.workspace_id = getattr(self, self.OWNER).workspace_id
        super().save(*args, **options)
