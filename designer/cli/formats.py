"""List every importer, exporter and dialect, with what it can and cannot say."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

import msgspec

from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.importers.registry import FORMATS as IMPORTS
from exporters.registry import all_formats

HELP = "list importers, exporters and dialects"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--to", default="text", choices=["text", "json"], help="form of the list")


def run(options: argparse.Namespace) -> int:
    """Print the list."""
    listed = listing()
    if options.to == "json":
        print(msgspec.json.format(msgspec.json.encode(listed), indent=2).decode())
        return 0
    for section in ("imports", "exports", "dialects"):
        print(section.upper())
        for entry in listed[section]:
            print(f"  {entry['name']:<12}{entry['title']}")
            for verb in ("can", "cannot"):
                if entry.get(verb):
                    print(f"  {'':<12}{verb}: {'; '.join(entry[verb])}")
        print()
    return 0


def listing() -> dict[str, list[dict[str, Any]]]:
    """Return what there is, as plain data."""
    imports = [(name, import_module(path)) for name, path in IMPORTS.items()]
    return {
        "imports": [{"name": n, "title": m.TITLE, "extensions": list(m.EXTENSIONS)} for n, m in imports],
        "exports": [
            {"name": e.name, "title": e.title, "extension": e.extension, "can": list(e.can), "cannot": list(e.cannot)}
            for e in all_formats()
        ],
        "dialects": [
            {"name": n, "title": dialect_of(n).title, "version": dialect_of(n).default_version} for n in DIALECTS
        ],
    }
