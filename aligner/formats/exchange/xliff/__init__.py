"""XLIFF, the exchange format of localisation: version 1.2 with its forebears, and 2.

A module a version reads it and another writes it (v12, v21); they share the rest: `parsing` the
stream of units, `inlines` the codes in their texts, `entries` what becomes of a unit, `contexts`
and `noted` where properties stand, `vendors` what tools say in elements of their own.
"""
