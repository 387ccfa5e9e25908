"""Who belongs together, and who may do what: workspaces, roles, invitations, links for guests."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from designer.models.base import Within, public_id


class Workspace(models.Model):
    """A team and its projects."""

    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=32, unique=True, default=public_id)
    created = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member of a workspace may do; each role may do all that the ones below it may."""

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    VIEWER = "viewer"


class Membership(models.Model):
    """Who belongs to a workspace, and as what."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.VIEWER)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "user"), name="one_membership_each"),)

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.workspace}"


class ProjectRole(Within):
    """What somebody may do in one project, instead of what the role in the workspace says.

    Somebody without a role in the workspace sees this project only. `none` shuts a member of the workspace out; an
    owner of the workspace is never shut out.
    """

    OWNER = "project"
    NONE = "none"
    project = models.ForeignKey("designer.Project", models.CASCADE, related_name="roles")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="project_roles")
    role = models.CharField(max_length=16, choices=[*Role.choices[1:], (NONE, "No access")])

    class Meta:
        constraints = (models.UniqueConstraint(fields=("project", "user"), name="one_role_each_in_a_project"),)

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.project}"


class Invitation(models.Model):
    """That the reader of an e-mail may join a workspace, or one project of it. Only the hash of its token is kept."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    project = models.ForeignKey("designer.Project", models.CASCADE, null=True, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.VIEWER)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_by_name = models.CharField(max_length=200)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.email} as {self.role} of {self.workspace}"


class ShareLink(Within):
    """An address by which people without an account look at a project or comment on it. It opens on `branch`.

    Only the hash of its token is kept, and of its password what Django keeps of passwords. `secret_version` counts up
    when the password changes: who came in by the old one has to say the new one.
    """

    OWNER = "project"
    project = models.ForeignKey("designer.Project", models.CASCADE, related_name="links")
    branch = models.ForeignKey("designer.Branch", models.CASCADE, null=True, related_name="+")
    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    label = models.CharField(max_length=200, blank=True, default="")
    token_hash = models.CharField(max_length=64, unique=True)
    may_comment = models.BooleanField(default=False)
    password = models.CharField(max_length=128, blank=True, default="")
    secret_version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_by_name = models.CharField(max_length=200)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)
    last_used = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.label or 'link'} to {self.project}"


class OneTimeLogin(models.Model):
    """That the first who shows a token is logged in as a user: how one person on one computer gets in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField(null=True)
    used = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"a login for {self.user}"
