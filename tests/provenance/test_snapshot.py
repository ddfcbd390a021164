"""A score in little room: exact, and digests that say which part and bar."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from motet.errors import FormatError
from motet.provenance.snapshot import digest_notes, restore_score, take_snapshot
from motet.score import Score, make_score
from strategies import scores

SCORE = make_score("C4:1 E4:1 G4:2 | C5:4", "C3:4 G2:4", chords="C:8", qpm=93)


@settings(max_examples=25)
@given(scores())
def test_a_snapshot_gives_the_score_back(score: Score) -> None:
    plain = json.loads(json.dumps(take_snapshot(score)))
    again = restore_score(plain)
    parts = tuple(replace(part, raw=()) for part in score.parts)
    assert again == replace(score, parts=parts, raw=(), length_tick=score.end_tick)


def test_a_digest_says_which_part_and_bar() -> None:
    other = replace(SCORE.parts[1].notes[1], pitch=44)
    part = replace(SCORE.parts[1], notes=(SCORE.parts[1].notes[0], other))
    one, two = digest_notes(SCORE), digest_notes(SCORE.with_parts(SCORE.parts[0], part))
    assert [a == b for a, b in zip(one["parts"], two["parts"], strict=True)] == [True, False]
    assert [a == b for a, b in zip(one["bars"], two["bars"], strict=True)] == [True, False]
    assert one["all"] != two["all"]


def test_a_digest_does_not_depend_on_the_resolution() -> None:
    notes = tuple(
        replace(note, onset_tick=note.onset_tick * 2, duration_tick=note.duration_tick * 2)
        for note in make_score("C4:1 E4:3").parts[0].notes
    )
    one = make_score("C4:1 E4:3")
    two = Score(parts=(replace(one.parts[0], notes=notes),), resolution=one.resolution * 2)
    assert digest_notes(one)["all"] == digest_notes(two)["all"]


def _break(change: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(take_snapshot(SCORE)))
    columns = plain["notes"][0]
    if change == "no frame":
        plain.pop("frame")
    elif change == "frame":
        plain["frame"] = {"format": 1, "title": 3}
    elif change == "short":
        columns["pitch"] = columns["pitch"][:-1]
    elif change == "kind":
        columns["pitch"][0] = "60"
    elif change == "truth":
        columns["pitch"][0] = True
    elif change == "range":
        columns["pitch"][0] = 200
    elif change == "far":
        columns["onset_tick"][0] = 1 << 60
    elif change == "unknown":
        columns["colour"] = [1, 1, 1, 1]
    elif change == "parts":
        plain["notes"] = plain["notes"][:1]
    else:
        plain["notes"] = 3
    return plain


@pytest.mark.parametrize(
    "change",
    ["no frame", "frame", "short", "kind", "truth", "range", "far", "unknown", "parts", "number"],
)
def test_a_damaged_snapshot_is_told(change: str) -> None:
    with pytest.raises(FormatError, match="holds no score") as caught:
        restore_score(_break(change), path="x.mid")
    assert "来历" in caught.value.zh
