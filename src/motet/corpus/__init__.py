"""The corpus: from archives of scores to shards that models are trained on.

Conventions: licence classes are never mixed unasked; pieces of one work, and pieces that share music, are
in one split; benchmark pieces are in none. `open_shards` reads what `build_corpus` wrote, `iterate` gives
it as windows of tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motet.lazy import load_on_use

if TYPE_CHECKING:
    from motet.corpus.build import BuildConfig, build_corpus
    from motet.corpus.card import write_card
    from motet.corpus.check import check_corpus
    from motet.corpus.dataset import Window, iterate
    from motet.corpus.fetch import fetch_source
    from motet.corpus.manifest import Source, load_manifest
    from motet.corpus.shards import Shards, open_shards, read_facts

__all__ = [
    "BuildConfig",
    "Shards",
    "Source",
    "Window",
    "build_corpus",
    "check_corpus",
    "fetch_source",
    "iterate",
    "load_manifest",
    "open_shards",
    "read_facts",
    "write_card",
]

load_on_use(
    __name__,
    {
        "motet.corpus.build": ("BuildConfig", "build_corpus"),
        "motet.corpus.card": ("write_card",),
        "motet.corpus.check": ("check_corpus",),
        "motet.corpus.dataset": ("Window", "iterate"),
        "motet.corpus.fetch": ("fetch_source",),
        "motet.corpus.manifest": ("Source", "load_manifest"),
        "motet.corpus.shards": ("Shards", "open_shards", "read_facts"),
    },
)
