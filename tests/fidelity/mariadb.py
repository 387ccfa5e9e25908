"""Schemas of MySQL and MariaDB that people run."""

from __future__ import annotations

from tests.fidelity.edits import both, with_words, without
from tests.fidelity.packages import debian
from tests.fidelity.real import Real
from tests.fidelity.rendered import PROGRAMS

MY = "mariadb"
KAMAILIO = "usr/share/kamailio/mysql"
RADIUS = "etc/freeradius/3.0/mods-config/sql"

SCHEMAS: tuple[Real, ...] = (
    Real("zabbix", MY, debian("zabbix-server-mysql"), ("usr/share/zabbix-server-mysql/schema.sql.gz",)),
    Real("bacula", MY, debian("bacula-director-mysql"),
         ("usr/share/dbconfig-common/data/bacula-director-mysql/install/mysql",)),
    Real("request-tracker4", MY, debian("request-tracker4"), ("usr/share/request-tracker4/etc/schema.mysql",)),
    Real("request-tracker5", MY, debian("request-tracker5"), ("usr/share/request-tracker5/etc/schema.mysql",)),
    Real("mediawiki", MY, debian("mediawiki"), ("usr/share/mediawiki/maintenance/tables-generated.sql",),
         edit=with_words({"/*_*/": "", "/*i*/": "", "/*$wgDBTableOptions*/": "ENGINE=InnoDB, DEFAULT CHARSET=binary"})),
    Real("kamailio", MY, debian("kamailio-mysql-modules"),
         (f"{KAMAILIO}/standard-create.sql", f"{KAMAILIO}/[!s]*-create.sql")),
    Real("icinga2 ido", MY, debian("icinga2-ido-mysql"), ("usr/share/icinga2-ido-mysql/schema/mysql.sql",)),
    Real("icingadb", MY, debian("icingadb"), ("usr/share/icingadb/schema/mysql/schema.sql",)),
    Real("icingaweb2", MY, debian("icingaweb2"), ("usr/share/icingaweb2/schema/mysql.schema.sql",)),
    Real("icinga director", MY, debian("icingaweb2-module-director"),
         ("usr/share/icingaweb2/modules/director/schema/mysql.sql",)),
    Real("icinga reporting", MY, debian("icingaweb2-module-reporting"),
         ("usr/share/icingaweb2/modules/reporting/schema/mysql.sql",)),
    Real("icinga x509", MY, debian("icingaweb2-module-x509"),
         ("usr/share/icingaweb2/modules/x509/etc/schema/mysql.schema.sql",)),
    Real("roundcube", MY, debian("roundcube-core"), ("usr/share/roundcube/SQL/mysql.initial.sql",)),
    Real("ejabberd", MY, debian("ejabberd"), ("usr/share/ejabberd/sql/mysql.sql",)),
    Real("ejabberd new", MY, debian("ejabberd"), ("usr/share/ejabberd/sql/mysql.new.sql",)),
    Real("cacti", MY, debian("cacti"), ("usr/share/cacti/conf_templates/cacti.sql",)),
    Real("phpmyadmin", MY, debian("phpmyadmin"), ("usr/share/phpmyadmin/sql/create_tables.sql",),
         edit=with_words({"CREATE DATABASE IF NOT EXISTS `phpmyadmin`\n  DEFAULT CHARACTER SET utf8 COLLATE utf8_bin;\nUSE phpmyadmin;": ""})),
    Real("freeradius", MY, debian("freeradius-config"),
         (f"{RADIUS}/main/mysql/schema.sql", f"{RADIUS}/ippool/mysql/schema.sql", f"{RADIUS}/main/mysql/process-radacct.sql",
          f"{RADIUS}/ippool/mysql/procedure-no-skip-locked.sql")),
    Real("gammu", MY, debian("gammu-smsd"), ("usr/share/doc/gammu-smsd/examples/mysql.sql",)),
    Real("opendmarc", MY, debian("opendmarc"), ("usr/share/dbconfig-common/data/opendmarc/install/mysql",),
         edit=without("^CREATE DATABASE", "^USE ")),
    Real("prelude", MY, debian("prelude-manager"), ("usr/share/dbconfig-common/data/prelude-manager/install/mysql",)),
    Real("tango", MY, debian("tango-db"), ("usr/share/tango-db/create_db_tables.sql", "usr/share/tango-db/stored_proc.sql"),
         edit=both(without(r"^CREATE DATABASE", r"^[Uu][Ss][Ee] "), with_words({"tango.": ""}))),
    Real("tt-rss", MY, debian("tt-rss"), ("usr/share/tt-rss/schema/ttrss_schema_mysql.sql",)),
    Real("sqitch", MY, debian("sqitch"), ("usr/share/perl5/App/Sqitch/Engine/mysql.sql",)),
    Real("powerdns", MY, debian("pdns-backend-mysql"), ("usr/share/pdns-backend-mysql/schema/schema.mysql.sql",)),
    Real("zoneminder", MY, debian("zoneminder"),
         ("usr/share/zoneminder/db/zm_create.sql", "usr/share/zoneminder/db/triggers.sql"),
         edit=without(r"^CREATE DATABASE", r"^USE ", r"^source ")),
    Real("gerbera", MY, debian("gerbera"), ("usr/share/gerbera/mysql.sql",)),
    *(Real(name, MY, made=program.script) for name, program in PROGRAMS.items()),
)  # fmt: skip
