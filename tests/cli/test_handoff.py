"""``motet handoff``: the folder, its options, its mistakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from motet.cli.handoff import register
from motet.io import write
from motet.score import make_score


def test_a_folder_is_written_and_named(motet: Callable[..., Any], tmp_path: Path) -> None:
    write(make_score("C4:4 D4:4", chords="C:4 G:4"), tmp_path / "a.mid")
    found = motet("handoff", "a.mid", "daw", "--no-stems", "--chords", "track", "--json")
    assert found.code == 0
    assert [Path(one).name for one in found.facts["files"]] == [
        "a.mid", "a.musicxml", "a chords.txt", "README.txt", "LICENSE-music.txt",
        "a.provenance.json",
    ]  # fmt: skip
    assert motet("verify", "daw/a.mid").code == 0


def test_mistakes_are_told_in_both_languages(motet: Callable[..., Any], tmp_path: Path) -> None:
    write(make_score("C4:4"), tmp_path / "a.mid")
    found = motet("handoff", "a.mid", "daw", "--chords", "some")
    assert found.code == 2
    assert "--chords must be text or track" in found.err
    assert "必须是" in motet("handoff", "a.mid", "daw", "--chords", "x", "--lang", "zh").err
    assert motet("handoff", "nothing.mid", "daw").code == 2
    assert not (tmp_path / "daw").exists()
    assert register.__name__ == "register"
