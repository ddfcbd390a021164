"""What was kept and what held: counted against the score that a task was given."""

from __future__ import annotations

from pathlib import Path

import motet
from motet.score import make_score
from motet.why.kept import find_kept
from motet.why.piece import open_piece


def test_cells_left_alone_are_counted_and_new_ones_named() -> None:
    score = make_score("C5:1 D5:1 E5:2 | G5:1 F5:1 D5:2 | C5:4", "C3:4 | G2:4 | C3:4", fifths=0)
    made = motet.infill(score, bars="2", parts=["Part 1"], seed=5)
    found = find_kept(open_piece(made))
    changed = made.score.parts[0] != score.parts[0]
    assert found.n_cells == 6
    assert found.n_same == 6 - changed
    assert found.changed == (("Part 1:2",) if changed else ())
    assert any("counted part by part" in line for line in found.tell())


def test_a_brief_on_record_is_checked_on_the_notes_of_the_file(tmp_path: Path) -> None:
    piece = motet.compose(
        bars=4, key="C", parts="flute,piano", ground="arranger", candidates=1, seed=1
    )
    piece.write(tmp_path / "a.mid")
    found = find_kept(open_piece(tmp_path / "a.mid"))
    checks = {one.name: one.ok for one in found.checks}
    assert checks["bars"] is True
    assert found.steps == ("compose",)
    assert dict(found.written)["Flute"]
    assert any(line.startswith("Held") for line in found.tell())
    assert any(line.startswith("做到") for line in found.tell("zh"))


def test_what_did_not_hold_is_said() -> None:
    piece = motet.compose(bars=4, key="C", qpm=100, parts="flute", ground="arranger", candidates=1)
    missed = [one.name for one in find_kept(open_piece(piece)).checks if one.ok is False]
    lines = find_kept(open_piece(piece)).tell()
    assert sum(line.startswith("NOT held") for line in lines) == len(missed)
