"""Names of chromatic notes in written parts: what they lead to decides."""

from __future__ import annotations

from itertools import pairwise

from motet import arrange
from motet.theory.pitch import spelling_to_pc


def test_chromatic_neighbours_of_a_line_are_raised_going_up_and_lowered_going_down() -> None:
    seen = 0
    for style in ("gospel", "funk", "pop"):
        piece = arrange(style=style, seed=4, key="E", intensity=5)
        for part in piece.score.parts:
            if part.role != "bass":
                continue
            for note, following in pairwise(part.notes):
                chord = piece.score.chord_at(note.onset_tick)
                assert spelling_to_pc(note.spelling) == note.pitch % 12
                # F natural and C natural have no place in E major but on their way down.
                if note.pitch % 12 == 5 and chord is not None and chord.symbol in ("E", "A", "B"):
                    step = following.pitch - note.pitch
                    if step in (1, -1):
                        seen += 1
                        assert note.spelling == ("E#" if step == 1 else "F")
    assert seen
