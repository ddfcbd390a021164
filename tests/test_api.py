"""The few calls most users need: arranging any source, telling, writing, saving everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.api import ALL_FORMATS, Arrangement, arrange, save_all, styles
from motet.errors import MotetError, ParameterError
from motet.io import read
from motet.score import make_score

CHORDS = "| Dm7 | G7 | Cmaj7 | A7 |"


@pytest.fixture(scope="module")
def piece() -> Arrangement:
    return arrange(CHORDS, style="bossa", bars=4, seed=1)


def test_chords_a_score_a_file_or_nothing(tmp_path: Path) -> None:
    sheet = make_score("E4:2 G4:2 | C5:4", chords="C:4 G:4")
    path = Arrangement(arrange(sheet, seed=1).piece).write(tmp_path / "tune.json")
    for source in (CHORDS, sheet, path, str(path), None):
        assert arrange(source, style="pop", seed=1).score.parts


def test_a_missing_or_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.mid").write_bytes(b"not midi")
    for name in ("none.mid", "bad.mid"):
        with pytest.raises(MotetError, match=name):
            arrange(tmp_path / name)
        with pytest.raises(MotetError, match=name):
            arrange(str(tmp_path / name))


def test_one_part_may_be_given_as_a_text() -> None:
    assert [part.role for part in arrange(CHORDS, style="bossa", parts="bass", bars=4).parts] == [
        "bass"
    ]


def test_it_tells_about_itself_in_both_languages() -> None:
    made = arrange(CHORDS, style="bossa", bars=4, language="zh")
    assert "波萨诺瓦" in made.summary()
    assert "Bossa nova" in made.summary("en")
    assert made.facts()["n_bars"] == 4
    assert made.parts == made.score.parts


def test_progress_rises_to_one() -> None:
    told: list[tuple[float, str]] = []
    arrange(CHORDS, bars=4, language="zh", progress=lambda f, label: told.append((f, label)))
    assert [fraction for fraction, _ in told] == sorted(fraction for fraction, _ in told)
    assert told[-1] == (1.0, "写各声部")


@pytest.mark.parametrize("name", ["song.mid", "song.json", "deep/er/song.musicxml"])
def test_notes_are_written_by_extension(piece: Arrangement, tmp_path: Path, name: str) -> None:
    assert piece.render(tmp_path / name) == [tmp_path / name]
    assert (tmp_path / name).stat().st_size > 500
    if name.endswith(("mid", "json")):
        assert read(tmp_path / name).score.n_notes == piece.score.n_notes


def test_an_unknown_extension_is_told(piece: Arrangement, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"must end in one of .*'song\.xyz'") as caught:
        piece.render(tmp_path / "song.xyz")
    assert "扩展名" in caught.value.zh
    assert list(tmp_path.iterdir()) == []


def test_saving_several_forms_names_the_files(piece: Arrangement, tmp_path: Path) -> None:
    told: list[float] = []
    files = save_all(
        piece,
        tmp_path / "new",
        stem="x",
        formats=("json", "mid"),
        progress=lambda f, _: told.append(f),
    )
    names = ["x.json", "x.mid", "LICENSE-music.txt", "x.provenance.json"]
    assert files == [tmp_path / "new" / name for name in names]
    assert told[-1] == 1.0


def test_saving_takes_scores_too(piece: Arrangement, tmp_path: Path) -> None:
    assert save_all(piece.score, tmp_path, formats=("mid",)) == [tmp_path / "song.mid"]


@pytest.mark.slow
def test_every_form_is_saved(piece: Arrangement, tmp_path: Path) -> None:
    files = save_all(piece, tmp_path)
    assert {path.suffix.lstrip(".") for path in files} == {*ALL_FORMATS, "txt"}
    assert all(path.stat().st_size > 500 for path in files)


def test_styles_are_told() -> None:
    found = {style.name: style for style in styles()}
    assert len(found) >= 16
    bossa = found["bossa"]
    assert (bossa.title_en, bossa.title_zh, bossa.metre) == ("Bossa nova", "波萨诺瓦", "4/4")
    assert "bossa-light" in bossa.grooves
    assert "4/4" in bossa.metres


@pytest.mark.parametrize(
    "options",
    [
        {"style": "bosa"},
        {"key": "H"},
        {"metre": "4/5"},
        {"form": "A"},
        {"intensity": 9},
        {"parts": ["x"]},
    ],
)
def test_options_that_mean_nothing_are_told(options: dict[str, object]) -> None:
    with pytest.raises(MotetError):
        arrange(CHORDS, **options)  # type: ignore[arg-type]
