"""Words for bars, lengths, notes and shares."""

from __future__ import annotations

import pytest

from motet.theory.scale import Key
from motet.why.wording import name_length, name_pitch, tell_beat, tell_places, tell_share


@pytest.mark.parametrize(
    ("qn", "en", "zh"),
    [(4, "whole note", "全音符"), (0.25, "sixteenth", "十六分音符"), (1 / 3, "triplet eighth", "三连八分音符"),
     (5, "5 quarters", "5 个四分音符")],
)  # fmt: skip
def test_lengths(qn: float, en: str, zh: str) -> None:
    assert (name_length(qn), name_length(qn, "zh")) == (en, zh)


def test_pitches_go_by_the_key_and_drums_by_name() -> None:
    assert name_pitch(70, Key("F")) == "Bb4"
    assert name_pitch(70, Key("B")) == "A#4"
    assert name_pitch(38, Key("C"), is_drums=True, language="zh") == "军鼓"


def test_places_and_shares() -> None:
    assert tell_places([1, 2, 2, 5]) == "bars 1-2, 5"
    assert tell_beat(0.25) == "beat 1.25"
    assert [tell_share(p) for p in (0.5, 0.05, 0.0001)] == ["50 %", "5.0 %", "<0.1 %"]
