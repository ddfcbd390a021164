"""A folder of somebody's scores as pieces to learn from: read, compared, and split piece by piece.

Conventions: any format that Motet reads, in folders in folders; a file's content decides what it is, hidden
files are passed over. A piece that cannot be used comes back with the reason, never as an exception.
Pieces that share a quarter of their music (`motet.corpus.duplicates`) are one group and fall on the same
side of the split, else what is held out would have been learnt.

Offers `read_folder`, `FolderPieces`, `FolderSplit`, `split_folder`, `cut_windows`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.corpus.duplicates import find_pairs, group_pieces
from motet.corpus.fingerprint import fingerprint
from motet.corpus.limit import TookTooLongError, time_limit
from motet.corpus.quick_chords import quick_chords
from motet.errors import CorpusError, FormatError, MotetError, ParameterError
from motet.io import read
from motet.tokens.convert import score_to_grid
from motet.tokens.grid import window
from motet.tokens.layout import DEFAULT_VELOCITY, GridScore
from motet.train.draw import choose_window

__all__ = ["FolderPieces", "FolderSplit", "cut_windows", "read_folder", "split_folder"]

Indices = tuple[int, ...]

_ENDINGS: Final = frozenset(
    (".mid", ".midi", ".kar", ".rmi", ".musicxml", ".mxl", ".xml", ".abc", ".krn", ".json")
)
_MIN_PIECES: Final = 3
_MIN_NOTES: Final = 24
_MIN_BARS: Final = 4
_MAX_NOTES: Final = 200_000
_LIMIT_S: Final = 60.0
_HELD: Final = 0.15
_STOP: Final = 0.1
_MANY: Final = 12
"""From so many pieces on, those that say when to stop are others than those that are reported."""


@dataclass(frozen=True, eq=False, kw_only=True)
class FolderPieces:
    """What a folder holds.

    Parameters
    ----------
    names : tuple of str
        Path of each piece in the folder.
    grids : tuple of GridScore
    groups : int64, shape (n,)
        Pieces that share music have one number.
    refused : tuple of (str, MotetError)
        Scores that cannot be used, each with the reason.
    copies : tuple of (str, str)
        Files that hold the same notes as another, left out; and that other.
    n_others : int
        Files that are no scores.
    """

    names: tuple[str, ...]
    grids: tuple[GridScore, ...]
    groups: npt.NDArray[np.int64]
    refused: tuple[tuple[str, MotetError], ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    n_others: int = 0

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, kw_only=True)
class FolderSplit:
    """Which pieces are learnt from, which say when to stop, and which are reported on.

    Parameters
    ----------
    train, stop, held : tuple of int
        In small folders the last two are the same.
    """

    train: Indices
    stop: Indices
    held: Indices

    @property
    def is_independent(self) -> bool:
        """Whether what is reported had no say in when to stop."""
        return not set(self.stop) & set(self.held)


def read_folder(
    folder: str | Path, *, on_progress: Callable[[float, str], None] | None = None
) -> FolderPieces:
    """Return the pieces of a folder, and what became of every other file.

    Parameters
    ----------
    folder : str or Path
    on_progress : callable or None
        Called with the share that is done and a file's name.

    Returns
    -------
    FolderPieces

    Raises
    ------
    ParameterError
        There is no such folder.
    CorpusError
        It holds fewer than three different pieces.

    Examples
    --------
    >>> read_folder("nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no folder 'nowhere'; give one that holds scores
    """
    home = Path(folder)
    if not home.is_dir():
        raise ParameterError(
            f"there is no folder {str(folder)!r}; give one that holds scores",
            zh=f"没有文件夹 {str(folder)!r};请给出存放乐谱的文件夹",
        )
    paths = list(_list_files(home))
    names: list[str] = []
    grids: list[GridScore] = []
    refused: list[tuple[str, MotetError]] = []
    copies: list[tuple[str, str]] = []
    seen: dict[bytes, str] = {}
    n_others = 0
    for k, path in enumerate(paths):
        name = path.relative_to(home).as_posix()
        if on_progress is not None:
            on_progress(k / len(paths), name)
        found = _read_piece(path)
        if isinstance(found, MotetError):
            if path.suffix.lower() in _ENDINGS:
                refused.append((name, found))
            else:
                n_others += 1
            continue
        key = _notes_key(found)
        if key in seen:
            copies.append((name, seen[key]))
            continue
        seen[key] = name
        names.append(name)
        grids.append(found)
    if len(grids) < _MIN_PIECES:
        _refuse_few(str(folder), len(grids), refused, copies)
    pairs = find_pairs([fingerprint(grid) for grid in grids])
    links = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    return FolderPieces(
        names=tuple(names),
        grids=tuple(grids),
        groups=group_pieces(len(grids), links),
        refused=tuple(refused),
        copies=tuple(copies),
        n_others=n_others,
    )


def _refuse_few(
    folder: str, n: int, refused: Sequence[tuple[str, MotetError]], copies: Sequence[object]
) -> None:
    """Raise what a folder of too few pieces lacks, with the first reason."""
    en = zh = ""
    if refused:
        name, error = refused[0]
        en = f"; {len(refused)} more cannot be used, such as {name}: {error.en}"
        zh = f";另有 {len(refused)} 个无法使用,例如 {name}:{error.zh}"
    if copies:
        en, zh = f"{en}; {len(copies)} are copies", f"{zh};{len(copies)} 个是副本"
    raise CorpusError(
        f"adapting needs {_MIN_PIECES} different pieces or more, this folder has {n}{en}; add more "
        "scores (MIDI, MusicXML, ABC, kern)",
        zh=f"适配至少需要 {_MIN_PIECES} 首不同的乐曲,此文件夹只有 {n} 首{zh};"
        "请加入更多乐谱(MIDI、MusicXML、ABC、kern)",
        path=folder,
    )


def _list_files(home: Path) -> Iterator[Path]:
    """Yield the files of a folder and its folders in order, hidden ones and links to folders left out."""
    for place, folders, files in os.walk(home):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(place) / name


def _read_piece(path: Path) -> GridScore | MotetError:
    """Return a file as a piece on the grid, or why it is none."""
    try:
        with time_limit(_LIMIT_S):
            return _prepare(path)
    except TookTooLongError:
        return FormatError(
            f"reading took longer than {_LIMIT_S:g} s", zh=f"读取超过 {_LIMIT_S:g} 秒"
        )
    except MotetError as error:
        return error
    except (ArithmeticError, LookupError, ValueError, TypeError, RecursionError, OSError) as error:
        return FormatError(
            f"Motet could not read it ({type(error).__name__}: {error}); please report this file",
            zh=f"Motet 无法读取({type(error).__name__}:{error});请报告此文件",
        )


def _prepare(path: Path) -> GridScore:
    """Return a file as a piece on the grid, with chords, without empty bars at its end."""
    score = read(path).score
    if score.n_notes > _MAX_NOTES:
        raise FormatError(f"more than {_MAX_NOTES} notes", zh=f"音符超过 {_MAX_NOTES} 个")
    grid = score_to_grid(score).grid
    last = int(grid.notes["bar"].max()) + 1
    if grid.n_notes < _MIN_NOTES or last < _MIN_BARS:
        raise FormatError(
            f"fewer than {_MIN_NOTES} notes or {_MIN_BARS} bars: nothing to learn from",
            zh=f"不足 {_MIN_NOTES} 个音符或 {_MIN_BARS} 小节,无从学习",
        )
    grid = replace(grid, bars=grid.bars[:last], chords=grid.chords[grid.chords["bar"] < last])
    if len(np.unique(grid.notes["vel"])) == 1:  # one loudness throughout says nothing
        notes = grid.notes.copy()
        notes["vel"] = DEFAULT_VELOCITY
        notes.flags.writeable = False
        grid = replace(grid, notes=notes)
    return grid if len(grid.chords) else replace(grid, chords=quick_chords(grid))


def _notes_key(grid: GridScore) -> bytes:
    """Return what two files share exactly when they hold the same notes, in whatever key."""
    notes = grid.notes[["bar", "part", "pos", "dur", "pitch"]]
    return b"".join(np.ascontiguousarray(notes[name]).tobytes() for name in notes.dtype.names or ())


def split_folder(pieces: FolderPieces, *, seed: int = 0) -> FolderSplit:
    """Return a split by whole pieces: about 15 % are held out, and from 12 on another 10 % say when to stop.

    Parameters
    ----------
    pieces : FolderPieces
    seed : int

    Returns
    -------
    FolderSplit

    Raises
    ------
    CorpusError
        All pieces share their music, so that none can be held out.

    Examples
    --------
    >>> from motet.score import make_score
    >>> grid = score_to_grid(make_score("C4:4")).grid
    >>> names = tuple("abcd")
    >>> split = split_folder(FolderPieces(names=names, grids=(grid,) * 4, groups=np.array([0, 0, 2, 3])))
    >>> len(split.held), len(split.train), split.is_independent
    (1, 3, False)
    """
    groups = [tuple(np.flatnonzero(pieces.groups == one)) for one in np.unique(pieces.groups)]
    if len(groups) < 2:
        raise CorpusError(
            "all pieces of this folder share their music with each other, so that none can be held "
            "out; add others",
            zh="此文件夹中的乐曲彼此雷同,无法留出任何一首作检验;请加入其他乐曲",
        )
    order = np.random.default_rng((seed, 23)).permutation(len(groups))
    left = [groups[k] for k in order]
    held = _take(left, round(_HELD * len(pieces)))
    stop = _take(left, round(_STOP * len(pieces))) if len(groups) >= _MANY else held
    train = tuple(sorted(int(k) for group in left for k in group))
    return FolderSplit(train=train, stop=stop, held=held)


def _take(groups: list[tuple[int, ...]], wanted: int) -> Indices:
    """Return the pieces of the first groups that fit into a number, taken out; one group at least."""
    wanted = max(1, wanted)
    taken: list[int] = []
    for group in list(groups):
        if len(taken) + len(group) <= wanted:
            groups.remove(group)
            taken += group
    if not taken:
        smallest = min(groups, key=len)
        groups.remove(smallest)
        taken += smallest
    return tuple(sorted(int(k) for k in taken))


def cut_windows(grid: GridScore, *, room: float, most: int) -> list[GridScore]:
    """Return the first windows of a piece, one after another, each of about so many tokens.

    Parameters
    ----------
    grid : GridScore
    room : float, tokens
    most : int
        Windows at most.

    Returns
    -------
    list of GridScore
        Silent stretches are left out.

    Examples
    --------
    >>> from motet.score import make_score
    >>> grid = score_to_grid(make_score(" | ".join(["C4:1 D4:1 E4:1 F4:1"] * 9))).grid
    >>> [one.n_bars for one in cut_windows(grid, room=40, most=9)]
    [2, 2, 2, 2, 1]
    """
    found: list[GridScore] = []
    start = 0
    while start < grid.n_bars and len(found) < most:
        rest = window(grid, start, grid.n_bars)
        piece = choose_window(rest, room=room, place=0.0)
        if piece is None:  # a silent stretch
            start += 1
            continue
        found.append(piece)
        start += piece.n_bars
    return found
