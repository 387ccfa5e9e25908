"""What the checks of a change request have found out on a server, and what people have said about its hazards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from designer.models.base import Within


class MigrationProof(Within):
    """That the migration of a request was run on scratch servers, at one pair of heads. Later edits make it stale.

    `found` is a list with an entry for each physical model: its id and name, whether it passed, and a sentence. The job
    tells how far a run is that has not ended.
    """

    OWNER = "request"
    request = models.ForeignKey("designer.ChangeRequest", models.CASCADE, related_name="proofs")
    target_version = models.PositiveIntegerField()
    branch_version = models.PositiveIntegerField()
    job = models.ForeignKey("designer.Job", models.SET_NULL, null=True, related_name="+")
    ended = models.BooleanField(default=False)
    found = models.JSONField(default=list)
    author_name = models.CharField(max_length=200)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=("request", "-created"), name="proofs_of_a_request"),)

    def __str__(self) -> str:
        return f"proof of {self.request} at {self.target_version} and {self.branch_version}"


class Acknowledgement(Within):
    """That somebody knows of a hazard of a request's migration, and why it is taken. `hazard` is the key of it."""

    OWNER = "request"
    request = models.ForeignKey("designer.ChangeRequest", models.CASCADE, related_name="acknowledgements")
    hazard = models.CharField(max_length=64)
    message = models.TextField()
    reason = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=200)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("request", "hazard"), name="one_acknowledgement_a_hazard"),)

    def __str__(self) -> str:
        return f"{self.author_name}: {self.reason[:40]}"
