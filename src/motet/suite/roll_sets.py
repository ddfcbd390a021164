"""The benchmark sets of piano rolls and chorales, and the plainest models of them.

Conventions: a piece is uint8, shape (frames, parts, pitches), 1 where a pitch sounds; splits are the
ones that the sets come with. Chorales on the 16th grid have four parts (soprano, alto, tenor, bass), each
with one pitch or none in a frame; piano rolls have one part. Nats of a piece have shape (frames,).
The sets measure; no model that Motet ships has seen them.

Offers `RollSet`, `read_chorales`, `read_rolls`, `open_sets`, `ROLL_NAMES`, and the baselines
`measure_static`, `measure_first_order`, `measure_bigram`, with `average_nats`.

Sources: sets and splits: Boulanger-Lewandowski, Bengio and Vincent, ICML 2012; chorales on the 16th
grid: github.com/czhuang/JSB-Chorales-dataset.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import FormatError
from motet.suite.table import Request

__all__ = [
    "CHORALES",
    "ROLL_NAMES",
    "RollSet",
    "average_nats",
    "measure_bigram",
    "measure_first_order",
    "measure_static",
    "open_sets",
    "read_chorales",
    "read_rolls",
]

Roll = npt.NDArray[np.uint8]
Nats = npt.NDArray[np.float64]

CHORALES: Final = "jsb16"
ROLL_NAMES: Final = ("JSB_Chorales", "Nottingham", "MuseData", "Piano_midi")
"""The four sets of piano rolls, by the names of their files."""

_MARGIN: Final = 6
_SPLITS: Final = ("train", "valid", "test")
_PARTS: Final = 4


@dataclass(frozen=True, kw_only=True)
class RollSet:
    """One set with its three splits.

    Parameters
    ----------
    name : str
    splits : dict of str to list of uint8, shape (frames, parts, pitches)
        "train", "valid" and "test".

    Examples
    --------
    >>> RollSet(name="a", splits={"train": [np.zeros((9, 4, 57), np.uint8)]}).shape
    (4, 57)
    """

    name: str
    splits: dict[str, list[Roll]]

    @property
    def shape(self) -> tuple[int, int]:
        """Parts and pitches."""
        k, p = self.splits["train"][0].shape[1:]
        return int(k), int(p)

    def n_frames(self, split: str) -> int:
        """Return the frames of a split."""
        return sum(len(piece) for piece in self.splits[split])


def _crop(name: str, splits: dict[str, list[Roll]], path: Path) -> RollSet:
    """Return the set without the pitches that lie beyond those of its training split and a margin."""
    for split in _SPLITS:
        if not splits[split]:
            raise FormatError(
                f"the {split} split is empty", zh=f"{split} 部分是空的", path=str(path), place=name
            )
    used = {
        split: np.flatnonzero(np.any([one.any((0, 1)) for one in splits[split]], axis=0))
        for split in _SPLITS
    }
    n_pitches = splits["train"][0].shape[2]
    low = max(0, int(used["train"].min()) - _MARGIN)
    high = min(n_pitches, int(used["train"].max()) + _MARGIN + 1)
    for one in used.values():  # a pitch left out would cost nothing: it must never sound
        low, high = min(low, int(one.min())), max(high, int(one.max()) + 1)
    cropped = {
        split: [np.ascontiguousarray(one[:, :, low:high]) for one in pieces]
        for split, pieces in splits.items()
    }
    return RollSet(name=name, splits=cropped)


def read_chorales(path: str | Path) -> RollSet:
    """Return the chorales of a ``Jsb16thSeparated.json``.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    FormatError
        It is not that file.

    Examples
    --------
    >>> frames = [[67, 62, 59, 43], [67, 62, -1, 43]]
    >>> _ = Path("a.json").write_text(json.dumps(dict.fromkeys(("train", "valid", "test"), [frames])))
    >>> read_chorales("a.json").splits["test"][0].sum(axis=2).tolist()
    [[1, 1, 1, 1], [1, 1, 0, 1]]
    """
    place = Path(path)
    try:
        stored = json.loads(place.read_text(encoding="utf-8"))
        splits = {split: [_spread(piece) for piece in stored[split]] for split in _SPLITS}
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise _unreadable(place, error) from error
    return _crop(CHORALES, splits, place)


def _spread(piece: Any) -> Roll:
    """Return four voices' pitches as a roll; below 0 is silence."""
    pitches = np.asarray(piece, np.int64)
    if pitches.ndim != 2 or pitches.shape[1] != _PARTS or not len(pitches):
        raise ValueError(f"a piece of shape {pitches.shape}")
    roll = np.zeros((len(pitches), _PARTS, 128), np.uint8)
    frame, part = np.nonzero(pitches >= 0)
    roll[frame, part, pitches[frame, part]] = 1
    return roll


def read_rolls(path: str | Path) -> RollSet:
    """Return the piano rolls of a ``.mat`` file with `traindata`, `validdata` and `testdata`.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    FormatError
        It is not such a file.

    Examples
    --------
    >>> from scipy.io import savemat
    >>> pieces = np.empty((1, 1), object)
    >>> pieces[0, 0] = np.eye(3, 88, dtype=np.uint8)
    >>> savemat("Three.mat", {f"{split}data": pieces for split in ("train", "valid", "test")})
    >>> read_rolls("Three.mat").n_frames("test")
    3
    """
    from scipy.io import loadmat
    from scipy.io.matlab import MatReadError

    place = Path(path)
    try:
        stored = loadmat(str(place))
        splits = {
            split: [np.asarray(one, np.uint8)[:, None, :] for one in stored[f"{split}data"][0]]
            for split in _SPLITS
        }
    except (OSError, ValueError, LookupError, TypeError, MatReadError) as error:
        raise _unreadable(place, error) from error
    return _crop(place.stem, splits, place)


def _unreadable(path: Path, error: Exception) -> FormatError:
    return FormatError(
        f"cannot read the benchmark set: {error}",
        zh=f"无法读取基准数据集:{error}",
        path=str(path),
    )


def open_sets(request: Request, names: Sequence[str], cache: Path) -> dict[str, RollSet]:
    """Return sets by name, their archives unpacked into a cache folder once.

    Parameters
    ----------
    request : Request
        Says where the archives are.
    names : sequence of str
        `CHORALES` or some of `ROLL_NAMES`.
    cache : Path

    Raises
    ------
    CorpusError
        An archive is missing or damaged.
    FormatError
        A file in it is.

    Examples
    --------
    >>> open_sets(Request(), ["Nottingham"], Path("cache"))
    Traceback (most recent call last):
        ...
    motet.errors.CorpusError: ...
    """
    from motet.corpus.archive import unpack

    found = {}
    for name in names:
        archive, file, read = _home_of(name)
        folder = unpack(request.find_bench(archive), cache)
        places = sorted(folder.rglob(file))
        if not places:
            raise FormatError(
                f"there is no {file} in the archive", zh=f"归档中没有 {file}", path=archive
            )
        found[name] = read(places[0])
    return found


def _home_of(name: str) -> tuple[str, str, Callable[[Path], RollSet]]:
    """Return the archive, the file and the reader of a set."""
    if name == CHORALES:
        return "jsb-chorales.tar.zst", "Jsb16thSeparated.json", read_chorales
    return "polyphonic-mats.tar.zst", f"{name}.mat", read_rolls


def measure_static(train: Sequence[Roll], pieces: Sequence[Roll]) -> list[Nats]:
    """Return the nats of each frame when each pitch sounds as often as in training, always.

    Parameters
    ----------
    train, pieces : sequence of uint8, shape (t, 1, p)

    Examples
    --------
    >>> half = np.array([[[0]], [[1]]], np.uint8)
    >>> measure_static([half], [half])[0].round(3).tolist()
    [0.693, 0.693]
    """
    frames = np.concatenate([one[:, 0] for one in train])
    chance = (frames.sum(axis=0) + 0.5) / (len(frames) + 1)
    return [_cost(one[:, 0], chance) for one in pieces]


def _cost(frames: Roll, chance: npt.NDArray[np.float64]) -> Nats:
    """Return the nats of frames when each pitch sounds with its own chance."""
    found: Nats = -np.where(frames > 0, np.log(chance), np.log1p(-chance)).sum(axis=1)
    return found


def measure_first_order(train: Sequence[Roll], pieces: Sequence[Roll]) -> list[Nats]:
    """Return the nats of each frame when each pitch depends on whether it sounded before.

    Parameters
    ----------
    train, pieces : sequence of uint8, shape (t, 1, p)
        Before the first frame nothing sounds.

    Examples
    --------
    >>> turns = np.array([[[1]], [[0]]] * 50, np.uint8)
    >>> bool(measure_first_order([turns], [turns])[0].mean() < 0.02)
    True
    """
    n_pitches = train[0].shape[2]
    counts = np.zeros((2, n_pitches))  # frames after silence and after sound
    sounds = np.zeros((2, n_pitches))
    for one in train:
        now, past = one[:, 0], _before(one[:, 0])
        for state in (0, 1):
            counts[state] += (past == state).sum(axis=0)
            sounds[state] += ((past == state) & (now > 0)).sum(axis=0)
    chance = (sounds + 0.5) / (counts + 1)
    return [
        _cost(one[:, 0], np.where(_before(one[:, 0]) > 0, chance[1], chance[0])) for one in pieces
    ]


def _before(frames: Roll) -> Roll:
    """Return the frames before each one."""
    return np.concatenate((np.zeros_like(frames[:1]), frames[:-1]))


def measure_bigram(train: Sequence[Roll], pieces: Sequence[Roll]) -> list[Nats]:
    """Return the nats of each frame when each voice's pitch depends on its own last one.

    Parameters
    ----------
    train, pieces : sequence of uint8, shape (t, k, p)
        Counts are mixed with the voice's pitches, which are mixed with all pitches alike.

    Examples
    --------
    >>> held = np.zeros((200, 1, 9), np.uint8)
    >>> held[:, 0, 4] = 1
    >>> bool(measure_bigram([held], [held])[0].mean() < 0.1)
    True
    """
    k, p = train[0].shape[1:]
    states = p + 2  # silence, the pitches, the beginning
    counts = np.zeros((k, states, p + 1))
    for one in train:
        now, past = _to_states(one)
        for part in range(k):
            np.add.at(counts[part], (past[:, part], now[:, part]), 1)
    overall = counts.sum(axis=1) + 0.1  # (k, p + 1)
    overall /= overall.sum(axis=1, keepdims=True)
    chance = counts + overall[:, None]
    chance /= chance.sum(axis=2, keepdims=True)
    costs = -np.log(chance)
    found = []
    for one in pieces:
        now, past = _to_states(one)
        found.append(costs[np.arange(k), past, now].sum(axis=1))
    return found


def _to_states(piece: Roll) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return each voice's pitch (0 is silence) and the one before it (the last number: none yet)."""
    now = np.where(piece.any(axis=2), piece.argmax(axis=2) + 1, 0).astype(np.int64)
    start = np.full_like(now[:1], piece.shape[2] + 1)
    return now, np.concatenate((start, now[:-1]))


def average_nats(nats: Sequence[npt.NDArray[Any]], *, n_notes: int = 1) -> dict[str, float]:
    """Return the mean over all frames, over pieces, and over all frames but each piece's first.

    Parameters
    ----------
    nats : sequence of float, shape (t,)
        One array a piece.
    n_notes : int
        What a frame is divided by: 4 for four voices, when nats a note are wanted.

    Examples
    --------
    >>> average_nats([np.array([8.0, 2.0]), np.array([2.0] * 8)])
    {'frames': 2.6, 'pieces': 3.5, 'without_first': 2.0}
    """
    pooled = np.concatenate(nats) / n_notes
    late = np.concatenate([one[1:] for one in nats]) / n_notes
    return {
        "frames": float(pooled.mean()),
        "pieces": float(np.mean([one.mean() for one in nats]) / n_notes),
        "without_first": float(late.mean()) if len(late) else float("nan"),
    }
