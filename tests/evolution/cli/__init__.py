"""`wholekey diff` as people run it."""
