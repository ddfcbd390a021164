"""How probable a model finds each note of a score, and what it would rather have had.

Conventions: the model reads the score as it was trained to: a header, the plan of chords, then bar after bar,
part after part, so that it knows what came before a note and which chords are to come, no notes to come. A
long piece is read in windows of bars that overlap. Onsets and ends are taken to sixteenths and triplets, and
each bar of a part to one loudness, so that notes are judged and not the touch of a player. Nats are those of
the tokens that say a note: when, how long, how loud, which pitch; the pitch alone is judged among all
pitches. What is not on the grid (grace notes, parts after the sixteenth) is not judged.

Offers `NoteChance`, `foretell_notes`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.engine import Bundle, logits
from motet.score import Score, quantise
from motet.tasks.given import choose_rows, chord_symbols
from motet.tasks.notes import grid_of
from motet.theory.scale import Key
from motet.tokens import GridScore, encode, note_spans, window
from motet.tokens.vocab import FAMILIES, FAMILY_NAMES, FAMILY_OF, POSITIONS_PER_QN, VALUE_OF

__all__ = ["MAX_WINDOWS", "NoteChance", "foretell_notes"]

MAX_WINDOWS: Final = 24
"""So many windows are read at most; bars after them are not judged."""
_CONTEXT: Final = 768
_MOST_BARS: Final = 32
_MIN_CONFIDENCE: Final = 0.4
_FIRST_KEY: Final = 27
_KINDS: Final = {"PITCH": 0, "ADD": 0, "DRUM": _FIRST_KEY}
_ENDS: Final = ("PART", "BAR", "EOS", "HOLE", "FILL")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class NoteChance:
    """What a model made of one note.

    Parameters
    ----------
    bar, part : int
        Indices from 0.
    place_qn, duration_qn : float, quarter notes
        Where it begins in its bar, on the grid.
    pitch : int, MIDI number or percussion key
    nats : float
        Of all tokens that say it.
    nats_pitch : float
        Of its pitch among all pitches; the rest says when, how long and how loud.
    expected : tuple of (pitch, p)
        The likeliest pitches there, the likeliest first.
    expected_time : tuple of (kind, value, p)
        What the model thought most likely to be said first: ``"pitch"`` (a note at once, as long as the last),
        ``"duration"`` (at once, of a value in quarter notes), ``"place"`` (after a rest, at a place in the
        bar), ``"add"`` (one more note of the chord), ``"loudness"``, ``"end"`` (nothing more here).
    said_time : str
        Which of those the note is.
    """

    bar: int
    part: int
    place_qn: float
    duration_qn: float
    pitch: int
    nats: float
    nats_pitch: float
    expected: tuple[tuple[int, float], ...]
    expected_time: tuple[tuple[str, float, float], ...]
    said_time: str

    @property
    def p_pitch(self) -> float:
        """Probability of its pitch among all pitches, 0 to 1."""
        return float(np.exp(-self.nats_pitch))

    @property
    def nats_time(self) -> float:
        """Nats of when, how long and how loud."""
        return max(0.0, self.nats - self.nats_pitch)


def foretell_notes(
    score: Score,
    *,
    key: Key,
    bundle: Bundle,
    style: int = -1,
    bars: Collection[int] | None = None,
    n_expected: int = 3,
) -> tuple[NoteChance, ...]:
    """Return what a model makes of each note.

    Parameters
    ----------
    score : Score
    key : Key
        What pitches are normalised by.
    bundle : Bundle
    style : int
        STYLE value, -1 for none.
    bars : collection of int or None
        Indices of the bars to judge; None is all.
    n_expected : int
        How many alternatives are told.

    Returns
    -------
    tuple of NoteChance
        By bar, part and place.

    Raises
    ------
    ParameterError
        A bar is longer than the grid allows.

    Examples
    --------
    >>> foretell_notes.__name__
    'foretell_notes'
    """
    rows = choose_rows(score, ())
    score = _even(score)
    seen = replace(
        score, parts=tuple(score.parts[k] for k in rows), chords=chord_symbols(score, key=key)
    )
    grid = grid_of(seen, key=key, style=style)
    found: list[NoteChance] = []
    n_read = 0
    for start, end, fresh in _windows(grid):
        if bars is not None and not any(fresh <= bar < end for bar in bars):
            continue
        n_read += 1
        if n_read > MAX_WINDOWS:
            break
        found += [
            replace(one, part=rows[one.part])
            for one in _judge(grid, start, end, bundle=bundle, n_expected=n_expected)
            if one.bar >= fresh and (bars is None or one.bar in bars)
        ]
    return tuple(found)


def _even(score: Score) -> Score:
    """Return a score without the touch of its player: on sixteenths and triplets, bars evenly loud."""
    made = quantise(score, grids=(4, 6)).score
    parts = []
    for part in made.parts:
        loud: dict[int, list[int]] = {}
        for note in part.notes:
            loud.setdefault(made.bar_at(note.onset_tick), []).append(note.velocity)
        even = {bar: sorted(own)[len(own) // 2] for bar, own in loud.items()}
        notes = [replace(note, velocity=even[made.bar_at(note.onset_tick)]) for note in part.notes]
        parts.append(replace(part, notes=tuple(notes)))
    return made.with_parts(*parts)


def _windows(grid: GridScore) -> Iterator[tuple[int, int, int]]:
    """Yield spans of bars that fill the model's context, and the first bar that each newly judges."""
    start = done = 0
    while done < grid.n_bars:
        end = _fit(grid, start)
        if end <= done:
            start = done
            continue
        yield start, end, done
        done = end
        start = max(start + 1, end - max(1, (end - start) // 2))


def _fit(grid: GridScore, start: int) -> int:
    """Return the last bar, not included, of the longest window from a bar that fits; at least one."""
    low, high = start + 1, min(grid.n_bars, start + _MOST_BARS)
    while low < high:
        middle = (low + high + 1) // 2
        if len(_document(window(grid, start, middle))) <= _CONTEXT:
            low = middle
        else:
            high = middle - 1
    return low


def _document(grid: GridScore) -> npt.NDArray[np.int32]:
    return np.asarray(encode(grid, min_confidence=_MIN_CONFIDENCE), np.int32)


def _judge(
    grid: GridScore, start: int, end: int, *, bundle: Bundle, n_expected: int
) -> Iterator[NoteChance]:
    """Yield what the model makes of each note of a window, bars counted in the piece."""
    part = window(grid, start, end)
    ids = _document(part)
    raw = logits(ids, bundle=bundle).astype(np.float64)  # (t, v)
    raw -= raw.max(axis=-1, keepdims=True)
    log_p = raw - np.log(np.exp(raw).sum(axis=-1, keepdims=True))
    for row, (first, last) in zip(part.notes, note_spans(ids).tolist(), strict=True):
        places = np.arange(first, last)
        nats = float(-log_p[places - 1, ids[places]].sum())
        told = _pitches(log_p[last - 2], int(ids[last - 1]), n_expected)
        is_drums = part.parts[int(row["part"])].is_drums
        shift = 0 if is_drums else grid.shift_semi
        yield NoteChance(
            bar=start + int(row["bar"]),
            part=int(row["part"]),
            place_qn=int(row["pos"]) / POSITIONS_PER_QN,
            duration_qn=int(row["dur"]) / POSITIONS_PER_QN,
            pitch=int(row["pitch"]) - shift,
            nats=nats,
            nats_pitch=told[0],
            expected=tuple((pitch - shift, p) for pitch, p in told[1]),
            expected_time=_times(log_p[first - 1], n_expected),
            said_time=_kind(FAMILY_NAMES[FAMILY_OF[int(ids[first])]]),
        )


def _pitches(row: Floats, said: int, count: int) -> tuple[float, list[tuple[int, float]]]:
    """Return the nats of a pitch among pitches, and the likeliest ones, normalised as in the grid."""
    family = FAMILIES[FAMILY_NAMES[FAMILY_OF[said]]]
    own = row[family.start : family.end]
    log_p = own - own.max()
    log_p = log_p - np.log(np.exp(log_p).sum())
    best = np.argsort(-log_p)[:count].tolist()
    base = _KINDS[family.name]
    nats = float(-log_p[said - family.start])
    return max(0.0, nats), [(value + base, float(np.exp(log_p[value]))) for value in best]


def _kind(family: str) -> str:
    """Return what a token that may begin a note says."""
    if family in ("PITCH", "DRUM"):
        return "pitch"
    names = {"ADD": "add", "DUR": "duration", "DURX": "duration", "POS": "place", "POSX": "place",
             "VEL": "loudness"}  # fmt: skip
    return names.get(family, "end")


def _times(row: Floats, count: int) -> tuple[tuple[str, float, float], ...]:
    """Return what is likeliest to be said next, pitches and endings each taken together."""
    p = np.exp(row)
    found: list[tuple[str, float, float]] = []
    for kind, names in (("pitch", ("PITCH", "DRUM")), ("add", ("ADD",)), ("end", _ENDS),
                        ("loudness", ("VEL",))):  # fmt: skip
        total = sum(float(p[FAMILIES[one].start : FAMILIES[one].end].sum()) for one in names)
        found.append((kind, 0.0, total))
    for kind, name in (("place", "POS"), ("duration", "DUR")):
        own: Any = p[FAMILIES[name].start : FAMILIES[name].end]
        for value in np.argsort(-own)[:count].tolist():
            said = int(VALUE_OF[FAMILIES[name].start + value]) + (kind == "duration")
            found.append((kind, said / POSITIONS_PER_QN, float(own[value])))
    return tuple(sorted(found, key=lambda one: -one[2])[:count])
