"""Writes the lead sheets beside this file: traditional tunes, typed by us, as MIDI.

Run it after changing a tune: ``python examples/tunes/build.py``. All three are in the public domain.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from motet.io import write_midi
from motet.score import BarLength, Score, make_score

FOLDER = Path(__file__).parent

GREENSLEEVES = """
A4:1 | C5:2 D5:1 | E5:1.5 F5:0.5 E5:1 | D5:2 B4:1 | G4:1.5 A4:0.5 B4:1 | C5:2 A4:1
A4:1.5 G#4:0.5 A4:1 | B4:2 G#4:1 | E4:2 A4:1 | C5:2 D5:1 | E5:1.5 F5:0.5 E5:1 | D5:2 B4:1
G4:1.5 A4:0.5 B4:1 | C5:1.5 B4:0.5 A4:1 | G#4:1.5 F#4:0.5 G#4:1 | A4:3 | A4:3
G5:3 | G5:1.5 F#5:0.5 E5:1 | D5:2 B4:1 | G4:1.5 A4:0.5 B4:1 | C5:2 A4:1 | A4:1.5 G#4:0.5 A4:1
B4:2 G#4:1 | E4:3 | G5:3 | G5:1.5 F#5:0.5 E5:1 | D5:2 B4:1 | G4:1.5 A4:0.5 B4:1
C5:1.5 B4:0.5 A4:1 | G#4:1.5 F#4:0.5 G#4:1 | A4:3 | A4:2
"""
GREENSLEEVES_CHORDS = """
N.C.:1 Am:6 G:6 Am:6 E7:6 Am:6 G:6 Am:3 E7:3 Am:6
C:6 G:6 Am:6 E7:6 C:6 G:6 Am:3 E7:3 Am:5
"""
JASMINE = """
A4:1 A4:0.5 C5:0.5 D5:0.5 F5:0.5 F5:0.5 D5:0.5 | C5:1 C5:0.5 D5:0.5 C5:2
A4:1 A4:0.5 C5:0.5 D5:0.5 F5:0.5 F5:0.5 D5:0.5 | C5:1 C5:0.5 D5:0.5 C5:2
C5:1 C5:1 C5:1 A4:0.5 C5:0.5 | D5:1 D5:1 C5:2 | A4:1 G4:0.5 A4:0.5 C5:1 A4:0.5 G4:0.5
F4:1 F4:0.5 G4:0.5 F4:2 | A4:0.5 G4:0.5 F4:0.5 A4:0.5 G4:1.5 A4:0.5 | C5:1 D5:0.5 F5:0.5 C5:2
G4:1 A4:0.5 C5:0.5 G4:0.5 A4:0.5 F4:0.5 D4:0.5 | C4:2 D4:1 F4:1
G4:1.5 A4:0.5 F4:0.5 G4:0.5 F4:0.5 D4:0.5 | C4:4
"""
JASMINE_CHORDS = """
F:2 Dm:2 F:4 F:2 Dm:2 F:4 F:4 Bb:2 F:2 Dm:4 F:4 Dm:2 Gm:2 F:4 Gm:2 Dm:2 F:4 Gm:2 Dm:2 F:4
"""
AULD_LANG_SYNE = """
C4:1 | F4:1.5 F4:0.5 F4:1 A4:1 | G4:1.5 F4:0.5 G4:1 A4:1 | F4:1.5 F4:0.5 A4:1 C5:1 | D5:3 D5:1
C5:1.5 A4:0.5 A4:1 F4:1 | G4:1.5 F4:0.5 G4:1 A4:1 | F4:1.5 D4:0.5 D4:1 C4:1 | F4:3 D5:1
C5:1.5 A4:0.5 A4:1 F4:1 | G4:1.5 F4:0.5 G4:1 D5:1 | C5:1.5 A4:0.5 A4:1 C5:1 | D5:3 D5:1
C5:1.5 A4:0.5 A4:1 F4:1 | G4:1.5 F4:0.5 G4:1 A4:1 | F4:1.5 D4:0.5 D4:1 C4:1 | F4:3
"""
AULD_CHORDS = """
N.C.:1 F:4 C7:4 F:2 F7:2 Bb:4 F:4 C7:4 Dm:2 C7:2 F:4 F:4 C7:4 F:2 F7:2 Bb:4 F:4 C7:4 Dm:2 C7:2 F:3
"""


def _sheet(
    notes: str, chords: str, *, metre: str, fifths: int, qpm: float, title: str, pickup_qn: int = 0
) -> Score:
    score = make_score(notes, metre=metre, fifths=fifths, qpm=qpm, chords=chords)
    melody = replace(score.parts[0], name="Melody", role="melody")
    mode = "minor" if "Am" in chords.split(":")[1] else "major"
    lengths = (BarLength(tick=0, duration_tick=pickup_qn * 480),) if pickup_qn else ()
    return replace(
        score,
        parts=(melody,),
        keys=(replace(score.keys[0], mode=mode),),
        bar_lengths=lengths,
        title=title,
        composer="Traditional",
    )


def build_tunes() -> dict[str, Score]:
    """Return the lead sheets by file name."""
    return {
        "greensleeves": _sheet(
            GREENSLEEVES,
            GREENSLEEVES_CHORDS,
            metre="3/4",
            fifths=0,
            qpm=132,
            title="Greensleeves",
            pickup_qn=1,
        ),
        "jasmine": _sheet(
            JASMINE, JASMINE_CHORDS, metre="4/4", fifths=-1, qpm=84, title="茉莉花 Jasmine"
        ),
        "auld-lang-syne": _sheet(
            AULD_LANG_SYNE,
            AULD_CHORDS,
            metre="4/4",
            fifths=-1,
            qpm=92,
            title="Auld Lang Syne",
            pickup_qn=1,
        ),
    }


if __name__ == "__main__":
    for name, score in build_tunes().items():
        write_midi(score, FOLDER / f"{name}.mid")
