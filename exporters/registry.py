"""The formats by name; a format's module is imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module

from exporters.contract import Exporter, ExportProblem

FORMATS: dict[str, str] = {
    "ddl": "exporters.ddl",
    "mermaid": "exporters.mermaid",
    "dbml": "exporters.dbml",
    "json": "exporters.json_file",
    "dot": "exporters.dot",
    "svg": "exporters.svg",
}
"""Name -> module; the module has an `EXPORTER` that keeps the contract."""


def get(name: str) -> Exporter:
    """Return the exporter of a format. Raises ExportProblem for a name that is not in the list."""
    path = FORMATS.get(name)
    if path is None:
        raise ExportProblem(f"there is no format {name!r}; choose one of: {', '.join(FORMATS)}")
    exporter: Exporter = import_module(path).EXPORTER
    return exporter


def all_formats() -> list[Exporter]:
    """Return every exporter in the order they are listed to people."""
    return [get(name) for name in FORMATS]
