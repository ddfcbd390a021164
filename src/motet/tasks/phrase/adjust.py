"""Sliders: the same music denser, more syncopated, wider, brighter, tenser, or less so.

Conventions: a slider is a number of standard deviations of phrases that people wrote, -3 to 3; 0 asks
that it stays. Directions in the model's space are those that move one slider and no other by its own
linear reading of them; each phrase is then heard again, measured, and corrected three times.

Offers `adjust`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.latent import LatentModel, draw_points
from motet.errors import ParameterError
from motet.language import Language
from motet.phrases.sliders import SLIDERS, measure_sliders
from motet.phrases.step_cover import write_cover
from motet.score import Score, part_indices
from motet.tasks.check import Adherence, Check, same
from motet.tasks.composition import Composition
from motet.tasks.infill import select_cells
from motet.tasks.notes import put_cells
from motet.tasks.phrase.heard import (
    Heard,
    Masks,
    Tokens,
    allow_harmony,
    choose_space,
    hear,
    say_lost,
)
from motet.tasks.phrase.settle import reach, settle

__all__ = ["adjust", "aim_sliders", "slide"]

_ROUNDS: Final = 6
_STRENGTHS: Final = (0.5, 1.0, 2.0, 3.5)
_SPARK: Final = 0.08
"""Chance that each round adds to a point, in standard deviations, so that it leaves a dead end."""
_LIKENESS: Final = 0.5
"""What a phrase that has nothing in common with the old one costs, in squared standard deviations."""
_ZH: Final = dict(zip(SLIDERS, ("密度", "切分", "音域", "明亮", "紧张"), strict=True))
Floats = npt.NDArray[np.float32]


def adjust(
    score: Score,
    *,
    density: float = 0.0,
    syncopation: float = 0.0,
    range: float = 0.0,
    brightness: float = 0.0,
    tension: float = 0.0,
    parts: Iterable[int | str] | None = None,
    bars: str | int | Iterable[int] | None = None,
    content: str = "",
    bundle: str | Path | Bundle | None = None,
    seed: int = 0,
    language: Language = "en",
) -> Composition:
    """Return a score with its sliders moved, everything else as near as can be.

    Parameters
    ----------
    score : Score
    density, syncopation, range, brightness, tension : float, -3 to 3, standard deviations
        How much more of each; see `motet.phrases.sliders` for what they measure.
    parts : iterable of int or str, or None
        Whose notes, one part for a model of one voice; None chooses.
    bars : str, int, iterable of int or None
        Which bars; None is all.
    content : str
        ``melody``, ``drums``, ``trio``; empty: the melody where there is one, else drums.
    bundle : str, Path, Bundle or None
    seed : int, >= 0
    language : Language

    Returns
    -------
    Composition
        Its report has each slider before and after.

    Raises
    ------
    ParameterError
        A value is out of range, all are 0, or there is no such part or bar.
    ConstraintError
        The score has no such part, or no bar of 4 to 16 sixteenths.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tune = make_score("C4:1 E4:1 G4:1 E4:1 | F4:1 D4:1 C4:2", fifths=0)
    >>> piece = adjust(tune, density=1.5)
    >>> len(piece.score.parts[0].notes) > 7, piece.task
    (True, 'adjust')
    """
    asked = dict(zip(SLIDERS, (density, syncopation, range, brightness, tension), strict=True))
    for name, value in asked.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not -3 <= value <= 3:
            raise ParameterError(
                f"{name} must be -3 to 3, got {value!r}; 1 is a clear difference",
                zh=f"{_ZH[name]}({name})须为 -3 到 3,收到 {value!r};1 即有明显差别",
            )
    if not any(asked.values()):
        raise ParameterError(
            f"move at least one of {', '.join(SLIDERS)}, such as density=1",
            zh=f"请至少调节 {'、'.join(SLIDERS)} 之一,例如 density=1",
        )
    began = time.perf_counter()
    chosen = part_indices(score, list(parts)) if parts is not None else ()
    if not content and chosen and score.parts[chosen[0]].is_drums:
        content = "drums"
    if not content and bundle is None:
        content = "melody" if any(p.notes and not p.is_drums for p in score.parts) else "drums"
    found, model = choose_space((score,), bundle, content)
    heard = hear(score, model, part=chosen[0] if chosen else None)
    wish = np.array(list(asked.values()), np.float32)
    tokens, before, after = slide(heard, model, wish, seed=seed)
    grid = write_cover(heard.grid, heard.cast, heard.cover, tokens, model.options)
    columns = bars if bars is not None else [bar.number for bar in score.bars]
    cells = select_cells(score, bars=columns, parts=list(heard.cast))
    cells = {(bar, part) for bar, part in cells if bar not in heard.cover.outside}
    result = put_cells(score, grid, cells, key=heard.key)
    kept = float(reach(model, heard.tokens, tokens, heard.cover.n_steps).mean())
    checks = tuple(
        _check(name, float(wish[k]), float(before[:, k].mean()), float(after[:, k].mean()))
        for k, name in enumerate(SLIDERS)
    )
    same_steps = Check(
        name="steps kept", what=("sixteenths kept", "保留的十六分格"), requested=("", ""),
        measured=same(f"{100 * kept:.0f} %"), ok=None,
    )  # fmt: skip
    writers = tuple("model" if k in heard.cast else "given" for k, _ in enumerate(score.parts))
    return Composition(
        task="adjust", score=result, brief=Brief(seed=seed),
        adherence=Adherence(checks=(*checks, same_steps)), writers=writers, bundle=found.name,
        bundle_digest=found.digest, seconds=time.perf_counter() - began, remarks=say_lost(heard),
        language=language, given=heard.score,
    )  # fmt: skip


def slide(
    heard: Heard, model: LatentModel, wish: Floats, *, seed: int = 0
) -> tuple[Tokens, Floats, Floats]:
    """Return the phrases with their sliders moved, and the sliders before and after.

    Parameters
    ----------
    heard : Heard
    model : LatentModel
    wish : float32, shape (5,), standard deviations
    seed : int

    Returns
    -------
    int64, shape (n, bars, 16, voices)
    float32, shape (n, 5)
    float32, shape (n, 5)

    Examples
    --------
    >>> slide.__name__
    'slide'
    """
    home, _ = settle(heard, model, seed=seed)
    n = len(heard.tokens)
    masks = allow_harmony(heard, model, np.arange(n).tolist(), (heard.tokens,))
    return aim_sliders(model, heard.tokens, heard.cover.n_steps, home, wish, masks=masks, seed=seed)


def aim_sliders(
    model: LatentModel,
    tokens: Tokens,
    steps: npt.NDArray[np.int64],
    home: Floats,
    wish: Floats,
    *,
    masks: Masks | None = None,
    seed: int = 0,
) -> tuple[Tokens, Floats, Floats]:
    """Return phrases with their sliders moved, and the sliders before and after.

    Parameters
    ----------
    model : LatentModel
    tokens : int64, shape (n, bars, 16, voices)
    steps : int64, shape (n,)
        Steps a bar.
    home : float32, shape (n, z)
        Points of the phrases.
    wish : float32, shape (5,), standard deviations
    masks : list, optional
        What each voice may say (`motet.tasks.phrase.heard.allow_harmony`).
    seed : int

    Returns
    -------
    int64, shape (n, bars, 16, voices)
    float32, shape (n, 5)
    float32, shape (n, 5)

    Examples
    --------
    >>> aim_sliders.__name__
    'aim_sliders'
    """
    content, n, m = model.options.content, len(steps), len(_STRENGTHS)
    before = measure_sliders(tokens, steps, content)
    target = before + wish
    weight = np.where(wish != 0, 1.0, 0.4).astype(np.float32)
    ways = model.directions()
    wide = None
    if masks is not None:
        wide = [None if one is None else np.tile(one, (m, 1, 1, 1)) for one in masks]
    many, old = np.tile(steps, m), np.tile(tokens, (m, 1, 1, 1))
    best_cost = np.full(n, np.inf)
    best, point, miss = tokens.copy(), home, np.tile(wish, (n, 1))
    for turn in np.arange(_ROUNDS):
        spark = draw_points(n * m, model.n_latent, seed=seed, stream=500 + int(turn))
        moved = np.concatenate([point + strength * (miss @ ways) for strength in _STRENGTHS])
        z = (moved + _SPARK * turn * spark).astype(np.float32)
        made = model.decode(z, many, allowed=wide).tokens
        found = measure_sliders(made, many, content)
        gap = (found - np.tile(target, (m, 1))) ** 2 @ weight
        cost = (gap + _LIKENESS * (1 - reach(model, old, made, many))).reshape(m, n)
        pick = cost.argmin(0) * n + np.arange(n)
        better = cost.min(0) < best_cost
        best_cost = np.where(better, cost.min(0), best_cost)
        best = np.where(better[:, None, None, None], made[pick], best)
        point = np.where(better[:, None], z[pick], point)
        now = measure_sliders(best, steps, content)
        miss = np.where(better[:, None], target - now, 0.5 * miss)
    return best, before, measure_sliders(best, steps, content)


def _check(name: str, wish: float, before: float, after: float) -> Check:
    text = f"{before:+.2f} -> {after:+.2f} ({after - before:+.2f})"
    return Check(
        name=name, what=(name, _ZH[name]), requested=same(f"{wish:+g}" if wish else "0"),
        measured=same(text), ok=None,
    )  # fmt: skip
