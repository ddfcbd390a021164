"""A counter-melody moves where the melody does not."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from motet.score import make_score
from motet.tasks.harmonise.answer import lay_rhythm, line_cost, write_answer
from motet.tasks.harmony import HeldHarmony, chord_tones
from motet.theory import Key

_TUNE = "E5:4 | D5:1 C5:1 D5:1 E5:1 | F5:4 | E5:1 D5:1 C5:2 | D5:4 | C5:4"
_CHORDS = "C:4 G:4 F:4 C:4 G7:4 C:4"


def test_it_moves_where_the_melody_holds() -> None:
    score = make_score(_TUNE)
    beats = lay_rhythm(score, score.parts[0])
    per_bar = np.bincount([score.bar_at(start) for start, _ in beats], minlength=6)
    assert min(per_bar[[0, 2, 4]]) > max(per_bar[[1, 5]])
    assert beats[0][0] == 0
    assert beats[-1][1] == score.bars[-1].end_tick
    assert all(a[1] == b[0] for a, b in itertools.pairwise(beats))


def test_less_intensity_moves_less() -> None:
    score = make_score(_TUNE)
    counts = [len(lay_rhythm(score, score.parts[0], intensity=k)) for k in (1, 4)]
    assert counts[0] < counts[1]


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8"])
def test_strong_notes_belong_to_chords_and_leaps_are_rare(metre: str) -> None:
    bar = {"4/4": 4, "3/4": 3, "6/8": 3}[metre]
    text = " | ".join(f"{one}5:{bar}" for one in "EDFEDC")
    chords = " ".join(f"{one}:{bar}" for one in ("C", "G", "F", "C", "G7", "C"))
    score = make_score(text, metre=metre, chords=chords)
    line = write_answer(score, score.parts[0], Key("C"), low=48, high=76)
    held = HeldHarmony(score)
    starts = {one.start_tick for one in score.bars}
    for note in line:
        if note.onset_tick in starts:
            assert note.pitch % 12 in chord_tones(held.at(note.onset_tick))
        assert 48 <= note.pitch <= 76
    sizes = np.abs(np.diff([note.pitch for note in line]))
    assert np.mean(sizes <= 4) > 0.7
    assert max(sizes) <= 12


def test_a_random_line_costs_more() -> None:
    score = make_score(_TUNE, chords=_CHORDS)
    line = write_answer(score, score.parts[0], Key("C"), low=48, high=76)
    rng = np.random.default_rng(0)
    from dataclasses import replace

    shuffled = [replace(one, pitch=int(rng.integers(55, 72))) for one in line]
    assert line_cost(score, score.parts[0], line, Key("C")) < line_cost(
        score, score.parts[0], shuffled, Key("C")
    )
    assert line_cost(score, score.parts[0], [], Key("C")) == 0.0


def test_without_chords_there_is_no_line() -> None:
    score = make_score("C5:4")
    assert write_answer(score, score.parts[0], Key("C"), low=48, high=72) == ()
