"""Chords for a melody: from the notes to several harmonisations, the best first.

Conventions: a piece keeps one key unless its key signature changes; each stretch of one key is harmonised in
its own. Other pitched parts count half as much as the melody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from motet.analysis import estimate_melody, skyline
from motet.errors import ParameterError
from motet.score import Part, Score, part_indices
from motet.tasks.harmonise.context import guess_roots
from motet.tasks.harmonise.evidence import Slot, fit_slots, lay_slots, mark_phrases
from motet.tasks.harmonise.habits import surprise_bits
from motet.tasks.harmonise.home import find_melody_key
from motet.tasks.harmonise.palette import Entry, find_palette
from motet.tasks.harmonise.search import Path, find_paths
from motet.tasks.harmonise.words import ChordStory, tell_chord
from motet.tasks.harmony import HeldChord
from motet.theory.chord import Chord
from motet.theory.roman import chord_to_roman
from motet.theory.scale import Key, key_from_signature

__all__ = ["Plan", "choose_chords", "find_line", "tell_spans"]


FloatArray = npt.NDArray[np.float64]

_PUSHES = (1.0, 1.3, 1.7, 2.2)
_RISE = 0.3
_CONTEXT = {1: 1.0, 2: 0.5, 3: 0.2}
_LEAST = -4.0
"""How much the learned context counts, by adventure, and the least that it says of a root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One harmonisation.

    Parameters
    ----------
    spans : tuple of HeldChord
    score : float
        Of the search: higher is better.
    bits : float
        Mean surprise of a chord.
    """

    spans: tuple[HeldChord, ...]
    score: float
    bits: float


def find_line(score: Score, melody: int | str | None = None) -> tuple[int, Part]:
    """Return which part carries the melody, and its top line.

    Parameters
    ----------
    score : Score
    melody : int, str or None
        Index or name; None finds it.

    Returns
    -------
    int, Part

    Raises
    ------
    ParameterError
        There is no such part, or it has no pitched note.

    Examples
    --------
    >>> from motet.score import make_score
    >>> find_line(make_score("C3:4", "C5+E5:4"))[1].notes[0].pitch
    76
    """
    if melody is not None:
        k = part_indices(score, [melody])[0]
    else:
        named = [k for k, part in enumerate(score.parts) if part.role == "melody" and part.notes]
        found = None if named else estimate_melody(score)
        k = named[0] if named else -1 if found is None else found.part
    if k < 0 or score.parts[k].is_drums or not score.parts[k].notes:
        raise ParameterError(
            "there is no melody to harmonise: the score (or the part named) has no pitched note",
            zh="没有可配和声的旋律:乐谱(或所指声部)没有有音高的音符",
        )
    part = score.parts[k]
    return k, replace(part, notes=skyline(part))


def choose_chords(
    score: Score,
    melody: Part,
    *,
    key: Key | None = None,
    adventure: int = 1,
    chords_per_bar: int = 2,
    style: str = "",
    n: int = 1,
    seed: int = 0,
    eager: float = 0.0,
) -> tuple[tuple[Plan, ...], Key]:
    """Return harmonisations of a melody, the best first, and the key they are in.

    Parameters
    ----------
    score : Score
    melody : Part
        One voice, of `find_line`.
    key : Key or None
    adventure : int, 1 to 3
    chords_per_bar : int, 1 to 8
        At most.
    style : str
    n : int
    seed : int
    eager : float
        How much more willingly chords change within a bar, 0 to 1.

    Returns
    -------
    tuple of Plan, Key

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:1 D5:1 E5:2 | F5:1 E5:1 D5:2 | G4:2 B4:2 | C5:4")
    >>> plans, key = choose_chords(score, score.parts[0], chords_per_bar=1)
    >>> key.name(), [span.chord.symbol for span in plans[0].spans]
    ('C major', ['C', 'Dm7', 'G', 'C'])
    """
    home = key or find_melody_key(score, melody)
    slots = mark_phrases(score, melody, lay_slots(score, chords_per_bar=chords_per_bar))
    regions = _regions(score, slots, home, is_given=key is not None)
    variants: list[list[tuple[list[Chord], float]]] = []
    for own, region in regions:

        def search(degree: int, count: int, push: float = 1.0) -> tuple[Path, ...]:
            palette = find_palette(own, degree)  # noqa: B023
            fit = _fit(score, melody, region, palette, own, degree)  # noqa: B023
            return find_paths(
                region, fit, palette, own, adventure=degree, style=style, n=count, seed=seed,  # noqa: B023
                eager=eager, push=push,
            )  # fmt: skip

        push = _find_push(search, own, adventure)
        paths = search(adventure, n, push)
        variants.append([([e.chord for e in path.entries], path.score) for path in paths])
    plans = []
    for k in range(min(len(one) for one in variants)):
        chords = [chord for one in variants for chord in one[k][0]]
        spans = _join(slots, chords)
        bits = surprise_bits([span.chord for span in spans], home)
        plans.append(
            Plan(
                spans=spans,
                score=sum(one[k][1] for one in variants),
                bits=float(np.mean(bits)) if bits else 0.0,
            )
        )
    return tuple(plans), home


def _fit(
    score: Score,
    melody: Part,
    slots: tuple[Slot, ...],
    palette: tuple[Entry, ...],
    key: Key,
    adventure: int,
) -> FloatArray:
    """Return how well chords fit the melody, and half as much the other pitched parts."""
    fit = fit_slots(score, melody, slots, palette)
    roots = guess_roots(score, melody, key)
    above = [(entry.chord.root_pc - key.tonic_pc) % 12 for entry in palette]
    for t, slot in enumerate(slots):
        bar = score.bars[slot.bar]
        half = int(2 * (slot.start_tick - bar.start_tick) >= bar.duration_tick)
        fit[t] += _CONTEXT[adventure] * np.maximum(roots[2 * slot.bar + half], _LEAST)[above]
    for part in score.parts:
        is_melody = part.notes == melody.notes or part.name == melody.name
        if part.notes and not part.is_drums and not is_melody:
            fit = fit + 0.5 * fit_slots(score, part, slots, palette)
    return fit


def _find_push(search: Callable[..., tuple[Path, ...]], key: Key, adventure: int) -> float:
    """Return how welcome devices must be for a degree to surprise more than the one before."""
    if adventure == 1:
        return 1.0
    least = _mean_bits(search(adventure - 1, 1)[0], key) + _RISE
    return next((push for push in _PUSHES if _mean_bits(search(adventure, 1, push)[0], key) >= least),
                _PUSHES[-1])  # fmt: skip


def _mean_bits(path: Path, key: Key) -> float:
    """Return the mean surprise of a path."""
    bits = surprise_bits([entry.chord for entry in path.entries], key)
    return float(np.mean(bits)) if bits else 0.0


def _regions(
    score: Score, slots: tuple[Slot, ...], home: Key, *, is_given: bool
) -> list[tuple[Key, tuple[Slot, ...]]]:
    """Return the slots in stretches of one key."""
    if is_given or len({(one.fifths, one.mode) for one in score.keys}) < 2:
        return [(home, slots)]
    found: list[tuple[Key, list[Slot]]] = []
    for slot in slots:
        written = score.key_at(slot.start_tick)
        mode = home.mode if written is None or not written.mode else written.mode
        own = home if written is None else key_from_signature(written.fifths, mode)
        if not found or found[-1][0] != own:
            found.append((own, []))
        found[-1][1].append(slot)
    return [(own, tuple(region)) for own, region in found]


def _join(slots: Sequence[Slot], chords: Sequence[Chord]) -> tuple[HeldChord, ...]:
    """Return spans, those of one chord joined."""
    found: list[HeldChord] = []
    for slot, chord in zip(slots, chords, strict=True):
        if found and found[-1].chord == chord:
            found[-1] = HeldChord(found[-1].start_tick, slot.end_tick, chord)
        else:
            found.append(HeldChord(slot.start_tick, slot.end_tick, chord))
    return tuple(found)


def tell_spans(
    score: Score, spans: Sequence[HeldChord], key: Key, *, style: str = ""
) -> tuple[ChordStory, ...]:
    """Return the story of each chord.

    Parameters
    ----------
    score : Score
    spans : sequence of HeldChord
    key : Key
    style : str

    Returns
    -------
    tuple of ChordStory

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmony import read_harmony
    >>> score = make_score("C4:4 D4:4", chords="C:4 G7:4")
    >>> [one.roman for one in tell_spans(score, read_harmony(score), Key("C"))]
    ['I', 'V7']
    """
    sounding = [span for span in spans if span.chord.root]
    chords = [span.chord for span in sounding]
    found = []
    for k, span in enumerate(sounding):
        after = chords[k + 1] if k + 1 < len(chords) else None
        pair = chords[max(0, k - 1) : k + 1]
        bits = surprise_bits(pair, key, style=style)
        found.append(
            ChordStory(
                bar=score.bars[score.bar_at(span.start_tick)].number,
                symbol=span.chord.symbol,
                roman=chord_to_roman(span.chord, key, following=after),
                function=tell_chord(span.chord, key, following=after),
                bits=bits[-1] if len(bits) == len(pair) else 0.0,
            )
        )
    return tuple(found)
