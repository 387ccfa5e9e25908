"""A person who logs in for the first time has a place to draw in."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from designer.models import Membership, Role


@pytest.mark.django_db
@override_settings(WHOLEKEY_LOCAL=False)
def test_the_first_login_makes_one_workspace() -> None:
    user = get_user_model().objects.create_user("newcomer", password="a long enough password")
    for _ in range(2):
        assert Client().login(username="newcomer", password="a long enough password")
    held = Membership.objects.filter(user=user)
    assert [each.role for each in held] == [Role.OWNER]
