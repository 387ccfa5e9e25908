"""Django for those commands that work on the server's own database."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator

from designer.cli.problems import Problem
from designer.importers.live.urls import shown_in


def set_up(database: str | None, check: Callable[[], None] = lambda: None) -> int:
    """Set Django up on the database that is named, and bring the database up to date if `check` raises nothing.

    Returns how many migrations were run.
    """
    with usable():
        prepare(database)
        check()
        from designer.services.migrating import bring_up_to_date

        with without_pool():
            return bring_up_to_date(lambda words: print(words, file=sys.stderr, flush=True))


def prepare(database: str | None) -> None:
    """Set Django up on the database that is named, and leave the database as it is."""
    if database:
        os.environ["DATABASE_URL"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designer.settings")
    import django

    django.setup()


@contextlib.contextmanager
def usable() -> Iterator[None]:
    """Say in a sentence that settings make no sense, or that the database cannot be used."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import DatabaseError

    try:
        yield
    except (DatabaseError, ImproperlyConfigured) as error:
        raise Problem(f"the database cannot be used: {' '.join(str(error).split())}; check --database") from None
    except ValueError as error:
        raise Problem(shown_in(" ".join(str(error).split()))) from None


@contextlib.contextmanager
def without_pool() -> Iterator[None]:
    """Use one connection, which says at once why it cannot be made; a pool would try for a while."""
    from django.db import connections

    options = connections["default"].settings_dict["OPTIONS"]
    pool = options.pop("pool", None)
    try:
        yield
    finally:
        connections.close_all()
        if pool:
            options["pool"] = pool
