"""The sample designs: sound, the same every time, drawn without overlaps, and taken by real servers."""

from __future__ import annotations

import psycopg
import pytest

from designer.change import dangling
from designer.demo.samples import SAMPLES, Sample
from designer.layout.picture import picture_of
from designer.schema import (
    AccessPattern,
    Arc,
    Attribute,
    BusinessRule,
    Column,
    Design,
    Diagram,
    Domain,
    Entity,
    Generalization,
    Model,
    Placement,
    Relationship,
    Table,
    Term,
    codec,
)
from designer.schema.validation import validate
from exporters.contract import Options
from exporters.registry import get
from tests.proof.my_catalog import run
from tests.servers import MariaServer, PostgresServer


def named(slug: str) -> Sample:
    return next(each for each in SAMPLES if each.slug == slug)


def ddl(design: Design) -> str:
    return get("ddl").export(design, Options()).text


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.slug)
def test_a_sample_is_sound_and_repeats_itself(sample: Sample) -> None:
    design = sample.make()
    assert not dangling(design)
    assert not validate(design)
    assert codec.encode(design) == codec.encode(sample.make())
    assert codec.decode(codec.encode(design)) == design


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.slug)
def test_a_sample_shows_everything_and_nothing_lies_on_another(sample: Sample) -> None:
    design = sample.make()
    for model in design.of(Model):
        diagrams = design.of(Diagram, model.id)
        shown = {each.element for diagram in diagrams for each in design.of(Placement, diagram.id)}
        assert {record.id for kind in (Table, Entity) for record in design.of(kind, model.id)} <= shown
        for diagram in diagrams:
            assert not picture_of(design, model, diagram.id, ()).heaped(), (sample.slug, diagram.name)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.slug)
def test_a_sample_is_described_and_says_what_is_personal(sample: Sample) -> None:
    design = sample.make()
    kinds = (Table, Entity)
    assert all(record.comment for kind in kinds for record in design.of(kind))
    personal = [each for kind in (Column, Attribute) for each in design.of(kind) if each.pii]
    assert personal
    assert all(each.classification == "confidential" for each in personal)


def test_the_university_has_what_textbooks_teach() -> None:
    design = named("university").make()
    assert [each.name for each in design.of(Entity) if each.nature == "weak"] == ["Section"]
    assert any(len(each.ends) == 3 for each in design.of(Relationship))
    assert any(end.identifying for each in design.of(Relationship) for end in each.ends)
    assert [len(each.subtypes) for each in design.of(Generalization)] == [2]
    attributes = design.of(Attribute)
    assert all(any(getattr(each, field) for each in attributes) for field in ("multivalued", "derived", "optional"))
    assert any(isinstance(design.get(each.parent or ""), Attribute) for each in attributes), "a composite"
    assert {each.notation for each in design.of(Diagram)} == {"chen"}


def test_the_hospital_has_what_the_university_lacks() -> None:
    design = named("hospital").make()
    (arc,) = design.of(Arc)
    assert arc.mandatory
    exclusive = {each.name for each in design.of(Relationship) if each.id in arc.relationships}
    assert exclusive == {"is paid by insurer", "is paid by person"}
    above, below = design.of(Generalization)
    assert (above.disjoint, below.disjoint) == (False, True)
    assert below.supertype in above.subtypes
    assert below.discriminator is not None
    assert {each.nature for each in design.of(Entity)} == {"strong", "weak", "associative"}
    ternary = [each for each in design.of(Relationship) if len(each.ends) == 3]
    assert [[end.max for end in each.ends].count(1) for each in ternary] == [1, 0]
    assert any(len({end.entity for end in each.ends}) == 1 for each in design.of(Relationship))
    assert any(each.rule for each in design.of(Domain))


@pytest.mark.parametrize("slug", ["university", "hospital"])
def test_a_textbook_case_says_its_rules_and_who_reads_what(slug: str) -> None:
    design = named(slug).make()
    for kind in (BusinessRule, AccessPattern, Term):
        assert len(design.of(kind)) > 1
    assert all(each.comment and each.elements for each in design.of(BusinessRule))
    assert all(each.reads and each.by and each.actor for each in design.of(AccessPattern))


@pytest.mark.postgres
@pytest.mark.parametrize("slug", ["shop", "saas"])
def test_postgresql_takes_a_sample(postgres_server: PostgresServer, slug: str) -> None:
    design = named(slug).make()
    with psycopg.connect(postgres_server.new_database(), autocommit=True) as connection:
        connection.execute(ddl(design))  # type: ignore[call-overload]
        query = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        assert connection.execute(query).fetchone() == (len(design.of(Table)),)


@pytest.mark.mariadb
def test_mariadb_takes_the_library(mariadb_server: MariaServer) -> None:
    import pymysql

    design = named("library").make()
    parameters = mariadb_server.new_database()
    run(parameters, ddl(design))
    with pymysql.connect(**parameters) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE()")
        assert cursor.fetchone() == (len(design.of(Table)),)
