"""An idea tells its chords, and can be played."""

from __future__ import annotations

import pytest

from motet.tasks.harmonise.idea import make_idea, tell_bits
from motet.theory import Key, parse_chord, parse_progression


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8", "7/8"])
def test_its_text_reads_back_and_its_score_has_its_chords(metre: str) -> None:
    chords = [parse_chord(one) for one in ("C", "Am", "Dm7", "G7", "C")]
    idea = make_idea(chords, Key("C"), metre=metre, per_bar=(1, 2, 1, 1))
    read = parse_progression(idea.text(), beats_qn=idea.progression.beats_qn)
    assert read.chords == idea.chords
    score = idea.to_score()
    assert score.n_bars == 4
    assert [one.symbol for one in score.chords] == list(idea.symbols)
    assert score.parts[0].notes


def test_numerals_words_and_bits_go_with_the_chords() -> None:
    idea = make_idea([parse_chord(one) for one in ("C", "A7", "Dm", "Dm", "G7")], Key("C"))
    assert idea.romans == ("I", "V7/ii", "ii", "ii", "V7")
    assert idea.functions[1][0].startswith("secondary dominant")
    assert idea.bits[3] == 0.0
    assert min(idea.bits[:3]) > 0
    assert idea.facts()["chords"][4]["symbol"] == "G7"


def test_words_for_surprise() -> None:
    assert [tell_bits(one)[0] for one in (1, 2, 3, 4, 9)] == [
        "very safe", "safe", "coloured", "surprising", "very surprising",
    ]  # fmt: skip
