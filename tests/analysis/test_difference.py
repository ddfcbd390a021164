"""Differences between scores, each kind made on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.analysis.difference import diff_scores
from motet.score import Score, change_resolution, make_score, rename, scale_velocity

BASE = make_score("C4:1 E4:1 G4:2 | A4:4", "drums 36:4 36:4", fifths=0, chords="C:4 Am:4")


def kinds(a: Score, b: Score, **options: bool) -> list[tuple[str, str, int]]:
    return [(one.kind, one.part, one.bar) for one in diff_scores(a, b, **options).changes]


def test_the_same_is_the_same_at_any_resolution() -> None:
    found = diff_scores(BASE, BASE)
    assert found.is_same
    assert found.n_same == 6
    assert diff_scores(BASE, change_resolution(BASE, resolution=960).score).is_same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C4:1 Eb4:1 G4:2 | A4:4", [("pitch", "Part 1", 1)]),
        ("C4:1 E4:1 G4:1 r:1 | A4:4", [("rhythm", "Part 1", 1)]),
        ("C4:1 E4:1 G4:2 | r:4", [("removed", "Part 1", 2)]),
        ("C4:1 E4:1 G4:2 | A4+C5:4", [("added", "Part 1", 2)]),
        ("C4:1 r:0.5 E4:0.5 G4:2 | A4:4", [("moved", "Part 1", 1)]),
    ],
)
def test_each_kind_of_note_change(text: str, expected: list[tuple[str, str, int]]) -> None:
    changed = make_score(text, "drums 36:4 36:4", fifths=0, chords="C:4 Am:4")
    assert kinds(BASE, changed) == expected


def test_what_concerns_all_parts() -> None:
    other = make_score(
        "C4:1 E4:1 G4:2 | A4:4", "drums 36:4 36:4", metre="2/2", qpm=90, fifths=1, chords="C:4 F:4"
    )
    assert kinds(BASE, other) == [
        ("metre", "", 1), ("key", "", 1), ("tempo", "", 1), ("chord", "", 2),
    ]  # fmt: skip


def test_parts_come_and_go_and_may_be_renamed() -> None:
    alone = BASE.with_parts(BASE.parts[0])
    assert kinds(BASE, alone) == [("part-removed", "Drums", 0)]
    assert kinds(alone, BASE) == [("part-added", "Drums", 0)]
    assert diff_scores(BASE, rename(BASE, part=0, name="Flute")).is_same


def test_velocity_counts_when_asked() -> None:
    soft = scale_velocity(BASE, factor=0.5, parts=[0])
    assert diff_scores(BASE, soft).is_same
    assert diff_scores(BASE, soft, with_velocity=True).counts() == {"velocity": 4}


def test_words_in_both_languages() -> None:
    other = replace(BASE, parts=(make_score("C4:1 E4:1 G4:2 | B4:4").parts[0], BASE.parts[1]))
    change = diff_scores(BASE, other).changes[0]
    assert change.text() == "pitch: A4 (beat 1) → B4 (beat 1)"
    assert change.text(language="zh") == "音高:A4 (第 1 拍) → B4 (第 1 拍)"


SONG = "C4:1 E4:1 G4:2 | A4:2 F4:2 | D4:1 D4:1 B3:2 | C4:4"


def test_an_inserted_bar_is_told_as_inserted() -> None:
    old = make_score(SONG, chords="C:4 F:4 G:4 C:4")
    new = make_score(SONG.replace("| D4", "| G4:1 A4:1 B4:2 | D4"), chords="C:4 F:4 Em:4 G:4 C:4")
    found = diff_scores(old, new)
    assert [(one.kind, one.bar, one.before, one.after) for one in found.changes] == [
        ("length", 0, "4", "5"),
        ("bar-added", 3, "", "3"),
    ]
    assert found.n_same == 9
    assert found.changes[1].text() == "bar added: 3 notes"
    assert found.changes[1].text(language="zh") == "新增小节:3 个音符"
    back = diff_scores(new, old)
    assert [(one.kind, one.bar) for one in back.changes] == [("length", 0), ("bar-removed", 3)]


def test_a_changed_bar_beside_an_inserted_one_meets_its_old_self() -> None:
    new = "C4:1 E4:1 G4:2 | B4:4 | A4:2 F#4:2 | D4:1 D4:1 B3:2 | C4:4"
    assert kinds(make_score(SONG), make_score(new)) == [
        ("length", "", 0), ("bar-added", "", 2), ("pitch", "Part 1", 2),
    ]  # fmt: skip


def test_lengths_are_told_in_chinese() -> None:
    other = make_score("C4:1 E4:1 G4:1 r:1 | A4:4", "drums 36:4 36:4", fifths=0, chords="C:4 Am:4")
    change = diff_scores(BASE, other).changes[0]
    assert (
        change.text(language="zh") == "时值:G4 (第 3 拍) 2 个四分音符 → G4 (第 3 拍) 1 个四分音符"
    )
