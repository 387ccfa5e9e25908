"""Schemas of PostgreSQL that people run."""

from __future__ import annotations

from tests.fidelity.edits import both, first, of_extension, replaced, up_only, with_words, without, without_libraries
from tests.fidelity.packages import debian, pypi
from tests.fidelity.real import Real
from tests.fidelity.rendered import PROGRAMS

PG = "postgresql"
KAMAILIO = "usr/share/kamailio/postgres"
RADIUS = "etc/freeradius/3.0/mods-config/sql"
DAVICAL = "usr/share/davical/dba"
EXTENSION = "usr/share/postgresql/15/extension"
LEDGER = "usr/share/ledgersmb/sql"
AWL = Real("awl", PG, debian("libawl-php"),
           ("usr/share/awl/dba/awl-tables.sql", "usr/share/awl/dba/schema-management.sql"), roles=("general",))  # fmt: skip
LEDGERSMB = Real("ledgersmb tables", PG, debian("ledgersmb"), (f"{LEDGER}/Pg-database.sql",))

SCHEMAS: tuple[Real, ...] = (
    Real("zabbix", PG, debian("zabbix-server-pgsql"), ("usr/share/zabbix-server-pgsql/schema.sql.gz",)),
    Real("bacula", PG, debian("bacula-director-pgsql"),
         ("usr/share/dbconfig-common/data/bacula-director-pgsql/install/pgsql",)),
    Real("request-tracker4", PG, debian("request-tracker4"), ("usr/share/request-tracker4/etc/schema.Pg",)),
    Real("request-tracker5", PG, debian("request-tracker5"), ("usr/share/request-tracker5/etc/schema.Pg",)),
    LEDGERSMB,
    Real("ledgersmb with modules", PG, debian("ledgersmb"), (f"@{LEDGER}/changes/LOADORDER", f"@{LEDGER}/modules/LOADORDER"),
         after=LEDGERSMB, only=("dump", "live", "pasted"),
         known={"text": "the script is a list of changes of which many may fail; what it amounts to only a server knows"}),
    Real("mediawiki", PG, debian("mediawiki"),
         ("usr/share/mediawiki/maintenance/postgres/tables-generated.sql", "usr/share/mediawiki/maintenance/postgres/tables.sql"),
         edit=both(without(r"^\\set", r"^SET client_min", r"^BEGIN;"), with_words({"/*_*/": "", "/*$wgDBprefix*/": ""}))),
    Real("kamailio", PG, debian("kamailio-postgres-modules"),
         (f"{KAMAILIO}/standard-create.sql", f"{KAMAILIO}/[!s]*-create.sql")),
    Real("icinga2 ido", PG, debian("icinga2-ido-pgsql"), ("usr/share/icinga2-ido-pgsql/schema/pgsql.sql",)),
    Real("icingadb", PG, debian("icingadb"), ("usr/share/icingadb/schema/pgsql/schema.sql",), setting="CREATE EXTENSION IF NOT EXISTS citext"),
    Real("icingaweb2", PG, debian("icingaweb2"), ("usr/share/icingaweb2/schema/pgsql.schema.sql",)),
    Real("icinga director", PG, debian("icingaweb2-module-director"),
         ("usr/share/icingaweb2/modules/director/schema/pgsql.sql",)),
    Real("icinga reporting", PG, debian("icingaweb2-module-reporting"),
         ("usr/share/icingaweb2/modules/reporting/schema/postgresql.sql",)),
    Real("roundcube", PG, debian("roundcube-core"), ("usr/share/roundcube/SQL/postgres.initial.sql",)),
    Real("ejabberd", PG, debian("ejabberd"), ("usr/share/ejabberd/sql/pg.sql",)),
    Real("ejabberd new", PG, debian("ejabberd"), ("usr/share/ejabberd/sql/pg.new.sql",)),
    AWL,
    Real("davical", PG, debian("davical"),
         (f"{DAVICAL}/davical.sql", f"{DAVICAL}/rrule_functions.sql", f"{DAVICAL}/caldav_functions.sql",
          f"{DAVICAL}/views/dav_principal.sql"), edit=without(r"^\\i", r"SELECT new_db_revision"), after=AWL),
    Real("freeradius", PG, debian("freeradius-config"),
         (f"{RADIUS}/main/postgresql/schema.sql", f"{RADIUS}/ippool/postgresql/schema.sql",
          f"{RADIUS}/ippool/postgresql/procedure.sql", f"{RADIUS}/main/postgresql/process-radacct.sql"), edit=without("^#")),
    Real("freeradius cisco", PG, debian("freeradius-config"),
         (f"{RADIUS}/main/postgresql/extras/cisco_h323_db_schema.sql",)),
    Real("gammu", PG, debian("gammu-smsd"), ("usr/share/doc/gammu-smsd/examples/pgsql.sql",)),
    Real("minion", PG, debian("libminion-perl"),
         ("usr/share/perl5/Minion/Backend/resources/migrations/pg.sql",), edit=up_only),
    Real("openqa", PG, debian("openqa"), ("usr/share/openqa/dbicdh/PostgreSQL/deploy/98/001-auto.sql",)),
    Real("pgagent", PG, debian("pgagent"), (f"{EXTENSION}/pgagent--4.2.sql",), edit=of_extension("pgagent")),
    Real("pg_fact_loader", PG, debian("postgresql-15-pg-fact-loader"), (f"{EXTENSION}/pg_fact_loader--1.7.sql",),
         edit=of_extension("fact_loader"),
         known={"text": "the script runs functions and programs of its own that add columns, which only a server can do",
                "designs": "as above"}),
    Real("pgq", PG, debian("postgresql-15-pgq3"), ("usr/share/postgresql/15/contrib/pgq_pl_only.sql",)),
    Real("pgtap", PG, debian("postgresql-15-pgtap"), (f"{EXTENSION}/pgtap--1.2.0.sql",), edit=of_extension("tap")),
    Real("slony", PG, debian("slony1-2-bin"),
         ("usr/share/slony1/slony1_base.2.2.11.sql", "usr/share/slony1/slony1_funcs.2.2.11.sql"),
         edit=both(without(r"^select @NAMESPACE@\.check"), replaced(NAMESPACE="_slony", CLUSTERNAME="slony", MODULEVERSION="2.2.11", FUNCVERSION="2.2.11"),
                   without_libraries, first("CREATE SCHEMA _slony; SET check_function_bodies = off;")),
         known={"text": "the script calls a function of its own that makes a type, which only a server can run",
                "designs": "as above"}),
    Real("repmgr", PG, debian("postgresql-15-repmgr"), (f"{EXTENSION}/repmgr--5.3.sql",), edit=of_extension("repmgr")),
    Real("prelude", PG, debian("prelude-manager"), ("usr/share/dbconfig-common/data/prelude-manager/install/pgsql",)),
    Real("tt-rss", PG, debian("tt-rss"), ("usr/share/tt-rss/schema/ttrss_schema_pgsql.sql",)),
    Real("sqitch", PG, debian("sqitch"), ("usr/share/perl5/App/Sqitch/Engine/pg.sql",),
         edit=with_words({':"registry"': "sqitch", ":tableopts": ""})),
    Real("powerdns", PG, debian("pdns-backend-pgsql"), ("usr/share/pdns-backend-pgsql/schema/schema.pgsql.sql",)),
    Real("chado", PG, debian("libchado-perl"), ("usr/share/gmod/chado/modules/default_schema.sql",),
         edit=with_words({"create_point(": "point(", ") @ boxrange": ") <@ boxrange"})),
    Real("spamassassin", PG, debian("spamassassin"),
         ("usr/share/doc/spamassassin/sql/bayes_pg.sql", "usr/share/doc/spamassassin/sql/awl_pg.sql")),
    Real("theschwartz", PG, debian("libtheschwartz-perl"), ("usr/share/doc/libtheschwartz-perl/**/*postgres*.sql",)),
    Real("synapse 54", PG, pypi("matrix-synapse", "1.60.0"),
         ("synapse/storage/schema/*/full_schemas/54/full.sql.postgres",)),
    Real("synapse 72", PG, pypi("matrix-synapse", "1.99.0"),
         ("synapse/storage/schema/*/full_schemas/72/full.sql.postgres",)),
    *(Real(name, PG, made=program.script) for name, program in PROGRAMS.items()),
)  # fmt: skip
