"""What lies beside the files of a piece that Motet made."""

from __future__ import annotations

from pathlib import Path

import pytest

import motet
from motet.io import read, write
from motet.provenance.folder import vouch_for
from motet.provenance.key import key_path
from motet.score import make_score


@pytest.fixture(scope="module")
def piece() -> motet.Arrangement:
    return motet.arrange("| C | G |", bars=2, seed=1)


def test_a_score_of_nobody_gets_nothing(tmp_path: Path) -> None:
    assert vouch_for([], make_score("C4:4"), tmp_path) == []
    assert motet.save_all(make_score("C4:4"), tmp_path, formats=("mid",)) == [tmp_path / "song.mid"]


def test_a_file_read_back_keeps_its_record_in_the_next_folder(
    piece: motet.Arrangement, tmp_path: Path
) -> None:
    motet.save(piece, tmp_path / "a.mid")
    files = motet.save_all(read(tmp_path / "a.mid").score, tmp_path / "b", formats=("musicxml",))
    assert [one.name for one in files][1:] == ["LICENSE-music.txt", "song.provenance.json"]
    assert motet.verify(files[0]).status == "authentic"


def test_a_key_that_cannot_be_made_is_a_remark(piece: motet.Arrangement, tmp_path: Path) -> None:
    key_path().parent.parent.mkdir(parents=True, exist_ok=True)
    key_path().parent.write_text("a file stands where the folder should")
    told: list[tuple[str, str]] = []
    files = motet.save_all(
        piece, tmp_path, formats=("mid",), on_remark=lambda en, zh: told.append((en, zh))
    )
    assert len(files) == 3
    assert "not signed" in told[0][0]
    assert "未签名" in told[0][1]
    assert motet.verify(files[0]).status == "intact"


def test_two_saves_give_the_same_bytes(piece: motet.Arrangement, tmp_path: Path) -> None:
    for name in ("a.mid", "b.mid", "a.musicxml", "b.musicxml"):
        motet.save(piece, tmp_path / name)
    for ending in ("mid", "musicxml"):
        one, two = ((tmp_path / f"{stem}.{ending}").read_bytes() for stem in "ab")
        assert one == two


def test_writing_a_score_itself_adds_nothing(tmp_path: Path) -> None:
    write(make_score("C4:4"), tmp_path / "a.mid")
    assert b"motet-record" not in (tmp_path / "a.mid").read_bytes()
