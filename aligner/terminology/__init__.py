"""Curated names and terms: found in a source, put into a translation, verified in any target.

match.py finds terms in a text, in any of the forms that forms.py gives them; constrain.py makes an
engine use the curated ones; check.py verifies a bitext; suggest.py lists what a termbase lacks.
"""
