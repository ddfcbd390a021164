"""Sentences load, mean what they say, and answers are judged by what a musician would accept."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from motet.brief import Brief, find_style_name
from motet.errors import FormatError
from motet.suite.text_judge import (
    FIELDS,
    Answer,
    Sentence,
    has_field,
    is_open,
    is_right,
    load_sentences,
    read_answer,
)
from motet.theory import INSTRUMENTS, parse_key


def right(name: str, value: Any, **expect: Any) -> bool:
    return is_right(Sentence("", "en", expect), Answer({name: value}), name)


def test_both_halves_are_there_and_have_nothing_in_common() -> None:
    dev, test = load_sentences("dev"), load_sentences("test")
    assert len(dev) >= 200
    assert len(test) >= 200
    assert not {one.text for one in dev} & {one.text for one in test}
    for half in (dev, test):
        n_english = sum(one.language == "en" for one in half)
        assert 0.45 < n_english / len(half) < 0.55
        assert {one.language for one in half} == {"en", "zh", "mixed"}
        for one in half:
            is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in one.text)
            assert is_chinese == (one.language != "en"), one.text


@pytest.mark.parametrize("half", ["dev", "test"])
def test_what_is_expected_can_be_asked_of_motet(half: str) -> None:
    for one in load_sentences(half):
        asked = one.expect
        for style in asked.get("styles", [asked["style"]] if "style" in asked else []):
            assert find_style_name(style) == style
        for group in (asked.get("instruments", ()), *asked.get("instruments_or", ())):
            assert {word for words in group for word in words.split("|")} <= set(INSTRUMENTS)
        keys = asked.get("key", [])
        for key in [keys] if isinstance(keys, str) else keys:
            parse_key(key)
        metres = asked.get("metre", "")
        for metre in [metres] if isinstance(metres, str) else metres:
            Brief(metre=metre)
        if any(letter.isdigit() for letter in asked.get("form", "")):
            Brief(form=asked["form"], bars=asked.get("bars"))
        for low, high in (asked.get("qpm_range", (1, 2)), asked.get("bars_range", (1, 2))):
            assert low < high, one.text


def test_a_file_with_unknown_entries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[[sentence]]\ntext = "a"\n[sentence.expect]\nbpm = 3\n', encoding="utf-8")
    with pytest.raises(FormatError, match="bpm"):
        load_sentences(path)
    path.write_text('[[sentence]]\ntext = "a"\nexpect = { may = ["valence"] }\n', encoding="utf-8")
    with pytest.raises(FormatError, match="valence"):
        load_sentences(path)
    with pytest.raises(FormatError, match="cannot read"):
        load_sentences(tmp_path / "none.toml")


def test_groups_of_instruments_are_written_out(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[any]\nsax = ["alto_sax", "tenor_sax"]\n[[sentence]]\ntext = "sax"\n'
        'expect = { instruments = ["any sax|oboe"] }\n',
        encoding="utf-8",
    )
    assert load_sentences(path)[0].expect["instruments"] == ["alto_sax|tenor_sax|oboe"]


def test_numbers() -> None:
    assert right("tempo", 120.0, qpm=120)
    assert not right("tempo", 121.0, qpm=120)
    assert right("tempo", 70.0, qpm=[140, 70])
    assert right("tempo", 60.0, qpm_range=[40, 60])
    assert not right("tempo", 61.0, qpm_range=[40, 60])
    assert right("length", 16, bars=16)
    assert not right("length", 15, bars=16)
    assert right("length", 15, bars_range=[14, 17])


def test_keys() -> None:
    assert right("key", (1, "major"), key="Db")
    assert not right("key", (1, "minor"), key="Db")
    assert right("key", (5, "minor"), mode="minor")
    assert not right("key", (5, "major"), mode="minor")
    assert right("key", (7, "major"), key=["G minor", "G"])


def test_instruments_are_all_those_named_and_no_other() -> None:
    asked = {"instruments": ["flute", "steel_guitar|nylon_guitar"], "instruments_or": [["oboe"]]}
    assert right("instruments", frozenset({"flute", "nylon_guitar"}), **asked)
    assert right("instruments", frozenset({"oboe"}), **asked)
    assert not right("instruments", frozenset({"flute"}), **asked)
    assert not right("instruments", frozenset({"flute", "nylon_guitar", "drums"}), **asked)
    # one instrument cannot stand for two that were asked for
    twice = ["strings|cello", "cello|viola"]
    assert not right("instruments", frozenset({"cello"}), instruments=twice)
    assert right("instruments", frozenset({"cello", "strings"}), instruments=twice)


def test_what_is_left_out_goes_by_any_name() -> None:
    assert right(
        "absent", frozenset({"electric guitar"}), absent=["electric_guitar", "clean guitar"]
    )
    assert right("absent", frozenset({"vocals", "drums"}), absent=["choir|singing"])
    assert right(
        "absent",
        frozenset(Brief(avoid=("accidentals", "bass")).avoid),
        absent=["chromatic", "bass"],
    )
    assert not right("absent", frozenset({"drums"}), absent=["drums", "piano"])


def test_moods_by_sign() -> None:
    assert right("mood", (0.6, -0.4), mood=[1, -1])
    assert right("mood", (-0.1, 0.8), mood=[0, 1])
    assert not right("mood", (0.0, 0.8), mood=[1, 0])


def test_curves_between_their_points() -> None:
    rise = [(0.0, -0.4, -0.8), (1.0, 0.8, 0.4)]
    assert right("curve", rise, curve=[[0, -1, -1], [1, 1, 1]])
    assert right("curve", rise, curve=[[0.5, 1, -1]])
    assert not right("curve", rise, curve=[[0, 1, 0]])


def test_forms_with_and_without_bars() -> None:
    found = (("A", 8), ("A", 8), ("B", 8), ("A", 8))
    assert right("form", found, form="A A B A")
    assert right("form", found, form="A8 A8 B8 A8")
    assert not right("form", found, form="A8 A8 B8 A16")
    assert right("form", (("主歌", 16), ("副歌", 8)), form="verse16 chorus8")


def test_chords_in_rounds_as_symbols_or_numerals() -> None:
    assert right("chords", "| C | G | Am | F | C | G |", chords="C G Am F")
    assert right("chords", "| C | % | G | % | Am | F |", chords="C G Am F")
    assert not right("chords", "| C | G | Am | Dm |", chords="C G Am F")
    assert not right("chords", "| C | G |", chords="C G Am F")
    assert not right("chords", "| Dm | G7 |", chords="Dm7 G7")
    assert not right("chords", "?", chords="Dm7 G7")
    found = Answer({"chords": "Fm7 Bb7 Ebmaj7", "key": (3, "major")})
    assert is_right(Sentence("", "en", {"chords": "ii V I"}), found, "chords")


def test_what_lies_in_something_fixed_is_not_open() -> None:
    form = Sentence("", "en", {"form": "A8", "may": ["style"]})
    assert [name for name in FIELDS if not is_open(form, name)] == ["length", "style", "form"]
    assert not has_field(form, "length")


def test_a_reading_becomes_an_answer() -> None:
    said = [
        SimpleNamespace(field="style", how="encoder"),
        SimpleNamespace(field="qpm", how="encoder"),
        SimpleNamespace(field="qpm", how="grammar"),
    ]
    brief = Brief(
        style="bossa", qpm=90, metre="3/4", key="D dorian", form="A8 B8", emotion="calm",
        parts="flute:melody, nylon guitar", chords="Dm7 G7",
    )  # fmt: skip
    told = SimpleNamespace(brief=brief, found=said, clashes=(("a", "甲"),))
    answer = read_answer(told)
    assert answer.values == {
        "style": "bossa", "tempo": 90.0, "metre": "3/4", "key": (2, "dorian"), "length": 16,
        "form": (("A", 8), ("B", 8)), "mood": (0.4, -0.7), "chords": "Dm7 G7", "clash": True,
        "instruments": frozenset({"flute", "nylon_guitar"}),
    }  # fmt: skip
    assert answer.how == {"style": "encoder", "tempo": "grammar"}
    assert read_answer(SimpleNamespace(brief=Brief(), found=(), clashes=())).values == {}
