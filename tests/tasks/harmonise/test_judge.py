"""What a model makes of a melody under chords."""

from __future__ import annotations

import math
from pathlib import Path

from motet.engine.bundle import load_bundle
from motet.score import make_score
from motet.tasks.harmonise.judge import judge_chords
from motet.tasks.harmony import HeldChord
from motet.theory import Key, parse_chord
from tiny_bundle import make_tiny_bundle


def test_nats_depend_on_the_chords(tmp_path: Path) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path))
    score = make_score("C5:1 E5:1 G5:2 | C5:4")
    nats = [
        judge_chords(
            score, score.parts[0], [HeldChord(0, 3840, parse_chord(one))], Key("C"), bundle
        )
        for one in ("C", "F#")
    ]
    assert all(math.isfinite(one) and one > 0 for one in nats)
    assert nats[0] != nats[1]
