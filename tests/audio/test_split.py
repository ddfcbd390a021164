import numpy as np

from motet.audio.heard import HeardNote
from motet.audio.split import split_notes


def note(onset_s: float, length_s: float, pitch: int) -> HeardNote:
    return HeardNote(onset_s, onset_s + length_s, pitch, 80, 0.9)


def band(seconds: float = 20.0) -> tuple[list[HeardNote], list[HeardNote], list[HeardNote]]:
    """Return a bass of steps, chords on the beats, and a tune high above."""
    beats = np.arange(0.0, seconds, 0.5)
    bass = [note(at, 0.25, (36, 38, 40, 41)[k % 4]) for k, at in enumerate(beats)]
    chords = [note(at + 0.25, 0.2, pitch) for at in beats for pitch in (60, 64, 67)]
    tune = [note(at, 0.4, (76, 77, 79, 81, 79)[k % 5]) for k, at in enumerate(beats)]
    return bass, chords, tune


def test_a_band_has_bass_chords_and_melody() -> None:
    bass, chords, tune = band()
    parts = dict(split_notes([*tune, *bass, *chords]))
    assert list(parts) == ["Melody", "Chords", "Bass"]
    assert list(parts["Bass"]) == bass
    assert list(parts["Melody"]) == tune
    assert len(parts["Chords"]) == len(chords)


def test_no_note_is_lost_or_doubled() -> None:
    rng = np.random.default_rng(2)
    for top in (50, 70, 90):
        notes = [
            note(float(at), float(rng.uniform(0.05, 1.0)), int(rng.integers(30, top)))
            for at in rng.uniform(0, 20, 200)
        ]
        found = [one for _, part in split_notes(notes) for one in part]
        assert sorted(found, key=hash) == sorted(notes, key=hash)


def test_a_piano_stays_one_part() -> None:
    # A waltz: bass notes held to the next, leaping octaves and fifths; chords; a tune.
    notes = []
    for bar in range(16):
        at, root = bar * 1.5, (36, 43, 41, 48)[bar % 4]
        notes += [note(at, 1.4, root), note(at, 0.7, 72 + bar % 5), note(at + 0.75, 0.7, 76)]
        notes += [note(at + 0.5 * k, 0.4, root + up) for k in (1, 2) for up in (12, 16, 19)]
    assert [name for name, _ in split_notes(notes)] == ["Music"]


def test_a_bass_that_falls_silent_is_a_left_hand() -> None:
    bass, chords, tune = band()
    some = [one for one in bass if one.onset_s % 6 < 2.5]
    assert [name for name, _ in split_notes([*some, *chords, *tune])] == ["Music"]


def test_few_notes_stay_together_and_none_are_no_part() -> None:
    assert split_notes([]) == ()
    bass, _, tune = band(3.0)
    (name, notes), *rest = split_notes([*bass, *tune])
    assert (name, len(notes), rest) == ("Music", 12, [])
