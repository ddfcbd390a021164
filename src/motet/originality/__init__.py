"""How new music is: the nearest passage of the training music, and long runs stopped while writing.

Conventions: transposing and tempo change nothing; drums are left out; verdicts and percentiles are
measured against how alike people's held-out pieces are. docs/concepts/originality.md explains it.
"""

from typing import TYPE_CHECKING

from motet.lazy import load_on_use

if TYPE_CHECKING:
    from motet.originality.block import RunBlock
    from motet.originality.build import build_index
    from motet.originality.index import Index, load_index
    from motet.originality.neighbour import Neighbour

__all__ = ["Index", "Neighbour", "RunBlock", "build_index", "load_index"]

load_on_use(
    __name__,
    {
        "motet.originality.block": ("RunBlock",),
        "motet.originality.build": ("build_index",),
        "motet.originality.index": ("Index", "load_index"),
        "motet.originality.neighbour": ("Neighbour",),
    },
)
