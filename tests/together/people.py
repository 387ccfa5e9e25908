"""Users with open sessions, made in the database of a server that has accounts: `python -m tests.together.people COUNT`.

Prints JSON: the branches of some demos, and for each user the cookies that his browser would hold. To be run with the
environment of the server, so that the sessions are signed with its key.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

DEMOS = 3
TOKEN = "together" * 4
"""The secret of the cookie against forged requests; any 32 letters will do."""


def make(count: int) -> dict[str, Any]:
    """Return the branches of a few demos that so many editors share, and their cookies."""
    from django.contrib.auth import get_user_model

    from designer.models import Membership, Role, Workspace
    from designer.services import local

    workspace = Workspace.objects.create(name="Together")
    users = [get_user_model()._default_manager.create_user(f"person{number}") for number in range(count)]
    for number, user in enumerate(users):
        role = Role.EDITOR if number else Role.OWNER
        Membership.objects.create(workspace=workspace, user=user, role=role)
    branches = [local.ensure_demo(users[0], workspace).public_id for _ in range(DEMOS)]
    return {"branches": branches, "people": [_cookies(each) for each in users]}


def _cookies(user: Any) -> dict[str, Any]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    backends = [each for each in settings.AUTHENTICATION_BACKENDS if each.endswith("ModelBackend")]
    session[BACKEND_SESSION_KEY] = (backends or settings.AUTHENTICATION_BACKENDS)[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {
        "name": user.username,
        "session": session.session_key,
        "cookies": {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: TOKEN},
    }


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designer.settings")
    django.setup()
    print(json.dumps(make(int(sys.argv[1]))))
