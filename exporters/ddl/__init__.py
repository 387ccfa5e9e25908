"""SQL DDL for PostgreSQL, MySQL, MariaDB and SQLite, in three passes: collect, order, render."""

from exporters.ddl.exporter import DdlExporter

EXPORTER = DdlExporter()

__all__ = ["EXPORTER", "DdlExporter"]
