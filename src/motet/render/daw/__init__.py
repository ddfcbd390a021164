"""A piece handed to a digital audio workstation: clean MIDI, stems, notation, chords, and where it is from.

Conventions: everything begins at the first tick of the score, so that files laid at the start of a project
fit together. See docs/guides/daw.md.
"""

from __future__ import annotations

from motet.render.daw.folder import handoff
from motet.render.daw.tidy import Tidied, tidy_score

__all__ = ["Tidied", "handoff", "tidy_score"]
