"""Schemas of SQLite that people run."""

from __future__ import annotations

from tests.fidelity.edits import with_words, without_hash_comments
from tests.fidelity.packages import debian, pypi
from tests.fidelity.real import Real
from tests.fidelity.rendered import PROGRAMS

LITE = "sqlite"
KAMAILIO = "usr/share/kamailio/db_sqlite"

SCHEMAS: tuple[Real, ...] = (
    Real("zabbix proxy", LITE, debian("zabbix-proxy-sqlite3"), ("usr/share/zabbix-proxy-sqlite3/schema.sql.gz",)),
    Real("bacula", LITE, debian("bacula-director-sqlite3"),
         ("usr/share/dbconfig-common/data/bacula-director-sqlite3/install/sqlite3",)),
    Real("request-tracker4", LITE, debian("request-tracker4"), ("usr/share/request-tracker4/etc/schema.SQLite",), edit=without_hash_comments),
    Real("request-tracker5", LITE, debian("request-tracker5"), ("usr/share/request-tracker5/etc/schema.SQLite",), edit=without_hash_comments),
    Real("mediawiki", LITE, debian("mediawiki"), ("usr/share/mediawiki/maintenance/sqlite/tables-generated.sql",),
         edit=with_words({"/*_*/": "", "/*i*/": ""})),
    Real("kamailio", LITE, debian("kamailio-sqlite-modules"),
         (f"{KAMAILIO}/standard-create.sql", f"{KAMAILIO}/[!s]*-create.sql")),
    Real("roundcube", LITE, debian("roundcube-core"), ("usr/share/roundcube/SQL/sqlite.initial.sql",)),
    Real("ejabberd", LITE, debian("ejabberd"), ("usr/share/ejabberd/sql/lite.sql",)),
    Real("ejabberd new", LITE, debian("ejabberd"), ("usr/share/ejabberd/sql/lite.new.sql",)),
    Real("freeradius", LITE, debian("freeradius-config"),
         ("etc/freeradius/3.0/mods-config/sql/main/sqlite/schema.sql",)),
    Real("gammu", LITE, debian("gammu-smsd"), ("usr/share/doc/gammu-smsd/examples/sqlite.sql",)),
    Real("powerdns", LITE, debian("pdns-backend-sqlite3"), ("usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql",)),
    Real("gerbera", LITE, debian("gerbera"), ("usr/share/gerbera/sqlite3.sql",)),
    Real("sqitch", LITE, debian("sqitch"), ("usr/share/perl5/App/Sqitch/Engine/sqlite.sql",)),
    Real("synapse 54", LITE, pypi("matrix-synapse", "1.60.0"), ("synapse/storage/schema/*/full_schemas/54/full.sql.sqlite",)),
    Real("synapse 72", LITE, pypi("matrix-synapse", "1.99.0"), ("synapse/storage/schema/*/full_schemas/72/full.sql.sqlite",)),
    *(Real(name, LITE, made=program.script) for name, program in PROGRAMS.items()),
)  # fmt: skip
