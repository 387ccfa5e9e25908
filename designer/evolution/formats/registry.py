"""The formats of migrations by name; a format's module is imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module

from designer.evolution.formats.contract import Format, FormatProblem

FORMATS: dict[str, str] = {
    "sql": "designer.evolution.formats.sql",
    "json": "designer.evolution.formats.json_file",
    "markdown": "designer.evolution.formats.markdown",
    "mermaid": "designer.evolution.formats.mermaid",
    "svg": "designer.evolution.formats.svg",
    "png": "designer.evolution.formats.png",
    "flyway": "designer.evolution.formats.flyway",
    "liquibase": "designer.evolution.formats.liquibase",
    "golang-migrate": "designer.evolution.formats.golang",
    "dbmate": "designer.evolution.formats.dbmate",
    "goose": "designer.evolution.formats.goose",
    "sqitch": "designer.evolution.formats.sqitch",
    "alembic": "designer.evolution.formats.alembic",
    "django": "designer.evolution.formats.django",
    "rails": "designer.evolution.formats.rails",
}
"""Name -> module; the module has a `FORMAT` that keeps the contract."""


def get(name: str) -> Format:
    """Return a format. Raises FormatProblem for a name that is not in the list."""
    path = FORMATS.get(name)
    if path is None:
        raise FormatProblem(f"there is no format {name!r} for migrations; choose one of: {', '.join(FORMATS)}")
    found: Format = import_module(path).FORMAT
    return found


def all_formats() -> list[Format]:
    """Return every format in the order they are listed to people."""
    return [get(name) for name in FORMATS]
