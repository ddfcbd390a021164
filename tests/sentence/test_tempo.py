"""Tempi in numbers."""

from __future__ import annotations

import pytest

from motet.sentence import understand
from motet.sentence.tempo import read_bare_tempo, read_tempo
from motet.sentence.text import Sentence


@pytest.mark.parametrize(
    ("text", "qpm"),
    [
        ("120 bpm", 120), ("at 96, sad", 96), ("tempo of 84", 84), ("around 90 bpm", 90), ("bpm=125", 125),
        ("80-100 bpm", 90), ("between 80 and 100 bpm", 90), ("one twenty bpm", 120),
        ("sixty beats per minute", 60), ("♩=72", 72), ("quarter = 66", 66), ("dotted quarter = 60", 90),
        ("half note = 60", 120), ("每分钟90拍", 90), ("每分钟九十拍", 90), ("速度一百二", 120),
        ("速度在80左右", 80), ("90拍", 90), ("140的速度", 140), ("ＢＰＭ：９６", 96), ("120BPM", 120),
    ],
)  # fmt: skip
def test_tempi(text: str, qpm: float) -> None:
    assert [one.value for one in read_tempo(Sentence(text))] == [qpm]


@pytest.mark.parametrize(
    "text", ["16 bars", "at 4 in the morning", "9000 bpm", "三拍子", "bars 1-8"]
)
def test_what_is_no_tempo(text: str) -> None:
    assert read_tempo(Sentence(text)) == []


@pytest.mark.parametrize(
    ("text", "n"), [("rock, 160", 1), ("E小调,140", 1), ("summer of 69 guitars", 0), ("17 x", 0)]
)
def test_a_number_alone(text: str, n: int) -> None:
    assert len(read_bare_tempo(Sentence(text))) == n


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("double time of 70", 140, 140), ("half as fast as 150", 75, 75), ("take 120 and halve it", 60, 60),
        ("crotchets at 76", 76, 76), ("one-oh-five bpm", 105, 105), ("hundred and ten, pop", 110, 110),
        ("between 90 and 100, hip hop", 95, 95), ("tempo: not quite 100", 90, 100),
        ("at a gallop", 116, 180), ("a bit faster than walking", 90, 110), ("一百二左右,流行", 120, 120),
        ("速度是140的一半", 70, 70), ("速度别超过八十", 70, 80), ("比走路快一点的速度", 90, 110),
        ("disco, just under 140", 130, 139), ("快一点,差不多一百四", 140, 140), ("slow 一点,七十左右", 70, 70),
    ],
)  # fmt: skip
def test_tempi_in_words(text: str, low: float, high: float) -> None:
    qpm = understand(text).brief.qpm
    assert qpm is not None
    assert low <= qpm <= high


@pytest.mark.parametrize(
    "text",
    [
        "slowly finds hope",
        "由紧张慢慢走向放松",
        "double 16 bars",
        "between 40 and 48 bars",
        "forty to forty eight bars",
    ],
)
def test_a_change_or_a_length_is_no_tempo(text: str) -> None:
    assert understand(text).brief.qpm is None
