"""Turn a chord progression into a piece for a band, in several styles.

Run: python examples/02_progression.py
"""

import motet
from motet.theory import find_instrument

CHORDS = "[A] | Dm7 | G7 | Cmaj7 | A7 | [B] | Fmaj7 | Em7 | Dm7 G7 | C6 |"

for style, intensity in (("bossa", 2), ("funk", 4)):
    piece = motet.arrange(CHORDS, style=style, intensity=intensity, seed=7, title="Two ways home")
    print(piece.summary())
    print("->", motet.save(piece, f"{style}.mid")[0])
    print()

# Roman numerals need a key; parts can be chosen, and play on other instruments.
trio = motet.arrange(
    "| I | vi | ii | V7 |",
    key="F",
    style="pop",
    bars=8,
    parts=["melody=violin", "comping=harp", "bass=cello"],
)
print([find_instrument(part.program).name for part in trio.parts])
motet.save(trio, "trio.musicxml")
