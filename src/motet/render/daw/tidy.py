"""A score made fit for a sequencer: every note has a length, ends, and meets no other of its pitch.

Conventions: what was changed is counted and told. Grace notes are given an eighth of a quarter note before
the note they lead to (after its onset at the very start); two notes of one pitch at one place become one, the
longer and louder; a note that is struck again while it sounds ends there. Each part has a channel of its own,
drums channel 10; after 15 parts (or a drum part) the next port follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from motet.score import Metre, Note, Part, Score, Tempo

__all__ = ["Tidied", "channel_slots", "tidy_score"]

_GRACE_PARTS = 8
_DRUMS = 9
_PITCHED = tuple(one for one in range(16) if one != _DRUMS)


@dataclass(frozen=True, kw_only=True)
class Tidied:
    """A score that a sequencer can take.

    Parameters
    ----------
    score : Score
    slots : tuple of (int, int)
        Port and channel of each part, from 0.
    counts : dict of str to int
        What was changed: ``"grace"``, ``"empty"``, ``"double"``, ``"overlap"`` notes.
    """

    score: Score
    slots: tuple[tuple[int, int], ...]
    counts: dict[str, int]

    def remarks(self) -> list[tuple[str, str]]:
        """Return what was changed, in English and Chinese."""
        words = {
            "grace": ("{n} grace notes were given a short length", "{n} 个装饰音获得了短时值"),
            "empty": ("{n} notes without a length were given one", "{n} 个没有时值的音符获得了时值"),
            "double": ("{n} notes that doubled another were joined with it",
                       "{n} 个与他音重复的音符已合并"),
            "overlap": ("{n} notes were ended where their pitch is struck again",
                        "{n} 个音符在同音再次奏响处结束"),
        }  # fmt: skip
        return [
            (en.format(n=self.counts[kind]), zh.format(n=self.counts[kind]))
            for kind, (en, zh) in words.items()
            if self.counts.get(kind)
        ]


def tidy_score(score: Score) -> Tidied:
    """Return a score made fit for a sequencer, and what was changed.

    Parameters
    ----------
    score : Score

    Returns
    -------
    Tidied

    Examples
    --------
    >>> from motet.score import make_score
    >>> one = make_score("C4:2 C4:2")
    >>> long = replace(one.parts[0].notes[0], duration_tick=1200)
    >>> part = replace(one.parts[0], notes=(long, one.parts[0].notes[1]))
    >>> found = tidy_score(one.with_parts(part))
    >>> [note.duration_tick for note in found.score.parts[0].notes], found.counts
    ([960, 960], {'overlap': 1})
    """
    counts: Counter[str] = Counter()
    slots = channel_slots(score.parts)
    names = _own_names(score.parts)
    parts = [
        replace(part, name=name, channel=channel, notes=_tidy(part.notes, score.resolution, counts))
        for part, name, (_, channel) in zip(score.parts, names, slots, strict=True)
    ]
    tempos = score.tempos
    if not tempos or tempos[0].tick:
        tempos = (Tempo(tick=0, quarter_us=500_000), *tempos)
    metres = score.metres
    if not metres or metres[0].tick:
        metres = (Metre(tick=0, numerator=4, denominator=4), *metres)
    done = replace(score, parts=tuple(parts), tempos=tempos, metres=metres)
    end = max(done.end_tick, done.bars[-1].end_tick)
    return Tidied(score=replace(done, length_tick=end), slots=slots, counts=dict(counts))


def channel_slots(parts: Sequence[Part]) -> tuple[tuple[int, int], ...]:
    """Return port and channel of each part: one channel a part, drums on the tenth.

    Parameters
    ----------
    parts : sequence of Part

    Returns
    -------
    tuple of (int, int)
        From 0.

    Examples
    --------
    >>> channel_slots([Part(), Part(is_drums=True), Part(is_drums=True)])
    ((0, 0), (0, 9), (1, 9))
    """
    pitched = drums = 0
    found = []
    for part in parts:
        if part.is_drums:
            found.append((drums, _DRUMS))
            drums += 1
        else:
            found.append((pitched // len(_PITCHED), _PITCHED[pitched % len(_PITCHED)]))
            pitched += 1
    return tuple(found)


def _own_names(parts: Sequence[Part]) -> list[str]:
    """Return a name for each part that no other has."""
    found: list[str] = []
    for k, part in enumerate(parts, start=1):
        name = part.name.strip() or (f"Drums {k}" if part.is_drums else f"Part {k}")
        unique, n = name, 2
        while unique in found:
            unique, n = f"{name} {n}", n + 1
        found.append(unique)
    return found


def _tidy(notes: Iterable[Note], resolution: int, counts: Counter[str]) -> tuple[Note, ...]:
    short = max(1, resolution // _GRACE_PARTS)
    lasting: dict[tuple[int, int], Note] = {}
    for note in _with_lengths(tuple(notes), short, counts):
        key = (note.onset_tick, note.pitch)
        other = lasting.get(key)
        if other is not None:
            counts["double"] += 1
            long = max(note, other, key=lambda one: one.duration_tick)
            note = replace(long, velocity=max(note.velocity, other.velocity))
        lasting[key] = note
    found = []
    upcoming: dict[int, int] = {}
    for note in sorted(lasting.values(), key=lambda one: -one.onset_tick):
        again = upcoming.get(note.pitch)
        if again is not None and note.end_tick > again:
            counts["overlap"] += 1
            note = replace(note, duration_tick=again - note.onset_tick, ties_tick=())
        upcoming[note.pitch] = note.onset_tick
        found.append(note)
    return tuple(found)


def _with_lengths(notes: Sequence[Note], short: int, counts: Counter[str]) -> Iterable[Note]:
    """Give each note a length; grace notes one after the other before the note they lead to."""
    waiting: list[Note] = []
    for note in notes:
        if note.grace:
            waiting.append(note)
            continue
        yield from _placed(waiting, short, counts)
        waiting = []
        if note.duration_tick < 1:
            counts["empty"] += 1
            note = replace(note, duration_tick=short)
        yield note
    yield from _placed(waiting, short, counts)


def _placed(graces: Sequence[Note], short: int, counts: Counter[str]) -> Iterable[Note]:
    for k, note in enumerate(graces):
        counts["grace"] += 1
        onset = max(0, note.onset_tick - short * (len(graces) - k))
        yield replace(note, onset_tick=onset, duration_tick=short, grace="")
