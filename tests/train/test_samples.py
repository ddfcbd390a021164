"""Samples of a model that learns: notes, picture and sound, and never the end of a training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from motet.io import read
from motet.models.learner import Learner
from motet.score import Score, make_score
from motet.train.samples import Sampler, draw_phrase, show_phrases

TOKENS = np.array([[14, 1, 1, 1, 18, 1, 1, 1] + [0] * 8], np.uint8).reshape(1, 1, 16, 1)


class _Singer(Learner):
    """Writes the same two notes."""

    def sample_arrays(self, n: int, *, seed: int) -> Any:  # noqa: ARG002
        torch.rand(1)
        return {"tokens": TOKENS.repeat(n, 0), "n_steps": np.full(n, 8, np.uint8)}


class _Failing(Learner):
    def sample_arrays(self, n: int, *, seed: int) -> Any:  # noqa: ARG002
        raise RuntimeError("no voice")


def test_samples_are_written_with_sound(tmp_path: Path) -> None:
    heard: list[tuple[int, str]] = []

    def sound(score: Score, place: Path) -> None:
        heard.append((score.n_notes, place.name))

    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    Sampler(tmp_path, takes="steps", sound=sound)(40, _Singer())
    assert torch.rand(1) == expected  # the training's own randomness is untouched
    assert heard == [(2, "0000040-1"), (2, "0000040-2")]
    notes = read(tmp_path / "samples" / "0000040-1.mid").score.parts[0].notes
    assert [note.pitch for note in notes] == [60, 64]
    assert sorted(path.suffix for path in (tmp_path / "samples").iterdir()) == [
        ".mid",
        ".mid",
        ".svg",
        ".svg",
    ]


def test_a_model_that_fails_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sampler = Sampler(tmp_path, takes="steps")
    sampler(1, _Failing())
    sampler(2, _Failing())
    sampler(3, nn.Linear(1, 1))
    assert capsys.readouterr().err == "samples: RuntimeError: no voice\n"
    assert not (tmp_path / "samples").exists()


def test_nothing_to_show_is_nothing() -> None:
    assert show_phrases("steps", {}) == []


def test_a_picture_has_time_to_the_right_and_pitch_upwards() -> None:
    picture = draw_phrase(make_score("C4:1 G4:3"))
    first, second = (one.split('"') for one in picture.split("<rect")[1:])
    assert float(first[1]) == 0
    assert float(second[1]) == 120.0
    assert float(second[3]) < float(first[3])
    assert float(second[5]) == pytest.approx(3 * 120 - 0.8)
