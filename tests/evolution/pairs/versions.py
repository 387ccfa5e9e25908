"""Schemas that people run, in two versions: what the newer one was once, by the files of packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.fidelity import mariadb, postgresql, sqlite
from tests.fidelity.edits import up_only
from tests.fidelity.packages import debian, fetched, npm, pypi
from tests.fidelity.real import Real
from tests.fidelity.rendered import PROGRAMS, Program, django

SYNAPSE = "1.163.2"
_PG, _MY, _LITE = "postgresql", "mariadb", "sqlite"


@dataclass(frozen=True)
class Pair:
    """One schema in two versions. `only` are the ways that can be walked, where a text does not tell all."""

    name: str
    old: Real
    new: Real
    only: tuple[str, ...] = ()

    @property
    def dialect(self) -> str:
        """The database."""
        return self.new.dialect


def _known(dialect: str, name: str) -> Real:
    schemas = {_PG: postgresql.SCHEMAS, _MY: mariadb.SCHEMAS, _LITE: sqlite.SCHEMAS}[dialect]
    return next(real for real in schemas if real.name == name)


def _between(name: str, dialect: str, old: str, new: str, only: tuple[str, ...] = ()) -> Pair:
    return Pair(name, _known(dialect, old), _known(dialect, new), only)


def _synapse(dialect: str) -> list[Pair]:
    ending = {_PG: "postgres", _LITE: "sqlite"}[dialect]
    numbered = {
        _PG: "BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY",
        _LITE: "INTEGER PRIMARY KEY AUTOINCREMENT",
    }[dialect]
    whole = "synapse/storage/schema/*/full_schemas/72/full.sql." + ending
    base = Real("synapse 72", dialect, pypi("matrix-synapse", SYNAPSE), (whole,))

    def with_deltas(home: Any) -> tuple[str, str]:
        script, version = base.script(home)
        schema = fetched(pypi("matrix-synapse", SYNAPSE))[0] / "synapse" / "storage" / "schema"
        found = (path for path in schema.glob("*/delta/*/*") if path.name.endswith((".sql", f".sql.{ending}")))
        newer = sorted(
            (path for path in found if int(path.parent.name) > 72), key=lambda path: (int(path.parent.name), path.name)
        )
        text = "\n".join([script, *(path.read_text() for path in newer)])
        return text.replace("$%AUTO_INCREMENT_PRIMARY_KEY%$", numbered), version

    now = Real("synapse 94", dialect, made=with_deltas)
    return [_between("synapse 54-72", dialect, "synapse 54", "synapse 72"), Pair("synapse 72-94", base, now)]


def _openqa(number: int) -> Real:
    return Real(
        f"openqa {number}", _PG, debian("openqa"), (f"usr/share/openqa/dbicdh/PostgreSQL/deploy/{number}/001-auto.sql",)
    )


def _procrastinate(version: str) -> Real:
    return Real(f"procrastinate {version}", _PG, pypi("procrastinate", version), ("procrastinate/sql/schema.sql",))


def _minion(last: int) -> Real:
    def until(script: str) -> str:
        return up_only(script.partition(f"-- {last + 1} up")[0].partition(f"--{last + 1} up")[0])

    file = "usr/share/perl5/Minion/Backend/resources/migrations/pg.sql"
    return Real(f"minion {last}", _PG, debian("libminion-perl"), (file,), edit=until)


def _powerdns(dialect: str) -> Pair:
    """The schema of today, and what the steps since 4.2 made of the one before them."""
    kind = {_PG: "pgsql", _MY: "mysql", _LITE: "sqlite3"}[dialect]
    now = _known(dialect, "powerdns")
    folder = now.files[0].rpartition("/")[0]
    after = Real(
        "powerdns with foreign keys", dialect, now.package, (f"{folder}/enable-foreign-keys.{kind}.sql",), after=now
    )
    return Pair("powerdns, foreign keys", now, after)


def _rendered(name: str, dialect: str, old: Program, new: Program) -> Pair:
    return Pair(
        name, Real(f"{old.name} then", dialect, made=old.script), Real(f"{new.name} now", dialect, made=new.script)
    )


_DRIVERS = ("psycopg2-binary", "pymysql", "setuptools<81")
_THEN = {
    "django": Program("django-3.2", ("django==3.2.25", *_DRIVERS), django(), "django"),
    "wagtail": Program("wagtail-4", ("wagtail==4.2.4", "django<4.2", *_DRIVERS), PROGRAMS["wagtail"].run, "wagtail"),
}
_NOW = {"django": PROGRAMS["django"], "wagtail": PROGRAMS["wagtail"]}


def _graphile(count: int) -> Real:
    def installed(script: str) -> str:
        return "CREATE SCHEMA graphile_worker;\n" + script.replace(":GRAPHILE_WORKER_SCHEMA", "graphile_worker")

    files = tuple(f"package/sql/{number:06}.sql" for number in range(1, count + 1))
    return Real(f"graphile-worker {count}", _PG, npm("graphile-worker", "0.16.6"), files, edit=installed)


PAIRS: tuple[Pair, ...] = (
    *(_between("request-tracker 4-5", each, "request-tracker4", "request-tracker5") for each in (_PG, _MY, _LITE)),
    *(_between("ejabberd old-new", each, "ejabberd", "ejabberd new") for each in (_PG, _MY, _LITE)),
    _between("ledgersmb tables-full", _PG, "ledgersmb tables", "ledgersmb with modules", ("live",)),
    *_synapse(_PG),
    *_synapse(_LITE),
    *(Pair(f"openqa {old}-{new}", _openqa(old), _openqa(new)) for old, new in ((63, 72), (72, 81), (81, 90), (90, 98), (63, 98))),
    *(Pair(f"procrastinate {old}-{new}", _procrastinate(old), _procrastinate(new))
      for old, new in (("0.15.2", "0.27.0"), ("0.27.0", "2.0.0"), ("2.0.0", "3.2.2"))),
    *(Pair(f"minion {old}-{new}", _minion(old), _minion(new)) for old, new in ((18, 20), (18, 23))),
    Pair("graphile-worker 1-8", _graphile(1), _graphile(8)),
    # its script is a list of migrations, in which a server numbers names that another table has at that moment
    *(Pair(f"graphile-worker {old}-{new}", _graphile(old), _graphile(new), ("live",)) for old, new in ((8, 13), (13, 18))),
    _powerdns(_MY),
    *(_rendered("django 3.2-5.2", each, _THEN["django"], _NOW["django"]) for each in (_PG, _MY, _LITE)),
    *(_rendered("wagtail 4-7", each, _THEN["wagtail"], _NOW["wagtail"]) for each in (_PG, _MY, _LITE)),
)  # fmt: skip


def from_nothing() -> tuple[Pair, ...]:
    """Every schema of tests/fidelity, made from an empty database and taken down to one."""
    schemas = (*postgresql.SCHEMAS, *mariadb.SCHEMAS, *sqlite.SCHEMAS)
    return tuple(
        Pair(
            f"nothing-{real.name}",
            Real("nothing", real.dialect, made=lambda _: ("", "")),
            real,
            tuple(real.only) and ("live",),
        )
        for real in schemas
    )
