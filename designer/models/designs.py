"""Designs: projects, branches with their logs, snapshots, and versions with names."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from designer.models.base import Within, public_id


class Project(models.Model):
    """One design, with its branches."""

    workspace = models.ForeignKey("designer.Workspace", models.CASCADE, related_name="projects")
    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    created = models.DateTimeField(default=timezone.now)
    review_rules = models.JSONField(blank=True, default=dict)

    def __str__(self) -> str:
        return self.name


class Branch(Within):
    """A line of versions of a design. `head` is the version of its last log entry; 0 is the empty design.

    `tail_entries` and `tail_bytes` say how much of the log lies behind the last snapshot.

    A branch that was made from another one, its `source`, goes on with the numbers of the version that it left at:
    what lies before `forked_at` is in the log of the source. The source has all that the branch had at its version
    `merged_up_to`, the branch all that the source had at version `updated_to`. The last state that both know is the
    former where `merged_last`, else the latter: the base of the next merge.
    """

    OWNER = "project"
    project = models.ForeignKey(Project, models.CASCADE, related_name="branches")
    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    name = models.CharField(max_length=100, default="main")
    head = models.PositiveIntegerField(default=0)
    tail_entries = models.PositiveIntegerField(default=0)
    tail_bytes = models.PositiveBigIntegerField(default=0)
    edited = models.DateTimeField(default=timezone.now)
    source = models.ForeignKey("self", models.RESTRICT, null=True, related_name="derived")
    forked_at = models.PositiveIntegerField(default=0)
    merged_up_to = models.PositiveIntegerField(default=0)
    updated_to = models.PositiveIntegerField(default=0)
    merged_last = models.BooleanField(default=False)
    author_name = models.CharField(max_length=200, blank=True, default="")
    created = models.DateTimeField(default=timezone.now)
    archived = models.BooleanField(default=False)
    protected = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("project", "name"), name="branch_names_are_unique"),)

    def __str__(self) -> str:
        return f"{self.project} ({self.name})"


class AppendOnlyError(Exception):
    """Somebody tried to rewrite history."""

    def __init__(self) -> None:
        super().__init__("the log is append-only: undo a change with another one")


class AppendOnlyQuerySet(models.QuerySet["LogEntry"]):
    """Rows can be added and read; they go only together with their branch."""

    def update(self, **fields: Any) -> NoReturn:  # noqa: ARG002 - Django's signature
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:  # noqa: ARG002 - Django's signature
        raise AppendOnlyError


class LogEntry(Within):
    """One accepted change. `key` is the random key its author gave it, by which a repeated post is known.

    What a merge brought names the branch it came from, `merged_from`, and the version of that branch.
    """

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="entries")
    version = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=200)
    time = models.DateTimeField(default=timezone.now)
    label = models.CharField(max_length=200)
    client = models.CharField(max_length=64, blank=True, default="")
    change = models.TextField()
    merged_from = models.ForeignKey(Branch, models.SET_NULL, null=True, related_name="+")
    merged_version = models.PositiveIntegerField(null=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("branch", "version"), name="one_entry_a_version"),
            models.UniqueConstraint(fields=("branch", "key"), name="one_entry_a_key"),
        )

    def __str__(self) -> str:
        return f"{self.branch} {self.version}: {self.label}"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *args: Any, **options: Any) -> NoReturn:  # noqa: ARG002 - Django's signature
        raise AppendOnlyError


class Snapshot(Within):
    """The whole design at a version, as the zlib-compressed canonical file."""

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="snapshots")
    version = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("branch", "version"), name="one_snapshot_a_version"),)

    def __str__(self) -> str:
        return f"{self.branch} at {self.version}"


class NamedVersion(Within):
    """A version that people gave a name: what was released, what was agreed on.

    `checksum` is the SHA-256 of the design's canonical file; a migration names the state that it belongs to by it.
    """

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="named_versions")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    note = models.TextField(blank=True, default="")
    checksum = models.CharField(max_length=64)
    author_name = models.CharField(max_length=200)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("branch", "name"), name="names_of_versions_are_unique"),
            models.UniqueConstraint(fields=("branch", "version"), name="one_name_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.branch} at {self.version})"


class Deployment(Within):
    """That a named version runs somewhere since some time. The latest of a place is what runs there now."""

    OWNER = "named"
    named = models.ForeignKey(NamedVersion, models.CASCADE, related_name="deployments")
    place = models.CharField(max_length=100)
    source = models.CharField(max_length=200, blank=True, default="")  # empty: marked by hand; else the tool's table
    author_name = models.CharField(max_length=200)
    created = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.named.name} on {self.place}"


class DataSample(Within):
    """What the rows of a table or an entity say: the last data that somebody showed, as found out and sampled.

    `element` is the id of the table or entity. `found` is what `services.discovering` writes, compressed; it has two
    hundred rows at most, and goes with its branch. `sketches` say which columns may refer to which.
    """

    branch = models.ForeignKey(Branch, models.CASCADE, related_name="samples")
    element = models.CharField(max_length=64)
    source = models.CharField(max_length=300)
    rows = models.PositiveBigIntegerField(default=0)
    found = models.BinaryField()
    sketches = models.BinaryField(default=b"")
    author_name = models.CharField(max_length=200)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("branch", "element"), name="one_sample_a_table"),)

    def __str__(self) -> str:
        return f"{self.source} ({self.rows} rows, {self.branch})"
