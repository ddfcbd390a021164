"""Figures between chords: by step, off the beat, prepared and resolved, and never a fault."""

from __future__ import annotations

import numpy as np
import pytest

from motet.score import Note, Part, Score, make_score
from motet.tasks.harmonise import harmonise
from motet.tasks.harmonise.choir import lay_strikes, write_choir
from motet.tasks.harmonise.faults import count_faults, verticalities
from motet.tasks.harmonise.florid import decorate_choir
from motet.tasks.harmony import chord_tones, read_harmony
from motet.theory import Key

Voices = tuple[tuple[Note, ...], tuple[Note, ...], tuple[Note, ...]]
HYMN = "E5:1 D5:1 C5:2 | F5:1 E5:1 D5:2 | E5:1 G5:1 F5:1 D5:1 | C5:4"
CHORDS = "C:1 G/B:1 Am:2 F:1 C/E:1 G:2 C:1 Em:1 Dm:1 G7:1 C:4"


def sing(adventure: int, text: str = HYMN, chords: str = CHORDS) -> tuple[Voices, Voices, Score]:
    score = make_score(text, chords=chords)
    strikes = lay_strikes(score, score.parts[0], read_harmony(score))
    plain = write_choir(strikes, Key("C"))
    florid = decorate_choir(
        strikes, plain, score.parts[0], Key("C"), resolution=480, adventure=adventure
    )
    return plain, florid, score


def test_the_safe_degree_strikes_together() -> None:
    plain, florid, _ = sing(1)
    assert florid == plain
    assert decorate_choir((), ((), (), ()), Part(), Key("C"), resolution=480, adventure=3) == (
        (), (), (),
    )  # fmt: skip


@pytest.mark.parametrize("adventure", [2, 3])
def test_figures_come_and_go_by_step(adventure: int) -> None:
    plain, florid, score = sing(adventure)
    ticks = {one.start_tick: chord_tones(one.chord) for one in read_harmony(score)}
    assert sum(map(len, florid)) > sum(map(len, plain))
    for before, after in zip(plain, florid, strict=True):
        struck = {note.onset_tick for note in before}
        assert sum(n.duration_tick for n in before) == sum(n.duration_tick for n in after)
        for k, note in enumerate(after):
            if note.onset_tick in struck:
                continue
            assert 0 < abs(note.pitch - after[k - 1].pitch) <= 2
            if k + 1 < len(after) and note.pitch % 12 not in set().union(*ticks.values()):
                assert abs(note.pitch - after[k + 1].pitch) <= 2


def test_a_suspension_is_prepared_foreign_and_falls() -> None:
    _, florid, score = sing(3, "E5:2 D5:2 | C5:4", "C:2 G:2 C:4")
    plain, _, _ = sing(1, "E5:2 D5:2 | C5:4", "C:2 G:2 C:4")
    held = [
        (note, after[k + 1], one)
        for after in florid
        for k, note in enumerate(after[:-1])
        for one in read_harmony(score)
        if note.onset_tick < one.start_tick < note.end_tick
    ]
    assert held, florid
    for note, goal, chord in held:
        assert note.pitch % 12 not in chord_tones(chord.chord)
        assert note.pitch - goal.pitch in (1, 2)
        assert goal.pitch % 12 in chord_tones(chord.chord)
    assert sum(map(len, florid)) >= sum(map(len, plain))


def random_tune(seed: int) -> Score:
    """Eight bars that move mostly by step in C major, ending on C."""
    rng = np.random.default_rng(seed)
    scale = [60, 62, 64, 65, 67, 69, 71, 72, 74, 76]
    at, words = 7, []
    for bar in range(8):
        lengths = ([2, 1, 1], [1, 1, 2], [1, 1, 1, 1], [1, 0.5, 0.5, 2])[int(rng.integers(4))]
        if bar == 7:
            words.append("C5:4")
            break
        for length in lengths:
            at = int(np.clip(at + rng.choice([-2, -1, -1, 1, 1, 2]), 3, 9))
            pitch = scale[at]
            words.append(
                f"{'CDEFGAB'[[0, 2, 4, 5, 7, 9, 11].index(pitch % 12)]}{pitch // 12 - 1}:{length}"
            )
    return make_score(" ".join(words), fifths=0)


@pytest.mark.parametrize("seed", range(6))
def test_no_parallels_and_nothing_given_moves(seed: int) -> None:
    tune = random_tune(seed)
    for adventure in (2, 3):
        piece = harmonise(tune, adventure=adventure, texture="satb", key="C", candidates=1)
        assert piece.faults is not None
        assert (piece.faults.parallels, piece.faults.crossings) == (0, 0)
        assert piece.score.parts[0] == tune.parts[0]
        voices = piece.score.parts[1:]
        rows = [row for _, row in verticalities([*reversed(voices), tune.parts[0]])]
        found = count_faults(rows, Key("C"), ranges=((36, 62), (45, 69), (50, 76)), given_top=True)
        assert found.total == piece.faults.total
        assert piece.faults.n_chords <= len(piece.score.chords)
        moving = sum(
            len({frozenset(n.onset_tick for n in v.notes if b.start_tick <= n.onset_tick < b.end_tick)
                 for v in voices}) > 1
            for b in tune.bars
        )  # fmt: skip
        assert moving >= 4
