"""What a model sounds like while it learns: a few phrases after a validation, as notes and picture.

Conventions: files ``samples/STEP-N.mid`` and ``.svg`` in the run's folder, and whatever `sound` adds.
Sampling keeps to a small share of the run's time: it waits until that share allows the next. A model that
cannot write, or fails at it, never ends a training; the reason is told once.

Offers `Sampler`, `show_phrases`, `draw_phrase`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from motet.io import write
from motet.models.learner import Learner
from motet.phrases.kinds import Batch, find_kind
from motet.score import Score
from motet.tokens.layout import GridScore
from motet.tokens.restore import grid_to_score

__all__ = ["Sampler", "draw_phrase", "show_phrases"]

_SHARE: Final = 0.02
_FREE_S: Final = 6.0
_HUES: Final = (
    "#4c78a8",
    "#f58518",
    "#54a24b",
    "#e45756",
    "#b279a2",
    "#9d755d",
    "#eeca3b",
    "#72b7b2",
)
_WIDTH: Final = 480.0
_HEIGHT: Final = 150.0
_QPM: Final = 100.0


def show_phrases(kind: str, arrays: Batch) -> list[GridScore]:
    """Return the phrases of a batch as music.

    Parameters
    ----------
    kind : str
        Of `motet.phrases.KINDS`, or of one's own with ``to_grids``.
    arrays : dict of arrays, first axis phrases

    Returns
    -------
    list of GridScore
        Empty for a kind that does not say how it is shown.

    Examples
    --------
    >>> import numpy as np
    >>> tokens = np.array([[14, 1, 1, 1, 18, 1, 1, 1] + [0] * 8], np.uint8).reshape(1, 1, 16, 1)
    >>> [one.n_notes for one in show_phrases("steps", {"tokens": tokens, "n_steps": np.array([8])})]
    [2]
    """
    if not arrays:
        return []
    own: Callable[[Batch], list[GridScore]] | None = getattr(find_kind(kind), "to_grids", None)
    if own is not None:
        return own(arrays)
    n = len(next(iter(arrays.values())))
    rows: list[Any] = [{name: one[k] for name, one in arrays.items()} for k in range(n)]
    if kind == "steps":
        from motet.phrases.steps import content_of, to_grid

        content = content_of(arrays["tokens"])
        return [
            to_grid(one["tokens"], n_steps=int(one["n_steps"]), content=content) for one in rows
        ]
    if kind == "band":
        from motet.phrases.band_write import band_to_grid

        return [band_to_grid(one) for one in rows]
    if kind == "events":
        from motet.phrases import events

        return [events.to_grid(one) for one in rows]
    if kind == "binary-roll":
        from motet.phrases import binary_roll

        return [binary_roll.to_grid(one["roll"]) for one in rows]
    return []


def draw_phrase(score: Score) -> str:
    """Return a piano roll as SVG, its colours legible on dark and light.

    Parameters
    ----------
    score : Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> draw_phrase(make_score("C4:2 G4:2")).count("<rect")
    2
    """
    notes = [(k, note) for k, part in enumerate(score.parts) for note in part.notes]
    end = max([bar.end_tick for bar in score.bars], default=1)
    pitches = [note.pitch for _, note in notes] or [60]
    low, high = min(pitches) - 2, max(max(pitches) + 2, min(pitches) + 12)
    height = _HEIGHT / (high - low + 1)
    marks = [
        f'<path d="M{_WIDTH * bar.start_tick / end:.1f} 0V{_HEIGHT:g}" stroke="#888" stroke-width=".5"/>'
        for bar in score.bars
    ]
    for part, note in notes:
        x = _WIDTH * note.onset_tick / end
        width = max(2.0, _WIDTH * note.duration_tick / end - 0.8)
        y = _HEIGHT - (note.pitch - low + 1) * height
        marks.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{max(2.0, height - 0.4):.1f}" '
            f'rx="1" fill="{_HUES[part % len(_HUES)]}" fill-opacity="{0.45 + note.velocity / 231:.2f}"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img">'
        f"{''.join(marks)}</svg>"
    )


class Sampler:
    """Writes phrases of the mean model after a validation; give it to a run as ``on_judge``.

    Parameters
    ----------
    folder : str or Path
        Of the run.
    takes : str
        The family's kind of phrase.
    n : int
        Phrases at a time; every time from the same noise, so that progress can be heard.
    sound : callable, optional
        Writes a score's sound to a path without ending.
    compose : callable, optional
        Writes with a model that cannot by itself.
    share : float, 0 to 1
        Most of the run's time that samples may take, after the first seconds.

    Examples
    --------
    >>> Sampler("run", takes="steps")(5, nn.Linear(1, 1))
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        takes: str,
        n: int = 2,
        sound: Callable[[Score, Path], object] | None = None,
        compose: Callable[[nn.Module], list[Score]] | None = None,
        share: float = _SHARE,
    ) -> None:
        self._folder = Path(folder) / "samples"
        self._takes, self._n, self._share = takes, n, share
        self._sound, self._compose = sound, compose
        self._began_s = self._next_s = time.monotonic()
        self._spent_s = 0.0
        self._is_told = False

    def __call__(self, step: int, model: nn.Module) -> None:
        """Write samples, unless it is too soon."""
        began_s = time.monotonic()
        if began_s < self._next_s:
            return
        try:
            self._write(step, model)
        except (
            ArithmeticError,
            LookupError,
            OSError,
            RuntimeError,
            TypeError,
            ValueError,
        ) as error:
            if not self._is_told:
                sys.stderr.write(f"samples: {type(error).__name__}: {error}\n")
            self._is_told = True
        now_s = time.monotonic()
        self._spent_s += now_s - began_s
        self._next_s = self._began_s + max(0.0, self._spent_s - _FREE_S) / self._share

    def _write(self, step: int, model: nn.Module) -> None:
        with torch.random.fork_rng(devices=[]), torch.no_grad():
            scores = self._sing(model)
        for k, score in enumerate(scores, start=1):
            self._folder.mkdir(parents=True, exist_ok=True)
            place = self._folder / f"{step:07d}-{k}"
            write(score, place.with_suffix(".mid"))
            if self._sound is not None and score.n_notes:
                self._sound(score, place)
            draft = place.with_suffix(".part")
            draft.write_text(draw_phrase(score), encoding="utf-8")
            draft.replace(place.with_suffix(".svg"))

    def _sing(self, model: nn.Module) -> list[Score]:
        """Return what a model writes, by itself or by what was given for that."""
        arrays = model.sample_arrays(self._n, seed=1) if isinstance(model, Learner) else {}
        grids = show_phrases(self._takes, dict(arrays))
        if not grids and self._compose is not None:
            return self._compose(model)
        return [grid_to_score(replace(grid, qpm=grid.qpm or _QPM)) for grid in grids]
