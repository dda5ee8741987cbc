"""Inline tags of a source, put at their places in its translation."""
