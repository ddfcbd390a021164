"""The table of piano rolls: every row, and what is not beaten."""

from __future__ import annotations

from typing import Any

from motet.suite.roll_sets import ROLL_NAMES
from motet.suite.rolls import PUBLISHED, TABLE, write_rolls


def _one(nats: float) -> dict[str, Any]:
    means = {"frames": nats, "pieces": nats + 0.1, "without_first": nats - 0.1}
    return {
        "n": {"train": 9, "valid": 3, "test": 3},
        "frames": {"test": 90},
        "static": {"frames": 11.0},
        "first_order": {"frames": 8.0},
        "model": {
            "test": means,
            "valid": {"frames": nats},
            "weights": 1_300_000,
            "steps": 5,
            "cpu_s": 240,
        },
    }


def test_every_row_is_there_and_what_is_not_beaten_is_said() -> None:
    sets = {name: _one(nats) for name, nats in zip(ROLL_NAMES, (5.5, 1.5, 4.4, 7.05), strict=True)}
    text = write_rolls({"published": PUBLISHED, "sets": sets})
    assert "| trained here, per set | 5.50 | 1.50 | 4.40 | 7.05 |" in text
    assert "| … mean over pieces | 5.60 | 1.60 | 4.50 | 7.15 |" in text
    assert "| TCN, pitches independent (published) | 8.10 | 3.07 | – | – |" in text
    assert text.splitlines()[-1] == (
        "Not beaten: BALSTM on JSB_Chorales; nothing on Nottingham; "
        "TP-LSTM-NADE, BALSTM on MuseData; RNN-NADE, TP-LSTM-NADE, BALSTM on Piano_midi."
    )


def test_it_needs_the_archives_only() -> None:
    assert TABLE.name == "rolls"
    assert TABLE.needs == {"bench"}
