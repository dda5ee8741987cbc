"""From a corpus to a model: vocabulary, network, training, and an Argos package in the end.

    recipe → examples → vocabulary → batches → network, optimised → CTranslate2 → .argosmodel

`recipe` says what is wanted, `examples` keeps the data packed in the folder of the run, `loop`
optimises, `checkpoint` keeps its state there. Only `network`, `precision` and `loop` need PyTorch
(the extra `aligner[train]`).
"""
