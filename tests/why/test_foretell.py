"""What the model makes of notes: a planted odd note must stand out, shares must be shares."""

from __future__ import annotations

import numpy as np
import pytest

from motet.engine import load_bundle
from motet.score import Score, make_score
from motet.theory.scale import Key
from motet.why.foretell import NoteChance, foretell_notes

BARS = ["C5:1 D5:1 E5:2", "G5:1 F5:1 D5:2", "C5:1 D5:1 E5:2", "G5:1 F5:1 D5:2"] * 2


def tune(bars: list[str]) -> Score:
    return make_score("|".join(bars), chords="C:4 G:4 " * 4, fifths=0)


def foretold(score: Score, **options: object) -> tuple[NoteChance, ...]:
    return foretell_notes(score, key=Key("C"), bundle=load_bundle("small"), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("bar", "odd"), [(5, "G5:1 F#6:1 D5:2"), (2, "C5:1 C#3:1 E5:2")])
def test_a_planted_odd_note_is_the_most_surprising(bar: int, odd: str) -> None:
    bars = list(BARS)
    bars[bar] = odd
    found = foretold(tune(bars))
    worst = max(found, key=lambda one: one.nats)
    assert (worst.bar, worst.place_qn) == (bar, 1.0)
    assert worst.p_pitch < 0.01
    assert worst.expected[0][0] != worst.pitch
    assert worst.nats_pitch > worst.nats_time


def test_every_note_is_judged_once_and_named_as_it_sounds() -> None:
    score = tune(BARS)
    found = foretold(score)
    assert [one.pitch for one in found] == [note.pitch for note in score.parts[0].notes]
    for one in found:
        assert one.nats >= one.nats_pitch - 1e-6 >= -1e-6
        shares = [p for _, p in one.expected]
        assert shares == sorted(shares, reverse=True)
        assert 0 < sum(shares) <= 1 + 1e-6


def test_what_came_before_makes_a_return_likelier() -> None:
    found = foretold(tune(BARS))
    first = np.mean([one.nats for one in found if one.bar < 2])
    again = np.mean([one.nats for one in found if one.bar >= 6])
    assert again < first / 2


def test_moving_key_and_music_together_changes_nothing() -> None:
    score = make_score("C5:1 D5:1 E5:2 | G5:1 F5:1 D5:2", fifths=0)
    moved = make_score("D5:1 E5:1 F#5:2 | A5:1 G5:1 E5:2", fifths=2)
    one = foretell_notes(score, key=Key("C"), bundle=load_bundle("small"))
    two = foretell_notes(moved, key=Key("D"), bundle=load_bundle("small"))
    assert [x.nats for x in one] == pytest.approx([x.nats for x in two], abs=0.01)
    assert [x.expected[0][0] + 2 for x in one] == [x.expected[0][0] for x in two]


def test_only_the_bars_asked_for() -> None:
    whole = foretold(tune(BARS))
    part = foretold(tune(BARS), bars=[3])
    assert part == tuple(one for one in whole if one.bar == 3)


def test_a_long_piece_is_read_to_its_end() -> None:
    score = make_score("|".join(["C5:1 D5:1 E5:1 F5:1"] * 70), fifths=0)
    found = foretold(score)
    assert sorted({one.bar for one in found}) == list(range(70))
    assert len(found) == 280
