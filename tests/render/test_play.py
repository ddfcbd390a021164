import sys
from pathlib import Path

import numpy as np
import pytest

from motet.audio.recording import Audio
from motet.errors import MotetError
from motet.render.play import check_player, find_players, play_audio

SECOND = Audio(np.zeros((441, 2), np.float32), 44100)


def install(folder: Path, name: str, body: str) -> None:
    """Put a real program of that name where the system looks for programs."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if sys.platform == "win32":
        pytest.skip("programs are shell scripts here")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    return tmp_path


def test_plays_by_the_first_program_that_works(programs: Path) -> None:
    install(programs, "pw-play", "echo no server >&2; exit 1")
    install(programs, "aplay", f'for last; do :; done; [ -s "$last" ] && : > {programs}/heard')
    assert [Path(command[0]).name for command in find_players()] == ["pw-play", "aplay"]
    assert play_audio(SECOND) == "aplay"
    assert (programs / "heard").exists()


def test_says_what_to_do_when_nothing_plays(programs: Path) -> None:
    install(programs, "aplay", "echo no soundcards found >&2; exit 1")
    with pytest.raises(MotetError, match="no soundcards found") as caught:
        play_audio(SECOND)
    assert "motet render" in str(caught.value)
    assert "motet render" in caught.value.zh
    assert "未安装 sounddevice;aplay 报告“no soundcards found”" in caught.value.zh


def test_a_silent_player_is_told_by_its_exit_code(programs: Path) -> None:
    install(programs, "aplay", "exit 3")
    with pytest.raises(MotetError, match="aplay: exit code 3") as caught:
        play_audio(SECOND)
    assert "aplay 退出码 3" in caught.value.zh


def test_no_player_is_found_out_beforehand(programs: Path) -> None:
    with pytest.raises(MotetError, match="no player is installed"):
        check_player()
    install(programs, "aplay", "exit 0")
    check_player()


def test_nothing_to_play() -> None:
    assert play_audio(Audio(np.zeros((0, 2), np.float32), 44100)) == "nothing"
