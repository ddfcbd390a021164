"""Briefs from tables and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.brief.read import brief_from_dict, brief_from_toml, read_brief
from motet.errors import FormatError, ParameterError

TEXT = """
format = 1
style = "waltz"
metre = "3/4"
chords = ["C", "G7"]
[[parts]]
instrument = "violin"
role = "melody"
density = "medium"
[[parts]]
instrument = "cello"
rests = "1"
"""


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(TEXT, encoding="utf-8")
    brief = read_brief(path)
    assert brief.chords == "C | G7"
    assert [part.instrument for part in brief.parts] == ["violin", "cello"]
    assert brief.parts[1].rests == (1,)


def test_unknown_fields_offer_the_nearest() -> None:
    with pytest.raises(ParameterError, match="did you mean 'metre'"):
        brief_from_dict({"meter": "3/4"})
    with pytest.raises(ParameterError, match="did you mean 'role'"):
        brief_from_toml('[[parts]]\nrol = "melody"')


def test_a_newer_format_is_refused() -> None:
    for wrong in (3, 0, True, "2"):
        with pytest.raises(ParameterError, match="format = 1 to 2"):
            brief_from_dict({"format": wrong})


def test_the_first_format_is_read_as_before() -> None:
    told = brief_from_dict({"format": 1, "emotion": [0.4, -0.7], "key": "D"})
    assert told == brief_from_dict({"format": 2, "emotion": "calm", "key": "D"})


def test_files_that_are_no_briefs(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="not TOML"):
        brief_from_toml("= 3", path="a.toml")
    with pytest.raises(FormatError, match="cannot read"):
        read_brief(tmp_path / "none.toml")
    path = tmp_path / "b.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FormatError):
        read_brief(path)
