"""Notes as the page writes them, with what the page does not know kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.errors import ParameterError
from motet.score import Lyric, Score, make_score
from motet.server.ops_notes import (
    clear_cells,
    copy_cells,
    quantise_cells,
    set_notes,
    transpose_cells,
)
from motet.server.schemas.op import ClearCells, CopyCells, Quantise, SetNotes, Transpose


def _sung() -> Score:
    score = make_score("C4:1 D4:1 E4:2 | F4:4")
    part = score.parts[0]
    notes = tuple(replace(one, articulations=("accent",), spelling="") for one in part.notes)
    lyrics = (Lyric(tick=0, text="la"), Lyric(tick=480, text="li"), Lyric(tick=1920, text="lo"))
    return replace(score, parts=(replace(part, notes=notes, lyrics=lyrics),))


def test_what_the_page_does_not_know_stays_with_its_note() -> None:
    rows = [(0, 960, 60, 33), (480, 480, 65, 80), (960, 960, 64, 80)]
    made = set_notes(
        _sung(), SetNotes(op="set_notes", part=0, start_bar=0, end_bar=1, notes=rows)
    ).parts[0]
    assert [(n.pitch, n.duration_tick, n.velocity) for n in made.notes][:2] == [
        (60, 960, 33),
        (65, 480, 80),
    ]
    assert [bool(n.articulations) for n in made.notes] == [True, False, True, True]
    assert [(one.tick, one.text) for one in made.lyrics] == [(0, "la"), (480, "li"), (1920, "lo")]


def test_syllables_move_with_their_notes_and_go_with_them() -> None:
    rows = [(240, 240, 60, 80), (720, 240, 62, 80), (960, 960, 64, 80)]
    op = SetNotes(op="set_notes", part=0, start_bar=0, end_bar=1, notes=rows)
    assert [one.tick for one in set_notes(_sung(), op).parts[0].lyrics] == [240, 720, 1920]
    none = SetNotes(op="set_notes", part=0, start_bar=0, end_bar=1, notes=[])
    assert [one.text for one in set_notes(_sung(), none).parts[0].lyrics] == ["lo"]


def test_notes_stay_inside_the_bars_that_are_named_and_the_piece() -> None:
    with pytest.raises(ParameterError, match="tick 1920"):
        set_notes(_sung(), SetNotes(op="set_notes", part=0, start_bar=0, end_bar=1,
                                    notes=[(1920, 1, 60, 80)]))  # fmt: skip
    long = SetNotes(op="set_notes", part=0, notes=[(1920, 99999, 60, 80)])
    made = set_notes(_sung(), long)
    assert made.parts[0].notes[0].duration_tick == 1920
    assert made.n_bars == 2


def test_copies_go_over_the_end_and_drums_stay_drums() -> None:
    score = make_score("C4:4 D4:4", "drums 36:4 | 38:4")
    told = {"op": "copy_cells", "from": {"part": 0, "start_bar": 0, "end_bar": 2}}
    made = copy_cells(score, CopyCells(**told, to={"part": 0, "bar": 3}))  # type: ignore[arg-type]
    assert made.n_bars == 5
    assert [(n.onset_tick // 1920, n.pitch) for n in made.parts[0].notes][2:] == [(3, 60), (4, 62)]
    with pytest.raises(ParameterError, match="drums"):
        copy_cells(score, CopyCells(**told, to={"part": 1, "bar": 0}))  # type: ignore[arg-type]


def test_only_what_is_selected_moves() -> None:
    score = make_score("C4:4 D4:4", "E3:4 F3:4", "drums 36:4 | 38:4", chords="C:8", fifths=0)
    some = transpose_cells(
        score, Transpose(op="transpose", shift_semi=12, parts=[0, 2], start_bar=1)
    )
    assert [[n.pitch for n in part.notes] for part in some.parts] == [[60, 74], [52, 53], [36, 38]]
    assert some.chords == score.chords
    whole = transpose_cells(score, Transpose(op="transpose", shift_semi=2))
    assert whole.chords[0].symbol == "D"
    with pytest.raises(ParameterError):
        transpose_cells(make_score("C9:4"), Transpose(op="transpose", shift_semi=48, parts=[0]))


def test_a_note_that_is_quantised_over_the_bar_line_is_not_lost() -> None:
    score = make_score("C4:1 D4:2.95 E4:0.05 F4:4")
    made = quantise_cells(score, Quantise(op="quantise", grid_qn=1, end_bar=1))
    assert [n.pitch for n in made.parts[0].notes] == [60, 62, 64, 65]
    assert made.parts[0].notes[2].onset_tick == 1920
    half = quantise_cells(
        make_score("r:0.5 C4:3.5"), Quantise(op="quantise", grid_qn=2, strength=0.5)
    )
    assert half.parts[0].notes[0].onset_tick == 120


def test_cells_are_cleared_and_the_piece_stays_as_long() -> None:
    score = make_score("C4:4 D4:4", "E3:4 F3:4")
    made = clear_cells(score, ClearCells(op="clear_cells", parts=[0], start_bar=1, end_bar=2))
    assert [[n.pitch for n in part.notes] for part in made.parts] == [[60], [52, 53]]
    assert made.n_bars == 2
    with pytest.raises(ParameterError):
        clear_cells(score, ClearCells(op="clear_cells", parts=[9], start_bar=0, end_bar=1))
