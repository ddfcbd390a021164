"""Folders of scores converted in parallel: what is written, what is reported, what survives."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatal_worker import die_on_bad
from motet.errors import ParameterError
from motet.io import read, write
from motet.render.batch import convert_files, convert_folder, find_scores
from motet.score import make_score


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "in"
    (source / "deep").mkdir(parents=True)
    write(make_score("C4:1 D4:1 E4:2"), source / "a.mid")
    write(make_score("G4:4"), source / "deep" / "b.json")
    (source / "notes.txt").write_text("not a score")
    (source / ".hidden.mid").write_bytes(b"MThd")
    (source / "bad.mid").write_bytes(b"no music at all")
    return source


def test_every_score_is_found_and_the_tree_kept(folder: Path, tmp_path: Path) -> None:
    assert [p.name for p in find_scores(folder)] == ["a.mid", "bad.mid", "b.json"]
    seen: list[tuple[int, int]] = []
    done = convert_folder(
        folder, tmp_path / "out", kind="mid", n_workers=2, progress=lambda *one: seen.append(one)
    )
    assert [one.error is None for one in done] == [True, False, True]
    assert read(tmp_path / "out" / "deep" / "b.mid").score.n_notes == 1
    assert seen[-1] == (3, 3)
    assert "bad.mid" in str(done[1].error)
    assert done[1].error is not None
    assert done[1].error.zh


def test_two_files_of_one_name_keep_apart(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    write(make_score("C4:4"), source / "a.mid")
    write(make_score("D4:4"), source / "a.json")
    done = convert_folder(source, tmp_path / "out", kind="mid", n_workers=1)
    assert len({file for one in done for file in one.files}) == 2


@pytest.mark.parametrize(("name", "match"), [("missing", "a folder"), ("empty", "no score")])
def test_wrong_sources_are_refused(tmp_path: Path, name: str, match: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ParameterError, match=match):
        convert_folder(tmp_path / name, tmp_path / "out", kind="mid")


def test_a_folder_is_never_its_own_target(folder: Path) -> None:
    with pytest.raises(ParameterError, match="same folder"):
        convert_folder(folder, folder, kind="mid")


def test_a_worker_that_dies_takes_only_its_own_file(folder: Path, tmp_path: Path) -> None:
    goals = {path: tmp_path / "out" / f"{path.stem}.mid" for path in find_scores(folder)}
    done = {one.source.name: one for one in convert_files(goals, 2, work=die_on_bad)}
    assert set(done) == {"a.mid", "bad.mid", "b.json"}
    assert done["a.mid"].error is None
    assert done["b.json"].error is None
    assert "died" in str(done["bad.mid"].error)
