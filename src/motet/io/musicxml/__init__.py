"""Reading MusicXML, by topic: container, bytes, stream, head, time, notes, directions, parts.

Conventions: a *place* is one integer, the index of a measure shifted left by `PLACE_BITS` plus the
ticks since the measure began; it becomes a tick of the score once every part has been read and the
length of every bar is known (`motet.io.musicxml.assemble`).
"""

__all__: list[str] = []
