"""Exporting: a design at its head, in a format, as one file."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.models import Branch
from designer.schema import Design, Diagram, Id, Model
from designer.services import branches
from designer.services.cache import Versions
from designer.services.errors import Invalid
from exporters import registry
from exporters.contract import Export, Exporter, ExportProblem, Options

_MADE: Versions[Export] = Versions(limit=32 * 1024 * 1024, kept_versions=1)
"""What was exported lately: preview, picture and download are asked for one by one. The limit counts bytes."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand out."""

    name: str
    media_type: str
    content: bytes


def formats() -> list[Exporter]:
    """Return the formats in the order they are offered."""
    return registry.all_formats()


def dialects() -> list[tuple[str, str]]:
    """Return (name, title) of the databases that SQL can be written for."""
    return [(name, dialect_of(name).title) for name in DIALECTS]


def export(
    branch: Branch, name: str, dialect: str = "", part: Id = "", theme: str = "light"
) -> tuple[Exporter, Export]:
    """Return what an exporter makes of the head, or of a model or diagram of it. Raises Invalid with its sentence."""
    design, _ = branches.load(branch)
    return made(branch, name, _options(design, dialect, part, theme))


def made(branch: Branch, name: str, options: Options) -> tuple[Exporter, Export]:
    """Return what an exporter makes of the head with these options. Raises Invalid with its sentence."""
    design, version = branches.load(branch)
    try:
        exporter = registry.get(name)
        key = repr((branch.public_id, name, options))
        found = _MADE.get(key, version)
        if found is None:
            found = exporter.export(design, options)
            _MADE.put(key, version, found, 1000 + sum(map(len, found.files.values())))
        return exporter, found
    except (ExportProblem, KeyError) as problem:
        raise Invalid(branches.sentence(str(problem.args[0]))) from None


def _options(design: Design, dialect: str, part: Id, theme: str) -> Options:
    shown = design.get(part)
    model = design.model_of(shown) if isinstance(shown, Diagram | Model) else None
    return Options(
        dialect=dialect or None,
        model=model.id if model else None,
        diagram=part if isinstance(shown, Diagram) else None,
        theme="dark" if theme == "dark" else "light",
    )


def download(branch: Branch, exporter: Exporter, made: Export) -> Download:
    """Return the export as one file; several files come as a zip archive."""
    stem = safe_name(branch.project.name)
    if len(made.files) == 1:
        content = next(iter(made.files.values()))
        return Download(stem + exporter.extension, exporter.media_type, _bytes(content))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.files.items():
            archive.writestr(zipfile.ZipInfo(name), _bytes(content))
    return Download(stem + ".zip", "application/zip", packed.getvalue())


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")


def safe_name(name: str) -> str:
    """Return a file name that every system takes: letters, digits, dots and dashes, and never empty."""
    plain = unicodedata.normalize("NFKC", name)
    kept = re.sub(r"[^\w.-]+", "-", plain).strip("-._")[:80]
    return kept or "design"
