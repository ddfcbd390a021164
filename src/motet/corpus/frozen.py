"""The split of the corpus that the shipped models were trained on, frozen: which pieces are held out.

Conventions: ``frozen_splits.json`` names every piece of validation and tests by the first 12 hexadecimal
digits of the SHA-256 of its name (``source/path``), and each split whole by the SHA-256 of its sorted
names. Everything else of people's music is training; so are the arranger's pieces, which do not count.
`motet.corpus.split` is the rule behind it; the list makes the split last even where groups change.

Offers `RULE`, `compare_splits`, `describe_splits`, `load_frozen`, `name_digest`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from motet.corpus.split import SPLITS

__all__ = ["RULE", "compare_splits", "describe_splits", "load_frozen", "name_digest"]

RULE: Final = 1
"""Version of the rule of `motet.corpus.split.choose_split`."""
_MADE: Final = "arranger/"
_DIGITS: Final = 12


def name_digest(name: str) -> str:
    """Return what stands for a piece in the frozen split.

    Parameters
    ----------
    name : str
        ``source/path``.

    Returns
    -------
    str, 12 hexadecimal digits

    Examples
    --------
    >>> name_digest("mine/a.mid")
    '75648498b0f2'
    """
    return hashlib.sha256(name.encode()).hexdigest()[:_DIGITS]


def describe_splits(names: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the frozen form of splits.

    Parameters
    ----------
    names : mapping of str to sequence of str
        Names of the pieces of each split.

    Returns
    -------
    dict
        ``rule``; ``splits`` with number and checksum of each; ``held_out`` with the digests of
        validation and tests.

    Examples
    --------
    >>> describe_splits({"train": ["a"], "valid": [], "test": []})["splits"]["train"]["n_pieces"]
    1
    """
    people = {split: _of_people(names.get(split, ())) for split in SPLITS}
    return {
        "rule": RULE,
        "splits": {
            split: {
                "n_pieces": len(own),
                "sha256": hashlib.sha256("".join(f"{one}\n" for one in own).encode()).hexdigest(),
            }
            for split, own in people.items()
        },
        "held_out": {
            split: [name_digest(one) for one in people[split]]
            for split in SPLITS
            if split != "train"
        },
    }


def load_frozen(path: str | Path | None = None) -> dict[str, Any]:
    """Return the frozen split that comes with Motet, or that of a file.

    Parameters
    ----------
    path : str, Path or None

    Returns
    -------
    dict
        As `describe_splits` gives it.

    Examples
    --------
    >>> load_frozen()["rule"]
    1
    """
    file = Path(path) if path is not None else Path(__file__).with_name("frozen_splits.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def compare_splits(
    names: Mapping[str, Sequence[str]], frozen: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return how splits differ from the frozen ones.

    Parameters
    ----------
    names : mapping of str to sequence of str
        Names of the pieces of each split.
    frozen : mapping or None
        None takes the one that comes with Motet.

    Returns
    -------
    dict
        ``is_same``: every checksum agrees; ``n_leaked``: frozen held-out pieces that are in training
        here; ``n_held_out``: frozen held-out pieces that are held out here.

    Examples
    --------
    >>> frozen = describe_splits({"train": ["a"], "valid": ["b"], "test": ["c"]})
    >>> compare_splits({"train": ["a", "b"], "valid": [], "test": ["c"]}, frozen)
    {'is_same': False, 'n_leaked': 1, 'n_held_out': 1}
    """
    known = load_frozen() if frozen is None else frozen
    here = describe_splits(names)
    held_out = {one for own in known["held_out"].values() for one in own}
    train = {name_digest(one) for one in names.get("train", ())}
    out = {one for own in here["held_out"].values() for one in own}
    return {
        "is_same": here["splits"] == known["splits"],
        "n_leaked": len(held_out & train),
        "n_held_out": len(held_out & out),
    }


def _of_people(names: Iterable[str]) -> list[str]:
    """Return the names of pieces that people wrote, sorted."""
    return sorted(name for name in names if not name.startswith(_MADE))
