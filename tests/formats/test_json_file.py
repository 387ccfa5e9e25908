"""The design file: out and in again without a loss, and a clear word about files that are broken."""

from __future__ import annotations

import json

import pytest

from designer.importers.contract import ImportProblem, Outcome
from designer.importers.json_file import read
from designer.schema.codec import encode
from exporters.contract import Options
from exporters.json_file import EXPORTER
from tests.formats.build import Build
from tests.formats.random_designs import random_design
from tests.formats.samples import library, shop
from tests.nasty import nasty_design


def test_designs_come_back_as_they_were() -> None:
    for design in (shop(), library(), nasty_design(), *(random_design(seed) for seed in range(50))):
        text = EXPORTER.export(design, Options()).text
        result = read(text)
        assert result.design == design
        assert encode(result.design).decode() == text


def test_the_report_counts_records_by_kind() -> None:
    report = read(EXPORTER.export(shop(), Options()).text, "shop.wholekey.json").report
    counted = {finding.what: finding.count for finding in report.findings if finding.outcome == Outcome.IMPORTED}
    assert counted["table"] == 5
    assert counted["foreign key"] == 5
    assert report.file == "shop.wholekey.json"
    assert report.counts()["warning"] == 0


_TABLE = '{"kind":"table","id":"tabl","parent":"mode","name":"t"}'
_MODEL = '{"kind":"model","id":"mode"}'


def _file(*records: str) -> str:
    return '{"wholekey":1,"records":[\n' + ",\n".join(records) + "\n]}\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 0, "empty"),
        ("[]", 0, "not a Wholekey design"),
        ('{"wholekey":1,"records":[\n{"kind":"model","id":"mode"', 2, "not valid JSON"),
        ('{"wholekey":99,"records":[]}', 1, "update Wholekey"),
        (_file(_MODEL, '{"kind":"tabel","id":"tabl"}'), 3, "tabel"),
        (_file(_MODEL, '{"kind":"table","id":"tabl","parent":"mode","name":7}'), 3, "name"),
        (_file(_MODEL, _TABLE, _TABLE), 4, "used twice"),
        (_file(_TABLE), 2, "there is no record mode; put it back"),
        (_file(_MODEL, _TABLE.replace('"parent":"mode",', "")), 3, "it belongs nowhere"),
        ('{"wholekey":1,"records":' + "[" * 200_000, 1, "nested too deeply"),
        ("(" * 1_000_000, 1, "not valid JSON"),
        ('{"wholekey":1,\n"records":["\ud800"]}', 2, "save the file as UTF-8"),
        (_file(_MODEL.replace('"mode"', '"</script>\\n"')), 2, "an id is 4 to 40 letters"),
        (_file(_MODEL.replace("}", ',"level":"spiritual"}')), 2, "'conceptual', 'logical', 'physical'"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(text: str, line: int, says: str) -> None:
    with pytest.raises(ImportProblem) as problem:
        read(text, "x.wholekey.json")
    assert says in problem.value.message
    assert problem.value.line == line
    assert "\n" not in problem.value.message


def test_several_problems_are_counted() -> None:
    with pytest.raises(ImportProblem, match="1 more problems"):
        read(_file(_TABLE, _TABLE.replace('"tabl"', '"tab2"')))


def test_what_only_a_database_would_refuse_is_a_warning_with_its_line() -> None:
    b = Build()
    table = b.table("t")
    column = b.column(table, "a")
    b.key(table, column)
    second = b.key(table, column)
    text = encode(b.design()).decode()
    warning = next(f for f in read(text).report.findings if f.outcome == Outcome.WARNING)
    assert "keep one of them primary" in warning.message
    assert second.id in text.splitlines()[warning.line - 1]


def test_fields_that_nobody_knows_are_reported() -> None:
    text = _file(_MODEL, _TABLE.replace("}", ',"nullabel":true}')).replace("{", '{"colour":1,', 1)
    messages = [f.message for f in read(text).report.findings if f.outcome == Outcome.WARNING]
    assert ["'colour'" in messages[0], "'nullabel' of table tabl" in messages[1]] == [True, True]


def test_a_file_that_an_editor_has_formatted_is_read() -> None:
    design = shop()
    pretty = json.dumps(json.loads(encode(design)), indent=2)
    assert read(pretty).design == design
    assert read("\ufeff" + pretty).design == design
