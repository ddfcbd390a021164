"""``motet transcribe`` as a person types it, in both languages, with what can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import motet as library
from motet.audio import Audio, write_audio
from motet.render import render_audio
from motet.score import make_score


@pytest.fixture(scope="module")
def sound() -> Audio:
    score = make_score("C5:1 D5:1 E5:1 F5:1 | G5:2 E5:2", "C3+E4+G4:4 | C3+E4+G4:4")
    return render_audio(score, reverb="none", sample_rate_hz=22050)


def test_one_recording(motet: Callable[..., Any], sound: Audio, tmp_path: Path) -> None:
    write_audio(sound, tmp_path / "take.wav")
    found = motet(
        "transcribe", "take.wav", "-o", "new/take.mid", "--performed", "played.mid", "--metre",
        "4/4", "--qpm", "120", "--json",
    )  # fmt: skip
    assert found.code == 0
    facts = found.facts
    assert facts["metre"] == "4/4"
    assert facts["files"] == ["new/take.mid", "played.mid"]
    assert facts["chords"]
    assert library.read(tmp_path / "new/take.mid").score.n_notes == facts["n_notes"] > 5
    assert library.read(tmp_path / "played.mid").score.n_notes > 5


@pytest.mark.parametrize(("language", "words"), [("en", "sure"), ("zh", "把握")])
def test_beside_the_recording(
    motet: Callable[..., Any], sound: Audio, tmp_path: Path, language: str, words: str
) -> None:
    write_audio(sound, tmp_path / "take.ogg")
    found = motet("transcribe", "take.ogg", "--no-split", "--lang", language)
    assert found.code == 0
    assert words in found.out
    assert "take.musicxml" in found.out
    score = library.read(tmp_path / "take.musicxml").score
    assert score.title == "take"
    assert len(score.parts) == 1


def test_an_excerpt(motet: Callable[..., Any], sound: Audio, tmp_path: Path) -> None:
    write_audio(sound, tmp_path / "take.wav")
    facts = motet(
        "transcribe", "take.wav", "-o", "a.mid", "--start", "2", "--end", "3.5", "--json"
    ).facts
    assert facts["duration_s"] == pytest.approx(1.5, abs=0.1)


def test_a_folder_goes_on_after_a_bad_file(
    motet: Callable[..., Any], sound: Audio, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    write_audio(sound, tmp_path / "in" / "good.wav")
    (tmp_path / "in" / "bad.wav").write_bytes(b"RIFF")
    found = motet(
        "transcribe", "in", "-o", "out/", "--to", "mid", "--processes", "1", "--lang", "zh"
    )
    assert found.code == 3
    assert "失败" in found.out
    assert "bad.wav" in found.out
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.mid"]


@pytest.mark.parametrize(
    ("args", "code", "en"),
    [
        (["gone.wav", "-o", "a.mid"], 3, "gone.wav"),
        (["in/", "-o", "a.mid"], 2, "-o FOLDER/"),
        (["in/", "-o", "out/", "--start", "3"], 2, "--start"),
        (["in/", "-o", "out/", "--performed", "b.mid"], 2, "--performed"),
        (["in/", "-o", "out/"], 2, "no recording"),
        (["a.wav", "-o", "a.mid", "--metre", "x"], 2, "metre"),
        (["a.wav", "-o", "a.mid", "--key", "H"], 2, "H"),
        (["a.wav", "-o", "a.mid", "--start", "5", "--end", "2"], 2, "end"),
        (["a.wav", "-o", "a.doc"], 2, "doc"),
    ],
)
def test_what_is_refused(
    motet: Callable[..., Any], tmp_path: Path, args: list[str], code: int, en: str
) -> None:
    (tmp_path / "in").mkdir()
    write_audio(Audio(np.zeros((8000, 2), np.float32), 8000), tmp_path / "a.wav")
    found = motet("transcribe", *args, "--json")
    assert found.code == code
    assert en in found.facts["error"]["message"] + found.facts["error"]["path"]
    chinese = motet("transcribe", *args, "--json", "--lang", "zh")
    assert any("一" <= sign <= "鿿" for sign in chinese.facts["error"]["message"])
    assert not list(tmp_path.glob("*.mid"))


def test_other_commands_take_recordings(
    motet: Callable[..., Any], sound: Audio, tmp_path: Path
) -> None:
    write_audio(sound, tmp_path / "take.wav")
    found = motet("convert", "take.wav", "take.mid")
    assert found.code == 0
    assert "motet transcribe" in found.err
    assert library.read(tmp_path / "take.mid").score.n_notes > 5
    again = motet("convert", "take.wav", "take.mp3")
    assert again.code == 0
    assert "transcribe" not in again.err
    assert motet("analyse", "take.wav", "--json").facts["notes"]
