"""Long work."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from designer.models.base import public_id


class Job(models.Model):
    """Long work that somebody waits for. It is a row, so that any server process can tell how far it is."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    workspace = models.ForeignKey("designer.Workspace", models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    fraction = models.FloatField(default=0)
    message = models.TextField(blank=True, default="")
    cancel_asked = models.BooleanField(default=False)
    branch = models.ForeignKey("designer.Branch", models.CASCADE, null=True, related_name="jobs")
    result = models.BinaryField(default=b"")
    created = models.DateTimeField(default=timezone.now)
    heard = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)
