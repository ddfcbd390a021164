"""A phrase autoencoder as one family among others: bars and chords become phrases from the prior.

Conventions: as `motet.engine.phrase_ask`. A piece of several phrases is a point and its neighbours: the
third phrase comes back near the first, so that the whole has a theme. Of several tries a phrase the one
is kept whose decoder wanted most of what the rules allow; what it may not say it never says. Voices that
are given are put into the decoder's ear and bind it.

Offers `write`, `parts`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.engine.latent import LatentModel, Points, draw_points, open_latent
from motet.engine.phrase_ask import PhraseAsk, join_notes, lay_parts, open_bars, pitch_mask
from motet.engine.write import Cancel
from motet.errors import ConstraintError
from motet.phrases.step_codec import (
    BAR_STEPS,
    HOLD,
    REST,
    STEP_POSITIONS,
    VOICES,
    Voice,
    write_voice,
)
from motet.phrases.step_lines import equal_runs, place_line, read_voice
from motet.tokens.layout import GRID_NOTE, GridArray, GridScore

__all__ = ["allowed_tokens", "parts", "write"]

_TRIES: Final = 8
_NEARNESS: Final = (0.0, 0.75, 0.93, 0.6)
"""How near the first phrase each of four phrases lies: cosine of the angle between their points."""
_NARROW: Final = 0.85
_COOL: Final = 0.4
"""Points lie somewhat nearer the middle, and steps are drawn cooler, than the model learned: so intervals
are those of people (2.6 semitones on average where theirs are 2.5; 3.2 at 1 and 1)."""
_LEAP: Final = 0.05
_EASY: Final = 4
"""Nats a step that a semitone more than these costs, from one phrase to the next."""
_EMPTY: Final = 2.0
"""Nats a step that a phrase without an onset in any bar costs."""
Mask = npt.NDArray[np.bool_]


def parts(bundle: Bundle) -> tuple[str, ...]:
    """Return the parts that the bundle can write.

    Parameters
    ----------
    bundle : Bundle

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> parts(SimpleNamespace(data={"content": "trio"}))
    ('melody', 'bass', 'drums')
    """
    return tuple(one.role for one in VOICES[str(bundle.data["content"])])


def write(bundle: Bundle, ask: PhraseAsk, *, cancel: Cancel | None = None) -> list[GridScore]:
    """Return candidates of what is asked for.

    Parameters
    ----------
    bundle : Bundle
    ask : PhraseAsk
    cancel : Cancel or None

    Returns
    -------
    list of GridScore

    Raises
    ------
    ConstraintError
        An open bar has a metre that steps cannot say.

    Examples
    --------
    >>> write.__name__
    'write'
    """
    model = open_latent(bundle)
    grid, rows = lay_parts(ask)
    opens = {name: open_bars(grid, row) for name, row in rows.items()}
    first = min(one.start for one in opens.values())
    _check_metre(grid, first)
    pieces: list[list[GridArray]] = [[] for _ in range(ask.n * len(model.voices))]
    home = draw_points(ask.n, model.n_latent, seed=ask.seed)
    count, last = 0, np.full((ask.n, len(model.voices)), -1)
    for run in equal_runs(grid):
        for at in range(run[0], run[1], model.options.bars):
            if min(at + model.options.bars, run[1]) <= first:
                continue
            if cancel is not None and cancel.is_set:
                return []
            tokens, home = _phrase(model, ask, grid, rows, run, at, home, count, last)
            last = _ends(tokens, model)[1]
            count += 1
            keep = min(model.options.bars, run[1] - at)
            for n in range(ask.n):
                for k, voice in enumerate(model.voices):
                    notes = write_voice(tokens[n, :keep, :, k], voice, n_steps=run[2], part=0)
                    notes["bar"] += at
                    pieces[n * len(model.voices) + k].append(notes)
    found = []
    for n in range(ask.n):
        written = {}
        for k, voice in enumerate(model.voices):
            if voice.role in rows:
                mine = pieces[n * len(model.voices) + k]
                whole = np.concatenate(mine) if mine else np.zeros(0, GRID_NOTE)
                written[voice.role] = whole
        found.append(join_notes(ask, written))
    return found


def _check_metre(grid: GridScore, first: int) -> None:
    """Raise where an open bar cannot be said."""
    said = {bar for start, end, _ in equal_runs(grid) for bar in range(start, end)}
    missing = [bar for bar in range(first, grid.n_bars) if bar not in said]
    if missing:
        raise ConstraintError(
            f"bar {missing[0] + 1}: a phrase autoencoder writes bars of 4 to 16 sixteenths; choose a metre "
            "such as 4/4, 3/4, 6/8 or 2/4",
            zh=f"第 {missing[0] + 1} 小节:乐句自编码器只能写 4 到 16 个十六分音符长的小节;"
            "请用 4/4、3/4、6/8 或 2/4 等拍号",
        )


def _phrase(
    model: LatentModel,
    ask: PhraseAsk,
    grid: GridScore,
    rows: dict[str, int],
    run: tuple[int, int, int],
    at: int,
    home: Points,
    count: int,
    last: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], Points]:
    """Return the best of some tries of one phrase of each candidate, and the point of the first one."""
    tries, n = _TRIES, ask.n
    fresh = draw_points(n * tries, model.n_latent, seed=ask.seed, stream=count + 1)
    near = _NEARNESS[count % len(_NEARNESS)] if count else 0.0
    z = fresh
    if near:
        z = near * np.repeat(home, tries, axis=0) + np.sqrt(1 - near * near) * fresh
    masks = [_given_or_allowed(model, ask, grid, rows, run, at, voice) for voice in model.voices]
    allowed = [np.broadcast_to(one, (n * tries, *one.shape)) for one in masks]
    found = model.decode(
        (_NARROW * z).astype(np.float32),
        np.full(n * tries, run[2]),
        allowed=allowed,
        temperature=_COOL * ask.temperature,
        seed=ask.seed + count * 7919,
    )
    real = np.arange(BAR_STEPS) < run[2]
    sounds = (found.tokens > HOLD).any(axis=-1) & real
    empty: Mask = np.logical_not(sounds.any(axis=-1))  # (n * tries, bars)
    value = found.fit - _EMPTY * empty[:, : min(model.options.bars, run[1] - at)].mean(1)
    first = _ends(found.tokens, model)[0]
    leap = np.abs(first - np.repeat(last, tries, axis=0))
    leap = np.where((first < 0) | np.repeat(last < 0, tries, axis=0), 0, leap)
    value = value - _LEAP * np.maximum(leap - _EASY, 0).mean(1)
    best = value.reshape(n, tries).argmax(1) + np.arange(n) * tries
    return found.tokens[best], home if count else z[best]


def _ends(
    tokens: npt.NDArray[np.int64], model: LatentModel
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the tokens of the first and of the last new note of each voice, -1 where it has none."""
    found = []
    for k, voice in enumerate(model.voices):
        flat = tokens[..., k].reshape(len(tokens), -1)
        new = (flat > HOLD) & (not voice.is_drums)
        rows = np.arange(len(flat))
        at = (new.argmax(1), flat.shape[1] - 1 - new[:, ::-1].argmax(1))
        found.append([np.where(new.any(1), flat[rows, one], -1) for one in at])
    first, last = (np.stack([one[side] for one in found], axis=1) for side in (0, 1))
    return first, last


def _given_or_allowed(
    model: LatentModel,
    ask: PhraseAsk,
    grid: GridScore,
    rows: dict[str, int],
    run: tuple[int, int, int],
    at: int,
    voice: Voice,
) -> Mask:
    """Return what a voice may say in a phrase: what is given there, else what harmony and range allow."""
    bars = model.options.bars
    mask = allowed_tokens(ask, voice, at, min(at + bars, run[1]), run[2], bars)
    row = rows.get(voice.role)
    if row is None:
        row = next((k for k, one in enumerate(grid.parts) if one.role == voice.role), None)
        end = grid.n_bars
    else:
        end = open_bars(grid, row).start
    if row is None or end <= at:
        return mask
    line = read_voice(grid, row, voice, run)
    said = place_line(line.tokens[at - run[0] : min(end, at + bars, run[1]) - run[0]], voice, None)
    if (said > REST).any():
        only = np.zeros((*said.shape, voice.n_tokens), np.bool_)
        np.put_along_axis(only, said[..., None].astype(np.int64), values=True, axis=-1)
        mask[: len(said)] = only
    return mask


def allowed_tokens(
    ask: PhraseAsk, voice: Voice, start: int, end: int, n_steps: int, bars: int
) -> Mask:
    """Return which tokens a voice may say at each step of some bars.

    Parameters
    ----------
    ask : PhraseAsk
    voice : Voice
    start, end : int
        Bars, half-open.
    n_steps, bars : int
        Steps a bar, and how many bars the mask has; those past `end` are free.

    Returns
    -------
    bool, shape (bars, 16, tokens)

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> from motet.phrases.step_codec import VOICES
    >>> ask = PhraseAsk(grid=practice_grid(0, 2), parts=("melody",))
    >>> allowed_tokens(ask, VOICES["melody"][0], 0, 1, 16, 2)[0, 0, :8].astype(int).tolist()
    [1, 1, 1, 0, 1, 0, 1, 1]
    """
    mask = np.ones((bars, BAR_STEPS, voice.n_tokens), np.bool_)
    if voice.is_drums:
        if ask.max_polyphony is not None:
            size = np.array([bin(token).count("1") for token in range(voice.n_tokens)])
            mask[:] = size <= ask.max_polyphony
        return mask
    for bar in range(start, end):
        for t in range(n_steps):
            position = int(ask.grid.bar_starts[bar]) + t * STEP_POSITIONS
            mask[bar - start, t, 2:] = pitch_mask(ask, position)[voice.low : voice.high + 1]
    mask[..., REST] = mask[..., HOLD] = True
    return mask
