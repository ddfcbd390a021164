"""Long notes broken into figures that begin and stay about the note."""

from __future__ import annotations

import pytest

from motet.score import Note, make_score
from motet.tasks.restyle.figure import fill_long_notes
from motet.tasks.restyle.target import find_target
from motet.theory.chord import parse_chord
from motet.theory.scale import Key


def fill(style: str, strength: float, seed: int = 0) -> tuple[list[Note], list[Note], int]:
    score = make_score("E5:4 | G5:2 E5:2 | D5:4 | C5:4", chords="C:16")
    line = list(score.parts[0].notes)
    found, n_added = fill_long_notes(
        line, score, find_target(style).style, [(0, parse_chord("C"))], key=Key("C"),
        strength=strength, seed=seed,
    )  # fmt: skip
    return line, found, n_added


@pytest.mark.parametrize("seed", range(4))
def test_figures_fill_their_note_with_chord_tones(seed: int) -> None:
    line, found, n_added = fill("ragtime", 1.0, seed)
    assert len(found) == len(line) + n_added
    assert sum(n.duration_tick for n in found) == sum(n.duration_tick for n in line)
    onsets = {n.onset_tick: n.pitch for n in found}
    assert all(onsets[n.onset_tick] == n.pitch for n in line)
    assert all(n.pitch % 12 in (0, 4, 7, 2) for n in found)
    assert found[-1].duration_tick == 1920


def test_calm_styles_and_little_strength_leave_notes_long() -> None:
    assert fill("hymn", 1.0)[2] == 0
    assert fill("ragtime", 0.3)[2] == 0
