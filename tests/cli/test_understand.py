"""``motet understand`` and the sentence of ``motet compose``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.brief import Brief, read_brief
from motet.cli.output import Output
from motet.cli.understand import brief_as_toml, open_wish, read_sentence, write_brief
from motet.errors import FormatError
from motet.sentence import understand
from tiny_bundle import make_tiny_bundle


def test_a_sentence_is_shown_with_its_words(motet: Callable[..., Any]) -> None:
    found = motet("understand", "a sad waltz for piano in A minor, 16 bars, with kazoo")
    assert found.code == 0
    assert "A minor" in found.out
    assert "“16 bars”" in found.out
    assert "kazoo" in found.out


def test_chinese_is_answered_in_chinese_unless_another_language_is_named(
    motet: Callable[..., Any],
) -> None:
    assert "理解为" in motet("understand", "悲伤的圆舞曲").out
    assert "Understood" in motet("understand", "悲伤的圆舞曲", "--lang", "en").out


def test_json(motet: Callable[..., Any]) -> None:
    facts = motet("understand", "bossa, 120 bpm", "--json").facts
    assert facts["brief"]["style"] == "bossa"
    assert facts["found"][0]["words"] == "bossa"


def test_the_brief_is_written_and_read_back(motet: Callable[..., Any], tmp_path: Path) -> None:
    text = "intro4 A8 A8, from sad to happy, flute melody above C5 and piano, no drums, called 'A \"B\"'"
    assert motet("understand", text, "--toml", "wish.toml").code == 0
    assert read_brief(tmp_path / "wish.toml") == understand(text).full


@pytest.mark.parametrize(("language", "word"), [("en", "empty"), ("zh", "空")])
def test_an_empty_sentence_is_an_error(motet: Callable[..., Any], language: str, word: str) -> None:
    found = motet("understand", " ", "--lang", language)
    assert found.code == 2
    assert word in found.err


def test_compose_shows_what_it_understood_and_options_win(
    motet: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "bundle").mkdir()
    bundle = str(make_tiny_bundle(tmp_path / "bundle"))
    found = motet("compose", "a waltz in G for flute, AABA", "--bars", "2", "--key", "D", "--candidates", "1",
                  "--bundle", bundle, "-o", "a.json")  # fmt: skip
    assert found.code == 0, found.err
    assert "“waltz”" in found.err
    again = motet("compose", "a waltz in G for flute, AABA", "--bars", "2", "--key", "D", "--candidates", "1",
                  "--bundle", bundle, "-o", "a.json", "--json")  # fmt: skip
    assert (again.facts["n_bars"], again.facts["metre"], again.facts["brief"]["key"]) == (
        2,
        "3/4",
        "D",
    )


def test_a_sentence_and_a_file_are_one_too_many(motet: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('key = "D"\n', encoding="utf-8")
    found = motet("compose", "a waltz", "--brief", "a.toml")
    assert found.code == 2
    assert "--brief" in found.err


def test_a_file_is_no_sentence(motet: Callable[..., Any]) -> None:
    found = motet("compose", "wish.toml", "--lang", "zh")
    assert found.code == 2
    assert "--brief" in found.err


def test_what_compose_starts_from(tmp_path: Path) -> None:
    out = Output(language="en", as_json=True)
    assert open_wish(out, None, None, {}) == Brief()
    assert open_wish(out, "from sad to happy", None, {"emotion": "calm"}).emotion_curve == ()
    assert read_sentence("圆舞曲", Output(language="en", as_json=True)).language == "zh"
    with pytest.raises(FormatError):
        write_brief(tmp_path / "none" / "a.toml", Brief())
    assert brief_as_toml(Brief(key="D")).startswith("format = 2")
