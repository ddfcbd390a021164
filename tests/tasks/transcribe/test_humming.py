"""Humming becomes a melody in bars; what was sung stays in the performed score."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sung_tunes import RATE_HZ, SINGERS, sing

import motet
from motet.audio import Audio
from motet.errors import ParameterError
from motet.tasks.transcribe.humming import hum

TUNE = [
    (60, 1), (60, 1), (67, 1), (67, 1), (69, 1), (69, 1), (67, 2),
    (65, 1), (65, 1), (64, 1), (64, 1), (62, 1), (62, 1), (60, 2),
]  # fmt: skip


def twinkle(singer: str, *, qpm: float = 100.0, lead_s: float = 0.7) -> Audio:
    notes, at = [], lead_s
    for pitch, beats in TUNE:
        notes.append((at, beats * 60 / qpm, pitch))
        at += beats * 60 / qpm
    sound, _ = sing(notes, SINGERS[singer], seed=3)
    return Audio(np.stack([sound, sound], axis=1), RATE_HZ)


@pytest.fixture(scope="module")
def tune() -> Any:
    return hum(twinkle("hum"), title="Star")


def test_notes_bars_key_and_tempo(tune: Any) -> None:
    notes = tune.score.parts[0].notes
    assert [note.pitch for note in notes] == [pitch for pitch, _ in TUNE]
    lengths = [note.duration_tick / tune.score.resolution for note in notes]
    assert lengths == [beats for _, beats in TUNE]
    assert tune.key.name == "C major"
    assert tune.beats.qpm == pytest.approx(100, abs=2)
    assert notes[0].onset_tick == 0
    assert (tune.task, tune.score.title) == ("hum", "Star")


def test_what_was_sung_is_in_the_performed_score(tune: Any) -> None:
    bends = [one for one in tune.performed.parts[0].controls if one.kind == "bend"]
    assert np.median([one.value for one in bends]) == pytest.approx(-0.3 * 8191 / 2, abs=500)
    assert any("flat of A4" in en for en, _ in tune.remarks)
    assert any("偏低" in zh for _, zh in tune.remarks)
    assert not tune.score.parts[0].controls


def test_a_whistle_is_played_by_a_whistle() -> None:
    found = hum(twinkle("whistle"), key="G", qpm=100, metre="4/4", grid="1/4")
    assert found.score.parts[0].program == 78
    assert found.beats.metre == (4, 4)
    assert found.key.name == "G major"
    assert [note.pitch - 19 for note in found.score.parts[0].notes] == [pitch for pitch, _ in TUNE]


def test_a_coarse_grid_holds_the_notes() -> None:
    found = hum(twinkle("words"), qpm=100, grid="1/4", instrument="violin", language="zh")
    assert all(n.onset_tick % found.score.resolution == 0 for n in found.score.parts[0].notes)
    assert (found.score.parts[0].program, found.score.parts[0].name) == (40, "小提琴")
    assert "听写" in found.summary()


def test_silence_says_so() -> None:
    found = motet.hum(Audio(np.zeros((8000, 2), np.float32), 16000))
    assert found.score.n_notes == 0
    assert found.confidence == 0.0
    assert "no voice was heard" in found.remarks[0][0]


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({"grid": "1/7"}, "grid must be one of auto"),
        ({"key": "H"}, "key"),
        ({"qpm": 3}, "qpm must be 20 to 400"),
        ({"metre": "5/9"}, "metre must be one of"),
        ({"instrument": "kazooo!"}, "instrument"),
        ({"kind": "tuba"}, "kind must be one of"),
    ],
)
def test_wrong_wishes(wish: dict[str, Any], text: str) -> None:
    with pytest.raises(ParameterError, match=text) as caught:
        hum(Audio(np.zeros((8000, 2), np.float32), 16000), **wish)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.localised("zh"))
