"""Give each row the workspace that it belongs to, and each comment the branch of its request."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

OWNERS = (
    ("Branch", "Project", "project"),
    ("LogEntry", "Branch", "branch"),
    ("Snapshot", "Branch", "branch"),
    ("NamedVersion", "Branch", "branch"),
    ("Deployment", "NamedVersion", "named"),
    ("DataSample", "Branch", "branch"),
    ("ChangeRequest", "Project", "project"),
    ("Review", "ChangeRequest", "request"),
    ("Comment", "ChangeRequest", "request"),
    ("Job", "Branch", "branch"),
)


def fill(apps: Any, schema_editor: Any) -> None:
    """Each owner comes before what it owns."""
    for name, owner, field in OWNERS:
        owners = apps.get_model("designer", owner).objects.filter(pk=OuterRef(f"{field}_id"))
        rows = apps.get_model("designer", name).objects.filter(workspace=None).exclude(**{field: None})
        rows.update(workspace_id=Subquery(owners.values("workspace_id")[:1]))
    comments = apps.get_model("designer", "Comment").objects.filter(branch=None)
    requests = apps.get_model("designer", "ChangeRequest").objects.filter(pk=OuterRef("request_id"))
    comments.update(branch_id=Subquery(requests.values("branch_id")[:1]))
    apps.get_model("designer", "ChangeRequest").objects.filter(branch_version=None, state="merged").update(
        branch_version=Subquery(
            apps.get_model("designer", "Branch").objects.filter(pk=OuterRef("branch_id")).values("merged_up_to")[:1]
        )
    )


class Migration(migrations.Migration):
    dependencies = (("designer", "0007_teams_and_talk"),)
    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
