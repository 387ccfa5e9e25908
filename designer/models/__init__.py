"""What is stored: workspaces and projects, and of each branch of a design its log of changes.

The log is the store. A branch is an append-only list of changes with version numbers; a snapshot now and then only
shortens the way back to the head and may be thrown away at any time. Only `designer.services` writes here. Every table
but those of accounts carries its workspace, so that workspaces can become the shard key of a distributed PostgreSQL.
"""

from __future__ import annotations

from designer.models.base import PUBLIC_ID_LENGTH, Within, public_id
from designer.models.checks import Acknowledgement, MigrationProof
from designer.models.designs import (
    AppendOnlyError,
    AppendOnlyQuerySet,
    Branch,
    DataSample,
    Deployment,
    LogEntry,
    NamedVersion,
    Project,
    Snapshot,
)
from designer.models.reviews import ChangeRequest, Comment, Notice, NoticeMail, Review
from designer.models.teams import Invitation, Membership, OneTimeLogin, ProjectRole, Role, ShareLink, Workspace
from designer.models.work import Job

__all__ = [
    "PUBLIC_ID_LENGTH",
    "Acknowledgement",
    "AppendOnlyError",
    "AppendOnlyQuerySet",
    "Branch",
    "ChangeRequest",
    "Comment",
    "DataSample",
    "Deployment",
    "Invitation",
    "Job",
    "LogEntry",
    "Membership",
    "MigrationProof",
    "NamedVersion",
    "Notice",
    "NoticeMail",
    "OneTimeLogin",
    "Project",
    "ProjectRole",
    "Review",
    "Role",
    "ShareLink",
    "Snapshot",
    "Within",
    "Workspace",
    "public_id",
]
