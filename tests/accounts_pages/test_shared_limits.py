"""Tries are counted once for all processes of a server: two of them on one PostgreSQL refuse together."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from django.core.cache import caches
from django.core.management import call_command

from designer import accounts_settings
from designer.services import limits
from designer.services.errors import TooMany
from tests.accounts_pages.serving import Visitor, environment, serving


@pytest.mark.slow
@pytest.mark.django_db
def test_the_counts_are_rows_of_a_table_that_all_processes_see(settings):
    settings.CACHES = accounts_settings.caches("django.db.backends.postgresql")
    call_command("createcachetable", verbosity=0)
    for _ in range(2):
        limits.hit("guess", "ann", "2/5m")
        del caches["default"]  # as another process, which remembers nothing
    with pytest.raises(TooMany):
        limits.hit("guess", "ann", "2/5m")


@pytest.mark.slow
@pytest.mark.postgres
def test_two_processes_count_together(postgres_server, tmp_path):
    told = environment(tmp_path, WHOLEKEY_HOSTS="localhost", DATABASE_URL=postgres_server.new_database())
    with ExitStack() as both:
        homes = [both.enter_context(serving(told)) for _ in range(2)]
        visitors = [Visitor(), Visitor()]
        answers = []
        for number in range(7):
            visitor, home = visitors[number % 2], homes[number % 2]
            visitor.get(home + "login")
            answers.append(visitor.post(home + "login", login="ann@example.org", password="no"))
    assert [status for status, _ in answers] == [200] * 5 + [429] * 2
    assert all("Too many wrong passwords" in page for _, page in answers[5:])
