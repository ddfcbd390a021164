"""Rows of tokens for training: drawn from a corpus on the fly, or read from prepared files.

Conventions: a row is uint16, shape (context + 1,): documents one after another, PAD at the end; the
model reads all but the last and predicts all but the first. Row r of step s comes from a random
generator of its own, so a run that resumes sees the rows that it would have seen.

Offers `Source`, `Split`, `CorpusRows`, `PreparedRows`, `Prefetch`, `save_rows`, `load_rows`, `shift_rows`.
"""

from __future__ import annotations

import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from motet.errors import CorpusError, ParameterError
from motet.tokens.layout import GridScore
from motet.tokens.vocab import FAMILIES, VOCAB_SIZE, vocab_hash
from motet.train.draw import DrawConfig, draw_document

__all__ = [
    "CorpusRows",
    "Prefetch",
    "PreparedRows",
    "Rows",
    "Source",
    "Split",
    "load_rows",
    "save_rows",
    "shift_rows",
]

Rows = npt.NDArray[np.uint16]
"""uint16, shape (rows, context + 1)."""

_PAD: Final = FAMILIES["PAD"].start
_SMALLEST: Final = 48
_DRAWS: Final = 12


class Source(Protocol):
    """What gives the rows of a step."""

    context: int

    def rows(self, step: int, n_rows: int) -> Rows:
        """Return the rows of a step, always the same ones."""


class Split(Protocol):
    """What rows are drawn from: a split of a built corpus, or pieces in memory."""

    @property
    def split(self) -> str:
        """Its name, for messages."""

    @property
    def styles(self) -> npt.NDArray[np.int64]:
        """STYLE value of each piece."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> GridScore: ...

    def draw_weights(self) -> npt.NDArray[np.float64]:
        """Return the probability of each piece."""


class CorpusRows:
    """Rows drawn from the pieces of a corpus, styles balanced.

    Parameters
    ----------
    shards : Split
        A split of a built corpus (`open_shards`), or `Pieces`.
    context : int, tokens
    config : DrawConfig
    seed : int

    Raises
    ------
    CorpusError
        There are no pieces.
    """

    def __init__(self, shards: Split, *, context: int, config: DrawConfig, seed: int) -> None:
        if not len(shards):
            raise CorpusError("this split of the corpus is empty", zh="语料库的这一部分是空的")
        self.context = context
        self._shards, self._config, self._seed = shards, config, seed
        self._edges = np.cumsum(shards.draw_weights())

    def _draw_piece(self, rng: np.random.Generator) -> GridScore:
        at = int(np.searchsorted(self._edges, rng.random() * self._edges[-1], side="right"))
        return self._shards[min(at, len(self._edges) - 1)]

    def row(self, step: int, index: int) -> Rows:
        """Return one row, shape (context + 1,)."""
        rng = np.random.default_rng((self._seed, step, index))
        row = np.full(self.context + 1, _PAD, np.uint16)
        filled = 0
        for _ in range(_DRAWS):
            room = len(row) - filled
            if room < _SMALLEST:
                break
            ids = draw_document(self._draw_piece(rng), budget=room, config=self._config, rng=rng)
            if ids is not None:
                row[filled : filled + len(ids)] = ids
                filled += len(ids)
        return row

    def rows(self, step: int, n_rows: int) -> Rows:
        """Return the rows of a step."""
        return np.stack([self.row(step, index) for index in range(n_rows)])


class PreparedRows:
    """Rows that `prepare_rows` wrote ahead; each pass takes them in another order and moves pitches.

    Parameters
    ----------
    paths : list of Path
        Files of `save_rows`.
    context : int, tokens
        Longer rows are cut.
    seed : int
    config : DrawConfig
        Its `p_shift` and `shift_semi` say how rows are moved; the rest was drawn when preparing.

    Raises
    ------
    CorpusError
        A file is missing, damaged, of another vocabulary, or its rows are too short.
    """

    def __init__(self, paths: list[Path], *, context: int, seed: int, config: DrawConfig) -> None:
        self.context, self._seed, self._config = context, seed, config
        if not paths:
            raise CorpusError(
                "there are no prepared rows here; write them with --prepare",
                zh="此处没有预先准备的行;请用 --prepare 写出",
            )
        self._rows = np.concatenate([load_rows(path) for path in sorted(paths)])
        if self._rows.shape[1] <= context:
            raise CorpusError(
                f"prepared rows have context {self._rows.shape[1] - 1}, shorter than {context}; "
                "prepare them again with a longer one",
                zh=f"预先准备的行上下文为 {self._rows.shape[1] - 1},短于 {context};请以更长的上下文重新准备",
            )

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, step: int, n_rows: int) -> Rows:
        """Return the rows of a step."""
        at = np.arange(step * n_rows, (step + 1) * n_rows)
        passes = at // len(self._rows)
        chosen = np.empty(n_rows, np.int64)
        for one in np.unique(passes):
            order = np.random.default_rng((self._seed, int(one))).permutation(len(self._rows))
            mine = passes == one
            chosen[mine] = order[at[mine] % len(self._rows)]
        rows = self._rows[chosen, : self.context + 1]
        rng = np.random.default_rng((self._seed, step, 1))
        shifts = rng.integers(-self._config.shift_semi, self._config.shift_semi + 1, n_rows)
        shifts[rng.random(n_rows) >= self._config.p_shift] = 0
        return shift_rows(rows, shifts)


def shift_rows(rows: Rows, shifts: npt.NDArray[np.int64]) -> Rows:
    """Return rows whose pitches, chords and keys are moved by so many semitones each.

    Parameters
    ----------
    rows : uint16, shape (rows, t)
    shifts : int64, shape (rows,), semitones

    Examples
    --------
    >>> row = np.array([[FAMILIES["PITCH"].start + 60, FAMILIES["DRUM"].start]], np.uint16)
    >>> (shift_rows(row, np.array([3])) - row).tolist()
    [[3, 0]]
    """
    moved: Rows = np.empty_like(rows)
    for shift in np.unique(shifts):
        mine = shifts == shift
        moved[mine] = _shift_table(int(shift))[rows[mine]]
    return moved


def _shift_table(semi: int) -> Rows:
    """Return for each id what it becomes when the music moves; pitches at the end fold back."""
    table = np.arange(VOCAB_SIZE, dtype=np.uint16)
    for name, size, step in (("KEY", 84, 7), ("CHORD", 240, 20), ("BASS", 12, 1)):
        values = (np.arange(size) + step * semi) % size
        start = FAMILIES[name].start
        table[start : start + size] = start + values
    pitch = np.arange(128) + semi
    pitch += np.where(pitch < 0, 12, np.where(pitch > 127, -12, 0))
    for name in ("PITCH", "ADD"):
        table[FAMILIES[name].start : FAMILIES[name].end] = FAMILIES[name].start + pitch
    return table


def save_rows(path: Path, rows: Rows, **extra: npt.NDArray[np.generic]) -> None:
    """Write rows to a compressed ``.npz``; `extra` arrays lie beside them.

    Examples
    --------
    >>> save_rows(Path("train-0001.npz"), np.ones((2, 9), np.uint16))
    >>> load_rows(Path("train-0001.npz")).shape
    (2, 9)
    """
    draft = path.with_name(f".{path.name}.part")
    with draft.open("wb") as file:
        np.savez_compressed(
            file,
            allow_pickle=False,
            rows=_split_bytes(rows),
            vocab=np.array(vocab_hash()),
            **extra,
        )
    draft.replace(path)


def _split_bytes(rows: Rows) -> npt.NDArray[np.uint8]:
    """Return low bytes and high bytes apart, shape (2, rows, context + 1): they pack better."""
    return np.stack((rows & 255, rows >> 8)).astype(np.uint8)


def load_rows(path: Path) -> Rows:
    """Return the rows of a file that `save_rows` wrote.

    Raises
    ------
    CorpusError
        The file is missing, damaged, or of another vocabulary.

    Examples
    --------
    >>> save_rows(Path("valid.npz"), np.full((1, 4), 700, np.uint16))
    >>> load_rows(Path("valid.npz")).tolist()
    [[700, 700, 700, 700]]
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            low, high = file["rows"]
            found = str(file["vocab"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise CorpusError(
            f"cannot read prepared rows: {error}; prepare them again",
            zh=f"无法读取预先准备的行:{error};请重新准备",
            path=str(path),
        ) from error
    if found != vocab_hash():
        raise CorpusError(
            f"the rows were made with vocabulary {found}, this version has {vocab_hash()}; "
            "prepare them again",
            zh=f"这些行使用词表 {found},此版本为 {vocab_hash()};请重新准备",
            path=str(path),
        )
    rows: Rows = low.astype(np.uint16) | high.astype(np.uint16) << 8
    if rows.ndim != 2 or (rows >= VOCAB_SIZE).any():
        raise CorpusError("the rows hold no tokens", zh="这些行不是 token", path=str(path))
    return rows


class Prefetch:
    """The rows of the steps to come, made by a thread while the model computes.

    Parameters
    ----------
    source : Source
    n_rows : int, or callable
        Rows of a step, the same for all or told by the step.
    first : int
        Step to begin with.
    ahead : int
        Steps held ready.
    """

    def __init__(
        self, source: Source, *, n_rows: int | Callable[[int], int], first: int = 0, ahead: int = 3
    ) -> None:
        if isinstance(n_rows, int) and n_rows < 1:
            raise ParameterError(
                f"n_rows must be 1 or more, got {n_rows}", zh=f"n_rows 至少为 1,收到 {n_rows}"
            )
        self._source, self._n_rows = source, n_rows
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._step = first
        self._ready: deque[Future[Rows]] = deque()
        for _ in range(max(1, ahead)):
            self._ask()

    def _ask(self) -> None:
        """Have the rows of one more step made."""
        count = self._n_rows if isinstance(self._n_rows, int) else self._n_rows(self._step)
        self._ready.append(self._worker.submit(self._source.rows, self._step, count))
        self._step += 1

    def __iter__(self) -> Iterator[Rows]:
        while True:
            made = self._ready.popleft().result()
            self._ask()
            yield made

    def close(self) -> None:
        """Stop the thread."""
        self._worker.shutdown(cancel_futures=True)
