"""The first page: ways to begin, samples, and empty designs."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from designer.demo.samples import SAMPLES
from designer.models import Project
from designer.schema import Diagram, Entity, Model, Table
from designer.services import branches, projects, samples


@pytest.fixture
def editor(everybody, client):
    client.force_login(everybody.editor)
    return client


def design_of(project: Project):
    return branches.load(projects.main_branch(project))[0]


def test_the_first_page_offers_the_ways_to_begin(editor):
    text = editor.get(reverse("projects")).content.decode()
    for words in ("Import a database", "Start empty", "Open a sample", "DBML", "Mermaid", "CSV"):
        assert words in text


def test_who_may_only_look_is_offered_none(everybody, client):
    client.force_login(everybody.viewer)
    text = client.get(reverse("projects")).content.decode()
    assert "Start empty" not in text
    assert client.post(reverse("samples"), {"sample": "saas"}).status_code == 403


def test_the_gallery_shows_each_sample_with_its_picture(editor):
    text = editor.get(reverse("samples")).content.decode()
    for sample in SAMPLES:
        assert f'value="{sample.slug}"' in text
        for theme in ("light", "dark"):
            picture = editor.get(reverse("sample-picture", args=[sample.slug]), {"theme": theme})
            assert picture["Content-Type"] == "image/svg+xml"
            assert len(re.findall(rb"<text", picture.content)) > 10
            assert "sandbox" in picture["Content-Security-Policy"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.slug)
def test_one_click_makes_a_project_of_a_sample(editor, sample):
    response = editor.post(reverse("samples"), {"sample": sample.slug})
    project = Project.objects.get(name=sample.name)
    assert response["Location"] == reverse("design", args=[projects.main_branch(project).public_id])
    design = design_of(project)
    assert design == sample.make()
    assert design.of(Table) or design.of(Entity)


def test_a_sample_taken_twice_gets_a_name_of_its_own(editor, everybody):
    for _ in range(3):
        samples.start(everybody.editor, "library")
    names = Project.objects.filter(name__startswith="Public library").values_list("name", flat=True)
    assert sorted(names) == ["Public library", "Public library 2", "Public library 3"]


def test_a_sample_that_is_not_there_is_said_so(editor):
    assert editor.post(reverse("samples"), {"sample": "nothing"}).status_code == 404
    assert editor.get(reverse("sample-picture", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(
    ("target", "level", "notation"),
    [
        ("postgresql", "physical", "crowsfoot"),
        ("sqlite", "physical", "crowsfoot"),
        ("conceptual", "conceptual", "chen"),
    ],
)
def test_an_empty_project_starts_with_tables_or_with_concepts(editor, target, level, notation):
    editor.post(reverse("project-new"), {"name": "Mine", "target": target})
    design = design_of(Project.objects.get(name="Mine"))
    assert [(model.level, model.target) for model in design.of(Model)] == [
        (level, target if level == "physical" else "")
    ]
    assert [diagram.notation for diagram in design.of(Diagram)] == [notation]


def test_a_start_that_there_is_not_is_refused_in_the_dialog(editor):
    response = editor.post(reverse("project-new"), {"name": "Mine", "target": "oracle"})
    assert response.status_code == 422
    assert b"Choose what to draw" in response.content
    assert not Project.objects.filter(name="Mine").exists()
