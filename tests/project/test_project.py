"""A piece in the making: the whole way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import motet
from motet.engine.bundle import Bundle
from motet.errors import ConstraintError, ParameterError
from motet.io import read, write
from motet.project import Project, check_kept
from motet.score import Score, make_score


def notes(score: Score, k: int, first: int, last: int) -> list[object]:
    low, high = score.bars[first - 1].start_tick, score.bars[last - 1].end_tick
    return [note for note in score.parts[k].notes if low <= note.onset_tick < high]


def test_lock_what_i_like_and_regenerate_the_rest(
    project: Project, piece: Score, bundle: Bundle, tmp_path: Path
) -> None:
    project.lock("Tune:1-4")
    project.lock("Bass", layer="rhythm")
    project.lock(layer="harmony")
    found = project.propose(n=3, bundle=bundle, seed=2)
    assert len(found.candidates) == 3
    assert project.current.id == "1"
    node = project.accept(2)
    assert (node.id, node.parent, node.proposal, node.candidate) == ("2", "1", "p1", 2)
    assert check_kept(piece, project.score, project.locks) == ()
    assert notes(project.score, 0, 1, 4) == notes(piece, 0, 1, 4)
    assert project.writers()[0, 0] == "h"
    assert "m" in project.current.written[0][4:]
    again = Project.open(project.save(tmp_path / "a.motet"))
    assert again.score_of("p1.1") == project.score_of("p1.1")
    assert again.propose(n=1, bundle=bundle, seed=9).locks == found.locks


def test_the_good_bars_of_two_candidates(project: Project, bundle: Bundle) -> None:
    project.propose(n=3, bars="3-6", parts=["Tune"], bundle=bundle, seed=5)
    one, two = project.score_of("p1.1"), project.score_of("p1.2")
    first = project.accept(1, bars="3-4", parts="Tune")
    assert first.chosen == ("Tune:3-4",)
    project.accept(2)
    assert notes(project.score, 0, 3, 4) == notes(one, 0, 3, 4)
    assert notes(project.score, 0, 5, 6) == notes(two, 0, 5, 6)
    assert [one.id for one in project.steps] == ["1", "2", "3"]
    project.undo(2)
    project.accept(2)
    assert project.score == two


def test_what_is_discarded_stays_until_it_is_pruned(project: Project, bundle: Bundle) -> None:
    project.propose(n=2, bars="2", bundle=bundle)
    project.discard()
    project.propose(n=2, bars="3", bundle=bundle)
    project.accept("p1.2")
    project.go("1")
    project.accept(1)
    assert project.prune() == 2
    assert project.score_of("p1.2").n_bars == 8
    with pytest.raises(ParameterError, match="pruned"):
        project.score_of("p1.1")
    assert project.prune() == 0
    assert [one.state for one in project.state.proposals] == ["accepted", "accepted"]


def test_a_later_lock_holds_against_an_earlier_candidate(project: Project, bundle: Bundle) -> None:
    project.propose(n=1, bars="3-4", bundle=bundle, seed=3)
    project.lock("3")
    before = project.score
    project.accept(1)
    assert check_kept(before, project.score, project.locks) == ()
    project.undo()
    project.lock("")
    with pytest.raises(ConstraintError, match="locked"):
        project.accept(1)


def test_a_file_edited_by_hand_comes_back(project: Project, tmp_path: Path) -> None:
    write(project.score, tmp_path / "out.mid")
    edited = read(tmp_path / "out.mid").score
    moved = [
        replace(n, pitch=n.pitch + 1) if k == 1 else n for k, n in enumerate(edited.parts[1].notes)
    ]
    edited = edited.with_parts(edited.parts[0], replace(edited.parts[1], notes=tuple(moved)))
    write(edited, tmp_path / "back.mid")
    node = project.take_back(tmp_path / "back.mid")
    assert (node.task, node.note, node.cells) == ("import", "back.mid", ("Bass:1",))
    assert node.edits[0].startswith("Tune: same")
    assert project.score.chords == project.score_of("1").chords
    with pytest.raises(ParameterError, match="nothing differs"):
        project.take_back(tmp_path / "back.mid")


def test_comparing(project: Project, bundle: Bundle) -> None:
    project.lock("Tune", layer="rhythm")
    project.propose(n=1, bars="1-2", parts=["Tune"], bundle=bundle)
    found = project.compare("p1.1")
    kinds = {one.kind for one in found.lines if one.part == "Tune" and one.after <= 2}
    assert kinds <= {"rhythm", "same"}
    project.accept()
    assert project.compare("1", "2").facts() == found.facts()
    assert project.compare("1").facts() == found.facts()


def test_harmony_is_written_down_to_be_locked() -> None:
    project = Project.start(
        make_score("E4+G4:4 | F4+A4:4 | E4+G4:4", "C3:4 | F3:4 | C3:4", fifths=0)
    )
    with pytest.raises(ParameterError, match="no chord symbols"):
        project.lock(layer="harmony")
    assert project.write_harmony().task == "harmony"
    assert [one.symbol for one in project.score.chords] == ["C", "F", "C"]
    project.lock(layer="harmony")
    with pytest.raises(ParameterError, match="already"):
        project.write_harmony()


def test_how_a_project_starts(piece: Score) -> None:
    made = motet.compose(bars=4, parts="flute,piano", ground="arranger", candidates=1, seed=1)
    project = Project.start(made, title="From a brief")
    assert project.current.task == "compose"
    assert project.current.seed == 1
    assert set("".join(project.current.written)) <= set("ma.")
    assert Project.start(piece).current.written == ("h" * 8, "h" * 8)
    arranged = motet.arrange("| C | G |", bars=2)
    assert set("".join(Project.start(arranged).current.written)) <= set("a.")
    with pytest.raises(ParameterError, match="none"):
        Project.start(Score())


def test_saving_the_piece_itself(project: Project, tmp_path: Path) -> None:
    names = [path.name for path in project.export(tmp_path / "notes", stem="small")]
    assert names == ["small.mid", "small.musicxml", "small.json"]
    assert read(tmp_path / "notes" / "small.json").score.parts == project.score.parts
    assert motet.save(project, tmp_path / "roll.png")[0].stat().st_size > 1000
    project.save(tmp_path / "small.motet")
    assert read(tmp_path / "small.motet").score == project.score


@pytest.mark.parametrize("n", [0, 9, True, 1.5])
def test_how_many_candidates(project: Project, n: int) -> None:
    with pytest.raises(ParameterError, match="1 to 8"):
        project.propose(n=n)


def test_what_was_exported_comes_back_as_no_edit(project: Project, tmp_path: Path) -> None:
    for path in project.export(tmp_path):
        with pytest.raises(ParameterError, match="nothing differs"):
            project.take_back(path)


def test_parts_by_what_people_call_them(project: Project, bundle: Bundle) -> None:
    project.lock("bass:5-8", layer="rhythm")
    assert project.locks[0].where == "Bass:5-8"
    found = project.propose(n=1, bars="5-6", parts=["bass"], bundle=bundle)
    assert found.options["parts"] == ["Bass"]
    assert project.accept(1, parts="BASS").chosen == ("Bass:1-8",)
