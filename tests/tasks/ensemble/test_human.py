"""Human playing: small shifts, phrases, and back to the grid."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import make_score
from motet.tasks.ensemble.human import humanise, tidy

SONG = make_score(
    "C5:0.5 D5:0.5 E5:1 G5:0.333333 F5:0.333333 E5:0.333334 D5:1 | C5:3 r:1",
    "C3+G3:2 B2+G3:2 C3+G3:4",
    "drums 36:1 38:0.5 36:0.5 36:1 38:1 36:2 38:2",
)


@given(st.integers(0, 500), st.floats(0.1, 2.0))
@settings(max_examples=25, deadline=None)
def test_the_notation_stays_and_tidy_undoes_it(seed: int, amount: float) -> None:
    piece = humanise(SONG, amount=amount, seed=seed)
    assert piece.adherence.is_met
    back = tidy(piece.score).score
    for old, new in zip(SONG.parts, back.parts, strict=True):
        assert [n.onset_tick for n in old.notes] == [n.onset_tick for n in new.notes]
        assert sorted(n.pitch for n in old.notes) == sorted(n.pitch for n in new.notes)


def test_drums_are_tighter_than_the_melody() -> None:
    text = " ".join(["C5:1"] * 64)
    score = make_score(text, "drums " + " ".join(["36:1"] * 64), qpm=240)
    played = humanise(score, seed=1).score
    away = [
        sum(abs(a.onset_tick - b.onset_tick) for a, b in zip(old.notes, new.notes))
        for old, new in zip(score.parts, played.parts)
    ]
    assert 0 < away[1] < 0.7 * away[0]


def test_the_beat_is_louder_than_between() -> None:
    score = make_score(" ".join(["C4:0.5"] * 64))
    notes = humanise(score, seed=2).score.parts[0].notes
    loud = [n.velocity for n in notes[::8]]
    soft = [n.velocity for n in notes[1::2]]
    assert sum(loud) / len(loud) > sum(soft) / len(soft) + 4


def test_a_phrase_rises_and_falls() -> None:
    score = make_score("C5:1 D5:1 E5:1 F5:1 G5:1 F5:1 E5:1 D5:1 C5:1 r:3")
    velocities = [n.velocity for n in humanise(score, seed=4).score.parts[0].notes]
    assert velocities[4] > velocities[-1]


def test_rubato_slows_the_end_and_only_then() -> None:
    score = make_score("C5:4 D5:4 E5:4 F5:4")
    assert humanise(score).score.tempos == score.tempos
    slow = humanise(score, rubato=1.0).score
    assert slow.time.tick_to_s(slow.end_tick) > 1.02 * score.time.tick_to_s(score.end_tick)
    assert slow.tempos[0].qpm == 120


def test_only_the_part_that_is_named() -> None:
    played = humanise(SONG, parts=[1]).score
    assert played.parts[0] == SONG.parts[0]
    assert played.parts[1] != SONG.parts[1]


def test_a_style_must_exist() -> None:
    with pytest.raises(ParameterError, match="soup"):
        humanise(SONG, style="soup")


@pytest.mark.parametrize(
    "options", [{"amount": 3}, {"amount": -1}, {"rubato": 2}, {"parts": ["soup"]}, {"x": 1}]
)
def test_mistakes(options: dict[str, object]) -> None:
    with pytest.raises(ParameterError):
        humanise(SONG, **options)  # type: ignore[arg-type]


def test_tidy_in_part() -> None:
    played = make_score("C4:1.04 D4:0.96 E4:2")
    half = tidy(played, strength=0.5).score.parts[0].notes[1].onset_tick
    assert 480 < half < played.parts[0].notes[1].onset_tick
    with pytest.raises(ParameterError):
        tidy(played, strength=2)
