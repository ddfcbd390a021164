"""Pieces of any length as phrases, and back."""

from motet.phrases.step_cover import cover_steps, find_cast, write_cover
from motet.phrases.steps import StepOptions
from motet.score import make_score
from motet.tokens import score_to_grid


def _grid(*voices, **options):
    return score_to_grid(make_score(*voices, **options), key="none").grid


def test_seven_bars_come_back_from_phrases_of_two_and_of_sixteen():
    grid = _grid("C5:1 D5:1 E5:1 F5:1 | " * 7)
    for bars in (2, 4, 16):
        options = StepOptions(bars=bars)
        cover = cover_steps(grid, (0,), options)
        assert int((cover.keeps[:, 1] - cover.keeps[:, 0]).sum()) == 7
        back = write_cover(grid, (0,), cover, cover.tokens, options)
        assert back.notes[["bar", "pos", "dur", "pitch"]].tolist() == (
            grid.notes[["bar", "pos", "dur", "pitch"]].tolist()
        )


def test_a_bass_register_tune_is_heard_and_written_in_its_own_octave():
    grid = _grid("C3:1 D3:1 E3:1 F3:1 | G3:2 E3:2")
    cover = cover_steps(grid, (0,), StepOptions())
    assert cover.octaves.tolist() == [[0]]
    low = _grid("C2:1 D2:1 E2:1 F2:1 | G2:2 E2:2")
    cover = cover_steps(low, (0,), StepOptions())
    assert cover.octaves.tolist() == [[12]]
    back = write_cover(low, (0,), cover, cover.tokens, StepOptions())
    assert back.notes["pitch"].tolist() == low.notes["pitch"].tolist()


def test_bars_longer_than_sixteen_steps_are_told_and_stay():
    grid = _grid("C5:1 D5:1 E5:1 F5:1 G5:1 | A5:5", metre="5/4")
    cover = cover_steps(grid, (0,), StepOptions())
    assert cover.outside == (0, 1)
    assert len(cover) == 0
    assert write_cover(grid, (0,), cover, cover.tokens, StepOptions()).equals(grid)


def test_chords_give_their_highest_notes_and_say_how_many_are_left_out():
    grid = _grid("C5+E5+G5:2 D5+F5+A5:2 | C5+E5:4")
    cast = find_cast(grid, StepOptions())
    assert cast == (0,)
    cover = cover_steps(grid, cast, StepOptions())
    assert cover.n_left_out == 5
    assert cover.n_notes == 8
