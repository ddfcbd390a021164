"""Answers counted by hand beside the count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from motet.errors import FormatError, ParameterError
from motet.suite.blind import pack_key
from motet.suite.blind_results import judge_answers, read_answers, tell_answers

PAIRS = [
    {"id": "p0", "clips": ["a", "b"], "sources": ["human", "model"]},
    {"id": "p1", "clips": ["c", "d"], "sources": ["model", "human"]},
    {"id": "p2", "clips": ["e", "f"], "sources": ["markov", "model"]},
]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.json"
    hidden = {"format": 1, "kit": "k", "pairs": PAIRS, "credits": ["Somebody"]}
    path.write_text(pack_key(hidden), encoding="utf-8")
    return path


def answers(folder: Path, name: str, rows: list[dict[str, Any]], kit: str = "k") -> Path:
    path = folder / name
    path.write_text(json.dumps({"format": 1, "kit": kit, "answers": rows}), encoding="utf-8")
    return path


def test_wins_follow_the_sources_not_the_sides(tmp_path: Path, key: Path) -> None:
    one = answers(tmp_path, "1.json", [
        {"pair": "p0", "musical": "A", "keep": "B", "person": "A"},
        {"pair": "p1", "musical": "A", "keep": "AB", "person": "0"},
        {"pair": "p2", "musical": "B", "keep": "", "person": "?"},
    ])  # fmt: skip
    two = answers(tmp_path, "2.json", [{"pair": "p1", "musical": "B", "person": "AB"}])
    found = judge_answers([one, two], key)
    wins = {(w["first"], w["second"], w["question"]): w for w in found["wins"]}
    people = wins["human", "model", "musical"]
    assert (people["n_hits"], people["n"], people["ties"]) == (2, 3, 0)
    assert people["p_value"] == 1.0
    kept = wins["human", "model", "keep"]
    assert (kept["n_hits"], kept["n"], kept["ties"]) == (0, 1, 1)
    assert wins["model", "markov", "musical"]["n_hits"] == 1
    assert ("model", "markov", "keep") not in wins
    assert (found["person"]["human"]["n_hits"], found["person"]["human"]["n"]) == (2, 3)
    assert (found["person"]["model"]["n_hits"], found["person"]["model"]["n"]) == (1, 3)
    assert "markov" not in found["person"]
    assert found["n_listeners"] == 2


def test_five_of_five_has_the_interval_of_the_textbook(tmp_path: Path, key: Path) -> None:
    files = [answers(tmp_path, f"{k}.json", [{"pair": "p0", "musical": "A"}]) for k in range(5)]
    (win,) = judge_answers(files, key)["wins"]
    assert (win["n_hits"], win["n"]) == (5, 5)
    assert win["low"] == pytest.approx(0.025 ** (1 / 5), abs=1e-3)
    assert win["p_value"] == pytest.approx(2 / 32)


def test_lines_are_in_both_languages_and_end_with_credits(tmp_path: Path, key: Path) -> None:
    file = answers(tmp_path, "1.json", [{"pair": "p2", "musical": "=", "person": "B"}])
    lines = tell_answers(judge_answers([file], key))
    assert lines[1][0] == "model found more musical than Markov chain: nobody chose, 1 tied"
    assert lines[-1] == ("credit: Somebody", "出处:Somebody")
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in zh) for _, zh in lines)


def test_answers_to_another_test_are_refused(tmp_path: Path, key: Path) -> None:
    file = answers(tmp_path, "1.json", [], kit="other")
    with pytest.raises(ParameterError, match="another test"):
        judge_answers([file], key)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1, "kit": "k", "answers": [3]}',
    '{"format": 9, "kit": "k", "answers": []}'])  # fmt: skip
def test_what_is_no_file_of_answers_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match="not the answers"):
        read_answers(path)
