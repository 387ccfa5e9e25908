"""Two versions of real schemas: the way from one to the other and back, run on real servers."""
