"""Scores as grids."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import assume, given, settings

from motet.errors import ParameterError
from motet.score import KeySignature, Note, Part, Score, Tempo, make_score, transpose
from motet.theory import NO_CHORD, Chord, parse_chord
from motet.tokens import decode, encode, find_error, score_to_grid, window
from strategies import full_score, scores


@dataclass
class Heard:
    start_tick: int
    chord: Chord
    confidence: float


def columns(grid, *names):
    return grid.notes[list(names)].tolist()


def test_a_small_score():
    score = make_score(
        "G4:0.5 A4:0.5 B4+D5:2 | G4:3", "drums 36:1 38:2", metre="3/4", fifths=1, qpm=90
    )
    made = score_to_grid(score, style=3)
    assert columns(made.grid, "bar", "part", "pos", "dur", "pitch", "vel") == [
        (0, 0, 0, 12, 72, 9),
        (0, 0, 12, 12, 74, 9),
        (0, 0, 24, 48, 76, 9),
        (0, 0, 24, 48, 79, 9),
        (0, 1, 0, 6, 36, 9),
        (0, 1, 24, 6, 38, 9),
        (1, 0, 0, 72, 72, 9),
    ]
    grid = made.grid
    assert [(part.slot, part.program, part.role) for part in grid.parts] == [
        (0, 0, ""),
        (1, 128, "drums"),
    ]
    assert (grid.key, grid.shift_semi, grid.style) == (0, 5, 3)
    assert grid.qpm == pytest.approx(90, abs=0.01)
    report = made.report
    assert (report.n_notes, report.n_moved, report.n_dropped) == (7, 0, 0)
    assert report.sources == ((0,), (1,))


def test_what_is_left_out_is_counted():
    notes = (
        Note(onset_tick=0, duration_tick=0, pitch=60),
        Note(onset_tick=0, duration_tick=480, pitch=60),
        Note(onset_tick=0, duration_tick=960, pitch=60, voice=2),
        Note(onset_tick=3, duration_tick=960, pitch=60, voice=3),
        Note(onset_tick=490, duration_tick=40_000, pitch=62),
    )
    kit = tuple(Note(onset_tick=0, duration_tick=10, pitch=pitch) for pitch in (26, 27, 87, 88))
    score = Score(parts=(Part(notes=notes), Part(notes=kit, is_drums=True)))
    made = score_to_grid(score, key="none")
    assert columns(made.grid, "part", "pos", "dur", "pitch") == [
        (0, 0, 48, 60),
        (0, 25, 1632, 62),
        (1, 0, 6, 27),
        (1, 0, 6, 87),
    ]
    report = made.report
    assert (report.n_notes, report.n_grace, report.n_merged, report.n_clipped) == (4, 1, 2, 1)
    assert (report.n_off_kit, report.n_dropped) == (2, 2)
    assert report.n_moved == 2
    assert report.max_shift_qn == pytest.approx(10 / 480)


def test_sixteen_parts_with_most_notes_stay_in_order():
    texts = ["C4:4 D4:4" if k in (3, 7) else "C4:1 D4:1 E4:2" for k in range(18)]
    made = score_to_grid(make_score(*texts))
    assert [part.name for part in made.grid.parts] == [
        f"Part {k + 1}" for k in range(18) if k not in (3, 7)
    ]
    assert [part.slot for part in made.grid.parts] == list(range(16))
    assert (made.report.n_other_parts, made.report.n_dropped) == (4, 4)


def test_hands_become_one_part():
    score = make_score("E5:4", "C3:4 G3:4", fifths=0)
    score = score.with_parts(
        replace(score.parts[0], name="Piano RH"), replace(score.parts[1], name="Piano LH")
    )
    assert score_to_grid(score).report.sources == ((0, 1),)
    assert columns(score_to_grid(score).grid, "bar", "part", "pitch") == [
        (0, 0, 48),
        (0, 0, 76),
        (1, 0, 55),
    ]
    assert len(score_to_grid(score, merge_keyboard=False).grid.parts) == 2
    assert score_to_grid(score, groups=[[1]]).report.sources == ((1,),)


@pytest.mark.parametrize("groups", [[[2]], [[0], [0]], [[-1]]])
def test_groups_must_name_parts(groups):
    with pytest.raises(ParameterError, match="groups"):
        score_to_grid(make_score("C4:4", "E4:4"), groups=groups)


def test_empty_parts_stay_when_asked():
    score = make_score("C4:4", "r:4", "E4:4")
    assert [part.slot for part in score_to_grid(score).grid.parts] == [0, 1]
    kept = score_to_grid(score, keep_empty=True).grid
    assert len(kept.parts) == 3
    assert columns(kept, "part", "pitch") == [(0, 60), (2, 64)]


@pytest.mark.parametrize("score", [Score(), make_score("r:4"), make_score("drums 20:1")])
def test_a_score_without_notes_is_refused(score):
    with pytest.raises(ParameterError, match="at least one note"):
        score_to_grid(score)


def test_chord_symbols():
    score = make_score("D4:8", fifths=2, chords="D:1 D:1 A7/C#:1 N.C.:1 what?:2 G13:1")
    chords = score_to_grid(score).grid.chords
    assert chords.tolist() == [
        (0, 0, 0, -1, 1.0),
        (0, 48, 7 * 20 + 2, 11, 1.0),
        (0, 72, -1, -1, 1.0),
        (1, 48, 5 * 20 + 15, -1, 1.0),
    ]


def test_a_symbol_that_cannot_be_read_ends_the_chord_before():
    chords = score_to_grid(make_score("C4:8", fifths=0, chords="C:4 what?:4")).grid.chords
    assert chords.tolist() == [(0, 0, 0, -1, 1.0), (1, 0, -1, -1, 0.0)]


def test_chords_that_were_heard():
    heard = [
        Heard(1920, parse_chord("Am"), 0.75),
        Heard(0, NO_CHORD, 0.5),
        Heard(99_999, NO_CHORD, 1),
    ]
    chords = score_to_grid(make_score("C4:8", fifths=0, chords="C:8"), chords=heard).grid.chords
    assert chords.tolist() == [(0, 0, -1, -1, 0.5), (1, 0, 181, -1, 0.75)]


def test_of_two_chords_at_one_position_the_later_holds():
    heard = [Heard(0, parse_chord("C"), 1.0), Heard(5, parse_chord("G"), 1.0)]
    chords = score_to_grid(make_score("C4:4", fifths=0), chords=heard).grid.chords
    assert chords.tolist() == [(0, 0, 140, -1, 1.0)]


def test_the_tempo_that_holds_longest():
    tempos = (Tempo(tick=0, quarter_us=1_000_000), Tempo(tick=480, quarter_us=500_000))
    assert score_to_grid(replace(make_score("C4:4"), tempos=tempos)).grid.qpm == 120
    assert score_to_grid(replace(make_score("C4:4"), tempos=())).grid.qpm is None


def test_pitches_beyond_the_range_fold():
    score = make_score("C-1:1 G9:1", fifths=1)
    assert score_to_grid(score).report.n_folded == 1
    assert score_to_grid(score).grid.notes["pitch"].tolist() == [5, 120]
    score = make_score("C-1:1 G9:1", fifths=2)
    assert score_to_grid(score).grid.notes["pitch"].tolist() == [10, 125]


def test_grids_cannot_be_written_to():
    grid = score_to_grid(full_score()).grid
    for one in (grid.notes, grid.bars, grid.chords):
        with pytest.raises(ValueError, match="read-only"):
            one[:1] = one[:1]


def test_a_score_with_everything():
    grid = score_to_grid(full_score()).grid
    assert grid.n_bars == 3
    assert (grid.bars["section"].tolist(), len(grid.chords)) == ([0, 1, -1], 2)
    assert find_error(encode(grid)) is None


@settings(max_examples=40, deadline=None)
@given(scores())
def test_any_score_goes_there_and_back(score):
    assume(any(note.duration_tick for part in score.parts for note in part.notes))
    made = score_to_grid(score)
    ids = encode(made.grid)
    assert decode(ids).equals(made.grid)
    assert find_error(ids) is None
    report = made.report
    assert report.n_notes + report.n_grace + report.n_merged + report.n_dropped == score.n_notes


@settings(max_examples=40, deadline=None)
@given(scores())
def test_all_keys_look_the_same(score):
    assume(any(n.duration_tick for part in score.parts for n in part.notes if not part.is_drums))
    score = replace(score, keys=(KeySignature(tick=0, fifths=1),))
    home = score_to_grid(score).grid
    moved = score_to_grid(transpose(score, shift_semi=2)).grid
    assert moved.equals(home)
    assert (moved.shift_semi - home.shift_semi) % 12 == 10


def test_long_pieces_have_windows_that_fit():
    grid = score_to_grid(make_score(" ".join(["C4:1 D4:1 E4:2"] * 100), chords="C:200 G:200")).grid
    assert find_error(encode(window(grid, 30, 94))) is None
