"""`wholekey derive`: what it writes, when it makes a model and when it brings one into step, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from designer.cli.main import main
from designer.demo.samples import SAMPLES
from designer.schema import Attribute, Column, Derivation, Design, Model, Table, codec, models
from tests.cli.conftest import Ran, Wholekey


@pytest.fixture
def university(tmp_path: Path) -> str:
    sample = next(each for each in SAMPLES if each.slug == "university")
    (tmp_path / "uni.wholekey.json").write_bytes(codec.encode(sample.make()))
    return "uni.wholekey.json"


def written(ran: Ran) -> Design:
    assert ran.code == 0, ran.err
    return codec.decode(ran.out)


def physical(design: Design) -> list[Model]:
    return [each for each in models(design) if each.level == "physical"]


def test_level_by_level_through_a_pipe(forked: Wholekey, university: str, tmp_path: Path) -> None:
    logical = forked("derive", university, "--level", "logical", "-o", "logical.wholekey.json")
    assert (logical.code, logical.out) == (0, b"")
    design = codec.decode((tmp_path / "logical.wholekey.json").read_bytes())
    assert [each.level for each in models(design)] == ["conceptual", "logical"]
    ran = forked("derive", "-", "--level", "physical", "--dialect", "mysql", stdin=codec.encode(design))
    design = written(ran)
    (model,) = physical(design)
    assert (model.target, model.name) == ("mysql", "University on MySQL")
    assert "people" in {each.name for each in design.of(Table)}
    derivation = design.of(Derivation, model.id)[0]
    assert design.model_of(design[derivation.source or ""]).level == "logical"  # type: ignore[union-attr]
    assert "note: age of Person is derived" in ran.err


def test_the_same_design_gives_the_same_bytes(forked: Wholekey, university: str) -> None:
    one, two = (forked("derive", university, "--level", "physical") for _ in range(2))
    assert one.out == two.out
    assert one.code == 0


def test_ddl_by_the_name_of_the_file_or_by_word(forked: Wholekey, university: str, tmp_path: Path) -> None:
    told = forked("derive", university, "--level", "physical", "--dialect", "sqlite", "--to", "ddl")
    assert forked("derive", university, "--level", "physical", "--dialect", "sqlite", "-o", "uni.sql").code == 0
    assert "CREATE TABLE people" in told.text
    assert (tmp_path / "uni.sql").read_bytes() == told.out


def test_options_and_choices(forked: Wholekey, university: str) -> None:
    ran = forked(
        "derive", university, "--level", "physical", "--to", "ddl", "--option", "case=upper", "--option", "plural=singular",
        "--option", "table_prefix=t_", "--choose", "Room:key=natural", "--choose", "academic rank:enum=lookup", "--choose", "Person:subtypes=single",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert 'CREATE TABLE public."T_ROOM"' in ran.text
    assert 'PRIMARY KEY ("BUILDING", "ROOM_NO")' in ran.text
    assert "T_STUDENT" not in ran.text.replace("T_STUDENT_TAKES_SECTION", "")
    assert """INSERT INTO "T_ACADEMIC_RANK" ("CODE") VALUES ('assistant')""" in ran.text


def test_again_brings_the_model_into_step_and_keeps_what_people_made(forked: Wholekey, university: str) -> None:
    design = written(forked("derive", university, "--level", "physical"))
    (model,) = physical(design)
    seats = next(each for each in design.of(Attribute) if each.name == "seats")
    own = next(each for each in design.of(Column) if each.name == "credits")
    design = design.changed(
        (), [msgspec.structs.replace(seats, name="places"), msgspec.structs.replace(own, name="points")]
    )
    again = written(forked("derive", "-", "--level", "physical", stdin=codec.encode(design)))
    assert [each.id for each in physical(again)] == [model.id]
    names = {each.name for each in again.of(Column)}
    assert {"places", "points"} <= names
    assert not {"seats", "credits"} & names
    other = written(forked("derive", "-", "--level", "physical", "--new", "--name", "B", stdin=codec.encode(again)))
    assert [each.name for each in physical(other)] == ["University on PostgreSQL", "B"]


def test_again_says_where_people_decided_otherwise(forked: Wholekey, university: str) -> None:
    design = written(forked("derive", university, "--level", "physical"))
    attribute = next(each for each in design.of(Attribute) if each.name == "seats")
    column = next(each for each in design.of(Column) if each.name == "seats")
    design = design.changed(
        (), [msgspec.structs.replace(attribute, name="places"), msgspec.structs.replace(column, name="chairs")]
    )
    ran = forked("derive", "-", "--level", "physical", "--strict", stdin=codec.encode(design))
    assert ran.code == 1
    assert "chairs" in ran.err
    assert "what is here stays" in ran.err
    assert "chairs" in {each.name for each in codec.decode(ran.out).of(Column)}


def test_questions_as_text_and_json(forked: Wholekey, university: str) -> None:
    told = forked("derive", university, "--level", "physical", "--questions", "--choose", "Room:key=natural")
    assert told.code == 0, told.err
    assert "University.Room:key" in told.text
    assert "  * natural:" in told.text
    assert "University.Person:subtypes" in told.text
    found = json.loads(forked("derive", university, "--level", "physical", "--questions", "--to", "json").text)
    rooms = [each for each in found["questions"] if each["path"] == "University.Room" and each["topic"] == "key"]
    assert rooms[0]["value"] == rooms[0]["default"] == "surrogate"
    assert {"surrogate", "natural"} <= {each["value"] for each in rooms[0]["answers"]}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--level", "logical", "--dialect", "mysql"], "a logical model is of no database"),
        (["--level", "logical", "--to", "ddl"], "DDL is written from tables"),
        (["--level", "physical", "--to", "json"], "goes with --questions"),
        (["--level", "physical", "--questions", "--to", "ddl"], "questions are listed as text or json"),
        (["--level", "physical", "--option", "case"], "an option is written NAME=VALUE"),
        (["--level", "physical", "--option", "case=loud"], "case is one of snake"),
        (["--level", "physical", "--option", "colour=red"], "there is no option 'colour'"),
        (["--level", "physical", "--choose", "Room"], "a choice is written ELEMENT:TOPIC=VALUE"),
        (["--level", "physical", "--choose", "Nobody:key=natural"], "there is no element Nobody"),
        (["--level", "physical", "--choose", "Room:colour=red"], "there is no choice of colour for Room"),
        (["--level", "physical", "--choose", "Room:key=red"], "key of Room is one of"),
        (["--level", "physical", "--from", "Nothing"], "model named Nothing; choose one of: University"),
        (["--level", "physical", "--again"], "no postgresql model was derived from University yet"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(
    university: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], arguments: list[str], message: str
) -> None:
    assert main(["derive", str(tmp_path / university), *arguments]) == 2
    out, err = capsysbinary.readouterr()
    assert message in err.decode()
    assert out == b""
    assert len(err.strip().splitlines()) == 1


def test_a_schema_has_nothing_to_derive_from(forked: Wholekey, shop_sql: Path) -> None:
    ran = forked("derive", shop_sql.name, "--level", "physical")
    assert ran.code == 2
    assert "there is no conceptual or logical model to derive from" in ran.err


def test_two_models_above_must_be_told_apart(forked: Wholekey, university: str, tmp_path: Path) -> None:
    design = codec.decode((tmp_path / university).read_bytes())
    design = design.changed((), [Model(id="other00000", name="Other", level="conceptual", order="z")])
    ran = forked("derive", "-", "--level", "logical", stdin=codec.encode(design))
    assert ran.code == 2
    assert "there are 2 conceptual models; say with --from which one: University, Other" in ran.err


def test_help_lists_every_option(wholekey: Wholekey) -> None:
    from designer.levels.options import OPTIONS

    ran = wholekey("derive", "--help")
    assert ran.code == 0
    assert all(f"  {each.name}" in ran.text for each in OPTIONS)
