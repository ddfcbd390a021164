"""What a newcomer gets wrong: never a traceback, the right exit code, one line in each language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.io import write
from motet.score import make_score

ENDING = ["-o", "out.mid"]
MISTAKES = [
    (["arrange", "| C | Xyz |", *ENDING], 2, "Xyz"),
    (["arrange", "| |", *ENDING], 2, "1"),
    (["arrange", "folder", *ENDING], 2, "folder"),
    (["arrange", "folder.mid", *ENDING], 2, "folder.mid"),
    (["arrange", "absent.mid", *ENDING], 2, "absent.mid"),
    (["arrange", "sub/absent.mid", *ENDING], 2, "sub/absent.mid"),
    (["arrange", "song.wav", *ENDING], 2, "song.wav"),
    (["arrange", "chords.docx", *ENDING], 2, "chords.docx"),
    (["arrange", "empty.mid", *ENDING], 3, "empty.mid"),
    (["arrange", "text.mid", *ENDING], 3, "text.mid"),
    (["arrange", "short.mid", *ENDING], 3, "short.mid"),
    (["arrange", "broken.json", *ENDING], 3, "broken.json"),
    (["arrange", "binary.txt", *ENDING], 3, "binary.txt"),
    (["arrange", "N" * 5000, *ENDING], 2, "N"),
    (["arrange", "| C |", "--style", "broken.toml", *ENDING], 3, "broken.toml"),
    (["arrange", "| C |", "--style", "absent.toml", *ENDING], 3, "absent.toml"),
    (["arrange", "| C |", "--seed", "-1", *ENDING], 2, "-1"),
    (["arrange", "| C |", "--qpm", "nan", *ENDING], 2, "nan"),
    (["arrange", "| C |", "--form", "A", *ENDING], 2, "A"),
    (["arrange", "| C |", "--form", "A9999", *ENDING], 2, "A9999"),
    (["arrange", "| C |", "--part", "drumz", *ENDING], 2, "drums"),
    (["arrange", "| C |", "--part", "melody=kazooo", *ENDING], 2, "kazooo"),
    (["arrange", "| C |", "--bars", "100000000", *ENDING], 2, "100000000"),
    (["arrange", "| C |", "-o", "text.mid/out.mid"], 2, "text.mid"),
    (["arrange", "| C |", "-o", "-"], 2, "'-'"),
    (["arrange", "| C |", "-o", ""], 2, "''"),
    (["arrange", "| C |", "--stems", *ENDING], 2, "stems"),
    (["arrange", "good.mid", "--bars", "4", *ENDING], 2, "bars"),
    (["render", "good.mid", "--reverb", "cave"], 2, "cave"),
    (["render", "good.mid", "--loudness", "nan"], 2, "nan"),
    (["render", "good.mid", "--from-bar", "9"], 2, "9"),
    (["render", "good.mid", "--from-bar", "2", "--to-bar", "1"], 2, "2"),
    (["render", "good.mid", "-o", "out.pdf", "--reverb", "hall"], 2, "reverb"),
    (["convert", "good.mid", "out.docx"], 2, "out.docx"),
    (["convert", "good.mid", "-", "--to", "docx"], 2, "docx"),
    (["convert", "good.mid", "N" * 300 + ".mid"], 3, "N"),
    (["show", "folder"], 2, "folder"),
    (["show", "| C |"], 2, "| C |"),
    (["show", "/dev/null"], 2, "/dev/null"),
    (["play", "absent.mid"], 2, "absent.mid"),
    (["styles", "bosa"], 2, "bossa"),
    (["completion", "tcsh"], 2, "tcsh"),
]
ENGLISH = ("such file", "directory", "Expecting", "must", "got ", "did you", "too long", "Errno")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Files and folders to stumble over."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.mid").mkdir()
    (tmp_path / "empty.mid").write_bytes(b"")
    (tmp_path / "text.mid").write_text("hello world")
    (tmp_path / "short.mid").write_bytes(b"MThd\0\0\0\6\0\1\0\1")
    (tmp_path / "broken.json").write_text('{"format": 1, ')
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00C")
    (tmp_path / "broken.toml").write_text("style = ")
    write(make_score("C4:4 | D4:4"), tmp_path / "good.mid")
    return sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize(("args", "code", "word"), MISTAKES, ids=lambda value: str(value)[:40])
def test_a_mistake_is_told(
    motet: Callable[..., Any],
    tmp_path: Path,
    files: list[str],
    args: list[str],
    code: int,
    word: str,
) -> None:
    for language in ("en", "zh"):
        found = motet(*args, "--lang", language)
        assert (found.code, found.out) == (code, ""), found.err
        assert word in found.err
        assert len(found.err.splitlines()) == 1
        assert len(found.err) < 600 or "N" * 300 in args[1]
        has_han = any("\u4e00" <= letter <= "\u9fff" for letter in found.err)
        assert has_han == (language == "zh")
    assert not [english for english in ENGLISH if english in found.err]
    assert sorted(path.name for path in tmp_path.iterdir()) == files
