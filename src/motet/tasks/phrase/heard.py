"""What a phrase autoencoder hears of a score: the parts, the phrases, their points, and what is lost.

Conventions: pitches on the grid are normalised; part k of the grid is part k of the score.

Offers `Heard`, `hear`, `choose_space`, `allow_harmony`, `say_lost`, `tell_step`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle, list_bundles, load_bundle
from motet.engine.latent import LatentModel, Points, open_latent
from motet.engine.latent_driver import allowed_tokens
from motet.engine.phrase_ask import PhraseAsk
from motet.errors import ConstraintError, ParameterError
from motet.phrases.step_codec import HOLD
from motet.phrases.step_cover import StepCover, cover_steps, find_cast
from motet.phrases.steps import StepOptions
from motet.score import Score
from motet.tasks.given import chord_symbols, find_key
from motet.tasks.notes import grid_of
from motet.theory.scale import Key
from motet.tokens.layout import GridScore
from motet.tokens.vocab import N_SLOTS

__all__ = ["Heard", "allow_harmony", "choose_space", "hear", "say_lost"]

USUAL: Final = {"melody": "vae-melody-2", "drums": "vae-drums-2", "trio": "vae-trio-4"}
"""The bundle for each content when none is named."""
Tokens = npt.NDArray[np.int64]
Masks = list[npt.NDArray[np.bool_] | None]


@dataclass(frozen=True, eq=False, kw_only=True)
class Heard:
    """A score as points.

    Parameters
    ----------
    score : Score
        With its chords, written or read off.
    key : Key
    grid : GridScore
    cast : tuple of int
        Part of each voice.
    cover : StepCover
    mean, spread : float32, shape (n, z)
        Of the posterior of each phrase.
    """

    score: Score
    key: Key
    grid: GridScore
    cast: tuple[int, ...]
    cover: StepCover
    mean: Points
    spread: Points

    @property
    def tokens(self) -> Tokens:
        """Its phrases as they are."""
        return self.cover.tokens.astype(np.int64)


def choose_space(
    scores: Sequence[Score], bundle: str | Path | Bundle | None, content: str
) -> tuple[Bundle, LatentModel]:
    """Return the bundle that hears all of some scores: the one named, else by what they have.

    Parameters
    ----------
    scores : sequence of Score
    bundle : str, Path, Bundle or None
    content : str
        ``melody``, ``drums``, ``trio``, or empty: three voices where every score has them and their
        bundle is installed, else the melody, else drums.

    Returns
    -------
    Bundle
    LatentModel

    Raises
    ------
    ParameterError
        There is no such content.
    BundleError
        It is no phrase autoencoder.

    Examples
    --------
    >>> choose_space((), None, "choir")
    Traceback (most recent call last):
    motet.errors.ParameterError: content must be one of melody, drums, trio, got 'choir'
    """
    if content and content not in USUAL:
        raise ParameterError(
            f"content must be one of {', '.join(USUAL)}, got {content!r}",
            zh=f"content 须为 {'、'.join(USUAL)} 之一,收到 {content!r}",
        )
    if bundle is None:
        grids = [grid_of(_within(one), key=Key("C")) for one in scores] if not content else []
        for name in ("trio", "melody", "drums"):
            if USUAL[name] not in list_bundles():
                continue
            fits = [find_cast(one, StepOptions(content=name)) for one in grids]
            if not content and all(fits):
                content = name
        bundle = USUAL[content or "melody"]
    found = bundle if isinstance(bundle, Bundle) else load_bundle(bundle)
    return found, open_latent(found)


def hear(score: Score, model: LatentModel, *, part: int | None = None) -> Heard:
    """Return a score as points of a model's space.

    Parameters
    ----------
    score : Score
    model : LatentModel
    part : int or None
        Whose notes a model of one voice hears; None chooses.

    Returns
    -------
    Heard

    Raises
    ------
    ConstraintError
        The score lacks a voice, or has no bar that steps can say.

    Examples
    --------
    >>> hear.__name__
    'hear'
    """
    score = _within(score)
    key = find_key(score, tick=0)
    seen = replace(score, chords=chord_symbols(score, key=key))
    grid = grid_of(seen, key=key)
    cast = find_cast(grid, model.options)
    if part is not None and len(model.voices) == 1:
        cast = (part,)
    if cast is None or any(
        grid.parts[k].is_drums is not voice.is_drums
        for k, voice in zip(cast, model.voices, strict=True)
    ):
        roles = ", ".join(one.role for one in model.voices)
        raise ConstraintError(
            f"{model.name} hears {roles}; the score has no such part: take a score that has, or another "
            "bundle (vae-melody-2, vae-drums-2)",
            zh=f"{model.name} 听取的声部为 {roles},而乐谱缺少;请换乐谱或模型包"
            "(vae-melody-2、vae-drums-2)",
        )
    cover = cover_steps(grid, cast, model.options)
    if not len(cover):
        raise ConstraintError(
            "no bar of the score is 4 to 16 sixteenths long, which is what a phrase autoencoder hears; "
            "4/4, 3/4, 6/8 and 2/4 are",
            zh="乐谱中没有 4 到 16 个十六分音符长的小节,乐句自编码器无法听取;可用 4/4、3/4、6/8、2/4",
        )
    mean, spread = model.encode(cover.tokens, cover.n_steps)
    return Heard(score=seen, key=key, grid=grid, cast=cast, cover=cover, mean=mean, spread=spread)


def _within(score: Score) -> Score:
    """Return the score, or raise where the grid has too few rows for it."""
    if len(score.parts) > N_SLOTS:
        raise ConstraintError(
            f"the score has {len(score.parts)} parts, at most {N_SLOTS} can be heard; leave some out",
            zh=f"乐谱有 {len(score.parts)} 个声部,最多能听取 {N_SLOTS} 个;请去掉一些",
        )
    if not score.parts:
        raise ParameterError("the score has no part", zh="乐谱没有声部")
    return score


def allow_harmony(
    heard: Heard, model: LatentModel, phrases: Sequence[int], also: Sequence[Tokens] = ()
) -> Masks:
    """Return which tokens fit key and chords of some phrases of a score.

    Parameters
    ----------
    heard : Heard
        Whose bars, key and chords hold.
    model : LatentModel
    phrases : sequence of int
        Which of its phrases, in the order wanted.
    also : sequence of int64, shape (m, bars, 16, voices)
        Phrases whose own pitch classes are welcome too, one set for each of `phrases`.

    Returns
    -------
    list of bool, shape (m, bars, 16, tokens), or None
        One for each voice; None for drums.

    Examples
    --------
    >>> allow_harmony.__name__
    'allow_harmony'
    """
    ask = PhraseAsk(grid=heard.grid, parts=("melody",), ends=False)
    masks: Masks = []
    for k, voice in enumerate(model.voices):
        if voice.is_drums:
            masks.append(None)
            continue
        rows = []
        for place, n in enumerate(phrases):
            start = int(heard.cover.starts[n])
            steps = int(heard.cover.n_steps[n])
            end = min(start + model.options.bars, heard.grid.n_bars)
            end = min(end, _run_end(heard.grid, start))
            mask = allowed_tokens(ask, voice, start, end, steps, model.options.bars)
            welcome = {
                int(token - 2 + voice.low) % 12
                for one in also
                for token in np.unique(one[place, ..., k])
                if token > HOLD
            }
            pcs = (np.arange(voice.low, voice.high + 1) % 12)[None, None]
            mask[..., 2:] |= np.isin(pcs, sorted(welcome))
            rows.append(mask)
        masks.append(np.stack(rows))
    return masks


def _run_end(grid: GridScore, start: int) -> int:
    """Return the first bar from a bar on that has another length."""
    other = np.flatnonzero(grid.bars["length"][start:] != grid.bars["length"][start])
    return start + int(other[0]) if len(other) else grid.n_bars


def say_lost(heard: Heard) -> tuple[tuple[str, str], ...]:
    """Return what the model could not hear of a score, in English and Chinese.

    Parameters
    ----------
    heard : Heard

    Returns
    -------
    tuple of (str, str)

    Examples
    --------
    >>> say_lost.__name__
    'say_lost'
    """
    cover, told = heard.cover, []
    if cover.n_left_out:
        told.append((
            f"{cover.n_left_out} of {cover.n_notes} notes were not heard: a voice has one note at a time "
            "(of chords the highest), drums have nine kinds.",
            f"{cover.n_notes} 个音中有 {cover.n_left_out} 个未被听取:每声部一次只有一个音(和弦取最高音),"
            "鼓只有九种。",
        ))  # fmt: skip
    if cover.n_off:
        told.append((
            f"{cover.n_off} notes lie between sixteenths (triplets) and were heard at the nearest.",
            f"{cover.n_off} 个音落在十六分网格之外(如三连音),按最近的格点听取。",
        ))  # fmt: skip
    if cover.outside:
        bars = ", ".join(str(bar + 1) for bar in cover.outside[:8])
        told.append((
            f"Bars {bars} are longer than 16 sixteenths or of an odd length, and stay as they are.",
            f"第 {bars} 小节超过 16 个十六分音符或长度特殊,保持原样。",
        ))  # fmt: skip
    return tuple(told)
