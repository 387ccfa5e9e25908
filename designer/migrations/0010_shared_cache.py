"""The table of the cache that server processes share; on SQLite there is one process, and its memory will do."""

from __future__ import annotations

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("designer", "0009_every_row_in_a_workspace")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
