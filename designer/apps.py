"""The Django application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class DesignerConfig(AppConfig):
    """Wholekey as one Django application."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "designer"
    verbose_name = "Wholekey"

    def ready(self) -> None:
        """Give whoever logs in for the first time a workspace to draw in, and hear of edits that change a request."""
        from designer.services.hearing import moved

        user_logged_in.connect(_at_home, dispatch_uid="wholekey.workspace")
        moved.connect(_moved, dispatch_uid="wholekey.proofs")


def _at_home(user: Any, request: Any = None, **_: Any) -> None:
    from designer.services.invitations import pending
    from designer.services.membership import ensure_workspace

    if request is None or pending(getattr(request, "session", {})) is None:  # whoever is invited has a place already
        ensure_workspace(user)


def _moved(user: Any, branch: Any, version: int, **_: Any) -> None:
    from designer.services.check_due import when_at_rest

    when_at_rest(user.pk or 0, branch, version)
