"""A piece as a training document: which bars, which parts, what is said of them, what is left open.

Conventions: everything is drawn from one `numpy.random.Generator`, so the same generator gives the same
document. Shares are probabilities. Nothing here needs torch.

Offers `DrawConfig`, `draw_document`, `choose_window`, `draw_order`, `draw_holes`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.tokens.emotion import grid_emotion
from motet.tokens.encode import ALL, encode
from motet.tokens.grid import keep_parts, shift_grid, window
from motet.tokens.layout import GridScore
from motet.train.vary import change_instrument, change_tempo, shift_octave

__all__ = [
    "MAX_BARS",
    "DrawConfig",
    "choose_window",
    "draw_document",
    "draw_holes",
    "draw_order",
]

Ids = npt.NDArray[np.int32]
Cells = frozenset[tuple[int, int]]

MAX_BARS: Final = 64
_TRIES: Final = 6
_TOKENS_PER_NOTE: Final = 1.6
_LEFT_OUT: Final = {"RANGE": 0.4, "DENSITY": 0.4, "POLY": 0.4, "STYLE": 0.1}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawConfig:
    """How documents are drawn and varied.

    Parameters
    ----------
    p_short : float
        Share of windows that are shorter than the room there is.
    p_shift : float
        Share that is moved by up to `shift_semi` semitones either way.
    shift_semi : int, 0 to 6
    p_drop_parts, p_reorder : float
        Share of pieces of several parts that lose some; in which some parts come first, as given.
    p_no_chords : float
        Share without chords.
    min_confidence : float
        Chords less sure than this are unknown.
    p_header : float
        Chance that a header field is left out; RANGE, DENSITY and POLY have 0.4, STYLE 0.1.
    p_holes : float
        Share with holes, answered at the end.
    p_tempo, p_octave, p_instrument : float
        Share whose tempo is up to a tenth slower or faster, where it is known; in which a part is an
        octave away; in which a part is on a like instrument (`motet.train.vary`).

    Raises
    ------
    ParameterError
        A share is outside 0 to 1.

    Examples
    --------
    >>> DrawConfig(p_holes=0.5).p_shift
    0.85
    """

    p_short: float = 0.3
    p_shift: float = 0.85
    shift_semi: int = 3
    p_drop_parts: float = 0.25
    p_reorder: float = 0.5
    p_no_chords: float = 0.3
    min_confidence: float = 0.4
    p_header: float = 0.25
    p_holes: float = 0.25
    p_tempo: float = 0.5
    p_octave: float = 0.08
    p_instrument: float = 0.12

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            top = 6 if field.name == "shift_semi" else 1
            if not 0 <= value <= top:
                raise ParameterError(
                    f"{field.name} must be 0 to {top}, got {value}",
                    zh=f"{field.name} 须为 0 到 {top},收到 {value}",
                )


def draw_document(
    grid: GridScore, *, budget: int, config: DrawConfig, rng: np.random.Generator
) -> Ids | None:
    """Return the tokens of some bars of a piece, varied as the config says.

    Parameters
    ----------
    grid : GridScore
        A whole piece.
    budget : int, tokens
        The document is no longer; one without holes may be cut there.
    config : DrawConfig
    rng : numpy.random.Generator

    Returns
    -------
    int32, shape (t,), t <= budget; None when nothing of the piece fits

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 E4:4 G4:4 C5:4")).grid
    >>> rng = np.random.default_rng(0)
    >>> len(draw_document(grid, budget=64, config=DrawConfig(), rng=rng)) <= 64
    True
    """
    share = rng.uniform(0.15, 1.0) if rng.random() < config.p_short else 1.0
    if len(grid.parts) > 1 and rng.random() < config.p_drop_parts:
        kept = np.flatnonzero(rng.random(len(grid.parts)) < rng.uniform(0.3, 0.9))
        if len(kept):
            grid = keep_parts(grid, kept.tolist())
    shift = int(rng.integers(-config.shift_semi, config.shift_semi + 1))
    if rng.random() >= config.p_shift:
        shift = 0
    said = {name for name in sorted(ALL) if rng.random() >= _LEFT_OUT.get(name, config.p_header)}
    has_chords = rng.random() >= config.p_no_chords
    has_holes = rng.random() < config.p_holes
    place, order_seed, hole_seed = rng.random(), int(rng.integers(2**62)), int(rng.integers(2**62))
    changes = _draw_changes(config, rng)
    room = max(24.0, share * budget)
    for _ in range(_TRIES):
        piece = choose_window(grid, room=room, place=place)
        if piece is None:
            return None
        for change, seed in changes:
            piece = change(piece, np.random.default_rng(seed))
        if piece.emotion < 0 and "EMOTION" in said:
            piece = replace(piece, emotion=grid_emotion(piece))
        piece = shift_grid(piece, shift) if shift else piece
        order = draw_order(len(piece.parts), config, np.random.default_rng(order_seed))
        holes = draw_holes(piece, np.random.default_rng(hole_seed)) if has_holes else frozenset()
        ids = encode(
            piece,
            order=order,
            holes=holes,
            has_chords=has_chords,
            min_confidence=config.min_confidence,
            header=said,
        )
        if len(ids) <= budget:
            return ids
        if not holes and len(ids) <= 1.15 * budget:
            return ids[:budget]
        room *= 0.93 * budget / len(ids)
        if room < 8:
            return None
    return None


def _draw_changes(
    config: DrawConfig, rng: np.random.Generator
) -> list[tuple[Callable[[GridScore, np.random.Generator], GridScore], int]]:
    """Return how the music is varied beside its key, each with a seed."""
    offered = (
        (config.p_tempo, change_tempo),
        (config.p_octave, shift_octave),
        (config.p_instrument, change_instrument),
    )
    drawn = [(share, change, rng.random(), int(rng.integers(2**62))) for share, change in offered]
    return [(change, seed) for share, change, chance, seed in drawn if chance < share]


def draw_order(n_parts: int, config: DrawConfig, rng: np.random.Generator) -> list[int]:
    """Return the parts in writing order: some drawn ones first, as a user gives them, else by slot.

    Examples
    --------
    >>> draw_order(3, DrawConfig(p_reorder=0), np.random.default_rng(0))
    [0, 1, 2]
    """
    order = list(range(n_parts))
    if n_parts > 1 and rng.random() < config.p_reorder:
        given = rng.permutation(n_parts)[: rng.integers(1, n_parts)].tolist()
        order = given + [part for part in order if part not in given]
    return order


def choose_window(grid: GridScore, *, room: float, place: float) -> GridScore | None:
    """Return the bars of a piece that fill so many tokens, without the parts that are silent there.

    Parameters
    ----------
    grid : GridScore
    room : float, tokens
        Length to aim at, by a rough count.
    place : float, [0, 1)
        Where in the piece: the first sixth of the range means its beginning.

    Returns
    -------
    GridScore or None
        None when there are no notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 E4:4 G4:4 C5:4")).grid
    >>> choose_window(grid, room=30, place=0.9).extent
    3
    """
    if not grid.n_bars:
        return None
    n_per_bar = np.diff(np.searchsorted(grid.notes["bar"], np.arange(grid.n_bars + 1)))
    n_parts = len(grid.parts)
    cost = 2.5 + n_per_bar * _TOKENS_PER_NOTE + np.minimum(n_parts, n_per_bar)  # (bars,)
    total = np.concatenate(([0.0], np.cumsum(cost)))
    room = max(1.0, room - 10 - 4 * n_parts)
    last_start = min(int(np.searchsorted(total, total[-1] - room)), grid.n_bars - 1)
    where = max(0.0, (place - 1 / 6) * 6 / 5)
    start = min(last_start, int(where * (last_start + 1)))
    end = int(np.searchsorted(total, total[start] + room, side="right")) - 1
    end = min(max(end, start + 1), start + MAX_BARS, grid.n_bars)
    piece = window(grid, start, end)
    if not piece.n_notes:
        return None
    return keep_parts(piece, np.unique(piece.notes["part"]).tolist())


def draw_holes(grid: GridScore, rng: np.random.Generator) -> Cells:
    """Return cells to leave open: scattered ones, some bars of all parts, or of one part.

    Parameters
    ----------
    grid : GridScore
    rng : numpy.random.Generator

    Returns
    -------
    frozenset of (bar, part)

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 E4:4 G4:4 C5:4")).grid
    >>> len(draw_holes(grid, np.random.default_rng(1))) > 0
    True
    """
    bars, k = grid.n_bars, len(grid.parts)
    kind = rng.random()
    if kind < 0.3:
        chosen = np.flatnonzero(rng.random(bars * k) < rng.uniform(0.05, 0.5))
        if not len(chosen):
            chosen = rng.integers(bars * k, size=1)
        return frozenset((int(cell) // k, int(cell) % k) for cell in chosen)
    n_open = int(rng.integers(1, max(2, min(9, bars - 1))))
    first = min(1, bars - 1)
    start = int(rng.integers(first, max(first + 1, bars - n_open)))
    rows = range(k) if kind < 0.65 else (int(rng.integers(k)),)
    return frozenset((bar, row) for bar in range(start, min(bars, start + n_open)) for row in rows)
