"""Who wrote which cell."""

from __future__ import annotations

from motet.project.author import changed_cells, mark_cells, note_keys, write_down
from motet.score import change_resolution, make_score, scale_velocity


def test_a_cell_changes_with_its_notes_alone() -> None:
    one = make_score("C4:4 D4:4", "C3:8")
    assert changed_cells(one, one) == set()
    assert changed_cells(one, change_resolution(one, resolution=960).score) == set()
    assert changed_cells(one, make_score("C4:4 D4:2", "C3:8")) == {(1, 0)}
    assert changed_cells(one, scale_velocity(one, factor=0.5, parts=[1])) == {(0, 1)}


def test_new_parts_and_bars_are_changes() -> None:
    one = make_score("C4:4")
    assert changed_cells(one, make_score("C4:4 D4:4", "C3:4")) == {(1, 0), (0, 1)}


def test_letters() -> None:
    one = make_score("C4:4 D4:4 E4:8", "C3:4")
    assert write_down(one, ["model", "arranger"]) == ("mmm.", "a...")
    assert note_keys(one, 1).keys() == {0}


def test_a_hand_over_a_machine_is_told() -> None:
    one, two = make_score("C4:4 D4:4 E4:4 F4:4"), make_score("G4:4 D4:4 A4:4 B4:4")
    cells = changed_cells(one, two)
    assert mark_cells(two, ["mmha"], one, dict.fromkeys(cells, "h")) == ("emhe",)
    assert mark_cells(two, ["hhhh"], one, {(0, 0): "m"}) == ("mhhh",)
