"""The phrase kind "steps": 2, 4 or 16 bars of a melody, of drums, or of both with a bass, step by step.

Conventions: tokens and voices are those of `motet.phrases.step_codec`; pitches are normalised. A phrase
has bars of one length of 4 to 16 sixteenths (4/4: 16, 3/4 and 6/8: 12, 2/4: 8). A line that lies outside
its voice's range is moved by octaves, all its notes alike.

Offers `KIND`, `StepOptions`, `extract`, `vary`, `to_grid`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.phrases.kinds import Batch, PhraseKind
from motet.phrases.roles import find_roles
from motet.phrases.sliders import measure_sliders
from motet.phrases.step_codec import (
    HOLD,
    STEP_POSITIONS,
    VOICES,
    Line,
    Voice,
    write_voice,
)
from motet.phrases.step_lines import equal_runs, fit_octave, place_line, read_voice
from motet.tokens.layout import (
    GRID_BAR,
    GRID_CHORD,
    GridPart,
    GridScore,
    metre_value,
    sort_notes,
)

__all__ = [
    "KIND",
    "PROGRAMS",
    "StepOptions",
    "content_of",
    "extract",
    "to_grid",
    "vary",
]

PROGRAMS: Final = {"melody": 73, "bass": 33, "drums": 128}
"""General MIDI program of each voice where nothing else is known."""
_METRES: Final = {16: (4, 4), 12: (3, 4), 8: (2, 4), 4: (1, 4)}
_MOST: Final = {2: 24, 4: 16, 16: 8}
"""Phrases that one line of one piece gives at most, by bars."""
_LINES: Final = 3
_MOVED: Final = 0.1
"""Share of a batch that training hears in another key."""


@dataclass(frozen=True, kw_only=True)
class StepOptions:
    """What a phrase holds.

    Parameters
    ----------
    bars : int
        2, 4 or 16.
    content : str
        ``melody``, ``drums`` or ``trio`` (melody, bass and drums).

    Raises
    ------
    ParameterError
        Another number of bars or content.

    Examples
    --------
    >>> [voice.role for voice in StepOptions(bars=4, content="trio").voices]
    ['melody', 'bass', 'drums']
    """

    bars: int = 2
    content: str = "melody"

    def __post_init__(self) -> None:
        if self.bars not in _MOST:
            raise ParameterError(
                f"bars must be 2, 4 or 16, got {self.bars}",
                zh=f"bars 必须是 2、4 或 16,收到 {self.bars}",
            )
        if self.content not in VOICES:
            raise ParameterError(
                f"content must be melody, drums or trio, got {self.content!r}",
                zh=f"content 必须是 melody、drums 或 trio,收到 {self.content!r}",
            )

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Its voices, in the order of the last axis of the tokens."""
        return VOICES[self.content]


def extract(grid: GridScore, options: StepOptions) -> list[dict[str, npt.NDArray[Any]]]:
    """Return the phrases of a piece that are worth learning from.

    Parameters
    ----------
    grid : GridScore
    options : StepOptions

    Returns
    -------
    list of dict
        ``tokens`` (bars, 16, voices), uint8 of melodies, else uint16; ``n_steps`` uint8 ();
        ``sliders`` float32 (5,). Left out are phrases that hardly sound, that one line cannot say
        (chords), or off the grid of sixteenths (triplets). A piece gives at most a few dozen,
        evenly spread.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> score = make_score("C5:1 D5:1 E5:1 F5:1 G5:2 E5:1 C5:1 D5:1 B4:1 G4:1 B4:1 C5:4", fifths=0)
    >>> [one["tokens"].shape for one in extract(score_to_grid(score).grid, StepOptions(bars=2))]
    [(2, 16, 1), (2, 16, 1), (2, 16, 1)]
    """
    found: list[dict[str, npt.NDArray[Any]]] = []
    for parts in _casts(grid, options):
        windows: list[npt.NDArray[np.int32]] = []
        steps: list[int] = []
        for start, end, n_steps in equal_runs(grid):
            if end - start >= options.bars:
                kept = _windows(grid, parts, (start, end, n_steps), options)
                windows.extend(kept)
                steps.extend([n_steps] * len(kept))
        if not windows:
            continue
        most = _MOST[options.bars] * (1 if options.content == "melody" else 2)
        chosen = np.unique(np.linspace(0, len(windows) - 1, min(most, len(windows))).astype(int))
        kind = np.uint8 if options.content == "melody" else np.uint16
        tokens = np.stack([windows[i] for i in chosen]).astype(kind)
        n_steps_of = np.array([steps[i] for i in chosen], np.uint8)
        sliders = measure_sliders(tokens, n_steps_of, options.content)
        found.extend(
            {"tokens": tokens[i], "n_steps": n_steps_of[i], "sliders": sliders[i]}
            for i in range(len(chosen))
        )
    return found


def _casts(grid: GridScore, options: StepOptions) -> list[tuple[int, ...]]:
    """Return the parts to read phrases from: for each, one part a voice."""
    roles = find_roles(grid)
    if options.content != "melody":
        parts = [roles[voice.role] for voice in options.voices]
        return [tuple(one[0] for one in parts)] if all(parts) else []
    lines = [*roles["melody"], *roles["strings"]]
    for k, one in enumerate(grid.parts):
        if k not in lines and not one.is_drums and k not in roles["chords"] + roles["bass"]:
            lines.append(k)
    return [(k,) for k in lines[:_LINES]]


def _windows(
    grid: GridScore, parts: tuple[int, ...], run: tuple[int, int, int], options: StepOptions
) -> list[npt.NDArray[np.int32]]:
    """Return the phrases of one run that are worth learning from."""
    n_bars, n_steps = run[1] - run[0], run[2]
    lines = [read_voice(grid, k, v, run) for k, v in zip(parts, options.voices, strict=True)]
    good = np.ones(n_bars - options.bars + 1, np.bool_)
    for line, voice in zip(lines, options.voices, strict=True):
        good &= _is_good(line, voice, n_steps, options)
    kept = []
    for at in np.flatnonzero(good)[:: max(1, options.bars // 4)]:
        rows = []
        for line, voice in zip(lines, options.voices, strict=True):
            window = line.tokens[at : at + options.bars]
            shift = fit_octave(window, voice)
            if shift is None:
                break
            rows.append(place_line(window, voice, shift))
        if len(rows) == len(lines):
            kept.append(np.stack(rows, axis=-1))
    return kept


def _is_good(line: Line, voice: Voice, n_steps: int, options: StepOptions) -> npt.NDArray[np.bool_]:
    """Return for each first bar whether a phrase from there says enough, and what was played."""
    bars, alone = options.bars, options.content != "trio"
    struck = line.tokens > (0 if voice.is_drums else HOLD)
    n = _over(struck.sum(1), bars)
    off, lost = _over(line.off, bars), _over(line.left_out, bars)
    good = (off <= 0.1 * n) & (lost <= 0.15 * n)
    if voice.is_drums:
        return good & (n >= 3 * bars)
    sounding = _over((line.tokens > 0).sum(1), bars) / (bars * n_steps)
    moving: Any = (
        np.concatenate(([False], np.diff(line.tokens[struck]) != 0)) if struck.any() else []
    )
    turns = np.zeros(struck.shape, np.int64)
    turns[struck] = moving
    changes = _over(turns.sum(1), bars)
    least = (1.25, 1.0, 0.55) if alone else (1.0, 0.5, 0.3)
    result: npt.NDArray[np.bool_] = (
        good & (n >= least[0] * bars) & (changes >= least[1] * bars) & (sounding >= least[2])
    )
    return result


def _over(count: npt.NDArray[np.int64], bars: int) -> npt.NDArray[np.int64]:
    """Return sums over each window of bars."""
    total = np.concatenate(([0], np.cumsum(count)))
    return total[bars:] - total[:-bars]


def vary(batch: Batch, rng: np.random.Generator) -> Batch:
    """Return a batch in which a few phrases are in another key.

    Parameters
    ----------
    batch : dict of arrays
        As `extract` gives them, stacked.
    rng : numpy.random.Generator

    Returns
    -------
    dict of arrays
        About a tenth of the phrases with a melody moves by up to a fifth, where its notes stay in
        range: the key of other people's music is an estimate. Sliders are measured again.

    Examples
    --------
    >>> batch = {"tokens": np.ones((1, 2, 16, 1), np.uint16)}
    >>> vary(batch, np.random.default_rng(0)) is batch  # drums stay
    True
    """
    tokens = batch["tokens"]
    content = content_of(tokens)
    voices = VOICES[content]
    if voices[0].is_drums:
        return batch
    moved = np.where(rng.random(len(tokens)) < _MOVED, rng.integers(-5, 7, len(tokens)), 0)
    changed = tokens.astype(np.int64)
    fits = np.ones(len(tokens), np.bool_)
    for k, voice in enumerate(voices):
        if voice.is_drums:
            continue
        line = changed[..., k]
        onset = line > HOLD
        shifted = np.where(onset, line + moved[:, None, None], line)
        fits &= ~(onset & ((shifted < 2) | (shifted >= voice.n_tokens))).any((1, 2))
        changed[..., k] = shifted
    use = fits & (moved != 0)
    if not use.any():
        return batch
    result = np.where(use[:, None, None, None], changed, tokens).astype(tokens.dtype)
    sliders = batch["sliders"].copy()
    sliders[use] = measure_sliders(result[use], batch["n_steps"][use], content)
    return {**batch, "tokens": result, "sliders": sliders}


def content_of(tokens: npt.NDArray[Any]) -> str:
    """Return which content a batch of tokens is: three voices, or one of 8 or of 16 bits.

    Examples
    --------
    >>> content_of(np.zeros((1, 2, 16, 1), np.uint8))
    'melody'
    """
    if tokens.shape[-1] == len(VOICES["trio"]):
        return "trio"
    return "melody" if tokens.dtype == np.uint8 else "drums"


def to_grid(
    tokens: npt.NDArray[Any],
    *,
    n_steps: int,
    content: str,
    key: int = 0,
    style: int = -1,
    qpm: float | None = None,
) -> GridScore:
    """Return a phrase as a grid of its own.

    Parameters
    ----------
    tokens : integers, shape (bars, 16, voices)
    n_steps : int, 1 to 16
        Sixteenths a bar.
    content : str
        ``melody``, ``drums`` or ``trio``.
    key, style : int
        KEY and STYLE values.
    qpm : float or None, quarter notes a minute

    Returns
    -------
    GridScore
        One part a voice, no chords.

    Examples
    --------
    >>> rows = np.array([[14, 1, 1, 1, 18, 1, 1, 1] + [0] * 8]).reshape(1, 16, 1)
    >>> to_grid(rows, n_steps=8, content="melody").notes["pitch"].tolist()
    [60, 64]
    """
    voices = VOICES[content]
    parts = tuple(
        GridPart(slot=k, program=PROGRAMS[voice.role], role=voice.role)
        for k, voice in enumerate(voices)
    )
    notes = [
        write_voice(tokens[..., k], voice, n_steps=n_steps, part=k)
        for k, voice in enumerate(voices)
    ]
    bars = np.zeros(len(tokens), GRID_BAR)
    bars["length"] = n_steps * STEP_POSITIONS
    numerator, denominator = _METRES.get(n_steps, (n_steps, 16))
    bars["metre"] = metre_value(numerator, denominator)
    bars["section"] = -1
    return GridScore(
        parts=parts,
        notes=sort_notes(np.concatenate(notes)),
        bars=bars,
        chords=np.zeros(0, GRID_CHORD),
        key=key,
        style=style,
        qpm=qpm,
    )


KIND: Final = PhraseKind(name="steps", options=StepOptions, extract=extract, vary=vary)
