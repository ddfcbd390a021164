"""``motet verify``: exit codes, words in both languages, JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import motet as library
from motet.cli.verify import register
from motet.io import read, write
from motet.score import make_score


def test_what_was_written_is_intact_or_authentic(motet: Callable[..., Any], tmp_path: Path) -> None:
    assert motet("arrange", "| C | G |", "--bars", "2", "-o", "a.mid").code == 0
    found = motet("verify", "a.mid")
    assert found.code == 0
    assert found.out.startswith("a.mid: intact: nothing was changed; the record is not signed")
    assert "编配器" in motet("verify", "a.mid", "--lang", "zh").out
    library.save_all(library.arrange("| C | G |", bars=2), tmp_path / "s", formats=("mid",))
    told = motet("verify", "s/song.mid", "--json")
    assert (told.code, told.facts["status"], told.facts["is_own_key"]) == (0, "authentic", True)
    key = told.facts["key_fingerprint"]
    assert motet("verify", "s/song.mid", "--key", key).code == 0
    assert motet("verify", "s/song.mid", "--key", "00").code == 9


def test_a_change_gives_1_and_is_named(motet: Callable[..., Any], tmp_path: Path) -> None:
    library.save(library.arrange("| C | G |", bars=2), tmp_path / "a.mid")
    score = read(tmp_path / "a.mid").score
    part = score.parts[-1]
    name = part.name
    write(
        score.with_parts(*score.parts[:-1], replace(part, notes=part.notes[1:])), tmp_path / "a.mid"
    )
    found = motet("verify", "a.mid", "--json")
    assert found.code == 1
    assert [(x["kind"], x["part"], x["bar"]) for x in found.facts["changes"]] == [
        ("removed", name, 1)
    ]
    assert f"{name},第 1 小节:删去" in motet("verify", "a.mid", "--lang", "zh").out


def test_no_record_gives_8(motet: Callable[..., Any], tmp_path: Path) -> None:
    write(make_score("C4:4"), tmp_path / "a.mid")
    found = motet("verify", "a.mid")
    assert (found.code, found.out.splitlines()[0][:17]) == (8, "a.mid: no record:")


def test_a_missing_file_is_told(motet: Callable[..., Any]) -> None:
    assert motet("verify", "nothing.mid").code == 2
    assert register.__name__ == "register"
