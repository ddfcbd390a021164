"""The page of a listening test: whole, bilingual, silent about who wrote what."""

from __future__ import annotations

import re

from motet.suite.blind_page import make_page


def page() -> str:
    pairs = [
        {"id": f"p{k}", "clips": [{"id": f"c{k}{side}", "ogg": "T2dnUw=="} for side in "ab"]}
        for k in range(3)
    ]
    return make_page("kit0", pairs, ["Some <Piece> & more"])


def test_every_pair_has_two_players_three_questions_and_room_for_words() -> None:
    text = page()
    assert text.count("<audio") == 6
    assert text.count("<fieldset>") == 9
    assert text.count("<textarea") == 3
    assert len(set(re.findall(r'name="(p\d\.\w+)"', text))) == 12


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert not re.findall(r'(?:src|href)="(?!data:)', page())
    assert "http" not in page()


def test_it_is_in_both_languages_and_tells_no_source() -> None:
    text = page()
    assert "哪一个是人写的" in text
    assert "Which was written by a person?" in text
    for word in ("human", "arranger", "markov", "model"):
        assert word not in text.lower()
    assert "Some &lt;Piece&gt; &amp; more" in text
