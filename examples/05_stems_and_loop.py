"""Sound for a game: a loop without a seam, each part as a file, and an excerpt in a big hall.

Run: python examples/05_stems_and_loop.py
"""

import motet
from motet.audio import read_audio

piece = motet.arrange("| Am | F | C | G |", style="chiptune", bars=4, seed=5)

files = motet.save(piece, "level.wav", loop=True, stems=True, reverb="studio")
print([file.name for file in files])

audio = read_audio("level.wav")
bars_s = piece.score.time.tick_to_s(piece.score.end_tick)
print(f"the loop lasts {audio.duration_s:.3f} s, its bars {bars_s:.3f} s")

# Seconds 0 to 3, in a hall, quieter.
motet.save(piece, "hall.flac", reverb="hall", end_s=3.0, loudness_lufs=-23)
