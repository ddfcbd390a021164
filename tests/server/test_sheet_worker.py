"""Sheets are engraved once and read page by page."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import ParameterError
from motet.io import write_json
from motet.score import make_score
from motet.server.sheet_worker import engrave_sheet, find_sheet, read_pages, sheet_folder


def test_pages_are_kept_and_read_one_by_one(tmp_path: Path) -> None:
    score = make_score("| ".join(["C4:0.5 D4:0.5 E4:0.5 F4:0.5 G4:2"] * 90))
    folder = sheet_folder(tmp_path / "sheets", "abc", "full", "en")
    told = {"score": write_json(score), "folder": str(folder), "layout": "full", "language": "en"}
    known = engrave_sheet(told)
    assert known == find_sheet(folder)
    assert known["n_pages"] >= 2
    (second,) = read_pages(folder, known, 2)
    assert second == read_pages(folder, known, None)[1]
    assert second.startswith("<svg ")
    assert engrave_sheet(told) == known  # twice at the same time does no harm
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    with pytest.raises(ParameterError, match="page must be"):
        read_pages(folder, known, 99)


def test_layouts_and_languages_are_kept_apart(tmp_path: Path) -> None:
    names = {
        sheet_folder(tmp_path, digest, layout, language, scale=scale)
        for digest in ("a", "b")
        for layout in ("full", "lead")
        for language in ("en", "zh")
        for scale in (1.0, 1.6)
    }
    assert len(names) == 16
    assert find_sheet(next(iter(names))) is None
