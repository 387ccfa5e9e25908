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
        """Give whoever logs in for the first time a workspace to draw in."""
        user_logged_in.connect(_at_home, dispatch_uid="wholekey.workspace")


def _at_home(user: Any, request: Any = None, **_: Any) -> None:
    from designer.services.invitations import pending
    from designer.services.membership import ensure_workspace

    if request is None or pending(getattr(request, "session", {})) is None:  # whoever is invited has a place already
        ensure_workspace(user)
