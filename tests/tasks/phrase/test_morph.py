"""Ways between two pieces: whole at both ends, even, in key, and of any length."""

from __future__ import annotations

import pytest

from motet.errors import BundleError, ConstraintError, ParameterError
from motet.score import Score, make_score
from motet.tasks.phrase import Morph, morph

RISING = "C4:1 D4:1 E4:1 F4:1 | G4:2 E4:2 | F4:1 E4:1 D4:1 E4:1 | C4:4"
FALLING = "G5:0.5 F5:0.5 E5:1 D5:0.5 E5:0.5 F5:1 | E5:1 C5:1 D5:2"


@pytest.fixture(scope="module")
def way() -> Morph:
    return morph(make_score(RISING, fifths=0), make_score(FALLING, fifths=0), steps=5)


def _notes(score: Score) -> list[tuple[int, int, int]]:
    return [(n.onset_tick, n.duration_tick, n.pitch) for n in score.parts[0].notes]


def test_both_ends_are_the_pieces_themselves(way: Morph) -> None:
    assert _notes(way.scores[0]) == _notes(make_score(RISING))
    assert _notes(way.scores[-1]) == _notes(make_score(FALLING))
    lengths = [one.n_bars for one in way.scores]
    assert lengths == sorted(lengths, reverse=True)
    assert (lengths[0], lengths[-1]) == (4, 2)


def test_the_way_leads_from_one_to_the_other_in_key(way: Morph) -> None:
    figures = way.figures
    assert figures.to_first[0] == figures.to_last[-1] == 0
    assert figures.to_first[1] < figures.to_first[-1]
    assert figures.to_last[-2] < figures.to_last[0]
    assert min(figures.scale_fit) == 1.0
    assert figures.largest_leap < 0.9
    assert "largest leap" in way.summary()
    assert "最大一跳" in way.summary("zh")
    assert way.joined.n_bars == sum(one.n_bars for one in way.scores)


def test_the_same_seed_gives_the_same_way(way: Morph) -> None:
    again = morph(make_score(RISING, fifths=0), make_score(FALLING, fifths=0), steps=5)
    assert [_notes(one) for one in again.scores] == [_notes(one) for one in way.scores]


def test_keys_of_both_ends_sound_at_both_ends() -> None:
    second = make_score("A4:1 C#5:1 E5:1 C#5:1 | D5:2 A4:2", fifths=3)
    found = morph(make_score("C4:1 E4:1 G4:1 E4:1 | F4:2 C4:2", fifths=0), second, steps=3)
    assert found.scores[-1].keys[0].fifths == 3
    assert _notes(found.scores[-1]) == _notes(second)


def test_drums_go_to_drums() -> None:
    rock = make_score("drums " + "36:0.5 42:0.5 38:0.5 42:0.5 " * 4)
    sparse = make_score("drums " + "36:1 38:1 36:1 38:1 " * 2)
    found = morph(rock, sparse, steps=3)
    assert all(one.parts[0].is_drums for one in found.scores)
    assert found.pieces[1].writers == ("model",)


def test_what_it_cannot_hear_is_told() -> None:
    chords = make_score("C4+E4+G4:2 D4+F4+A4:2 | C4+E4+G4:4", fifths=0)
    tune = make_score(RISING, fifths=0)
    found = morph(chords, tune, steps=3)
    assert "notes were not heard" in found.pieces[0].remarks[0][0]
    odd = make_score("C4:1 D4:1 E4:1 F4:1 G4:1", metre="5/4", fifths=0)
    with pytest.raises(ConstraintError, match="4 to 16 sixteenths"):
        morph(odd, tune)
    with pytest.raises(ConstraintError, match="has no such part"):
        morph(tune, tune, content="drums")
    with pytest.raises(BundleError, match="phrase autoencoder"):
        morph(tune, tune, bundle="small")
    with pytest.raises(ParameterError, match="3 to 33"):
        morph(tune, tune, steps=2)
