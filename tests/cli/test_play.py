"""``motet play`` without a sound card says so, and with a player it plays."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.play import register
from motet.io import write
from motet.score import make_score


def test_no_player_is_told_before_anything_is_rendered(
    motet: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    monkeypatch.setattr("motet.render.render_audio", None)
    write(make_score("C4:1"), tmp_path / "a.mid")
    found = motet("play", "a.mid", "--json")
    assert found.code == 1
    assert "no player is installed" in found.facts["error"]["message"]
    assert "motet render" in found.facts["error"]["message"]
    assert "没有安装播放器" in motet("play", "| C |", "--lang", "zh").err


def test_a_player_gets_a_wav_file(
    motet: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    player = programs / "paplay"
    player.write_text(f'#!/bin/sh\nhead -c 4 "$1" > {tmp_path}/heard\n')
    player.chmod(player.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    write(make_score("C4:1"), tmp_path / "a.mid")
    found = motet("play", "a.mid", "--json")
    assert found.code == 0
    assert found.facts["player"] == "paplay"
    assert (tmp_path / "heard").read_bytes() == b"RIFF"
    assert callable(register)
