"""Scratch databases of MariaDB and MySQL: on a server of our own where one is installed, or on one that a DSN names."""
