"""Machine translation: whole documents in, scored translations out."""
