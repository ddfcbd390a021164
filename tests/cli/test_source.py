"""Files, progressions and standard input are told apart by what they hold."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from motet.cli.output import Output
from motet.cli.source import load_score, open_source
from motet.errors import FormatError, ParameterError
from motet.io import write, write_json
from motet.score import Score, make_score

OUT = Output(language="en", as_json=True)
SCORE = make_score("C4:1 E4:1 G4:2")


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("text", ["| C F | G |", "C F G", "ii V I", "[A] | C/E N.C. |"])
def test_a_progression_stays_text(text: str) -> None:
    assert open_source(text, OUT) == text


@pytest.mark.parametrize("name", ["one.mid", "one.json"])
def test_files_become_scores(tmp_path: Path, name: str) -> None:
    write(SCORE, tmp_path / name)
    assert load_score(str(tmp_path / name), OUT).n_notes == 3


def test_a_score_comes_through_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, write_json(SCORE))
    found = open_source("-", OUT)
    assert isinstance(found, Score)
    assert found.n_notes == 3


def test_a_progression_comes_through_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, b"\xef\xbb\xbf| C | F G |\n")
    assert open_source("-", OUT) == "| C | F G |"


def test_a_text_file_is_a_progression(tmp_path: Path) -> None:
    (tmp_path / "chords.txt").write_text("| Am | E7 |\n")
    assert open_source(str(tmp_path / "chords.txt"), OUT) == "| Am | E7 |"


def test_bytes_that_are_nothing_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, b"ab\xff\xfe")
    with pytest.raises(FormatError, match="neither music nor text") as caught:
        open_source("-", OUT)
    assert caught.value.place == "byte 2"


def test_a_terminal_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    with pytest.raises(ParameterError, match="it is a terminal"):
        open_source("-", OUT)


def test_a_missing_file_is_named() -> None:
    with pytest.raises((ParameterError, FormatError), match=r"absent\.mid"):
        load_score("absent.mid", OUT)


def test_a_progression_is_no_score() -> None:
    with pytest.raises(ParameterError, match="motet arrange"):
        load_score("| C |", OUT)
