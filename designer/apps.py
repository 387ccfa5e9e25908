"""The Django application."""

from __future__ import annotations

from django.apps import AppConfig


class DesignerConfig(AppConfig):
    """Wholekey as Django sees it."""

    name = "designer"
    verbose_name = "Wholekey"
    default_auto_field = "django.db.models.BigAutoField"
