"""Voice leading measured afresh on notes: what a teacher would mark.

Conventions: voices run from the lowest; a verticality is what all of them sound at an onset. Chords are read
off the verticalities themselves, so that music by people and by Motet is judged alike.

Source: the rules are those of Edward Aldwell and Carl Schachter, Harmony and Voice Leading.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, fields

from motet.score import Part
from motet.theory.chord import Chord, chord_from_pcs
from motet.theory.guitar import GUITAR_TUNING
from motet.theory.scale import Key

__all__ = ["Faults", "count_faults", "is_fingerable", "verticalities"]

_WORDS = {
    "parallels": ("parallel fifths or octaves", "平行五度或八度"),
    "crossings": ("crossed voices", "声部交叉"),
    "leading": ("leading tones that do not rise", "导音未上行"),
    "sevenths": ("sevenths that do not fall", "七音未下行"),
    "doubled": ("doubled leading tones", "重复导音"),
    "spacing": ("more than an octave between upper voices", "上方声部间超过八度"),
    "range": ("notes out of a singer's range", "超出人声音域"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Counts of faults, and over how many chords.

    Parameters
    ----------
    n_chords : int
        Changes of harmony.
    parallels, crossings, leading, sevenths, doubled, spacing, range : int
    """

    n_chords: int = 0
    parallels: int = 0
    crossings: int = 0
    leading: int = 0
    sevenths: int = 0
    doubled: int = 0
    spacing: int = 0
    range: int = 0

    @property
    def total(self) -> int:
        """All faults together."""
        return sum(getattr(self, one.name) for one in fields(self) if one.name != "n_chords")

    def tell(self) -> tuple[str, str]:
        """Return the faults in words, in English and Chinese."""
        found = [(name, getattr(self, name)) for name in _WORDS if getattr(self, name)]
        if not found:
            return f"none in {self.n_chords} chords", f"{self.n_chords} 个和弦中无"
        en = ", ".join(f"{n} {_WORDS[name][0]}" for name, n in found)
        zh = "、".join(f"{_WORDS[name][1]} {n} 处" for name, n in found)
        return f"{en} in {self.n_chords} chords", f"{self.n_chords} 个和弦中:{zh}"


def verticalities(voices: Sequence[Part]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return what voices sound together at each onset.

    Parameters
    ----------
    voices : sequence of Part, lowest first
        One note at a time each.

    Returns
    -------
    tuple of (tick, pitches)
        Only where all of them sound.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C3:2", "E4:1 F4:1")
    >>> verticalities(score.parts)
    ((0, (48, 64)), (480, (48, 65)))
    """
    lines = [sorted(part.notes, key=lambda note: note.onset_tick) for part in voices]
    ticks = sorted({note.onset_tick for line in lines for note in line})
    places = [0] * len(lines)
    found = []
    for tick in ticks:
        sounding = []
        for k, line in enumerate(lines):
            while places[k] + 1 < len(line) and line[places[k] + 1].onset_tick <= tick:
                places[k] += 1
            note = line[places[k]] if line else None
            if note is not None and note.onset_tick <= tick < note.end_tick:
                sounding.append(note.pitch)
        if len(sounding) == len(lines):
            found.append((tick, tuple(sounding)))
    return tuple(found)


def count_faults(
    chords: Sequence[tuple[int, ...]],
    key: Key,
    *,
    ranges: Sequence[tuple[int, int]] = (),
    given_top: bool = False,
) -> Faults:
    """Return the faults in a row of verticalities.

    Parameters
    ----------
    chords : sequence of tuple of int, MIDI numbers, lowest voice first
    key : Key
    ranges : sequence of (int, int)
        Of each voice; empty for none.
    given_top : bool
        Whether the highest voice was given, so that what it alone does is not counted.

    Returns
    -------
    Faults

    Examples
    --------
    >>> count_faults([(48, 55, 64, 72), (50, 57, 65, 74)], Key("C")).parallels
    2
    >>> count_faults([(43, 55, 62, 71), (48, 55, 64, 67)], Key("C")).leading
    1
    """
    n = {one.name: 0 for one in fields(Faults)}
    before: tuple[int, ...] = ()
    last = Chord("", "none", ())
    leading = (key.tonic_pc + 11) % 12
    for voices in chords:
        now = chord_from_pcs(voices, bass=min(voices), fifths=key.fifths)
        own = voices[:-1] if given_top else voices
        n["crossings"] += sum(a > b for a, b in itertools.pairwise(voices))
        uppers = voices[1:-1] if given_top else voices[1:]
        n["spacing"] += sum(b - a > 12 for a, b in itertools.pairwise(uppers))
        if ranges:
            n["range"] += sum(
                not low <= pitch <= high for pitch, (low, high) in zip(own, ranges, strict=False)
            )
        is_dominant = now.root_pc in ((key.tonic_pc + 7) % 12, leading)
        if is_dominant and [p % 12 for p in voices].count(leading) > 1:
            n["doubled"] += 1
        if before and len(before) == len(voices) and voices != before:
            n["parallels"] += _parallels(before, voices)
            if now.pcs != last.pcs:
                n["n_chords"] += 1
                n["leading"] += _unrisen(before, own, last, now, key)
                n["sevenths"] += _unfallen(before, own, last, now)
        before, last = voices, now
    return Faults(**n)


def _parallels(before: Sequence[int], after: Sequence[int]) -> int:
    """Return how many pairs of voices go from a fifth or octave to the same, both moving."""
    count = 0
    for low in range(len(before)):
        for high in range(low + 1, len(before)):
            gap = (before[high] - before[low]) % 12
            moves = before[low] != after[low] and before[high] != after[high]
            same_way = (after[low] - before[low]) * (after[high] - before[high]) > 0
            if moves and same_way and gap in (0, 7) and (after[high] - after[low]) % 12 == gap:
                count += 1
    return count


def _unrisen(before: Sequence[int], after: Sequence[int], last: Chord, now: Chord, key: Key) -> int:
    """Return how many leading tones of a dominant fail to rise (or stay) into the tonic."""
    leading = (key.tonic_pc + 11) % 12
    fifth = (key.tonic_pc + 7) % 12
    if last.root_pc not in (fifth, leading) or now.root_pc != key.tonic_pc:
        return 0
    bad = 0
    for voice, (old, new) in enumerate(zip(before, after, strict=False)):
        inner = 0 < voice < len(before) - 1
        fine = new - old in (0, 1) or (inner and new - old == -4)
        bad += old % 12 == leading and not fine
    return bad


def _unfallen(before: Sequence[int], after: Sequence[int], last: Chord, now: Chord) -> int:
    """Return how many sevenths of dominant sevenths neither fall by step nor stay."""
    if last.quality not in ("7", "7b9", "9") or now.root_pc == last.root_pc:
        return 0
    seventh = last.seventh_pc
    return sum(
        old % 12 == seventh and new - old not in (-1, -2, 0)
        for old, new in zip(before, after, strict=False)
    )


def is_fingerable(pitches: Sequence[int], *, n_frets: int = 15, span: int = 4) -> bool:
    """Whether a guitarist in standard tuning can hold notes together.

    Parameters
    ----------
    pitches : sequence of int, MIDI numbers
    n_frets : int
    span : int
        Frets that a hand reaches over.

    Returns
    -------
    bool
        Each note on a string of its own, at most four fingers, a barre counting as one.

    Examples
    --------
    >>> is_fingerable((48, 52, 55, 60, 64)), is_fingerable((40, 41)), is_fingerable((40, 43, 46, 49))
    (True, False, False)
    """
    wanted = sorted(set(pitches))
    if len(wanted) > len(GUITAR_TUNING):
        return False

    def place(k: int, string: int, frets: tuple[int, ...]) -> bool:
        if k == len(wanted):
            return _is_held(frets, span)
        for at in range(string, len(GUITAR_TUNING)):
            fret = wanted[k] - GUITAR_TUNING[at]
            if 0 <= fret <= n_frets and place(k + 1, at + 1, (*frets, fret)):
                return True
        return False

    return place(0, 0, ())


def _is_held(frets: tuple[int, ...], span: int) -> bool:
    """Whether four fingers reach some frets."""
    stopped = [fret for fret in frets if fret]
    if not stopped:
        return True
    if max(stopped) - min(stopped) >= span:
        return False
    barred = stopped.count(min(stopped))
    can_bar = barred > 1 and 0 not in frets
    return len(stopped) - (barred - 1 if can_bar else 0) <= 4
