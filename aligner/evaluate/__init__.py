"""Measure translations, or the models that make them: against references, and by a termbase.

    gathered = systems.gather(systems.Job(("en-ru", "other.txt"), ("reference.txt",), "source.txt"))
    measured = mt.measure(gathered, evaluation.Settings(resamples=1000))
    counted = terms.count(gathered, concepts)

`texts` reads files of segments, `models` runs a model on them, `systems` puts together what is
compared.
"""
