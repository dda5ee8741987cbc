"""The checks, a family a module: its `CHECKS` look at one unit, its `ACROSS` at a document."""
