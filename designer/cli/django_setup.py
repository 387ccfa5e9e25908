"""Django for those commands that work on the server's own database."""

from __future__ import annotations

import os
from collections.abc import Callable

from designer.cli.problems import Problem


def set_up(database: str | None, check: Callable[[], None] = lambda: None) -> None:
    """Set Django up on the database that is named, and bring the database up to date if `check` raises nothing."""
    if database:
        os.environ["DATABASE_URL"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designer.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db.utils import DatabaseError

    try:
        django.setup()
        check()
        call_command("migrate", verbosity=0, interactive=False)
    except (DatabaseError, ImproperlyConfigured) as error:
        raise Problem(f"the database cannot be used: {' '.join(str(error).split())}; check --database") from None
