"""Ensembles: a score arranged for players, reduced to a piano or a lead sheet, or made human; batches.

Conventions: given notes keep their pitch classes and onsets wherever players allow; what moved, what was
left out and what was added is measured and told.
"""

from motet.tasks.ensemble.arrange import arrange_for
from motet.tasks.ensemble.band import ENSEMBLES, Chair, Ensemble, find_ensemble
from motet.tasks.ensemble.human import humanise, tidy
from motet.tasks.ensemble.reduce import REDUCTIONS, Reduction, reduce_score

__all__ = [
    "ENSEMBLES",
    "REDUCTIONS",
    "Chair",
    "Ensemble",
    "Reduction",
    "arrange_for",
    "find_ensemble",
    "humanise",
    "reduce_score",
    "tidy",
]
