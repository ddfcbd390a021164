"""The table that the user sees."""

from __future__ import annotations

import json

from motet.sentence import understand


def test_the_table_has_field_value_and_words_in_both_languages() -> None:
    understood = understand("a slow waltz in A minor, no drums, with kazoo, 180 bpm")
    for language, words in (("en", ("tempo", "A minor", "Not understood: kazoo", "Contradictions")),
                            ("zh", ("速度", "A小调", "没有读懂:kazoo", "矛盾之处"))):  # fmt: skip
        told = understood.tell(language)  # type: ignore[arg-type]
        assert all(word in told for word in words), told
        assert "“180 bpm”" in told


def test_places_are_those_of_the_users_words() -> None:
    text = "ＢＰＭ：９６,升F小调,鋼琴"
    for one in understand(text).found:
        assert one.words == text[one.start : one.end].strip()


def test_it_is_told_in_the_language_of_the_sentence() -> None:
    assert understand("悲伤的 waltz").language == "zh"
    assert understand("a sad waltz").language == "en"
    assert understand("a sad waltz", language="zh").tell().startswith("理解为")


def test_everything_goes_into_json() -> None:
    facts = json.loads(json.dumps(understand("calm, then tense, 16 bars, flute").to_dict()))
    assert facts["brief"]["bars"] == 16
    assert {"field", "value", "words", "start", "end", "how", "confidence"} == set(
        facts["found"][0]
    )


def test_nothing_definite_is_said_so() -> None:
    assert "Nothing definite" in understand("hm").tell()
