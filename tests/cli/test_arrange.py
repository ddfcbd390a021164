"""``motet arrange``: chords in, a piece out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.arrange import register
from motet.io import read, write
from motet.score import make_score

CHORDS = "| Dm7 G7 | Cmaj7 |"


def test_a_progression_becomes_midi(motet: Callable[..., Any], tmp_path: Path) -> None:
    found = motet("arrange", CHORDS, "--style", "bossa", "--seed", "1", "-o", "a.mid")
    assert found.code == 0
    assert "a.mid" in found.out
    score = read(tmp_path / "a.mid").score
    assert len(score.parts) >= 3
    assert any(part.is_drums for part in score.parts)


def test_json_is_one_object(motet: Callable[..., Any]) -> None:
    found = motet("arrange", CHORDS, "--style", "bossa", "-o", "a.json", "--json")
    assert found.facts["ok"] is True
    assert found.facts["files"] == ["a.json"]
    assert found.facts["elapsed_s"] >= 0
    assert found.err == ""


def test_the_same_seed_gives_the_same_file(motet: Callable[..., Any], tmp_path: Path) -> None:
    for name, seed in (("a.mid", "5"), ("b.mid", "5"), ("c.mid", "6")):
        assert motet("arrange", CHORDS, "--seed", seed, "-o", name).code == 0
    a, b, c = ((tmp_path / name).read_bytes() for name in ("a.mid", "b.mid", "c.mid"))
    assert a == b
    assert a != c


def test_chords_come_through_a_pipe(motet: Callable[..., Any]) -> None:
    found = motet("arrange", "-", "--bars", "4", "-o", "a.mid", stdin=CHORDS.encode())
    assert found.code == 0


def test_a_lead_sheet_keeps_its_melody(motet: Callable[..., Any], tmp_path: Path) -> None:
    lead = make_score("E5:1 D5:1 C5:2 | G5:4", chords="C:4 G:4")
    write(lead, tmp_path / "lead.json")
    assert motet("arrange", "lead.json", "-o", "a.json").code == 0
    score = read(tmp_path / "a.json").score
    melodies = [[note.pitch for note in part.notes] for part in score.parts]
    assert any({76, 74, 72, 79} <= set(pitches) for pitches in melodies)


def test_nothing_at_all_is_invented(motet: Callable[..., Any]) -> None:
    assert motet("arrange", "--bars", "4", "-o", "a.mid").code == 0


def test_no_melody(motet: Callable[..., Any], tmp_path: Path) -> None:
    assert motet("arrange", CHORDS, "--no-melody", "-o", "a.json").code == 0
    assert "melody" not in {part.role for part in read(tmp_path / "a.json").score.parts}


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--style", "bosa"], "bossa"),
        (["--key", "H"], "H"),
        (["--metre", "x"], "x"),
        (["--intensity", "9"], "9"),
        (["--qpm", "0.5"], "0.5"),
        (["--form", "??"], "??"),
        (["--part", "kazoo"], "kazoo"),
        (["--bars", "0"], "0"),
        (["-o", "a.mvi"], "a.mvi"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_wrong_wishes_are_told_and_nothing_is_written(
    motet: Callable[..., Any], tmp_path: Path, options: list[str], word: str, language: str
) -> None:
    place = [] if "-o" in options else ["-o", "a.mid"]
    found = motet("arrange", CHORDS, *place, *options, "--lang", language)
    assert found.code == 2, found.err
    assert word in found.err
    assert len(found.err.splitlines()) == 1
    assert any("\u4e00" <= letter <= "\u9fff" for letter in found.err) == (language == "zh")
    assert list(tmp_path.iterdir()) == []


def test_a_chord_that_is_none_is_named(motet: Callable[..., Any]) -> None:
    found = motet("arrange", "| C | Xyz |", "-o", "a.mid")
    assert found.code == 2
    assert "Xyz" in found.err
    assert callable(register)


def test_a_score_for_an_ensemble(motet: Callable[..., Any], tmp_path: Path) -> None:
    write(
        make_score("E5:2 D5:2 | C5:4", "C4+G4:2 B3+G4:2 C4+E4:4", "C3:4 C3:4"),
        tmp_path / "song.mid",
    )
    found = motet("arrange", "song.mid", "--for", "弦乐四重奏", "-o", "four.mid", "--json")
    assert found.code == 0
    assert found.facts["task"] == "arrange"
    assert found.facts["parts"][0]["name"] == "Violin 1"
    assert len(read(tmp_path / "four.mid").score.parts) == 4


def test_for_keeps_the_notes_and_so_refuses_a_style(
    motet: Callable[..., Any], tmp_path: Path
) -> None:
    write(make_score("E5:2 D5:2"), tmp_path / "song.mid")
    for args, word in (
        (["song.mid", "--for", "string-trio", "--style", "waltz"], "--style"),
        (["song.mid", "--for", "soup"], "soup"), (["--for", "string-trio"], "--for"),
    ):  # fmt: skip
        for language in ("en", "zh"):
            found = motet("arrange", *args, "-o", "four.mid", "--lang", language)
            assert found.code == 2
            assert word in found.err
    assert not (tmp_path / "four.mid").exists()
