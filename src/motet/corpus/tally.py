"""What a corpus holds, counted: for ``corpus.json`` and the data card.

Offers `list_credits`, `tally_corpus`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from motet.corpus.choice import Choice
from motet.corpus.item import Item
from motet.corpus.manifest import Source
from motet.corpus.shard import Piece
from motet.corpus.split import SPLITS
from motet.tokens.vocab import STYLES

__all__ = ["list_credits", "tally_corpus"]


def tally_corpus(choice: Choice, sources: Sequence[Source]) -> dict[str, Any]:
    """Return the counts of a corpus.

    Parameters
    ----------
    choice : Choice
    sources : sequence of Source
        As the pieces count them.

    Returns
    -------
    dict
        ``splits``, ``styles`` and ``sources``, each with pieces, notes, bars, chords and the share of
        draws in training.

    Examples
    --------
    >>> tally_corpus(Choice(pieces=[], duplicates={}, benchmark={}), [])["n_groups"]
    0
    """
    pieces = choice.pieces
    styles = sorted({piece.grid.style for piece in pieces})
    told = {
        (STYLES[style] if style >= 0 else "unknown"): _count(
            [piece for piece in pieces if piece.grid.style == style]
        )
        for style in styles
    }
    return {
        "splits": {
            split: _count([one for one in pieces if one.split == split]) for split in SPLITS
        },
        "styles": told,
        "sources": {
            source.name: {
                **_count([one for one in pieces if one.source == k]),
                "n_files": source.n_pieces,
                "title": source.title,
                "repository": source.repository,
                "commit": source.commit,
                "licence": source.licence,
                "licence_class": source.licence_class,
                "attribution": source.attribution,
                "sha256": source.sha256,
            }
            for k, source in enumerate(sources)
        },
        "n_groups": len({piece.group for piece in pieces}),
        "n_duplicates": len(choice.duplicates),
        "n_benchmark": len(choice.benchmark),
        "n_benchmark_by_source": dict(
            sorted(Counter(hit.split("/", 1)[0] for hit in choice.benchmark.values()).items())
        ),
    }


def list_credits(items: Iterable[Item], names: Collection[str]) -> dict[str, list[str]]:
    """Return whom the licences of single pieces ask to name, by source.

    Parameters
    ----------
    items : iterable of Item
    names : collection of str
        ``source/name`` of the pieces that are in the corpus.

    Returns
    -------
    dict of str to list of str
        Sorted; sources without such pieces are not there.

    Examples
    --------
    >>> from pathlib import Path
    >>> item = Item(source="mine", name="a", path=Path("a"), work="a", credit="Ann")
    >>> list_credits([item], {"mine/a"})
    {'mine': ['Ann']}
    """
    found: dict[str, set[str]] = {}
    for item in items:
        if item.credit and f"{item.source}/{item.name}" in names:
            found.setdefault(item.source, set()).add(item.credit)
    return {source: sorted(credits) for source, credits in sorted(found.items())}


def _count(pieces: Sequence[Piece]) -> dict[str, Any]:
    """Return the counts of some pieces."""
    return {
        "n_pieces": len(pieces),
        "n_notes": sum(piece.grid.n_notes for piece in pieces),
        "n_bars": sum(piece.grid.n_bars for piece in pieces),
        "n_chords": sum(len(piece.grid.chords) for piece in pieces),
        "draws": round(sum(piece.weight for piece in pieces if piece.split == "train"), 6),
    }
