"""Formats that a design can leave Wholekey in: one file or folder each, one line in `registry.py`."""
