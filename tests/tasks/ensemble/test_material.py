"""Melody, bass, inner notes, drums of a source."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.score import make_score
from motet.tasks.ensemble.material import cut_line, read_material


def test_a_piano_piece_in_one_part() -> None:
    found = read_material(make_score("C3+E4+G4+C5:2 G2+D4+B4:2"))
    assert [n.pitch for n in found.melody] == [72, 71]
    assert [n.pitch for n in found.bass] == [48, 43]
    assert [n.pitch for n in found.inner] == [64, 67, 62]
    assert found.has_ground


def test_a_melody_alone_has_no_ground() -> None:
    assert not read_material(make_score("C5:4 D5:4")).has_ground


def test_drums_are_kept_apart() -> None:
    found = read_material(make_score("C5:4", "drums 36:1 38:1"))
    assert [n.pitch for n in found.drums] == [36, 38]
    assert found.bass == found.inner == ()


def test_played_music_is_moved_to_the_grid_and_told() -> None:
    found = read_material(make_score("C5:1.03 D5:0.95 E5:1.07 F5:0.95"))
    assert [n.onset_tick for n in found.melody] == [0, 480, 960, 1440]
    assert "grid" in found.remarks[0][0]


def test_the_part_that_is_named() -> None:
    score = make_score("C5:4", "E4:4")
    assert [n.pitch for n in read_material(score, melody=1).melody] == [64]
    with pytest.raises(ParameterError):
        read_material(score, melody="soup")


def test_a_line_has_one_note_at_a_time() -> None:
    line = cut_line(list(make_score("C4+E4:2", "r:1 G4:1").parts[0].notes))
    assert len(line) == 1
