"""A melody over chords, and over a score that stays as it is."""

from __future__ import annotations

import pytest

from motet.engine.bundle import Bundle
from motet.errors import ParameterError
from motet.score import make_score
from motet.tasks.melody import write_melody


def test_over_chords_there_is_one_part_with_their_symbols(bundle: Bundle) -> None:
    piece = write_melody("Dm7 G7 | Cmaj7", bundle=bundle, candidates=1, seed=2)
    assert piece.task == "melody"
    assert piece.score.n_bars == 8
    assert [part.role for part in piece.parts] == ["melody"]
    assert [one.symbol for one in piece.score.chords[:3]] == ["Dm7", "G7", "Cmaj7"]
    assert "4 times" in piece.remarks[0][0]
    assert piece.adherence.is_met, piece.adherence.table()


def test_over_a_score_the_given_parts_are_identical(bundle: Bundle) -> None:
    score = make_score(
        "C3+E3+G3:4 | F3+A3+C4:4 | G3+B3+D4:4 | C3+E3+G3:4", "C2:4 F2:4 G2:4 C2:4", fifths=0
    )
    piece = write_melody(score, instrument="flute", bundle=bundle, candidates=1, originality=False)
    assert piece.parts[0].role == "melody"
    assert piece.parts[1:] == score.parts
    assert piece.writers == ("model", "given", "given")
    assert piece.adherence.is_met, piece.adherence.table()
    assert piece.score.n_bars == score.n_bars


def test_bounds_and_rhythm_are_obeyed(bundle: Bundle) -> None:
    score = make_score("C3+E3+G3:4 " * 4, fifths=0)
    piece = write_melody(
        score, instrument="flute", lowest="E4", highest="E5", rhythm="x--x--x-", bundle=bundle,
        candidates=1, originality=False,
    )  # fmt: skip
    notes = piece.parts[0].notes
    assert all(64 <= note.pitch <= 76 for note in notes)
    assert {note.onset_tick % 1920 for note in notes} == {0, 720, 1440}


def test_a_pickup_bar_is_left_alone(bundle: Bundle) -> None:
    from dataclasses import replace

    from motet.score import BarLength

    score = make_score("G3:1 " + "C3+E3+G3:4 " * 4, fifths=0)
    score = replace(score, bar_lengths=(BarLength(tick=0, duration_tick=480),))
    piece = write_melody(score, bundle=bundle, candidates=1, originality=False)
    assert piece.parts[0].notes[0].onset_tick >= 480
    assert piece.parts[1] == score.parts[0]


@pytest.mark.parametrize(
    ("source", "options", "word"),
    [("", {}, "empty"), ("C F", {"wrong": 1}, "wrong"), ("C F", {"density": "soup"}, "density")],
)
def test_mistakes_are_named(source: str, options: dict[str, object], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        write_melody(source, **options)  # type: ignore[arg-type]


def test_an_empty_score_is_refused() -> None:
    from motet.score import Score

    with pytest.raises(ParameterError, match="no note"):
        write_melody(Score())


def test_a_name_that_is_taken_is_numbered(bundle: Bundle) -> None:
    score = make_score("C3+E3+G3:4 " * 2, fifths=0)
    once = write_melody(score, instrument="flute", bundle=bundle, candidates=1, originality=False)
    twice = write_melody(
        once.score, instrument="flute", bundle=bundle, candidates=1, originality=False
    )
    assert [part.name for part in twice.parts] == ["Flute 2", "Flute", "Part 1"]
