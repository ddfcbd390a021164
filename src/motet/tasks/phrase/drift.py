"""Variations around a phrase: near it for a small amount, far for a large one.

Conventions: `amount` 0 is the phrase as the model gives it back, 1 a phrase that is still of its kind.
Chords, form, other parts, and bars outside the selection stay as they are.

Offers `drift`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.latent import LatentModel, Points, blend_points, draw_points
from motet.errors import ParameterError
from motet.language import Language
from motet.phrases.step_cover import write_cover
from motet.score import Score, part_indices
from motet.tasks.check import Adherence, Check, same
from motet.tasks.composition import Composition
from motet.tasks.infill import select_cells
from motet.tasks.notes import put_cells
from motet.tasks.phrase.heard import Heard, Tokens, allow_harmony, choose_space, hear, say_lost
from motet.tasks.phrase.path import step_distance
from motet.tasks.phrase.settle import reach, settle

__all__ = ["drift"]

_TRIES: Final = 5
_SHARES: Final = (0.15, 0.3, 0.45, 0.6, 0.8)
"""How far on the way to a phrase of the prior tries lie, at amount 1."""
_FARTHEST: Final = 0.8
"""Share of the steps that are to sound differently at amount 1."""
_FIT: Final = 0.5
"""How much a nat a step counts that harmony had to forbid, against that share."""


def drift(
    score: Score,
    *,
    amount: float = 0.4,
    n: int = 1,
    parts: Iterable[int | str] | None = None,
    bars: str | int | Iterable[int] | None = None,
    content: str = "",
    bundle: str | Path | Bundle | None = None,
    seed: int = 0,
    language: Language = "en",
) -> tuple[Composition, ...]:
    """Return variations of a score, drawn around it in a model's space.

    Parameters
    ----------
    score : Score
    amount : float, 0 to 1
        How far.
    n : int, 1 to 16
        How many.
    parts : iterable of int or str, or None
        Whose notes a model of one voice varies, one part; None chooses.
    bars : str, int, iterable of int or None
        Which bars; None is all.
    content : str
        ``melody``, ``drums``, ``trio``; empty: the melody where there is one, else drums.
    bundle : str, Path, Bundle or None
    seed : int, >= 0
    language : Language

    Returns
    -------
    tuple of Composition

    Raises
    ------
    ParameterError
        A value is out of range, or there is no such part or bar.
    ConstraintError
        The score has no such part, or no bar of 4 to 16 sixteenths.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tune = make_score("C4:1 E4:1 G4:2 | F4:1 D4:1 C4:2", fifths=0)
    >>> (piece,) = drift(tune, amount=0.5, seed=3)
    >>> piece.score.n_bars, piece.task
    (2, 'vary')
    """
    if not isinstance(amount, int | float) or not 0 <= amount <= 1:
        raise ParameterError(
            f"amount must be 0 to 1, got {amount!r}; 0.4 is usual",
            zh=f"amount 须为 0 到 1,收到 {amount!r};通常为 0.4",
        )
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= 16:
        raise ParameterError(
            f"n must be a whole number 1 to 16, got {n!r}; try 4",
            zh=f"变奏个数须为 1 到 16 的整数,收到 {n!r};可试 4",
        )
    began = time.perf_counter()
    chosen = part_indices(score, list(parts)) if parts is not None else ()
    if not content and chosen and score.parts[chosen[0]].is_drums:
        content = "drums"
    if not content and bundle is None:
        content = "melody" if any(p.notes and not p.is_drums for p in score.parts) else "drums"
    found, model = choose_space((score,), bundle, content)
    heard = hear(score, model, part=chosen[0] if chosen else None)
    home, _ = settle(heard, model, seed=seed)
    columns = bars if bars is not None else [bar.number for bar in score.bars]
    cells = select_cells(score, bars=columns, parts=list(heard.cast))
    pieces = []
    for k in range(n):
        tokens = _around(heard, model, home, float(amount), seed + 7919 * k)
        grid = write_cover(heard.grid, heard.cast, heard.cover, tokens, model.options)
        after = put_cells(score, grid, _said(cells, heard), key=heard.key)
        far = step_distance(heard.tokens, tokens, heard.cover.n_steps, model.options.content)
        pieces.append(
            _tell(
                after, heard, found, far, float(amount), seed, language, time.perf_counter() - began
            )
        )
    return tuple(pieces)


def _said(cells: set[tuple[int, int]], heard: Heard) -> set[tuple[int, int]]:
    """Return the cells that the phrases say."""
    return {(bar, part) for bar, part in cells if bar not in heard.cover.outside}


def _around(heard: Heard, model: LatentModel, home: Points, amount: float, seed: int) -> Tokens:
    """Return phrases near those of a score: of several tries the one about as far as was asked."""
    n = len(home)
    masks = allow_harmony(heard, model, range(n), (heard.tokens,))
    if amount == 0:
        return model.decode(home, heard.cover.n_steps, allowed=masks).tokens
    shares = np.repeat(np.array(_SHARES, np.float32) * (0.4 + 0.6 * amount), _TRIES)
    m = len(shares)
    fresh = draw_points(n * _TRIES, model.n_latent, seed=seed).reshape(_TRIES, n, -1)
    fresh = np.tile(fresh, (len(_SHARES), 1, 1)) * np.maximum(heard.spread, 0.3)
    length = np.linalg.norm(home, axis=-1, keepdims=True)
    aim = fresh * length / np.maximum(np.linalg.norm(fresh, axis=-1, keepdims=True), 1e-6)
    z = np.concatenate([
        blend_points(home, one.astype(np.float32), float(share))
        for one, share in zip(aim, shares, strict=True)
    ])  # fmt: skip
    wide = [None if one is None else np.tile(one, (m, 1, 1, 1)) for one in masks]
    steps = np.tile(heard.cover.n_steps, m)
    made = model.decode(z, steps, allowed=wide)
    far = 1 - reach(model, np.tile(heard.tokens, (m, 1, 1, 1)), made.tokens, steps)
    miss = np.abs(far - _FARTHEST * amount) - _FIT * made.fit
    best = miss.reshape(m, n).argmin(0) * n + np.arange(n)
    found: Tokens = made.tokens[best]
    return found


def _tell(
    after: Score, heard: Heard, bundle: Bundle, far: float, amount: float, seed: int,
    language: Language, elapsed: float,
) -> Composition:  # fmt: skip
    """Return a variation as a composition."""
    kept = Check(
        name="steps kept", what=("sixteenths kept", "保留的十六分格"), requested=("", ""),
        measured=same(f"{100 * (1 - far):.0f} %"), ok=None,
    )  # fmt: skip
    drawn = Check(
        name="kind", what=("kind", "方式"), requested=same(f"amount {amount:g}"),
        measured=("drawn around the phrase", "在乐句周围取样"), ok=None,
    )  # fmt: skip
    writers = tuple("model" if k in heard.cast else "given" for k in range(len(after.parts)))
    return Composition(
        task="vary", score=after, brief=Brief(seed=seed), adherence=Adherence(checks=(drawn, kept)),
        writers=writers, bundle=bundle.name, bundle_digest=bundle.digest, seconds=elapsed,
        remarks=say_lost(heard), language=language, given=heard.score,
    )  # fmt: skip
