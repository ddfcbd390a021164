"""Two versions bar by bar."""

from __future__ import annotations

import json

import pytest

from motet.project.compare import KINDS, compare_scores
from motet.score import Score, change_instrument, make_score, scale_tempo, scale_velocity

ONE = make_score("C4:2 D4:2 | E4:1 F4:3 | G4:4", "C3:12", chords="C:8 G:4")


def kinds(after: Score) -> list[str]:
    return [one.kind for one in compare_scores(ONE, after).lines if one.part == "Part 1"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("C4:2 D4:2 | E4:1 F4:3 | G4:4", ["same", "same", "same"]),
        ("A4:2 B4:2 | E4:3 F4:1 | G4:4", ["rhythm", "pitch", "same"]),
        ("C4:4 | A4:4 | G4:2 F4:2", ["changed", "changed", "changed"]),
        ("C4:2 D4:1.9375 r:0.0625 | E4:1 F4:3 | G4:4", ["touched", "same", "same"]),
    ],
)
def test_kinds(text: str, wanted: list[str]) -> None:
    assert kinds(make_score(text, "C3:12", chords="C:8 G:4")) == wanted


def test_louder_is_touched() -> None:
    assert set(kinds(scale_velocity(ONE, factor=0.5))) == {"touched"}


def test_bars_put_in_are_new_and_the_rest_is_the_same() -> None:
    found = compare_scores(
        ONE, make_score("C4:2 D4:2 | B4:1 A4:1 B4:2 | E4:1 F4:3 | G4:4", "C3:16")
    )
    tune = [(one.before, one.after, one.kind) for one in found.lines if one.part == "Part 1"]
    assert tune == [(1, 1, "same"), (0, 2, "new"), (2, 3, "same"), (3, 4, "same")]


def test_parts_that_come_and_go() -> None:
    found = compare_scores(ONE, make_score("C4:2 D4:2 | E4:1 F4:3 | G4:4", chords="C:8 G:4"))
    assert [one.kind for one in found.lines if one.part == "Part 2"] == ["gone"]
    back = compare_scores(make_score("C4:12"), make_score("C4:12", "E4:12"))
    assert [one.kind for one in back.lines if one.part == "Part 2"] == ["new"]


def test_the_frame_and_the_chords() -> None:
    other = change_instrument(scale_tempo(ONE, factor=2), part=0, program=73)
    found = compare_scores(ONE, other)
    assert {en.split(":")[0] for en, _ in found.frame} == {"Tempo", "Part 1, program"}
    chords = compare_scores(
        ONE, make_score("C4:2 D4:2 | E4:1 F4:3 | G4:4", "C3:12", chords="C:4 F:8")
    )
    assert chords.chords == ((2, "C", "F"), (3, "G", "F"))


def test_words_and_json() -> None:
    found = compare_scores(
        ONE, make_score("A4:2 B4:2 | E4:1 F4:3 | G4:4", "C3:12", chords="C:8 G:4")
    )
    assert found.tell() == [
        "Part 1, bars 2-3: same", "Part 1, bars 1: new pitches on the same rhythm", "Part 2: same"
    ]  # fmt: skip
    assert "节奏相同" in "".join(found.tell("zh"))
    assert json.loads(json.dumps(found.facts()))["counts"] == {"same": 3, "rhythm": 1}
    assert compare_scores(ONE, ONE).tell("zh") == ["没有不同。"]
    assert all(len(words) == 3 for words in KINDS.values())
