"""Why: what a piece does, where it comes from, and what else could have been, computed from its notes.

Conventions: nothing is told that was not measured on the notes, the brief on record, or with the model.
"""

from motet.why.change import WhatIf
from motet.why.explain import explain
from motet.why.explanation import Explanation
from motet.why.harmony import Harmony
from motet.why.kept import Kept
from motet.why.otherwise import Otherwise
from motet.why.returns import Form
from motet.why.surprise import Surprise
from motet.why.tones import Tones

__all__ = [
    "Explanation",
    "Form",
    "Harmony",
    "Kept",
    "Otherwise",
    "Surprise",
    "Tones",
    "WhatIf",
    "explain",
]
