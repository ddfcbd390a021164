"""The extension decides what is written; nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motet.cli.output import Output
from motet.cli.save import save_score
from motet.errors import ParameterError
from motet.io import read
from motet.score import make_score

OUT = Output(language="en", as_json=True)
SCORE = make_score("C4:1 E4:1 G4:2", "C3:4")


@pytest.mark.parametrize("name", ["one.mid", "one.MIDI", "deep/one.json"])
def test_notes_come_back(tmp_path: Path, name: str) -> None:
    assert save_score(SCORE, tmp_path / name, OUT) == [tmp_path / name]
    assert read(tmp_path / name).score.n_notes == 4


@pytest.mark.parametrize(
    ("name", "head"),
    [("a.svg", b"<"), ("a.pdf", b"%PDF"), ("a.png", b"\x89PNG"), ("a.musicxml", b"<?xml")],
)
def test_sheets_and_pictures(tmp_path: Path, name: str, head: bytes) -> None:
    files = save_score(SCORE, tmp_path / name, OUT)
    assert files[0].read_bytes().startswith(head)


@pytest.mark.parametrize(("name", "head"), [("a.wav", b"RIFF"), ("a.flac", b"fLaC")])
def test_sound(tmp_path: Path, name: str, head: bytes) -> None:
    assert save_score(SCORE, tmp_path / name, OUT)[0].read_bytes().startswith(head)


def test_stems_are_a_file_a_part(tmp_path: Path) -> None:
    files = save_score(SCORE, tmp_path / "a.wav", OUT, stems=True, loop=True)
    assert [path.name for path in files] == ["a.wav", "a-Part 1.wav", "a-Part 2.wav"]
    assert len({path.stat().st_size for path in files}) == 1


def test_a_loop_is_exactly_as_long_as_its_bars(tmp_path: Path) -> None:
    import soundfile

    (path,) = save_score(SCORE, tmp_path / "a.wav", OUT, loop=True, sample_rate_hz=22050)
    assert soundfile.info(path).frames == 2 * 22050


@pytest.mark.slow
def test_a_folder_gets_everything(tmp_path: Path) -> None:
    files = save_score(SCORE, tmp_path / "all", OUT, stem="x", loop=True)
    kinds = {path.suffix for path in files}
    assert kinds == {".mid", ".musicxml", ".svg", ".pdf", ".png", ".wav", ".json"}
    assert all(path.stat().st_size > 100 for path in files)
    assert json.loads((tmp_path / "all" / "x.json").read_text())


def test_an_unknown_extension_offers_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="did you mean") as caught:
        save_score(SCORE, tmp_path / "a.muzicxml", OUT)
    assert "musicxml" in caught.value.zh
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", ["-", ""])
def test_what_is_no_place_for_a_file_is_refused(output: str) -> None:
    with pytest.raises(ParameterError, match="must be a file or folder"):
        save_score(SCORE, output, OUT)


def test_an_option_that_was_not_given_is_left_out(tmp_path: Path) -> None:
    files = save_score(SCORE, tmp_path / "a.mid", OUT, loop=False, reverb=None, stems=False)
    assert files == [tmp_path / "a.mid"]


def test_what_a_format_cannot_hold_is_told_only_if_asked(tmp_path: Path) -> None:
    score = make_score("Eb4:4")
    for tells, count in ((False, 0), (True, 1)):
        out = Output(language="en", as_json=True)
        save_score(score, tmp_path / "a.mid", out, tells_losses=tells)
        assert min(1, len(out.notes)) == count
