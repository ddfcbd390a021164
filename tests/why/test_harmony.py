"""The harmony in words, on progressions known by hand."""

from __future__ import annotations

from motet.score import Score, make_score
from motet.why.harmony import Harmony, explain_harmony
from motet.why.piece import open_piece


def told(score: Score) -> Harmony:
    return explain_harmony(open_piece(score), bars=range(score.n_bars))


def test_a_known_cadence_is_named_in_its_bar() -> None:
    score = make_score(
        "E5:4 | F5:4 | D5:2 B4:2 | C5:4",
        "G4+C4:4 | A4+F4:4 | G4+B3+F4:4 | G4+E4:4",
        "C3:4 | F3:4 | G2:4 | C3:4",
    )
    found = told(score)
    assert found.cadences[-1] == (4, "perfect authentic", ("V7", "I"))
    assert [row[2] for row in found.chords] == ["I", "IV", "V7", "I"]
    assert "Bar 4: perfect authentic cadence (V7–I), a full stop" in found.tell()
    assert any("完全终止" in line for line in found.tell("zh"))


def test_two_five_one_is_one_sentence_with_all_its_bars() -> None:
    score = make_score("C5:24", chords="Dm7:4 G7:4 C:4 Dm7:4 G7:4 C:4", fifths=0)
    stories = [one for one in told(score).stories if one.kind == "preparation"]
    assert [(one.text[0], one.bars) for one in stories] == [
        ("ii7 (Dm7) prepares V7 (G7), which leads home to I (C)", (1, 4))
    ]


def test_secondary_borrowed_and_deceptive_are_told() -> None:
    score = make_score("C5:28", chords="C:4 A7:4 Dm:4 Fm:4 G7:4 Am:4 C:4", fifths=0)
    kinds = {one.kind: one for one in told(score).stories}
    assert "treats ii (Dm) as home" in kinds["secondary dominant"].text[0]
    assert kinds["borrowed"].bars == (4,)
    assert "promises home, but goes to vi (Am)" in kinds["deceptive"].text[0]


def test_a_secondary_dominant_that_goes_elsewhere_says_so() -> None:
    score = make_score("C5:12", chords="C:4 A7:4 F:4", fifths=0)
    (one,) = [one for one in told(score).stories if one.kind == "secondary dominant"]
    assert "does not go there" in one.text[0]


def test_a_change_of_key_is_told_with_its_move() -> None:
    bars = "C4+E4+G4:4|F4+A4+C5:4|G4+B4+D5+F5:4|C4+E4+G4:4|" * 3
    moved = "D4+F#4+A4:4|G4+B4+D5:4|A4+C#5+E5+G5:4|D4+F#4+A4:4|" * 3
    found = told(make_score((bars + moved).rstrip("|")))
    assert [row[2] for row in found.keys] == ["C major", "D major"]
    assert "up a whole tone" in found.tell()[0]


def test_no_chord_at_all() -> None:
    assert told(make_score("C5:4", programs=(0,)).with_parts(make_score("C5:4").parts[0])).tell()
