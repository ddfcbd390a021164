"""Batches: reading rows, running them, keeping on after a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import FormatError, ParameterError
from motet.io import read
from motet.tasks.ensemble.batch import Row, read_batch, run_batch, write_row

WISH = {"bars": 2, "parts": "flute", "ground": "arranger"}


def test_names_are_safe_and_differ(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,bars\n../evil,2\nsame,2\nSame,4\n,8\n")
    rows = read_batch(path)
    assert [row.name for row in rows] == ["evil", "same", "Same-3", "piece-4"]
    assert rows[3].options == {"bars": 8}


def test_toml_rows_hold_what_a_brief_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('[[piece]]\nsentence = "一首欢快的圆舞曲"\nseed = 3\n', encoding="utf-8")
    assert read_batch(path)[0] == Row(
        number=1, name="piece-1", sentence="一首欢快的圆舞曲", options={"seed": 3}
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.csv", "name\n"), ("a.csv", "soup\n1\n"), ("a.csv", "bars\n1,2\n"), ("a.toml", "x = "),
     ("a.toml", "piece = 3"), ("a.toml", "")],
)  # fmt: skip
def test_files_that_are_none(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(FormatError) as caught:
        read_batch(tmp_path / name)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.zh)
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(FormatError):
        read_batch(tmp_path / "bad.csv")


def test_no_such_file_or_kind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    for name in ("a.txt", "none.csv"):
        with pytest.raises(ParameterError):
            read_batch(tmp_path / name)


def test_two_processes_write_what_one_does(tmp_path: Path) -> None:
    rows = tuple(Row(number=k, name=f"p{k}", options={**WISH, "seed": k}) for k in (1, 2))
    one = run_batch(rows, tmp_path / "one", n_processes=1)
    two = run_batch(rows, tmp_path / "two", n_processes=2)
    assert [row.n_notes for row in one] == [row.n_notes for row in two]
    for k in (1, 2):
        first, second = (read(tmp_path / name / f"p{k}.mid").score for name in ("one", "two"))
        assert first.parts == second.parts


def test_a_sentence_and_options_that_win(tmp_path: Path) -> None:
    row = Row(number=1, name="w", sentence="a waltz for flute", options={**WISH, "bars": 3})
    found = write_row(row, tmp_path, formats=("json",))
    assert not found.error
    score = read(tmp_path / "w.json").score
    assert (score.n_bars, score.metres[0].numerator) == (3, 3)


def test_mistakes(tmp_path: Path) -> None:
    rows = (Row(number=1, name="a"),)
    with pytest.raises(ParameterError, match="soup"):
        run_batch(rows, tmp_path, formats=("soup",))
    with pytest.raises(ParameterError, match="0"):
        run_batch(rows, tmp_path, n_processes=0)
    (tmp_path / "file").write_text("")
    with pytest.raises(ParameterError, match="folder"):
        run_batch(rows, tmp_path / "file")
