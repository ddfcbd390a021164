"""Give a tune and its chords to a band: a traditional song as a waltz, and as lo-fi.

Run: python examples/03_lead_sheet.py
"""

from pathlib import Path

import motet

TUNES = Path(__file__).parent / "tunes"

tune = motet.read(TUNES / "jasmine.mid").score
for style in ("lofi", "bossa"):
    piece = motet.arrange(tune, style=style, seed=2)
    kept = [note.pitch for note in piece.parts[0].notes][:8]
    print(style, [part.name for part in piece.parts])
    print("  the melody is kept:", kept == [note.pitch for note in tune.parts[0].notes][:8])
    motet.save(piece, f"jasmine-{style}.mid")

# What a singer needs: melody and chords on one staff.
motet.save(tune, "jasmine-lead.pdf", layout="lead")
