"""One file: singers become singers, what says nothing is taken out, what fails says why."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from motet.corpus import prepare
from motet.corpus.item import Item
from motet.corpus.prepare import prepare_item
from motet.io import write_midi
from motet.score import Score, Tempo, make_score
from motet.tokens import GridScore

TUNE = "C4:1 E4:1 G4:1 E4:1 | " * 6


def grid_of(tmp_path: Path, score: Score, **facts) -> GridScore:
    path = tmp_path / "a.mid"
    write_midi(score, path)
    found = prepare_item(Item(source="mine", name="a.mid", path=path, work="a", **facts))
    assert found.grid is not None, found.reason
    return found.grid


def named(score: Score, *names: str, program: int = 0) -> Score:
    parts = [replace(part, name=name) for part, name in zip(score.parts, names)]
    return score.with_parts(*(replace(part, program=program) for part in parts))


def test_velocity_and_tempo_only_where_they_say_something(tmp_path: Path) -> None:
    score = make_score(TUNE)
    loud = tuple(replace(note, velocity=120) for note in score.parts[0].notes)
    score = replace(
        score.with_parts(replace(score.parts[0], notes=loud)),
        tempos=(Tempo(tick=0, quarter_us=1_000_000),),
    )
    assert set(grid_of(tmp_path, score).notes["vel"].tolist()) == {9}
    told = grid_of(tmp_path, score, has_velocity=True)
    assert set(told.notes["vel"].tolist()) == {14}
    assert told.qpm == 60
    assert grid_of(tmp_path, score, has_tempo=False).qpm is None
    assert grid_of(tmp_path, score, default_qpm=60.0).qpm is None


@pytest.mark.parametrize(
    ("name", "program", "found"),
    [
        ("Gesang", 68, (52, "voice")),
        ("Tenor", 0, (52, "voice")),
        ("Bass", 33, (33, "")),
        ("Contrabass", 43, (43, "")),
        ("Bass Clarinet", 71, (71, "")),
        ("Choir", 53, (53, "voice")),
        ("Violin", 40, (40, "")),
    ],
)
def test_singers(tmp_path: Path, name: str, program: int, found: tuple[int, str]) -> None:
    grid = grid_of(tmp_path, named(make_score(TUNE), name, program=program))
    assert (grid.parts[0].program, grid.parts[0].role) == found


def test_an_instrument_where_none_is_named(tmp_path: Path) -> None:
    assert grid_of(tmp_path, make_score(TUNE), program=19).parts[0].program == 19


def test_the_empty_end_is_cut(tmp_path: Path) -> None:
    score = replace(make_score(TUNE), length_tick=480 * 4 * 12)
    assert grid_of(tmp_path, score).n_bars == 6


def test_drums_that_were_played(tmp_path: Path) -> None:
    score = make_score("drums 36:1 38:1 36:1 38:1 | 36:1 38:1 36:1 38:1")
    late = [replace(note, onset_tick=note.onset_tick + 15) for note in score.parts[0].notes]
    path = tmp_path / "a.mid"
    write_midi(score.with_parts(replace(score.parts[0], notes=tuple(late))), path)
    item = Item(source="g", name="a", path=path, work="a", is_performed=True, has_velocity=True)
    found = prepare_item(item)
    assert found.grid is not None
    assert found.grid.notes["pos"].tolist() == [0, 24, 48, 72] * 2
    assert len(found.strokes) == 8
    assert {one.deviation_qn for one in found.strokes} == {round(15 / 480, 4)}


def test_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.mid"
    write_midi(make_score("C4:1"), path)
    item = Item(source="mine", name="a", path=path, work="a")
    assert "fewer than 16" in prepare_item(item).reason
    assert "ParameterError" in prepare_item(replace(item, path=tmp_path / "none.mid")).reason

    def stuck(path: Path) -> None:
        while path:
            time.sleep(0.01)

    monkeypatch.setattr(prepare, "read", stuck)
    assert prepare_item(item, limit_s=0.05).reason == "took longer than 0.05 s"

    def wrong(path: Path) -> None:
        raise KeyError(path.name)

    monkeypatch.setattr(prepare, "read", wrong)
    assert prepare_item(item).reason.startswith("our fault: KeyError")
