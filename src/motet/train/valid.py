"""The fixed windows on which a run is judged, and its judgement: nats a note.

Conventions: a window is one document in a row, drawn without any variation, header and chords said;
so every model and every Markov chain is judged by the same tokens. A third of the windows come again
with a hole of some bars in the middle: the notes of the hole once after what is left of them only, once
after both sides.

Offers `ValidSet`, `build_valid`, `evaluate`, `Measured`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch

from motet.errors import CorpusError
from motet.tokens.encode import encode
from motet.tokens.vocab import FAMILIES, STYLES
from motet.train.data import Rows, Split
from motet.train.draw import choose_window
from motet.train.label import FIRST_NOTE_KIND, KINDS, PITCH_KIND, label_rows

__all__ = ["Measured", "ValidSet", "build_valid", "evaluate"]

_BAR, _FILL, _NOTES = (FAMILIES[name].start for name in ("BAR", "FILL", "NOTES"))
_SHORTEST: Final = 64

Losses = Callable[[Rows], npt.NDArray[np.float32]]
"""Rows (b, context + 1) to nats of each predicted token (b, context)."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class ValidSet:
    """Windows to judge by.

    Parameters
    ----------
    rows : uint16, shape (n, context + 1)
    styles : int16, shape (n,)
        STYLE values, -1 unknown.
    side : uint8, shape (n,)
        0 a window; 1 the same again, its `marks` the notes after their left side; 2 with a hole, its
        `marks` the same notes after both sides. Rows of side 1 and 2 count for infilling alone.
    marks : bool, shape (n, context)
    """

    rows: Rows
    styles: npt.NDArray[np.int16]
    side: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.bool_]

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return what `save_rows` stores beside the rows."""
        return {"styles": self.styles, "side": self.side, "marks": np.packbits(self.marks, axis=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A model's judgement: nats a note, in all, by kind of token, by style, and of infilled notes."""

    nats_per_note: float
    n_notes: int
    by_kind: dict[str, float]
    by_style: dict[str, float]
    infill_left: float
    infill_both: float

    def to_dict(self) -> dict[str, Any]:
        """Return the figures, rounded, as the log stores them."""
        return {
            "nats_per_note": round(self.nats_per_note, 4),
            "n_notes": self.n_notes,
            "by_kind": {name: round(value, 4) for name, value in self.by_kind.items()},
            "by_style": {name: round(value, 3) for name, value in self.by_style.items()},
            "infill_left": round(self.infill_left, 4),
            "infill_both": round(self.infill_both, 4),
        }


def build_valid(shards: Split, *, context: int, n_windows: int, seed: int = 0) -> ValidSet:
    """Return windows of a split, as many of each style as can be.

    Parameters
    ----------
    shards : Split
    context : int, tokens
    n_windows : int
    seed : int

    Raises
    ------
    CorpusError
        No piece has a window that fits.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> from motet.train.pieces import Pieces
    >>> tune = " | ".join(["C4:1 D4:1 E4:1 F4:1", "G4:1 A4:1 B4:1 C5:1"] * 8)
    >>> pieces = Pieces([score_to_grid(make_score(tune)).grid] * 2)
    >>> len(build_valid(pieces, context=128, n_windows=2).rows)
    2
    """
    rng = np.random.default_rng((seed, 17))
    queues = {
        int(style): rng.permutation(np.flatnonzero(shards.styles == style)).tolist()
        for style in np.unique(shards.styles)
    }
    documents: list[tuple[npt.NDArray[np.int32], int, int, npt.NDArray[np.bool_]]] = []
    n_found = 0
    while n_found < n_windows and any(queues.values()):
        for style, pieces in queues.items():
            if not pieces or n_found >= n_windows:
                continue
            piece = choose_window(shards[pieces.pop()], room=0.85 * context, place=rng.random())
            if piece is None:
                continue
            plain = encode(piece, min_confidence=0.4)
            if not _SHORTEST <= len(plain) <= context + 1:
                continue
            n_found += 1
            documents.append((plain, style, 0, np.zeros(len(plain), np.bool_)))
            if n_found % 3 == 0 and piece.n_bars >= 4:
                n_open = max(1, min(4, piece.n_bars // 4))
                first = (piece.n_bars - n_open) // 2
                bars = range(first, first + n_open)
                cells = [(bar, part) for bar in bars for part in range(len(piece.parts))]
                holed = encode(piece, min_confidence=0.4, holes=cells)
                if len(holed) <= context + 1:
                    documents.append((plain, style, 1, _notes_of_bars(plain, bars)))
                    documents.append((holed, style, 2, _notes_after(holed, _FILL)))
    if not documents:
        raise CorpusError(
            f"no piece of the {shards.split} split fits a context of {context}",
            zh=f"{shards.split} 部分没有乐曲适合上下文长度 {context}",
        )
    documents.sort(key=lambda one: -len(one[0]))
    rows = np.zeros((len(documents), context + 1), np.uint16)
    marks = np.zeros((len(documents), context), np.bool_)
    for row, mark, (ids, _, _, marked) in zip(rows, marks, documents, strict=True):
        row[: len(ids)] = ids
        mark[: len(ids) - 1] = marked[1:]
    return ValidSet(
        rows=rows,
        styles=np.array([one[1] for one in documents], np.int16),
        side=np.array([one[2] for one in documents], np.uint8),
        marks=marks,
    )


def _is_note(ids: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Return which tokens of a document say notes."""
    kinds = label_rows(torch.from_numpy(ids.astype(np.int64))[None])[1][0].numpy()
    found: npt.NDArray[np.bool_] = kinds >= FIRST_NOTE_KIND
    return found


def _notes_of_bars(ids: npt.NDArray[np.int32], bars: range) -> npt.NDArray[np.bool_]:
    bar = np.cumsum(ids == _BAR) - 1
    return _is_note(ids) & (bar >= bars.start) & (bar < bars.stop)


def _notes_after(ids: npt.NDArray[np.int32], mark: int) -> npt.NDArray[np.bool_]:
    return _is_note(ids) & (np.cumsum(ids == mark) > 0)


def evaluate(losses: Losses, valid: ValidSet, *, batch_rows: int = 8) -> Measured:
    """Return how well a model foretells the windows.

    Parameters
    ----------
    losses : callable
        Rows to nats of each token after the first.
    valid : ValidSet
    batch_rows : int
        Rows at a time, cut to the longest of them.

    Returns
    -------
    Measured
        nan where nothing was measured.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> from motet.train.pieces import Pieces
    >>> tune = " | ".join(["C4:1 D4:1 E4:1 F4:1", "G4:1 A4:1 B4:1 C5:1"] * 8)
    >>> pieces = Pieces([score_to_grid(make_score(tune)).grid] * 2)
    >>> valid = build_valid(pieces, context=128, n_windows=1)
    >>> found = evaluate(lambda rows: np.ones((len(rows), rows.shape[1] - 1), np.float32), valid)
    >>> found.by_kind["pitch"]
    1.0
    """
    nats = np.zeros(valid.marks.shape, np.float32)
    for start in range(0, len(valid.rows), batch_rows):
        part = valid.rows[start : start + batch_rows]
        length = int((part != 0).sum(axis=1).max())
        nats[start : start + batch_rows, : length - 1] = losses(part[:, :length])
    ids = torch.from_numpy(valid.rows.astype(np.int64))
    kinds = label_rows(ids)[1][:, 1:].numpy()
    is_window = (valid.side == 0)[:, None]
    is_note = is_window & (kinds >= FIRST_NOTE_KIND)
    is_pitch = is_window & (kinds == PITCH_KIND)
    n_notes = int(is_pitch.sum())
    by_style = {}
    for style in np.unique(valid.styles):
        own = (valid.styles == style)[:, None]
        name = STYLES[style] if 0 <= style < len(STYLES) else "unknown"
        by_style[name] = _share(nats[is_note & own].sum(), (is_pitch & own).sum())
    infill = []
    for side in (1, 2):
        own = (valid.side == side)[:, None] & valid.marks
        infill.append(_share(nats[own].sum(), (own & (kinds == PITCH_KIND)).sum()))
    return Measured(
        nats_per_note=_share(nats[is_note].sum(), n_notes),
        n_notes=n_notes,
        by_kind={
            name: _share(nats[is_window & (kinds == kind)].sum(), n_notes)
            for kind, name in enumerate(KINDS)
            if kind
        },
        by_style=by_style,
        infill_left=infill[0],
        infill_both=infill[1],
    )


def _share(total: Any, count: Any) -> float:
    return float(total) / float(count) if count else float("nan")
