"""A made-up song with everything that a picture has to show: 8 parts, drums, chords, sections."""

from collections.abc import Callable

import pytest

from motet.score import (
    ChordSymbol,
    KeySignature,
    Metre,
    Note,
    Part,
    Score,
    Section,
    Tempo,
    Text,
)

_CHORDS = (
    ("Am", (57, 60, 64)),
    ("F", (53, 57, 60)),
    ("C/E", (52, 55, 60)),
    ("G7sus4", (55, 60, 62, 65)),
    ("Dm7", (50, 53, 57, 60)),
    ("Bbmaj7", (58, 62, 65, 69)),
    ("F#m7b5", (54, 57, 60, 64)),
    ("E7b9", (52, 56, 59, 65)),
)
_QN = 480


def _note(onset: int, duration: int, pitch: int, velocity: int) -> Note:
    return Note(onset_tick=onset, duration_tick=duration, pitch=pitch, velocity=velocity)


def _make_song(n_bars: int = 24) -> Score:
    bar = 4 * _QN
    notes: dict[str, list[Note]] = {
        name: [] for name in ["lead", "gtr", "keys", "bass", "pad", "str", "horn", "dr"]
    }
    for k in range(n_bars):
        start = k * bar
        tones = _CHORDS[k % 8][1]
        for step in range(4):
            at = start + step * _QN
            notes["bass"].append(_note(at, _QN - 40, tones[0] - 12 - 12 * (step % 2 == 0), 90))
            notes["dr"].append(_note(at, 120, 36 if step % 2 == 0 else 38, 105))
            notes["dr"] += [_note(at + half, 120, 42, 60 + 20 * (half == 0)) for half in (0, 240)]
            notes["gtr"] += [
                _note(at + half, 220, tones[(step + half // 240) % len(tones)], 70)
                for half in (0, 240)
            ]
            if k >= 4 and (k + step) % 3:
                notes["lead"].append(_note(at, _QN, tones[step % len(tones)] + 12, 80 + 9 * step))
        notes["keys"] += [_note(start + _QN, 2 * _QN, tone, 66) for tone in tones]
        notes["pad"] += [_note(start, bar, tone, 48) for tone in tones]
        if k >= 8:
            notes["str"].append(_note(start, bar, tones[1] + 24, 60))
        if k >= 16:
            notes["horn"] += [_note(start + 2 * _QN, _QN, tone + 12, 110) for tone in tones[:3]]
        if k % 8 == 0:
            notes["dr"].append(_note(start, 480, 49, 115))
    parts = [
        ("Lead 主唱", "lead", 53, "melody"),
        ("Nylon Guitar", "gtr", 24, "comping"),
        ("Electric Piano", "keys", 4, "comping"),
        ("Fingered Bass", "bass", 33, "bass"),
        ("Warm Pad", "pad", 89, "pad"),
        ("Strings", "str", 48, "strings"),
        ("Brass", "horn", 61, "horns"),
    ]
    form = (
        (0, "intro"),
        (4, "verse 1"),
        (8, "chorus"),
        (12, "verse 2"),
        (16, "chorus"),
        (20, "outro"),
    )
    return Score(
        parts=(
            *(
                Part(name=name, notes=tuple(notes[key]), program=program, role=role)
                for name, key, program, role in parts
            ),
            Part(name="Drums", notes=tuple(notes["dr"]), is_drums=True, channel=9, role="drums"),
        ),
        title="月光下的小路",
        composer="Motet",
        lyricist="佚名",
        tempos=(Tempo(tick=0, quarter_us=625_000),),
        metres=(Metre(tick=0, numerator=4, denominator=4),),
        keys=(KeySignature(tick=0, fifths=0, mode="minor"),),
        chords=tuple(ChordSymbol(tick=k * bar, symbol=_CHORDS[k % 8][0]) for k in range(n_bars)),
        sections=tuple(Section(tick=k * bar, label=label) for k, label in form if k < n_bars),
        texts=(Text(tick=0, text="con moto"),),
    )


@pytest.fixture(scope="session")
def make_song() -> Callable[[int], Score]:
    """Return the maker of the song: how many bars -> Score."""
    return _make_song


@pytest.fixture(scope="session")
def song() -> Score:
    """Return the song of 24 bars."""
    return _make_song()
