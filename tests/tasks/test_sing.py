"""Lines sung through."""

from __future__ import annotations

from motet.score import make_score
from motet.tasks.sing import sing_through


def lengths(text: str, *, ends: tuple[int, ...] = (), chords: str = "") -> list[float]:
    score = make_score(text, **({"chords": chords} if chords else {}))
    part = sing_through(score, score.parts[0], ends=ends)
    assert [note.onset_tick for note in part.notes] == [n.onset_tick for n in score.parts[0].notes]
    return [note.duration_tick / 480 for note in part.notes]


def test_short_rests_inside_a_bar_are_filled_and_long_ones_stay() -> None:
    assert lengths("C4:0.5 r:0.5 D4:1 r:1 E4:1") == [1.0, 2.0, 1.0]
    assert lengths("C4:1 r:1.5 D4:1.5") == [1.0, 1.5]


def test_a_phrase_ends_with_its_rest() -> None:
    assert lengths("C4:3.5 r:0.5 | D4:4") == [4.0, 4.0]
    assert lengths("C4:3.5 r:0.5 | D4:4", ends=(0,)) == [3.5, 4.0]
    assert lengths("C4:2.5 r:1.5 | D4:4") == [2.5, 4.0]


def test_a_note_ends_before_another_chord() -> None:
    assert lengths("C4:1.5 r:0.5 D4:2", chords="C:2 G:2") == [2.0, 2.0]
    assert lengths("C4:1.5 r:1 D4:1.5", chords="C:2 G:2") == [1.5, 1.5]


def test_chords_are_left_alone() -> None:
    assert lengths("C4+E4:1 r:1 D4:2") == [1.0, 1.0, 2.0]
