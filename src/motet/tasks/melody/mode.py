"""A score in the parallel mode: minore and maggiore.

Conventions: third, sixth and seventh degree move by a semitone; under a dominant the leading note stays,
and so do dominant chords and every tone outside the key. Drums stay.

Offers `change_mode`.
"""

from __future__ import annotations

from dataclasses import replace

from motet.errors import ParameterError
from motet.score import ChordSymbol, KeySignature, Note, Score
from motet.tasks.harmony import HeldHarmony
from motet.theory.chord import Chord, parse_chord
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key

__all__ = ["change_mode"]

_SUFFIX = {
    (0, 4, 7): "", (0, 3, 7): "m", (0, 3, 6): "dim", (0, 4, 8): "aug", (0, 4, 7, 10): "7",
    (0, 4, 7, 11): "maj7", (0, 3, 7, 10): "m7", (0, 3, 6, 10): "m7b5", (0, 3, 6, 9): "dim7",
    (0, 3, 7, 11): "mMaj7", (0, 2, 7): "sus2", (0, 5, 7): "sus4", (0, 4, 7, 9): "6",
    (0, 3, 7, 9): "m6",
}  # fmt: skip


def change_mode(score: Score, key: Key) -> tuple[Score, Key]:
    """Return a score in the parallel mode of its key, and that key.

    Parameters
    ----------
    score : Score
    key : Key
        Major or minor.

    Returns
    -------
    (Score, Key)

    Raises
    ------
    ParameterError
        The key is neither major nor minor.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 E4:1 G4:1 B4:1", fifths=0, chords="C:3 G7:1")
    >>> done, home = change_mode(score, Key("C"))
    >>> [note.pitch for note in done.parts[0].notes], [one.symbol for one in done.chords], home.name()
    ([60, 63, 67, 71], ['Cm', 'G7'], 'C minor')
    """
    if key.mode not in ("major", "minor"):
        raise ParameterError(
            f"only major and minor have a parallel mode here, got {key.name()}; choose another kind",
            zh=f"只有大调与小调可换为同主音调,收到 {key.name(language='zh')};请换一种变奏",
        )
    home = Key(key.tonic, "minor" if key.mode == "major" else "major")
    by = -1 if key.mode == "major" else 1
    degrees = (4, 9, 11) if key.mode == "major" else (3, 8, 10)
    moved = {(key.tonic_pc + one) % 12 for one in degrees}
    held = HeldHarmony(score)
    parts = []
    for part in score.parts:
        if part.is_drums:
            parts.append(part)
            continue
        notes = tuple(
            _note(note, held.at(note.onset_tick), moved, by, home, key) for note in part.notes
        )
        parts.append(replace(part, notes=notes))
    symbols = tuple(
        ChordSymbol(tick=one.tick, symbol=_symbol(one.symbol, moved, by, home, key))
        for one in score.chords
    )
    old = score.keys or (KeySignature(tick=0, fifths=key.fifths, mode=key.mode),)
    keys = tuple(
        replace(one, fifths=home.fifths, mode=home.mode) if one.fifths == key.fifths else one
        for one in old
    )
    return replace(score, parts=tuple(parts), chords=symbols, keys=keys), home


def _is_dominant(chord: Chord, key: Key) -> bool:
    """Whether a chord is a dominant, whose third leads."""
    third = (chord.root_pc + 4) % 12 if chord.root else -1
    on_fifth = bool(chord.root) and chord.root_pc == (key.tonic_pc + 7) % 12
    return bool(chord.root) and third in chord.pcs and (on_fifth or chord.is_dominant)


def _note(note: Note, chord: Chord, moved: set[int], by: int, home: Key, key: Key) -> Note:
    """Return a note in the other mode."""
    pc = note.pitch % 12
    leads = _is_dominant(chord, key) and pc in chord.pcs
    if pc not in moved or leads:
        return note
    pitch = note.pitch + by
    if not 0 <= pitch <= 127:
        return note
    return replace(note, pitch=pitch, spelling=spell_pitch(pitch, fifths=home.fifths))


def _symbol(symbol: str, moved: set[int], by: int, home: Key, key: Key) -> str:
    """Return a chord symbol in the other mode; those that have no plain name stay."""
    try:
        chord = parse_chord(symbol)
    except ParameterError:
        return symbol
    if not chord.root or _is_dominant(chord, key) or chord.bass:
        return symbol
    root = chord.root_pc + (by if chord.root_pc in moved else 0)
    tones = [pc + (by if pc in moved else 0) for pc in chord.pcs[:4]]
    shape = tuple(sorted({(pc - root) % 12 for pc in tones}))
    if shape not in _SUFFIX:
        return symbol
    return spell_pitch(60 + root % 12, fifths=home.fifths) + _SUFFIX[shape]
