"""Two designs brought to one set of ids."""
