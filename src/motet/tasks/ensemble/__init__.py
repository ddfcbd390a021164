"""Ensembles: a score arranged for players, reduced to a piano or a lead sheet, or made human; batches.

Conventions: given notes keep their pitch classes and onsets wherever players allow; what moved, what was
left out and what was added is measured and told.
"""

from motet.tasks.ensemble.arrange import arrange_for
from motet.tasks.ensemble.band import ENSEMBLES, Chair, Ensemble, find_ensemble
from motet.tasks.ensemble.batch import Outcome, Row, read_batch, run_batch
from motet.tasks.ensemble.human import humanise, tidy
from motet.tasks.ensemble.reduce import REDUCTIONS, Reduction, reduce_score
from motet.tasks.ensemble.variants import Variant, compose_variants

__all__ = [
    "ENSEMBLES",
    "REDUCTIONS",
    "Chair",
    "Ensemble",
    "Outcome",
    "Reduction",
    "Row",
    "Variant",
    "arrange_for",
    "compose_variants",
    "find_ensemble",
    "humanise",
    "read_batch",
    "reduce_score",
    "run_batch",
    "tidy",
]
