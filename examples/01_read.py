"""Read a MIDI file, tell what is in it, and engrave it.

Run: python examples/01_read.py
"""

from pathlib import Path

import motet
from motet.analysis import estimate_key

TUNES = Path(__file__).parent / "tunes"

loaded = motet.read(TUNES / "greensleeves.mid")
score = loaded.score
print(score.title, "-", score.n_bars, "bars,", score.n_notes, "notes,", len(score.chords), "chords")
print("repairs:", len(loaded.repairs))

key = estimate_key(score)
print("sounds like", key.key.name() if key else "no key")

melody = score.parts[0]
print("first notes:", [note.spelling or note.pitch for note in melody.notes[:6]])
print("written to:", motet.save(score, "greensleeves.pdf")[0])
