"""A whole explanation: words in both languages, plain values, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import motet
from motet.errors import FormatError, ParameterError
from motet.io import write
from motet.score import make_score
from motet.why import explain

TUNE = (
    "C5:1 D5:1 E5:2 | G5:1 F5:1 D5:2 | E5:1 D5:1 C5:2 | D5:1 B4:1 C5:2 | "
    "C5:1 D5:1 E5:2 | G5:1 F5:1 D5:2 | E5:1 D5:1 C5:2 | C5:4"
)
CHORDS = "C:4 G:4 C:2 F:2 G7:2 C:2 C:4 G:4 F:2 G7:2 C:4"


def song() -> Any:
    return make_score(
        TUNE, "C3+E3+G3:4|G2+B2+D3:4|" * 3 + "G2+B2+F3:4|C3+E3+G3:4", chords=CHORDS, fifths=0
    )


def test_every_section_speaks_in_both_languages_and_stays_short() -> None:
    found = explain(song())
    english, chinese = found.tell("en"), found.tell("zh")
    for head in (
        "Harmony",
        "What comes back",
        "What the model expected",
        "What else it would have done",
    ):
        assert head in english
    for head in ("和声", "再现", "模型的预期", "还可以怎么写"):
        assert head in chinese
    assert len(english.splitlines()) <= 45
    assert "leads home" in english
    json.dumps(found.to_dict())


def test_only_some_bars_of_one_part() -> None:
    found = explain(song(), bars="5-6", part="Part 1", model=False)
    assert found.bars == (5, 6)
    assert {bar for bar, *_ in found.harmony.chords} == {5, 6}
    assert all({5, 6} & set(one.bars) for one in found.form.returns)
    assert found.surprise.bars == ()


def test_a_file_a_path_and_a_score_say_the_same(tmp_path: Path) -> None:
    write(song(), tmp_path / "song.json")
    one = explain(tmp_path / "song.json", model=False).to_dict()
    assert one == explain(str(tmp_path / "song.json"), model=False).to_dict()
    assert one["harmony"] == explain(song(), model=False).to_dict()["harmony"]


def test_a_project_tells_its_locks(tmp_path: Path) -> None:
    project = motet.Project.start(song(), title="Song")
    project.lock("Part 2:1-4")
    project.save(tmp_path / "song.motet")
    for source in (project, tmp_path / "song.motet"):
        assert explain(source, model=False).kept.locks == ("Part 2:1-4 (all)",)


def test_one_drum_part_alone_has_no_harmony_and_no_traceback() -> None:
    piece = motet.arrange("| C | F |", style="rock", seed=1).score
    drums = piece.with_parts(next(part for part in piece.parts if part.is_drums))
    found = explain(drums, model=False)
    assert found.tones.n_notes == 0


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"bars": "90"}, "there is no bar 90"), ({"part": "Soup"}, "Soup"), ({"alternatives": 9}, "0 to 8"),
        ({"what_if": ["tempo"]}, "CONTROL=VALUE"), ({"what_if": ["tempo=90"]}, "needs the brief"),
        ({"what_if": ["temppo=90"]}, "temppo"), ({"what_if": ["key=G"] * 4}, "at most 3"),
    ],
)  # fmt: skip
def test_mistakes_are_named(options: dict[str, Any], word: str) -> None:
    with pytest.raises(ParameterError, match=word) as caught:
        explain(song(), model=False, **options)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in caught.value.localised("zh"))


def test_what_cannot_be_explained_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.mid").write_bytes(b"MThd no")
    with pytest.raises(FormatError):
        explain(tmp_path / "bad.mid")
    with pytest.raises(ParameterError, match="there is no file"):
        explain("nothing.mid")
    with pytest.raises(ParameterError, match="got int"):
        explain(3)
    with pytest.raises(ParameterError, match="no note"):
        explain(make_score("r:4"))


def test_what_a_model_of_phrases_wrote_is_judged_by_the_model_of_pieces() -> None:
    piece = motet.adjust(song(), density=1.0)
    found = explain(piece, alternatives=0)
    assert "What the model expected" in found.tell("en")
