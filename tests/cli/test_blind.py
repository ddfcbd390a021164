"""The listening test from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motet.cli.main import run
from motet.suite.blind import pack_key


@pytest.fixture
def kit(tmp_path: Path) -> tuple[str, str]:
    pairs = [{"id": "p0", "clips": ["a", "b"], "sources": ["human", "model"]}]
    key, answers = tmp_path / "key.json", tmp_path / "a.json"
    key.write_text(pack_key({"format": 1, "kit": "k", "pairs": pairs, "credits": []}))
    rows = [{"pair": "p0", "musical": "B", "keep": "B", "person": "B", "text": "smooth"}]
    answers.write_text(json.dumps({"format": 1, "kit": "k", "answers": rows}))
    return str(answers), str(key)


def test_answers_are_counted(kit: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    answers, key = kit
    assert run(["evaluate", "--blind-results", answers, "--key", key, "--json"], {}) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["question"], one["n_hits"], one["n"]) for one in told["wins"]] == [
        ("musical", 0, 1),
        ("keep", 0, 1),
    ]
    assert run(["evaluate", "--blind-results", answers, "--key", key, "--lang", "zh"], {}) == 0
    assert "模型被当作人写:1 次中 1 次" in capsys.readouterr().out


def test_a_key_is_asked_for(kit: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "--blind-results", kit[0]], {}) == 2
    assert "--key" in capsys.readouterr().err


def test_a_kit_needs_a_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "--blind", str(tmp_path / "kit")], {}) == 4
    assert "--shards" in capsys.readouterr().err
    assert not (tmp_path / "kit").exists()
