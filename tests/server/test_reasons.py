"""An explanation laid out: both languages line by line, bars that a page can find."""

from __future__ import annotations

import json

from motet.score import make_score
from motet.server.reasons import lay_out
from motet.why import explain

SCORE = make_score(
    "E5:4 | D5:4 | C5:4 | E5:4 | D5:4 | C5:4",
    "G3+C4:4 | G3+B3+F4:4 | G3+E4:4 | G3+C4:4 | G3+B3+F4:4 | G3+E4:4",
    "C3:4 | G2:4 | C3:4 | C3:4 | G2:4 | C3:4",
    chords="C:4 G7:4 C:4 C:4 G7:4 C:4",
)


def test_harmony_and_returns_are_found_by_index() -> None:
    laid = lay_out(explain(SCORE, model=False), SCORE)
    json.dumps(laid)
    chords = [(one["index"], one["symbol"], one["roman"]) for one in laid["harmony"]["chords"]]
    assert chords[:3] == [(0, "C", "I"), (1, "G7", "V7"), (2, "C", "I")]
    assert laid["harmony"]["chords"][1]["function"] == {"en": "dominant", "zh": "属功能"}
    assert {"index": 2, "romans": ["V7", "I"]}.items() <= laid["harmony"]["cadences"][0].items()
    again = next(one for one in laid["form"]["returns"] if one["indexes"] == [3, 4, 5])
    assert again["earlier_indexes"] == [0, 1, 2]
    assert again["zh"] != again["en"]


def test_every_line_is_told_in_both_languages_without_words_of_the_command_line() -> None:
    laid = lay_out(explain(SCORE, model=False), SCORE)
    assert laid["paragraphs"]
    for line in laid["paragraphs"]:
        assert line["en"]
        assert line["zh"]
        assert "--" not in line["en"] + line["zh"]


def test_without_a_model_there_is_no_surprise() -> None:
    laid = lay_out(explain(SCORE, model=False), SCORE)
    assert (laid["bars"], laid["otherwise"], laid["nats"]) == ([], None, None)
