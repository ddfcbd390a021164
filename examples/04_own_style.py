"""Play in a style of your own: a TOML file that a musician can read.

Run: python examples/04_own_style.py
"""

from pathlib import Path

import motet
from motet.arranger import load_style

FILE = Path(__file__).parent / "styles" / "campfire.toml"

style = load_style(FILE)
print(f"{style.title}: {', '.join(part.name for part in style.parts)}")
print("grooves:", [groove.name for groove in style.grooves])

given = motet.arrange("| G | C | G | D |", style=str(FILE), bars=8, seed=1)
invented = motet.arrange(style=str(FILE), seed=1)
for name, piece in (("given", given), ("invented", invented)):
    print(name, [chord.symbol for chord in piece.score.chords][:6])
    motet.save(piece, f"campfire-{name}.mid")
