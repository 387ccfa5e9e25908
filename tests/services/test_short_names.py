"""Short names: what is kept of them, what is refused in one sentence, and that they turn no words beside them."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from designer.models import Project
from designer.services import branching, invitations, projects, requests, teams, versions
from designer.services.branches import display_name
from designer.services.errors import Invalid
from designer.services.short_names import apart, seen, short_name
from tests.accounts import People
from tests.services.test_requests import add

DISGUISED = [
    "main\u202enigol",
    "a\u2066b",
    "ma\u200bin",
    "\ufeffmain",
    "main\u200f",
    "a\x1b[31m",
    "a\0b",
    "ma\u200din",
    "\ud800",
]
FINE = ["כניסה ראשית", "الفوترة", "می\u200cخواهم", "क्\u200dष", "Łódź", "請求書", "👩\u200d💻 team"]


@pytest.mark.parametrize("name", DISGUISED, ids=ascii)
def test_what_cannot_be_seen_is_refused_by_its_name(name):
    with pytest.raises(Invalid, match=r"^A name is made of what can be seen; take U\+[0-9A-F]{4} \(.+\) out of it"):
        short_name(name, 100, "")
    assert short_name(seen(name) or "x", 100, "")


@pytest.mark.parametrize("name", FINE)
def test_names_in_every_script_are_kept(name):
    assert short_name(f"  {name}\t\n", 100, "") == seen(name) == name


def test_the_length_is_that_of_what_is_kept():
    assert short_name("  a \n b  ", 3, "") == "a b"
    for name in (" \t ", "abcd"):
        with pytest.raises(Invalid, match="One to three"):
            short_name(name, 3, "One to three.")


@pytest.mark.django_db
def test_every_service_that_takes_a_name_refuses_one_in_disguise(everybody: People):
    user, branch = everybody.owner, everybody.branch
    project, bad = branch.project, "x\u202ey"
    side = branching.create(user, branch, "side")
    add(user, side, "more")
    asked = requests.open_one(user, side, "More")
    for act in (
        lambda: branching.create(user, branch, bad),
        lambda: branching.rename(user, side, bad),
        lambda: requests.edit(user, asked, bad, "", draft=False),
        lambda: versions.give_name(user, branch, bad),
        lambda: projects.create(user, bad, workspace=project.workspace),
        lambda: projects.rename(user, project.public_id, bad),
        lambda: teams.create(user, bad),
        lambda: teams.rename(user, project.workspace, bad),
    ):
        with pytest.raises(Invalid, match=r"U\+202E \(right-to-left override\)"):
            act()


@pytest.mark.django_db
def test_a_name_from_right_to_left_turns_no_words_beside_it(everybody, settings, client):
    settings.EMAIL_BACKEND, settings.WHOLEKEY_LOCAL = "django.core.mail.backends.locmem.EmailBackend", False
    settings.WHOLEKEY_EMAIL_URL = "smtp://127.0.0.1:9"
    team = everybody.branch.project.workspace
    teams.rename(everybody.owner, team, "צוות")
    everybody.owner.first_name = "Ada\u202e"  # kept so by an older version
    assert display_name(everybody.owner) == "Ada"
    assert apart("Acme") == "Acme"
    sent = invitations.invite(everybody.owner, team, "bob@example.org", "editor", "https://x/{}".format)
    assert sent.invitation
    (letter,) = mail.outbox
    assert letter.subject.endswith("invites you to \u2068צוות\u2069")
    Project.objects.filter(pk=everybody.branch.project_id).update(name="old\u202eeman")  # of an older version
    client.force_login(everybody.viewer)
    page = client.get(reverse("branches", args=[everybody.branch.public_id])).content.decode()
    assert "<bdi>old\u202eeman</bdi>" in page
