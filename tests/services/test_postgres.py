"""The same services on PostgreSQL, with several processes: run as scripts, since a test run has one database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
pytestmark = pytest.mark.postgres

START = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.accounts import people
print(people().branch.public_id)
"""
WRITE = """
import sys
import django; django.setup()
from django.contrib.auth import get_user_model
from designer.commands import tables
from designer.models import Branch
from designer.schema import new_id
from designer.services import branches
branch = Branch.objects.select_related("project").get(public_id=sys.argv[1])
user = get_user_model()._default_manager.get(username="editor")
design, _ = branches.load(branch, 1)
for number in range(20):
    change = tables.add_table(design, "model", f"t{sys.argv[2]}_{number}", new_id).change
    branches.commit(user, branch, 1, change, "x", f"{sys.argv[2]}-{number}")
"""
READ = """
import sys
import django; django.setup()
from designer.models import Branch
from designer.schema import Table
from designer.services import branches
design, version = branches.load(Branch.objects.get(public_id=sys.argv[1]))
print(version, len(design.of(Table)))
"""


@pytest.mark.slow
def test_several_processes_share_one_log(postgres_server, tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": postgres_server.new_database(),
        "WHOLEKEY_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "designer.settings",
        "PYTHONPATH": str(ROOT),
    }

    def run(script: str, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", script, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    branch = run(START).communicate()[0].strip()
    writers = [run(WRITE, branch, str(number)) for number in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert run(READ, branch).communicate()[0].split() == ["61", "62"]
