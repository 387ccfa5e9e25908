"""Change requests, reviews, comments, and what people are told of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from designer.models.base import Within


class ChangeRequest(Within):
    """The wish to merge a branch into the one that it came from, as people talk about it and decide it.

    `number` counts in its project. `merged_version` is the version of the target at which it was merged,
    `branch_version` that of the branch then. `reverts` is the merged request that this one takes back.
    """

    class State(models.TextChoices):
        OPEN = "open"
        MERGED = "merged"
        CLOSED = "closed"

    OWNER = "project"
    project = models.ForeignKey("designer.Project", models.CASCADE, related_name="requests")
    number = models.PositiveIntegerField()
    branch = models.ForeignKey("designer.Branch", models.CASCADE, related_name="requests")
    target = models.ForeignKey("designer.Branch", models.CASCADE, related_name="requests_into")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    draft = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=200)
    reviewers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    edited = models.DateTimeField(default=timezone.now)
    merged_version = models.PositiveIntegerField(null=True)
    branch_version = models.PositiveIntegerField(null=True)
    reverts = models.ForeignKey("self", models.SET_NULL, null=True, related_name="reverted_by")
    ended_by = models.CharField(max_length=200, blank=True, default="")
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("project", "number"), name="one_request_a_number"),
            models.UniqueConstraint(
                fields=("branch",), condition=models.Q(state="open"), name="one_open_request_a_branch"
            ),
        )

    def __str__(self) -> str:
        return f"#{self.number} {self.title}"


class Review(Within):
    """What somebody decided about a request, at a version of its branch. Later edits make it stale."""

    class Verdict(models.TextChoices):
        APPROVED = "approved"
        CHANGES = "changes"

    OWNER = "request"
    request = models.ForeignKey(ChangeRequest, models.CASCADE, related_name="reviews")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=200)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    body = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField()
    created = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.author_name}: {self.verdict}"


class Comment(Within):
    """A remark on a project's branch, or on a request of it. One with `thread` answers another.

    It is about the whole; or about an element (the id of a record), and of it perhaps one field, which is what a change
    of a request is; or about a spot of a diagram, `x` and `y` in the diagram's world. `suggestion` is a change, in
    the encoding of the log, that was made on `suggested_on`, a version of the branch; who applies it edits.
    """

    branch = models.ForeignKey("designer.Branch", models.CASCADE, related_name="comments")
    request = models.ForeignKey(ChangeRequest, models.CASCADE, null=True, related_name="comments")
    thread = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    element = models.CharField(max_length=64, blank=True, default="")
    field = models.CharField(max_length=64, blank=True, default="")
    diagram = models.CharField(max_length=64, blank=True, default="")
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=200)
    body = models.TextField()
    created = models.DateTimeField(default=timezone.now)
    edited = models.DateTimeField(null=True)
    resolved = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=200, blank=True, default="")
    suggestion = models.TextField(blank=True, default="")
    suggestion_label = models.CharField(max_length=200, blank=True, default="")
    suggested_on = models.PositiveIntegerField(null=True)
    applied = models.DateTimeField(null=True)
    applied_by = models.CharField(max_length=200, blank=True, default="")
    applied_version = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("branch", "element"), name="comments_of_an_element"),)

    def __str__(self) -> str:
        return f"{self.author_name}: {self.body[:40]}"


class Notice(Within):
    """What somebody should know: was mentioned, was asked to review, was answered. `read` is when it was looked at."""

    class Kind(models.TextChoices):
        MENTION = "mention"
        ANSWER = "answer"
        REVIEW_ASKED = "review_asked"
        REVIEWED = "reviewed"
        MERGED = "merged"
        CLOSED = "closed"
        INVITED = "invited"

    OWNER = "project"
    project = models.ForeignKey("designer.Project", models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    request = models.ForeignKey(ChangeRequest, models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    created = models.DateTimeField(default=timezone.now)
    read = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("user", "read"), name="notices_not_read"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"


class NoticeMail(models.Model):
    """Of which kinds of notices somebody wants letters. Whoever never said so gets those of the usual kinds."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_mail")
    kinds = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.user}: {', '.join(self.kinds)}"
