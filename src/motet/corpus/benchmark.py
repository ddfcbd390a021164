"""The music of benchmarks, so that it can be kept out of the corpus.

Conventions: a benchmark is known by its scores, or by piano rolls that sample the highest and lowest
sounding pitch at even steps; pieces of the corpus are sampled the same way to be compared with rolls. Of
the piano rolls of MuseData and Piano-midi the validation and test pieces count, of all others every
piece.

Offers `Benchmark`, `load_benchmark`, `print_all_ways`, `sample_prints`, `ROLL_STEPS`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.corpus.catalogue import list_items
from motet.corpus.fingerprint import Hashes, fingerprint, fingerprint_line
from motet.corpus.item import Item
from motet.errors import CorpusError
from motet.tokens.layout import GridScore

__all__ = ["ROLL_STEPS", "Benchmark", "load_benchmark", "print_all_ways", "sample_prints"]

ROLL_STEPS: Final = ((24, 0), (24, 12), (12, 0), (6, 0))
"""Step and offset (positions, 24 a quarter note) at which pieces are sampled."""

_LOWEST_KEY: Final = 21
_ROLL_FILES: Final = {
    "JSB_Chorales": ("traindata", "validdata", "testdata"),
    "Nottingham": ("traindata", "validdata", "testdata"),
    "MuseData": ("validdata", "testdata"),
    "Piano_midi": ("validdata", "testdata"),
}


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """What a benchmark holds.

    Parameters
    ----------
    name : str
    items : tuple of Item
        Score files.
    lines : dict of str to fingerprint
        Pieces known by the lines of their voices.
    rolls : dict of str to fingerprint
        Pieces known by sampled highest and lowest pitches.
    """

    name: str
    items: tuple[Item, ...] = ()
    lines: dict[str, Hashes] = field(default_factory=dict)
    rolls: dict[str, Hashes] = field(default_factory=dict)


def load_benchmark(name: str, folder: str | Path) -> Benchmark:
    """Return what a benchmark holds.

    Parameters
    ----------
    name : str
        Name of its source in the manifest.
    folder : str or Path
        Where its archive was unpacked to.

    Returns
    -------
    Benchmark

    Raises
    ------
    CorpusError
        It holds nothing that is known.

    Examples
    --------
    >>> chorale = [[60 + k % 7 * (k % 3), 55, 52, 48] for k in range(40)]
    >>> Path("jsb").mkdir()
    >>> Path("jsb/Jsb16thSeparated.json").write_text(json.dumps({"test": [chorale]})) > 0
    True
    >>> list(load_benchmark("jsb-chorales", "jsb").lines)
    ['test/0']
    """
    place = Path(folder)
    if name == "jsb-chorales":
        found = Benchmark(name=name, lines=_read_chorales(place))
    elif name == "polyphonic-mats":
        found = Benchmark(name=name, rolls=_read_rolls(place))
    else:
        items = list_items(name, place)
        if name == "nottingham-jukedeck":
            items = tuple(item for item in items if item.name.count("/") == 1 and _is_midi(item))
        found = Benchmark(name=name, items=items)
    if not (found.items or found.lines or found.rolls):
        raise CorpusError(
            f"benchmark {name!r} has no pieces there; unpack it again",
            zh=f"此处没有基准 {name!r} 的乐曲;请重新解开",
            path=str(place),
        )
    return found


def _is_midi(item: Item) -> bool:
    return item.path.suffix == ".mid"


def _read_chorales(folder: Path) -> dict[str, Hashes]:
    """Return the chorales, four voices at sixteenth notes."""
    lines = {}
    for path in sorted(folder.rglob("Jsb16thSeparated.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for split, chorales in content.items():
            for k, steps in enumerate(chorales):
                voices = np.array(steps, np.int64).T
                own = [fingerprint_line(voice[voice > 0]) for voice in voices]
                lines[f"{split}/{k}"] = np.unique(np.concatenate(own))
    return lines


def _read_rolls(folder: Path) -> dict[str, Hashes]:
    """Return the pieces of the .mat files."""
    from scipy.io import loadmat

    rolls = {}
    for path in sorted(folder.rglob("*.mat")):
        content = loadmat(path)
        for split in _ROLL_FILES.get(path.stem, ()):
            for k, roll in enumerate(content[split][0]):
                rolls[f"{path.stem}/{split}/{k}"] = _roll_print(np.asarray(roll) > 0)
    return rolls


def _roll_print(roll: npt.NDArray[np.bool_]) -> Hashes:
    """Return the fingerprint of the edges of a piano roll (steps, 88 keys)."""
    sounding = roll[roll.any(axis=1)]
    if not len(sounding):
        return np.zeros(0, np.uint64)
    low = sounding.argmax(axis=1)
    high = sounding.shape[1] - 1 - sounding[:, ::-1].argmax(axis=1)
    both = [fingerprint_line(line + _LOWEST_KEY) for line in (high, low)]
    return np.unique(np.concatenate(both))


def sample_prints(grid: GridScore, *, step: int, offset: int = 0) -> Hashes:
    """Return the fingerprint of the highest and lowest pitches that sound at even steps.

    Parameters
    ----------
    grid : GridScore
    step : int, positions, > 0
    offset : int, positions, >= 0
        Where sampling starts.

    Returns
    -------
    uint64, shape (m,)

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 D4:1")).grid
    >>> sample_prints(grid, step=24).tolist()
    []
    """
    drums = [k for k, part in enumerate(grid.parts) if part.is_drums]
    notes: npt.NDArray[Any] = grid.notes
    if drums:
        notes = notes[~np.isin(notes["part"], drums)]
    if not len(notes):
        return np.zeros(0, np.uint64)
    onset = grid.bar_starts[notes["bar"]] + notes["pos"] - offset
    first = np.maximum(-(-onset // step), 0)
    last = np.maximum(-(-(onset + notes["dur"]) // step), first)
    counts = last - first
    where = np.repeat(first - np.append(0, np.cumsum(counts)[:-1]), counts) + np.arange(
        counts.sum()
    )
    pitch = np.repeat(notes["pitch"].astype(np.int64), counts)
    high = np.full(int(last.max()) + 1, -1, np.int64)
    low = np.full(len(high), 1000, np.int64)
    np.maximum.at(high, where, pitch)
    np.minimum.at(low, where, pitch)
    sounds = high >= 0
    both = [fingerprint_line(line[sounds]) for line in (high, low)]
    return np.unique(np.concatenate(both))


def print_all_ways(grid: GridScore) -> tuple[Hashes, ...]:
    """Return the fingerprint of a piece, then those of it sampled at each of `ROLL_STEPS`.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    tuple of uint64 arrays

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> len(print_all_ways(score_to_grid(make_score("C4:1 D4:1")).grid))
    5
    """
    sampled = (sample_prints(grid, step=step, offset=offset) for step, offset in ROLL_STEPS)
    return (fingerprint(grid), *sampled)
