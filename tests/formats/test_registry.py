"""The contract that every registered format keeps, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

import pytest

from designer.importers import registry as importers
from designer.importers.contract import ImportProblem
from designer.schema import Design, Model
from exporters import registry
from exporters.contract import Export, Exporter, ExportProblem, Options
from tests.formats.random_designs import random_design
from tests.formats.samples import empty_model, library, shop
from tests.nasty import nasty_design

every_format = pytest.mark.parametrize("name", list(registry.FORMATS))
every_format_of_one_model = pytest.mark.parametrize("name", [name for name in registry.FORMATS if name != "json"])
every_importer = pytest.mark.parametrize("name", list(importers.FORMATS))


def _export(name: str, design: Design, options: Options | None = None) -> Export | ExportProblem:
    try:
        return registry.get(name).export(design, options or Options())
    except ExportProblem as problem:
        return problem


@every_format
def test_it_says_what_it_is(name: str) -> None:
    exporter: Exporter = registry.get(name)
    assert exporter.name == name
    assert exporter.title.strip()
    assert re.fullmatch(r"(\.[a-z0-9]+)+", exporter.extension)
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", exporter.media_type)
    for phrases in (exporter.can, exporter.cannot):
        assert isinstance(phrases, tuple)
        assert all(phrase.strip() for phrase in phrases)
    assert exporter.can


@every_format
@pytest.mark.parametrize("sample", [shop, nasty_design, empty_model])
def test_it_exports_a_physical_model(name: str, sample: Callable[[], Design]) -> None:
    export = _export(name, sample())
    assert isinstance(export, Export), str(export)
    assert export.files
    for file_name, content in export.files.items():
        assert re.fullmatch(r"[\w.-]+(/[\w.-]+)*", file_name)
        assert isinstance(content, str | bytes)
    assert isinstance(export.text, str)


@every_format
def test_its_notes_are_sentences_about_records_of_the_design(name: str) -> None:
    for design in (shop(), random_design(1), random_design(2)):
        export = _export(name, design)
        assert isinstance(export, Export), str(export)
        for note in export.notes:
            assert note.message.strip()
            assert note.about is None or note.about in design
            assert re.fullmatch(r"[a-z][a-z0-9-]*", note.code or "none")


@every_format
@pytest.mark.parametrize("design", [library(), Design()], ids=["only conceptual", "no model at all"])
def test_what_it_cannot_export_it_refuses_with_a_sentence(name: str, design: Design) -> None:
    export = _export(name, design)
    if isinstance(export, ExportProblem):
        assert len(str(export)) > 20
        assert "\n" not in str(export)
    else:
        assert export.text


@every_format
def test_the_same_design_gives_the_same_text(name: str) -> None:
    design = random_design(3)
    backwards = Design(reversed(list(design.records())))
    one, two = _export(name, design), _export(name, backwards)
    assert isinstance(one, Export)
    assert isinstance(two, Export)
    assert one.files == two.files


@every_format_of_one_model
def test_an_unknown_model_is_refused(name: str) -> None:
    problem = _export(name, shop(), Options(model="nosuchmodel"))
    assert isinstance(problem, ExportProblem)


@every_format_of_one_model
def test_the_first_physical_model_is_the_one_that_is_meant(name: str) -> None:
    conceptual = Model(id="conceptual", order="1", name="Library", level="conceptual")
    both = Design([conceptual, *shop().records()])
    export, alone = _export(name, both), _export(name, shop())
    assert isinstance(export, Export)
    assert isinstance(alone, Export)
    assert export.files == alone.files


def test_an_unknown_format_is_refused_with_the_list() -> None:
    with pytest.raises(ExportProblem, match="mermaid, dbml"):
        registry.get("word")


@every_importer
def test_an_importer_says_what_it_is(name: str) -> None:
    module = import_module(importers.FORMATS[name])
    assert module.TITLE.strip()
    assert all(re.fullmatch(r"(\.[a-z0-9]+)+", extension) for extension in module.EXTENSIONS)
    assert callable(module.read)


def test_an_unknown_import_format_is_refused_with_the_list() -> None:
    with pytest.raises(ImportProblem, match="json"):
        importers.reader("word")
