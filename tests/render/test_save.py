"""The extension decides what is written; an option that says nothing about it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import ParameterError
from motet.io import read
from motet.render.save import is_folder, save_folder, save_score
from motet.score import make_score

SCORE = make_score("C4:1 E4:1 G4:2", "C3:4", chords="C:4")


def test_folders_are_known_by_their_look(tmp_path: Path) -> None:
    assert is_folder(tmp_path)
    assert is_folder("new/")
    assert is_folder("new")
    assert not is_folder("new.ogg")


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.mid", b"MThd"),
        ("a.json", b"{"),
        ("a.mxl", b"PK"),
        ("A.PNG", b"\x89PNG"),
        ("a.svg", b"<"),
        ("deep/er/a.flac", b"fLaC"),
    ],
)
def test_each_form(tmp_path: Path, name: str, head: bytes) -> None:
    (file,) = save_score(SCORE, tmp_path / name)
    assert file == tmp_path / name
    assert file.read_bytes().startswith(head)


def test_a_lead_layout_holds_the_melody_alone(tmp_path: Path) -> None:
    (full,) = save_score(SCORE, tmp_path / "full.musicxml")
    (lead,) = save_score(SCORE, tmp_path / "lead.musicxml", layout="lead")
    assert full.read_bytes().count(b"<score-part ") == 2
    assert lead.read_bytes().count(b"<score-part ") == 1


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("a.muzicxml", {}, "did you mean musicxml"),
        ("a.mid", {"loop": True}, "loop is about sound"),
        ("a.pdf", {"stems": True}, "stems is about sound"),
        ("a.png", {"layout": "lead"}, "layout is about sheet music"),
        ("a.pdf", {"layout": "leed"}, "layout must be"),
        ("a.pdf", {"page": "a5"}, "page must be"),
        ("a.wav", {"reverb": "cave"}, "reverb must be"),
        ("a.wav", {"loudness_lufs": 3.0}, "loudness_lufs must be"),
        ("a.wav", {"loudness_lufs": float("nan")}, "loudness_lufs must be"),
        ("a.wav", {"revreb": "hall"}, "did you mean reverb"),
        ("a.wav", {"quality": "best"}, "quality must be"),
    ],
)
def test_wrong_wishes_leave_no_file(tmp_path: Path, name: str, options: dict, words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        save_score(SCORE, tmp_path / name, **options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [{"layout": "x"}, {"reverb": "x"}, {"loops": True}])
def test_a_folder_is_not_begun_with_a_wrong_option(tmp_path: Path, options: dict) -> None:
    with pytest.raises(ParameterError):
        save_folder(SCORE, tmp_path, formats=("mid", "wav"), **options)
    assert list(tmp_path.iterdir()) == []


def test_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ParameterError, match="choose another place"):
        save_score(SCORE, tmp_path / "file" / "a.mid")


def test_a_folder_comes_with_a_lead_sheet(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    files = save_folder(
        SCORE, tmp_path, formats=("mid", "pdf"), progress=lambda *args: told.append(args)
    )
    assert [path.name for path in files] == ["song.mid", "song.pdf", "song-lead.pdf"]
    assert all(path.stat().st_size > 50 for path in files)
    assert [fraction for fraction, _ in told] == sorted(fraction for fraction, _ in told)
    assert told[-1][0] == 1.0


def test_one_part_is_its_own_lead_sheet(tmp_path: Path) -> None:
    files = save_folder(make_score("C4:4", chords="C:4"), tmp_path, formats=("pdf",))
    assert [path.name for path in files] == ["song.pdf"]


def test_what_midi_cannot_say_is_told(tmp_path: Path) -> None:
    losses: list = []
    save_score(SCORE, tmp_path / "a.musicxml", on_loss=losses.append)
    save_score(SCORE, tmp_path / "a.json", on_loss=losses.append)
    assert all(loss.localised("zh") for loss in losses)
    assert read(tmp_path / "a.json").score == SCORE


def test_a_folder_holds_the_same_sheet_as_single_files(tmp_path: Path) -> None:
    files = save_folder(SCORE, tmp_path / "all", formats=("svg", "pdf"), page="letter")
    assert [file.name for file in files] == ["song.svg", "song.pdf", "song-lead.pdf"]
    (svg,) = save_score(SCORE, tmp_path / "one.svg", page="letter")
    assert svg.read_bytes() == files[0].read_bytes()
    assert files[1].read_bytes() != files[2].read_bytes()
