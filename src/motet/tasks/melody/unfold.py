"""Phrases of a development turned into notes: the motif transformed, moved to where the harmony wants it.

Conventions: bars count from 0; pitches sound. A tone that a chord bends (G under E7 in A minor) is bent
with it and keeps its letter. What leaves the range comes back by octaves, a whole phrase at a time.

Offers `Unfolded`, `bend_notes`, `copy_bars`, `harmonise_bars`, `unfold_phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from motet.arranger.lead_sheet import read_lead_sheet
from motet.score import ChordSymbol, Note, Score
from motet.tasks.harmony import HeldHarmony, bent_tones, chord_tones
from motet.tasks.melody.motif import (
    Motif,
    Tone,
    augment,
    diminish,
    extend_motif,
    fragment,
    invert,
    join_motifs,
    move,
    retrograde,
    tone_pitch,
)
from motet.tasks.melody.phrase import Phrase
from motet.tasks.melody.setting import slot_strength
from motet.theory.pitch import spelling_to_pc
from motet.theory.roman import roman_to_chord
from motet.theory.scale import Key

__all__ = ["Unfolded", "bend_notes", "copy_bars", "harmonise_bars", "unfold_phrases"]

_SEQUENCE = (1, -1, 2, -2, 3, -3)
_ELSEWHERE = (0, 1, -1, 2, -2, 3, -3)
_DOMINANT = (4, -3)


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A phrase with the motif that it says, on the ladder; None where the model writes or bars repeat."""

    phrase: Phrase
    shape: Motif | None


def unfold_phrases(
    motif: Motif,
    phrases: Sequence[Phrase],
    frame: Score,
    key: Key,
    *,
    low: int,
    high: int,
    has_chords: bool,
) -> tuple[tuple[Unfolded, ...], tuple[Note, ...]]:
    """Return the phrases with what they say, and their notes.

    Parameters
    ----------
    motif : Motif
    phrases : sequence of Phrase
    frame : Score
        Bars, and chords where `has_chords`.
    key : Key
    low, high : int, MIDI numbers
    has_chords : bool
        Whether the chords of the frame are given, so that the motif goes where they want it.

    Returns
    -------
    (tuple of Unfolded, tuple of Note)

    Examples
    --------
    >>> from motet.tasks.melody.phrase import Phrase
    >>> from fractions import Fraction
    >>> one = Motif((Tone(Fraction(0), Fraction(1), 0), Tone(Fraction(1), Fraction(3), 2)), Fraction(4))
    >>> plan = [Phrase(start_bar=k, n_bars=1, technique=name, section=0)
    ...         for k, name in enumerate(("statement", "sequence"))]
    >>> found, notes = unfold_phrases(one, plan, Score(length_tick=3840), Key("C"), low=55, high=79,
    ...                               has_chords=False)
    >>> [note.pitch for note in notes]
    [60, 64, 62, 65]
    """
    held = HeldHarmony(frame) if has_chords else None
    found: list[Unfolded] = []
    notes: list[Note] = []
    n_sequences = 0
    for phrase in phrases:
        if phrase.technique in ("cadence", "copy", "free"):
            found.append(Unfolded(phrase, None))
            continue
        shape = _transformed(motif, phrase.technique)
        places = _places(phrase.technique, n_sequences)
        n_sequences += phrase.technique == "sequence"
        start = frame.bars[phrase.start_bar].start_tick
        options = [_in_range(move(shape, steps), key, low, high) for steps in places]
        costs = [_cost(one, start, frame, held, key) + 0.35 * k for k, one in enumerate(options)]
        best = options[costs.index(min(costs))]
        found.append(Unfolded(phrase, best))
        notes += _notes(best, start, frame, held, key)
    return tuple(found), tuple(notes)


def _transformed(motif: Motif, technique: str) -> Motif:
    """Return what a technique makes of a motif."""
    if technique == "inversion":
        return invert(motif)
    if technique == "retrograde":
        return retrograde(motif)
    if technique == "augmentation":
        return augment(motif)
    if technique == "diminution":
        half = diminish(motif)
        return join_motifs(half, move(half, 1))
    if technique == "extension":
        return extend_motif(motif)
    if technique == "fragmentation":
        length = motif.length_qn / 2
        head = fragment(motif, length)
        if len(head.tones) < 2:
            head = fragment(motif, length, from_end=True)
        return join_motifs(head, move(head, 1))
    return motif


def _places(technique: str, n_sequences: int) -> tuple[int, ...]:
    """Return by how many steps a phrase may be moved, the usual first."""
    if technique == "statement":
        return (0,)
    if technique == "dominant":
        return _DOMINANT
    if technique == "sequence":
        return _SEQUENCE if n_sequences % 2 == 0 else (_SEQUENCE[1], 2, 1, -2, 3, -3)
    return _ELSEWHERE


def _in_range(shape: Motif, key: Key, low: int, high: int) -> Motif:
    """Return a phrase moved by octaves into a range, as well as it fits."""

    def outside(one: Motif) -> int:
        pitches = [tone_pitch(tone, key) for tone in one.tones]
        return max(0, low - min(pitches)) + max(0, max(pitches) - high)

    return min((move(shape, by) for by in (0, 7, -7, 14, -14)), key=outside)


def _cost(shape: Motif, start: int, frame: Score, held: HeldHarmony | None, key: Key) -> float:
    """Return how badly a phrase fits the chords: foreign tones, by their weight."""
    if held is None:
        return 0.0
    total = 0.0
    for tone in shape.tones:
        tick = start + round(tone.onset_qn * frame.resolution)
        tones = chord_tones(held.at(tick))
        if not tones or tone_pitch(tone, key) % 12 in tones:
            continue
        bar = frame.bars[frame.bar_at(tick)]
        strong = slot_strength(bar.metre, (tick - bar.start_tick) / frame.resolution)
        total += (0.2, 0.5, 1.0, 1.4)[strong] * min(2.0, float(tone.duration_qn) + 0.5)
    return total


def _notes(
    shape: Motif, start: int, frame: Score, held: HeldHarmony | None, key: Key
) -> list[Note]:
    """Return a phrase as notes."""
    out = []
    for tone in shape.tones:
        tick = start + round(tone.onset_qn * frame.resolution)
        pitch, name = _bent(tone, tick, held, key)
        length = max(1, round(tone.duration_qn * frame.resolution))
        if tick < frame.end_tick:
            out.append(
                Note(
                    onset_tick=tick, duration_tick=min(length, frame.end_tick - tick), pitch=pitch,
                    spelling=name, velocity=tone.velocity,
                )
            )  # fmt: skip
    return out


def _bent(tone: Tone, tick: int, held: HeldHarmony | None, key: Key) -> tuple[int, str]:
    """Return a tone's pitch and name, bent by the chord that sounds."""
    pitch = tone_pitch(tone, key)
    letter = key.spelled_scale()[tone.step % 7][0]
    if held is not None:
        chord = held.at(tick)
        if chord.root and pitch % 12 in bent_tones(key, chord):
            for name in chord.tones():
                by = (spelling_to_pc(name) - pitch + 6) % 12 - 6
                if name[0] == letter and abs(by) <= 1:
                    pitch += by
    alter = (pitch - spelling_to_pc(letter) + 6) % 12 - 6
    return pitch, letter + ("#" * alter if alter > 0 else "b" * -alter)


def bend_notes(score: Score, notes: Sequence[Note], key: Key) -> tuple[Note, ...]:
    """Return notes bent by the chords of a score, as `unfold_phrases` bends them where chords are given.

    Parameters
    ----------
    score : Score
        With chords.
    notes : sequence of Note
        With their names.
    key : Key

    Returns
    -------
    tuple of Note

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("G4:4", chords="E7:4")
    >>> [note.pitch for note in bend_notes(score, score.parts[0].notes, Key("A", "minor"))]
    [68]
    """
    held = HeldHarmony(score)
    out = []
    for note in notes:
        chord = held.at(note.onset_tick)
        if chord.root and note.pitch % 12 in bent_tones(key, chord):
            for name in chord.tones():
                by = (spelling_to_pc(name) - note.pitch + 6) % 12 - 6
                if note.spelling and name[0] == note.spelling[0] and abs(by) <= 1:
                    note = replace(note, pitch=note.pitch + by, spelling=name)
                    break
        out.append(note)
    return tuple(out)


def harmonise_bars(score: Score, phrases: Sequence[Phrase], key: Key) -> tuple[ChordSymbol, ...]:
    """Return chords for a line with gaps: those its bars suggest, cadences where the model will write.

    Parameters
    ----------
    score : Score
        Part 0 has the phrases; bars of cadences are empty.
    phrases : sequence of Phrase
    key : Key

    Returns
    -------
    tuple of ChordSymbol

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.melody.phrase import Phrase
    >>> plan = [Phrase(start_bar=0, n_bars=1, technique="statement", section=0),
    ...         Phrase(start_bar=1, n_bars=1, technique="cadence", section=0)]
    >>> line = replace(make_score("C4:1 E4:1 G4:2", fifths=0), length_tick=3840)
    >>> [one.symbol for one in harmonise_bars(line, plan, Key("C"))]
    ['C', 'C']
    """
    sheet = read_lead_sheet(replace(score, chords=(), sections=()), key=key)
    by_bar: dict[int, str] = {}
    bar_of = {score.bar_at(tick): chord.symbol for tick, chord in sheet.chords}
    now = roman_to_chord("i" if key.is_minor else "I", key).symbol
    for bar in range(score.n_bars):
        now = bar_of.get(bar, now)
        by_bar[bar] = now
    last_section = max(one.section for one in phrases)
    for phrase in phrases:
        if phrase.technique == "copy":
            for k in range(phrase.n_bars):
                by_bar[phrase.start_bar + k] = by_bar[phrase.model_bar + k]
        if phrase.technique != "cadence":
            continue
        closes = phrase.section in (0, last_section) or phrase.section % 2 == 0
        end = phrase.start_bar + phrase.n_bars - 1
        tonic, dominant = ("i", "V7") if key.is_minor else ("I", "V7")
        approach = "iv" if key.is_minor else "IV"
        by_bar[end] = roman_to_chord(tonic if closes else "V", key).symbol
        if phrase.n_bars > 1:
            by_bar[end - 1] = roman_to_chord(dominant if closes else approach, key).symbol
    return tuple(
        ChordSymbol(tick=score.bars[bar].start_tick, symbol=by_bar[bar])
        for bar in range(score.n_bars)
    )


def copy_bars(score: Score, phrases: Sequence[Phrase]) -> Score:
    """Return a score with the phrases that repeat earlier bars filled from them, whatever was there.

    Parameters
    ----------
    score : Score
        Part 0 has the other bars.
    phrases : sequence of Phrase

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.melody.phrase import Phrase
    >>> plan = [Phrase(start_bar=1, n_bars=1, technique="copy", section=1, model_bar=0)]
    >>> done = copy_bars(replace(make_score("C4:4"), length_tick=3840), plan)
    >>> [note.onset_tick for note in done.parts[0].notes]
    [0, 1920]
    """
    notes = list(score.parts[0].notes)
    for phrase in phrases:
        if phrase.technique != "copy":
            continue
        first = score.bars[phrase.model_bar].start_tick
        last = score.bars[phrase.model_bar + phrase.n_bars - 1].end_tick
        shift = score.bars[phrase.start_bar].start_tick - first
        notes = [n for n in notes if not first + shift <= n.onset_tick < last + shift]
        notes += [
            replace(
                note, onset_tick=note.onset_tick + shift,
                duration_tick=min(note.duration_tick, last - note.onset_tick),
            )
            for note in score.parts[0].notes
            if first <= note.onset_tick < last
        ]  # fmt: skip
    return score.with_parts(replace(score.parts[0], notes=tuple(notes)))
