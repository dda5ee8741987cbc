"""Curated names and terms: found in a source, put into a translation, verified in any target.

termbase.py joins termbases and says what is wrong with one. match.py finds terms in a text, in any
of the forms that forms.py gives them. constrain.py puts the curated ones into a translation, where
place.py says, in a case that the words beside allow (government.py). check.py verifies a bitext by
the same; words made from a term (derived.py) count for it. suggest.py lists what a termbase lacks:
names.py and multiword.py find it among the words that tokens.py cuts.
"""
