"""Keys and where they change."""

from itertools import pairwise

from hypothesis import given, settings

from motet.analysis import estimate_key_spans
from motet.score import Score, concatenate, make_score, transpose
from strategies import scores

HOME = make_score(
    "E4+G4+C5:2 F4+A4+C5:2 | F4+G4+B4:2 E4+G4+C5:2 | " * 3,
    "C3:2 F3:2 | G2:2 C3:2 | " * 3,
)


def names(score):
    return [span.key.name() for span in estimate_key_spans(score)]


def test_one_key():
    assert names(HOME) == ["C major"]
    assert estimate_key_spans(HOME)[0].margin > 0.9


def test_a_modulation_is_found_near_its_bar():
    middle = HOME.end_tick
    spans = estimate_key_spans(concatenate(HOME, transpose(HOME, shift_semi=3)))
    assert [span.key.name() for span in spans] == ["C major", "Eb major"]
    assert abs(spans[0].end_tick - middle) <= 1920
    assert spans[0].end_tick == spans[1].start_tick


def test_a_secondary_dominant_is_colour():
    assert names(make_score(
        "E4+G4+C5:4 | F#4+A4+C5+D5:2 G4+B4+D5:2 | F4+G4+B4:4 | E4+G4+C5:4 | F4+A4+C5:4 | "
        "F4+G4+B4:4 | E4+G4+C5:4",
        "C3:4 | D3:2 G3:2 | G2:4 | C3:4 | F3:4 | G3:4 | C3:4",
    )) == ["C major"]  # fmt: skip


def test_minor_keys_and_their_spelling():
    minor = make_score("Eb4+G4+C5:2 F4+Ab4+C5:2 | F4+G4+B4:2 Eb4+G4+C5:2", "C3:2 F3:2 | G2:2 C3:2")
    assert names(minor) == ["C minor"]
    sharp = make_score("A#4+C#5+F#4:2 B4+D#5+F#4:2 | B4+C#5+E#5:2 A#4+C#5+F#4:2")
    assert names(sharp) == ["F# major"]


def test_nothing_has_no_key():
    assert estimate_key_spans(Score()) == ()
    assert estimate_key_spans(make_score("drums 36:4")) == ()


@settings(max_examples=20)
@given(scores())
def test_spans_cover_the_score(score):
    spans = estimate_key_spans(score)
    if spans:
        assert spans[0].start_tick == 0
        assert spans[-1].end_tick == score.end_tick
        assert all(0.0 <= span.margin <= 1.0 for span in spans)
        for before, after in pairwise(spans):
            assert before.end_tick == after.start_tick
            assert before.key != after.key
