"""Formats that a design can be read from: one file or folder each, one line in `registry.py`."""
