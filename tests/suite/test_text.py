"""The table of understood sentences counts what is right, what is missed and what is made up."""

from __future__ import annotations

import pytest

from motet.suite import Request
from motet.suite.text import TABLE, find_keywords, judge_answers, measure_text, write_text
from motet.suite.text_judge import Answer, Sentence

ASKED = [
    Sentence("a flute, 16 bars", "en", {"bars": 16, "instruments": ["flute"]}),
    Sentence("十六小节", "zh", {"bars": 16}),
    Sentence("surprise me", "en", {}),
]
ANSWERS = [
    Answer({"length": 16, "instruments": frozenset({"oboe"})}),
    Answer({}),
    Answer({"style": "pop", "mood": (0.4, 0.1)}, {"style": "encoder", "mood": "lexicon"}),
]


def test_right_missed_and_false_claims_are_counted() -> None:
    told = judge_answers(ASKED, ANSWERS)
    assert told["fields"]["length"] == {
        "en": {"asked": 1, "right": 1, "missed": 0},
        "zh": {"asked": 1, "right": 0, "missed": 1},
    }
    assert told["fields"]["instruments"]["en"] == {"asked": 1, "right": 0, "missed": 0}
    assert told["false"]["style"] == {"open": 3, "claimed": 0, "by_encoder": 1}
    assert told["false"]["mood"] == {"open": 3, "claimed": 1, "by_encoder": 0}
    assert told["false"]["length"]["open"] == 1
    assert told["whole"] == {"en": {"asked": 2, "right": 1}, "zh": {"asked": 1, "right": 0}}
    assert told["failures"] == [
        {"index": 0, "failed": ["instruments"], "claimed": []},
        {"index": 1, "failed": ["length"], "claimed": []},
        {"index": 2, "failed": [], "claimed": ["style", "mood"]},
    ]


def test_the_table_says_what_falls_short() -> None:
    told = judge_answers(ASKED, ANSWERS) | {"refused": 0}
    text = write_text({"test": told, "dev": told, "keywords": told})
    assert "| length | 97 % | 100.0 % of 1 | 0.0 % of 1 | – | 50.0 % of 2 |" in text
    assert "Short of the target: length (zh), instruments (en)." in text
    assert "| tempo |" not in text


def test_keywords_find_names_and_numbers_and_no_more() -> None:
    found = find_keywords("D minor, 3/4, 24 bars at 96 bpm, tango, sad, violin; no drums").values
    assert found["key"] == (2, "minor")
    assert (found["metre"], found["length"], found["tempo"]) == ("3/4", 24, 96.0)
    assert (found["style"], found["mood"]) == ("tango", (-0.7, -0.4))
    assert found["instruments"] == {"violin"}
    zh = find_keywords("探戈,降E大调,16小节,次中音萨克斯").values
    assert zh["style"] == "tango"
    assert zh["instruments"] == {"tenor_sax"}  # the longer name, not 中音萨克斯 within it
    assert find_keywords("something slow in three for my gran").values == {}


@pytest.mark.parametrize("half", ["test", "dev"])
def test_the_reader_is_measured_on_both_halves(half: str) -> None:
    facts = measure_text(Request(n=4))
    assert sum(row["asked"] for row in facts[half]["whole"].values()) == 4
    assert "text" not in str(facts[half]["failures"])
    assert TABLE.write(facts).startswith("4 sentences")
