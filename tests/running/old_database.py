"""A database as it was after migration 0006, with rows in it, brought up to date: `python -m tests.running.old_database ROWS`.

Run with the environment of a server. Prints JSON: how long the migrations took, and what became of the rows.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django

OLD = ("designer", "0006_change_requests")


def fill(apps: Any, rows: int) -> None:
    """Make two workspaces, a project each with so many edits, and one of each other thing."""

    def make(model: str, /, **fields: Any) -> Any:
        return apps.get_model("designer", model)._base_manager.create(**fields)

    user = apps.get_model("auth", "User")._base_manager.create(username="ada", password="!")
    for number in range(2):
        workspace = make("Workspace", name=f"W{number}")
        make("Membership", workspace=workspace, user=user, role="owner")
        project = make("Project", workspace=workspace, name=f"P{number}")
        main = make("Branch", project=project, head=rows)
        side = make("Branch", project=project, name="side", source=main, forked_at=0, merged_up_to=3, head=0)
        entry = apps.get_model("designer", "LogEntry")
        change = json.dumps({"added": {"a": {"kind": "model", "id": "a", "name": "A"}}})
        made = (
            entry(
                branch=main,
                version=version,
                key=f"k{version}",
                author=user,
                author_name="Ada",
                label="x",
                change=change,
            )
            for version in range(1, rows + 1)
        )
        entry._base_manager.bulk_create(made, batch_size=1000)
        make("Snapshot", branch=main, version=1, data=b"x")
        named = make("NamedVersion", branch=main, version=1, name="1.0", checksum="0" * 64, author_name="Ada")
        make("Deployment", named=named, place="production", author_name="Ada")
        make("DataSample", branch=main, element="t", source="t.csv", found=b"x", author_name="Ada")
        for state in ("open", "merged"):
            request = make(
                "ChangeRequest", project=project, number=1 + (state == "open"), branch=side, target=main, title="T", state=state,
                author=user, author_name="Ada", merged_version=3 if state == "merged" else None,
            )  # fmt: skip
            make("Review", request=request, author=user, author_name="Ada", verdict="approved", version=1)
            first = make("Comment", request=request, author=user, author_name="Ada", body="Why?")
            make("Comment", request=request, thread=first, author=user, author_name="Ada", body="So.")
        make("Job", user=user, title="x", branch=main)
        make("Job", user=user, title="y")


def wrong() -> list[str]:
    """Return every row whose workspace is not that of its project."""
    from django.apps import apps

    from designer.models import Within

    found = []
    for model in apps.get_models():
        if issubclass(model, Within):
            for row in model._base_manager.select_related(model.OWNER).only("workspace", model.OWNER).iterator(2000):
                if row.workspace_id != getattr(row, model.OWNER).workspace_id:
                    found.append(f"{model.__name__} {row.pk}")
    return found


def main() -> None:
    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from designer.models import Branch, ChangeRequest, Comment, Job, LogEntry
    from designer.services import health, migrating

    executor = MigrationExecutor(connection)
    executor.migrate([OLD])
    fill(executor.loader.project_state([OLD]).apps, int(sys.argv[1]))
    start = time.monotonic()
    migrating.bring_up_to_date()
    seconds = time.monotonic() - start
    merged = ChangeRequest.objects.filter(state="merged").values_list("branch_version", flat=True)
    print(
        json.dumps(
            {
                "seconds": round(seconds, 1),
                "wrong": wrong(),
                "left": health.unapplied(connection),
                "entries": LogEntry.objects.count(),
                "branches": sorted(Branch.objects.values_list("workspace__name", flat=True)),
                "comments": Comment.objects.exclude(branch=None).count(),
                "merged": list(merged),
                "jobs": sorted(str(each.workspace) for each in Job.objects.all()),
            }
        )
    )


if __name__ == "__main__":
    main()
