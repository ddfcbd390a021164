"""Voices under a melody that has none: alto, tenor and bass led by the chords, and set in motion.

Conventions: figures change with the sections, so that a second verse is not a copy of the first. A hymn
strikes with the melody; a pulse answers the bass after the beat; a flow breaks the chord in eighths.

Source: voice leading of `motet.tasks.harmonise.choir`; the figures are own, after the usual ways to score
a song for strings (sustained, after-beats, broken chords).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motet.score import Note, Part, Score
from motet.tasks.harmonise.answer import write_answer
from motet.tasks.harmonise.choir import lay_strikes, write_choir
from motet.tasks.harmony import HeldHarmony, chord_tones, read_harmony
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key

__all__ = ["FIGURES", "write_ground"]

FIGURES = ("sustained", "answer", "flow", "pulse", "hymn")
"""How the voices move."""

_VELOCITY = {"sustained": 62, "answer": 64, "flow": 60, "pulse": 58, "hymn": 66}
_ANSWER = (55, 76)
"""Lowest and highest pitch of a line that answers."""

_TENOR_LOW = 48

Span = tuple[int, int]


def write_ground(
    score: Score, melody: Part, key: Key, sections: Sequence[Span], figures: Sequence[str]
) -> tuple[tuple[Note, ...], tuple[Note, ...], tuple[Note, ...]]:
    """Return alto, tenor and bass under a melody.

    Parameters
    ----------
    score : Score
        With chord symbols.
    melody : Part
        One voice.
    key : Key
    sections : sequence of (start, end), ticks
    figures : sequence of str
        One a section, of `FIGURES`.

    Returns
    -------
    three tuples of Note
        Empty where there are no chords.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("E5:2 F5:2 | D5:2 E5:2", chords="C:2 F:2 G:2 C:2")
    >>> voices = write_ground(score, score.parts[0], Key("C"), [(0, 3840)], ["sustained"])
    >>> [len(voice) for voice in voices]
    [4, 4, 4]
    """
    spans = read_harmony(score)
    strikes = lay_strikes(score, melody, spans, every_beat=False)
    plain = write_choir(strikes, key)
    dense = plain
    if "hymn" in figures:
        dense = write_choir(lay_strikes(score, melody, spans, every_beat=True), key)
    held = HeldHarmony(score)
    line: tuple[Note, ...] = ()
    if "answer" in figures and plain[0]:
        low, high = _ANSWER
        line = write_answer(score, melody, key, low=low, high=high)
    voices: tuple[list[Note], list[Note], list[Note]] = ([], [], [])
    for (start, end), figure in zip(sections, figures, strict=True):
        source = dense if figure == "hymn" else plain
        inside = [[note for note in voice if start <= note.onset_tick < end] for voice in source]
        if figure == "answer" and line:
            inside[0] = [note for note in line if start <= note.onset_tick < end]
            inside[1] = _under(inside[1], inside[0], held, key)
        is_last = end >= score.bars[-1].end_tick
        for k, row in enumerate(inside):
            for note in row:
                closes = is_last and note.end_tick >= score.bars[-1].end_tick
                moved = [note] if closes else _move(score, held, key, note, k, figure, inside)
                voices[k].extend(replace(one, velocity=_VELOCITY[figure]) for one in moved)
    return tuple(voices[0]), tuple(voices[1]), tuple(voices[2])


def _under(tenor: list[Note], alto: list[Note], held: HeldHarmony, key: Key) -> list[Note]:
    """Return the tenor with what lies above the alto put on chord tones below it."""
    found: list[Note] = []
    for note in tenor:
        tops = [
            a.pitch for a in alto if a.onset_tick < note.end_tick and a.end_tick > note.onset_tick
        ]
        ceiling = min(tops, default=128)
        tones = chord_tones(held.at(note.onset_tick))
        choices = [p for p in range(_TENOR_LOW, ceiling) if p % 12 in tones]
        if note.pitch < ceiling or not choices:
            found.append(note)
            continue
        before = found[-1].pitch if found else note.pitch
        pitch = min(choices, key=lambda p: (abs(p - before), -p))
        name = _spell(pitch, key, held, note.onset_tick)
        found.append(replace(note, pitch=pitch, spelling=name))
    return found


def _move(
    score: Score,
    held: HeldHarmony,
    key: Key,
    note: Note,
    voice: int,
    figure: str,
    rows: list[list[Note]],
) -> list[Note]:
    """Return one voice's notes while a chord lasts: 0 alto, 1 tenor, 2 bass."""
    beats = _beats(score, note)
    if voice == 2 and figure != "hymn":
        return _bass(held, key, note, beats, rows[2])
    if figure in ("sustained", "answer", "hymn") or len(beats) < 2:
        return [note]
    if figure == "pulse":
        return _after_beats(score, note, beats)
    return [note] if voice == 0 else _broken(score, held, key, note, rows)


def _beats(score: Score, note: Note) -> list[Span]:
    """Return the beats of a note, each with its end."""
    found: list[Span] = []
    for bar in score.bars[score.bar_at(note.onset_tick) :]:
        if bar.start_tick >= note.end_tick:
            break
        at = float(bar.start_tick)
        for beat in bar.metre.beats_qn:
            length = float(beat) * score.resolution
            start, end = round(at), min(round(at + length), bar.end_tick)
            if note.onset_tick <= start < note.end_tick and start < bar.end_tick:
                found.append((start, min(end, note.end_tick)))
            at += length
    return found


def _bass(
    held: HeldHarmony, key: Key, note: Note, beats: list[Span], row: list[Note]
) -> list[Note]:
    """Return a bass that strikes its root and, in a long bar or one more of the chord, its fifth."""
    at = row.index(note)
    chord = held.at(note.onset_tick)
    if at > 0 and row[at - 1].pitch == note.pitch and len(beats) == 3:
        reach = (*range(note.pitch - 3, note.pitch - 9, -1), *range(note.pitch + 3, note.pitch + 9))
        fifth = next((p for p in reach if p >= 36 and p % 12 == chord.fifth_pc), 0)
        if fifth and chord.bass_pc == note.pitch % 12:
            name = _spell(fifth, key, held, note.onset_tick)
            return [replace(note, pitch=fifth, spelling=name)]
    if len(beats) < 4 or len(beats) % 2:
        return [note]
    half = beats[len(beats) // 2][0]
    fifth = next(
        (p for p in range(note.pitch - 3, note.pitch - 9, -1) if p % 12 == chord.fifth_pc), 0
    )
    if fifth < 36 or chord.bass_pc != note.pitch % 12:
        fifth = note.pitch
    second = replace(
        note, onset_tick=half, duration_tick=note.end_tick - half, pitch=fifth,
        spelling=_spell(fifth, key, held, half),
    )  # fmt: skip
    return [replace(note, duration_tick=half - note.onset_tick), second]


def _after_beats(score: Score, note: Note, beats: list[Span]) -> list[Note]:
    """Return strokes after the beat: on the weak beats of three, on the second half elsewhere."""
    bar = score.bars[score.bar_at(note.onset_tick)]
    if len(bar.metre.beats_qn) == 3:
        places = [one for one in beats if one[0] != bar.start_tick]
    else:
        places = []
        for start, end in beats:
            unit = (
                (end - start) // 3
                if (end - start) * 2 == 3 * score.resolution
                else (end - start) // 2
            )
            places += [(tick, tick + unit) for tick in range(start + unit, end - unit + 1, unit)]
    return [
        replace(note, onset_tick=start, duration_tick=end - start, articulations=("staccato",))
        for start, end in places
        if end > start
    ]


def _broken(
    score: Score, held: HeldHarmony, key: Key, note: Note, rows: list[list[Note]]
) -> list[Note]:
    """Return the chord broken in eighths: the voice's own tone, and chord tones up to the alto."""
    unit = score.resolution // 2
    n = note.duration_tick // unit
    if n < 2:
        return [note]
    above = next(
        (one.pitch for one in rows[0] if one.onset_tick <= note.onset_tick < one.end_tick),
        note.pitch + 9,
    )
    tones = chord_tones(held.at(note.onset_tick))
    ladder = [p for p in range(note.pitch - 5, above + 1) if p % 12 in tones]
    ladder = sorted({note.pitch, *ladder[-4:]})
    own = ladder.index(note.pitch)
    wave = [*range(own, len(ladder)), *range(len(ladder) - 2, -1, -1), *range(1, own)]
    wave = wave or [own]
    found = []
    for k in range(n):
        start = note.onset_tick + k * unit
        end = note.end_tick if k == n - 1 else start + unit
        pitch = ladder[wave[k % len(wave)]]
        found.append(
            replace(
                note, onset_tick=start, duration_tick=end - start, pitch=pitch,
                spelling=_spell(pitch, key, held, start),
            )
        )  # fmt: skip
    return found


def _spell(pitch: int, key: Key, held: HeldHarmony, tick: int) -> str:
    return spell_pitch(pitch, fifths=key.fifths, chord_tones=held.at(tick).tones())
