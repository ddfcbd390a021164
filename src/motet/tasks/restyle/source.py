"""What a score to be restyled holds: its melody, harmony, key and form, and how sure each is.

Conventions: everything is at `motet.units.DEFAULT_RESOLUTION` here. A melody is one line: of a part that
plays chords (a piano, a hymn's upper staff) it is the top line, without what the other hand plays in
its rests.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from motet.analysis import (
    estimate_chords,
    estimate_key,
    estimate_key_spans,
    estimate_melody,
    find_sections,
    skyline,
)
from motet.analysis.modulation import KeySpan
from motet.arranger.lead_sheet import read_lead_sheet
from motet.errors import ParameterError
from motet.score import ChordSymbol, Note, Part, Score, Section, change_resolution, part_indices
from motet.tasks.given import find_key
from motet.theory.chord import Chord, parse_chord
from motet.theory.scale import Key
from motet.units import DEFAULT_RESOLUTION

__all__ = ["Source", "find_line", "read_source"]

_CALLED_MELODY = re.compile(
    r"^\W*(melody|lead|vocals?|voice|singstimme|gesang|旋律|主旋律|人声)\b", re.I
)
_SURE = 0.8
_DROP_SEMI = 12
_NEAR_NOTES = 9
_LEAST_SECTION = 4
_SHORT_KEY_BARS = 4
_PLAINLY = 0.03
_ONE_LINE = 0.93


@dataclass(frozen=True, kw_only=True)
class Source:
    """A score, understood.

    Parameters
    ----------
    score : Score
        At `DEFAULT_RESOLUTION`.
    melody_part : int
        -1 where nothing pitched sounds.
    p_melody : float, 0 to 1
        How sure that is.
    melody : tuple of Note
        One line, in order.
    is_top_line : bool
        Whether the part plays more than that line.
    bass_part : int
        The lowest other pitched part; -1 where there is none.
    key : Key
    keys : tuple of KeySpan
        Where the music stays in another key for four bars or more.
    chords : tuple of (tick, Chord)
        The first at tick 0.
    chords_from : str
        ``"symbols"``, ``"parts"`` or ``"melody"``.
    p_chords : float, 0 to 1
        How sure the chords are, by time.
    sections : tuple of Section
        Those written, else those found.
    """

    score: Score
    melody_part: int
    p_melody: float
    melody: tuple[Note, ...]
    is_top_line: bool
    bass_part: int
    key: Key
    keys: tuple[KeySpan, ...]
    chords: tuple[tuple[int, Chord], ...]
    chords_from: str
    p_chords: float
    sections: tuple[Section, ...]

    @property
    def is_melody_sure(self) -> bool:
        """Whether there is little doubt about which part is the melody."""
        return self.p_melody >= _SURE

    def key_at(self, tick: int) -> Key:
        """Return the key that holds at a tick."""
        return next((one.key for one in reversed(self.keys) if one.start_tick <= tick), self.key)

    def chord_at(self, tick: int) -> Chord:
        """Return the chord that holds at a tick."""
        return next(chord for start, chord in reversed(self.chords) if start <= tick)


def read_source(score: Score, *, melody: int | str | None = None) -> Source:
    """Return what a score holds.

    Parameters
    ----------
    score : Score
    melody : int, str or None
        The part that sings; None finds it.

    Returns
    -------
    Source

    Raises
    ------
    ParameterError
        There is no pitched note, or no such part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = read_source(make_score("E4:1 D4:1 C4:2", "C3:2 G2:1 C3:1"))
    >>> found.melody_part, found.bass_part, len(found.melody), found.key.name()
    (0, 1, 3, 'C major')
    """
    score = _with_named_chords(_scaled(score))
    if not any(
        note.duration_tick for part in score.parts if not part.is_drums for note in part.notes
    ):
        raise ParameterError(
            "the score has no pitched note to restyle; give one with a melody or chords",
            zh="乐谱中没有可换风格的有音高的音符;请提供含旋律或和弦的乐谱",
        )
    part, p_melody = _find_melody(score, melody)
    line = find_line(score, part)
    n_sounding = sum(1 for note in score.parts[part].notes if note.duration_tick)
    key = find_key(score, tick=0)
    sheet = read_lead_sheet(score, key=key)
    if (heard := _heard_key(score, key, sheet.chords)) != key:
        key, sheet = heard, read_lead_sheet(score, key=heard)
    return Source(
        score=score,
        melody_part=part,
        p_melody=p_melody,
        melody=line,
        is_top_line=len(line) < n_sounding,
        bass_part=_find_bass(score, part),
        key=key,
        keys=_long_keys(score, key),
        chords=tuple(sheet.chords),
        chords_from=sheet.chords_from,
        p_chords=_chord_surety(score, key, sheet.chords_from),
        sections=_sections(score),
    )


def _scaled(score: Score) -> Score:
    if score.resolution == DEFAULT_RESOLUTION:
        return score
    return change_resolution(score, resolution=DEFAULT_RESOLUTION).score


def _with_named_chords(score: Score) -> Score:
    """Return a score whose section marks are chords (as some sequencers write) with chords instead."""
    found = []
    for mark in score.sections:
        try:
            chord = parse_chord("".join(mark.label.split()))
        except ParameterError:
            continue
        if len(mark.label.strip()) > 1:
            found.append(ChordSymbol(tick=mark.tick, symbol=chord.symbol))
    if len(found) < 4 or len(found) < 0.8 * len(score.sections):
        return score
    return replace(score, sections=(), chords=score.chords or tuple(found))


def _heard_key(score: Score, written: Key, chords: Sequence[tuple[int, Chord]]) -> Key:
    """Return the key that is written, unless notes and outer chords plainly say another."""
    heard = estimate_key(score)
    sounding = [chord for _, chord in chords if chord.root]
    if heard is None or heard.key == written or not sounding:
        return written
    if not sounding[0].root_pc == sounding[-1].root_pc == heard.key.tonic_pc:
        return written
    weights = np.zeros(12)
    for part in score.parts:
        for note in part.notes:
            weights[note.pitch % 12] += 0 if part.is_drums else note.duration_tick
    total = max(1.0, float(weights.sum()))
    fits = [float(weights[list(one.pcs)].sum()) / total for one in (written, heard.key)]
    return heard.key if fits[1] - fits[0] > _PLAINLY else written


def _find_melody(score: Score, wanted: int | str | None) -> tuple[int, float]:
    """Return the part that sings and how sure that is: asked for, called so, or found."""
    if wanted is not None:
        (part,) = part_indices(score, [wanted])
        if score.parts[part].is_drums or not score.parts[part].notes:
            raise ParameterError(
                f"part {wanted!r} has no pitched note, so it is no melody; name another",
                zh=f"声部 {wanted!r} 没有有音高的音符,不能作旋律;请另选一个",
            )
        return part, 1.0
    found = estimate_melody(score)
    called = [
        k for k, part in enumerate(score.parts)
        if _CALLED_MELODY.match(part.name) and part.notes and not part.is_drums
    ]  # fmt: skip
    if len(called) == 1 and (found is None or found.p_parts[called[0]] > 0.01):
        return called[0], 0.95
    if found is None:
        return 0, 0.0
    return found.part, found.p


def find_line(score: Score, part: int) -> tuple[Note, ...]:
    """Return the one line that a part sings: its top line, the other hand left out.

    Parameters
    ----------
    score : Score
    part : int

    Returns
    -------
    tuple of Note
        In order; grace notes stay with the note that they lead to.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [note.pitch for note in find_line(make_score("C4+G4:1 C3+E3:1 C4+A4:1 C4+G4:1 G4:2"), 0)]
    [67, 69, 67, 67]
    """
    own = score.parts[part]
    if own.n_staves > 1 and any(note.staff == 1 for note in own.notes):
        own = replace(own, notes=tuple(note for note in own.notes if note.staff == 1))
    if _share_single(own) > _ONE_LINE:
        return _played_line(own)
    top = skyline(own)
    pitches = np.array([note.pitch for note in top])
    kept: list[Note] = []
    for k, note in enumerate(top):
        near = pitches[max(0, k - _NEAR_NOTES) : k + _NEAR_NOTES + 1]
        if note.pitch >= np.percentile(near, 75) - _DROP_SEMI:
            kept.append(note)
    if len(kept) < 0.5 * len(top):
        kept = list(top)
    onsets = {note.onset_tick: note for note in kept}
    graces = [
        note for note in own.notes
        if not note.duration_tick and note.onset_tick in onsets
        and note.pitch >= onsets[note.onset_tick].pitch - 7
    ]  # fmt: skip
    return tuple(sorted([*kept, *graces], key=lambda note: (note.onset_tick, note.duration_tick)))


def _share_single(part: Part) -> float:
    """Return the share of onsets at which one note alone begins."""
    counts = Counter(note.onset_tick for note in part.notes if note.duration_tick)
    return sum(n == 1 for n in counts.values()) / max(1, len(counts))


def _played_line(part: Part) -> tuple[Note, ...]:
    """Return the highest note at each onset: of one line, overlaps are a player's legato."""
    best: dict[int, Note] = {}
    graces = [note for note in part.notes if not note.duration_tick]
    for note in part.notes:
        if note.duration_tick and note.pitch >= best.get(note.onset_tick, note).pitch:
            best[note.onset_tick] = note
    return tuple(sorted([*best.values(), *graces], key=lambda n: (n.onset_tick, n.duration_tick)))


def _find_bass(score: Score, melody: int) -> int:
    """Return the lowest part beside the melody that is mostly one voice, -1 where there is none."""
    best, lowest = -1, 55.0
    for k, part in enumerate(score.parts):
        notes = [note for note in part.notes if note.duration_tick]
        if k == melody or part.is_drums or len(notes) < score.n_bars / 4:
            continue
        singles = len({note.onset_tick for note in notes}) / len(notes)
        middle = float(np.median([note.pitch for note in notes]))
        if part.role == "bass":
            return k
        if singles > 0.85 and middle < lowest:
            best, lowest = k, middle
    return best


def _long_keys(score: Score, key: Key) -> tuple[KeySpan, ...]:
    """Return the keys of long stretches; short ones are turns of harmony, not keys."""
    bar_tick = score.bars[min(1, score.n_bars - 1)].duration_tick
    spans = estimate_key_spans(score)
    if len(spans) == 1:
        return ()
    least = _SHORT_KEY_BARS * bar_tick
    found = [span for span in spans if span.end_tick - span.start_tick >= least]
    if found and found[0].start_tick > 0:
        found.insert(0, KeySpan(start_tick=0, end_tick=found[0].start_tick, key=key, margin=0.0))
    return tuple(found)


def _chord_surety(score: Score, key: Key, came_from: str) -> float:
    """Return how sure the chords are, each by how long it holds."""
    if came_from == "symbols":
        return 1.0
    spans = [one for one in estimate_chords(score, key=key) if one.chord.root]
    if not spans:
        return 0.0
    lengths = np.array([one.end_tick - one.start_tick for one in spans], dtype=np.float64)
    sure = np.array([one.confidence for one in spans])
    return float((lengths * sure).sum() / lengths.sum())


def _sections(score: Score) -> tuple[Section, ...]:
    """Return the sections written in a score, else those found that are long enough to hear."""
    if score.sections:
        return score.sections
    spans = find_sections(score)
    if len(spans) < 2 or any(one.end_bar - one.start_bar < _LEAST_SECTION for one in spans[:-1]):
        return ()
    return tuple(
        Section(tick=score.bars[one.start_bar].start_tick, label=one.label) for one in spans
    )
