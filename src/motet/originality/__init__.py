"""How new music is: the nearest passage of the training music, and long runs stopped while writing.

Conventions: transposing and tempo change nothing; drums are left out; verdicts and percentiles are
measured against how alike people's held-out pieces are. docs/concepts/originality.md explains it.
"""

from motet.originality.block import RunBlock
from motet.originality.build import build_index
from motet.originality.index import Index, load_index
from motet.originality.neighbour import Neighbour

__all__ = ["Index", "Neighbour", "RunBlock", "build_index", "load_index"]
