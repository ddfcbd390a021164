"""Where records come from: who wrote which cell, and the steps that led there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import motet
from motet.errors import ParameterError
from motet.io import read
from motet.project import Project
from motet.provenance import embed, record_in, record_of
from motet.score import Score, make_score

GIVEN = make_score("C5:1 D5:1 E5:2 | G5:3 E5:1 | D5:4 | C5:2 E5:2", "C3:4 | C3:4 | G2:4 | C3:4")


def edited(score: Score) -> Score:
    """The first note of the last part, a tone higher."""
    notes = list(score.parts[-1].notes)
    notes[0] = replace(notes[0], pitch=notes[0].pitch + 2, spelling="")
    return score.with_parts(*score.parts[:-1], replace(score.parts[-1], notes=tuple(notes)))


def test_of_a_plain_score_it_is_only_known_that_it_was_given() -> None:
    found = record_of(GIVEN)
    assert found.written == ("gggg", "gggg")
    assert [step.task for step in found.steps] == ["import"]
    assert found.training == ()


def test_an_arrangement_tells_its_request_and_keeps_what_was_given() -> None:
    found = record_of(motet.arrange("| C | G |", style="bossa", bars=2, seed=5))
    assert found.counts().keys() == {"arranger"}
    assert (found.steps[0].task, found.steps[0].seed) == ("arrange", 5)
    assert found.steps[0].brief["style"] == "bossa"
    sheet = make_score("C5:2 E5:2 | D5:4", chords="C:4 G:4")
    led = record_of(motet.arrange(sheet, style="pop"))
    assert set(led.written[led.parts.index("Melody")]) <= {"g", "."}
    assert "arranger" in led.counts()


def test_a_piano_of_both_hands_is_the_models_and_the_arrangers() -> None:
    piece = motet.compose(
        parts="piano", bars=2, chords="C G", candidates=1, originality=False, ground="arranger"
    )
    assert piece.writers == ("both",)
    assert record_of(piece).written == ("bb",)


def test_an_infill_names_model_bars_and_given_bars() -> None:
    piece = motet.infill(GIVEN, bars="2-3", parts=["Part 1"], candidates=1, seed=1)
    found = record_of(piece)
    assert found.written[0][0] == found.written[0][3] == "g"
    assert "m" in found.written[0][1:3]
    assert found.written[1] == "gggg"
    assert found.steps[-1].model == "small"
    assert found.steps[-1].cells
    assert found.steps[-1].brief["seed"] == 1
    assert any("CC BY" in row["licence"] for row in found.training)
    assert found.models[0][1] == piece.bundle_digest


def test_the_chain_goes_on_through_files_and_edits_by_hand(tmp_path: Path) -> None:
    first = motet.arrange("| C | G | F | C |", style="pop", bars=4, seed=1)
    motet.save(first, tmp_path / "a.mid")
    by_hand = edited(read(tmp_path / "a.mid").score)
    name = by_hand.parts[0].name
    piece = motet.infill(by_hand, bars="2", parts=[name], candidates=1, seed=2)
    motet.save(piece, tmp_path / "b.mid")
    found = record_in(read(tmp_path / "b.mid").score)
    assert found is not None
    assert [step.task for step in found.steps] == ["arrange", "edit", "infill"]
    assert found.steps[1].cells == (f"{by_hand.parts[-1].name}:1",)
    assert found.written[-1][0] == "e"
    assert found.written[0][1] in "m."
    assert motet.verify(tmp_path / "b.mid").status == "intact"


def test_an_edit_of_a_score_that_carries_a_record_is_a_step() -> None:
    piece = motet.arrange("| C | G |", bars=2, seed=1)
    carrying = embed(piece.score, record_of(piece))
    assert record_of(carrying) == record_of(piece)
    changed = record_of(edited(carrying))
    assert [step.task for step in changed.steps] == ["arrange", "edit"]
    assert changed.counts()["Motet, edited by hand"] == 1


def test_a_project_tells_every_step_and_who_wrote_what() -> None:
    project = Project.start(motet.arrange("| C | G |", bars=2, seed=1), title="Two")
    project.take_back(edited(project.score), note="daw.mid")
    found = record_of(project)
    assert found.title == "Two"
    assert [step.task for step in found.steps] == ["arrange", "edit"]
    assert found.steps[1].note == "daw.mid"
    assert all(step.time.endswith("Z") for step in found.steps)
    assert found.written[-1][0] == "e"
    assert found.score.parts == project.score.parts


def test_a_project_started_from_a_file_of_motet_keeps_its_writers(tmp_path: Path) -> None:
    motet.save(motet.arrange("| C | G |", bars=2, seed=1), tmp_path / "a.mid")
    project = Project.start(read(tmp_path / "a.mid").score)
    found = record_of(project)
    assert found.counts().keys() == {"arranger"}
    assert found.steps[0].task == "arrange"


def test_anything_else_is_refused() -> None:
    with pytest.raises(ParameterError, match="got str") as caught:
        record_of("song.mid")
    assert "来历" in caught.value.zh


def test_no_folder_of_the_user_is_told(tmp_path: Path) -> None:
    motet.write(GIVEN, tmp_path / "like.mid")
    piece = motet.compose(
        bars=2, references=[str(tmp_path / "like.mid")], ground="arranger", candidates=1
    )
    found = record_of(piece)
    assert found.steps[0].brief["references"] == ["like.mid"]
    assert str(tmp_path) not in str(found.to_dict())
