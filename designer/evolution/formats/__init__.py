"""Migrations written down: SQL, JSON, and the files of the tools that people run."""
