"""A physical model of one database as a model of another: records in, records out, and a note for each loss.

What has no safe translation is left out with a note; a wrong one would be worse than none. The writers of the target
know nothing of the source: they write the translated model as they write any other.
"""

from __future__ import annotations

from importlib import import_module

from designer.dialects.base import Dialect
from designer.schema import Design
from exporters.ddl.catalog import Catalog
from exporters.ddl.notes import Notes


def translated(catalog: Catalog, source: Dialect, target: Dialect, notes: Notes) -> Design:
    """Return a model of `source` as one of `target`; what is lost stands in `notes`."""
    # sqlglot takes a while to load, and only a translation needs it
    done: Design = import_module("exporters.ddl.translation.model").translated(catalog, source, target, notes)
    return done
