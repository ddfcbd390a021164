"""What the model does in a variation: other notes between a tune's main ones, or some bars anew.

Conventions: main notes (on strong beats, first and last) are held in place; the rhythm stays when a line is
bent. Without a model the arranger's tune finder bends it.

Offers `bend_line`, `rewrite_bars`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from motet.arranger.plan import rng_for
from motet.arranger.tune import find_tune
from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.score import Note, Score
from motet.tasks.given import choose_rows, measure_part
from motet.tasks.harmony import HeldHarmony
from motet.tasks.job import write_given
from motet.tasks.melody.change import Ground
from motet.tasks.melody.ladder import tune_note
from motet.theory.scale import Key

__all__ = ["bend_line", "rewrite_bars"]

_REACH_SEMI = 5


def bend_line(
    score: Score,
    k: int,
    line: Sequence[Note],
    strength: float,
    key: Key,
    brief: Brief,
    model: Bundle | None,
    job: dict[str, Any],
) -> tuple[Note, ...]:
    """Return a line with other pitches off its strong beats, in its own rhythm.

    Parameters
    ----------
    score : Score
        With the chords that it goes by.
    k : int
        The part.
    line : sequence of Note
    strength : float, 0 to 1
        The share of the notes off strong beats that may move; above 0.7 those on beats may too.
    key : Key
    brief : Brief
        Its seed counts.
    model : Bundle or None
    job : dict
        What a caller watches by; unused where no model writes.

    Returns
    -------
    tuple of Note

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 D4:1 E4:1 F4:1 | G4:4", fifths=0, chords="C:8")
    >>> done = bend_line(score, 0, score.parts[0].notes, 1.0, Key("C"), Brief(seed=2), None, {})
    >>> [note.onset_tick for note in done], done[0].pitch, done[-1].pitch
    ([0, 480, 960, 1440, 1920], 60, 67)
    """
    del k, model, job
    ground, held = Ground(score, key, brief.seed), HeldHarmony(score)
    pitches = [note.pitch for note in line]
    low, high = min(pitches) - 2, max(pitches) + 2
    rng = rng_for(brief.seed, "bend", tuple(pitches))
    least = 2 if strength <= 0.7 else 3
    loose = [
        0 < n < len(line) - 1
        and ground.strength(note.onset_tick) < least
        and note.duration_tick < 2 * score.resolution
        and rng.random() < strength
        for n, note in enumerate(line)
    ]
    wanted = []
    for n, note in enumerate(line):
        one = tune_note(
            score, held, key, tick=note.onset_tick, duration_tick=note.duration_tick,
            goal=note.pitch + (float(rng.normal(0, _REACH_SEMI * strength)) if loose[n] else 0.0),
            starts_phrase=n == 0 or note.onset_tick - line[n - 1].end_tick >= score.resolution,
        )  # fmt: skip
        wanted.append(one)
    out = list(line)
    n = 0
    while n < len(line):
        if not loose[n]:
            n += 1
            continue
        end = n
        while end < len(line) and loose[end]:
            end += 1
        stretch = [*wanted[n:end], replace(wanted[end], final=(line[end].pitch % 12,),
                                           goal=float(line[end].pitch))]  # fmt: skip
        found = find_tune(
            stretch, low=low, high=high, rng=rng, start=line[n - 1].pitch, noise=1.5
        )  # fmt: skip
        for at, pitch in zip(range(n, end), found, strict=False):
            if pitch != line[at].pitch:
                out[at] = replace(line[at], pitch=pitch, spelling="")
        n = end
    return tuple(out)


def rewrite_bars(
    score: Score,
    cells: set[tuple[int, int]],
    strength: float,
    key: Key,
    brief: Brief,
    model: Bundle,
    job: dict[str, Any],
) -> tuple[Score, dict[str, Any]]:
    """Return a score with some of its cells written anew by the model, the first bars last of all.

    Parameters
    ----------
    score : Score
        With the chords that the notes go by.
    cells : set of (bar, part)
        What may change; a share of `strength` of the bars does.
    strength : float, 0 to 1
    key : Key
    brief : Brief
    model : Bundle
    job : dict
        ``on_bar``, ``cancel`` and ``originality`` of the caller.

    Returns
    -------
    (Score, dict)
        What a `Composition` tells of the draft.

    Examples
    --------
    >>> rewrite_bars.__name__
    'rewrite_bars'
    """
    bars = sorted({bar for bar, _ in cells})
    rng = rng_for(brief.seed, "rewrite")
    order = sorted(bars, key=lambda bar: (bar % 4 == 0) + (bar == bars[-1]) + float(rng.random()))
    chosen = set(order[: max(1, round(strength * len(bars)))])
    open_cells = {(bar, k) for bar, k in cells if bar in chosen}
    rows = choose_rows(score, sorted({k for _, k in open_cells}))
    plans = {k: measure_part(score, k, range(score.n_bars)) for k in rows}
    written = write_given(
        score, open_cells, plans, rows=rows, brief=brief.with_(harmony="strict"), key=key,
        chords=score.chords, bundle=model, **job,
    )  # fmt: skip
    draft = written.draft
    return written.score, {
        "stretches": draft.stretches,
        "n_tokens": draft.n_tokens,
        "seconds": draft.seconds,
        "originality": written.neighbour,
    }
