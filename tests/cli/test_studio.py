"""The command that opens the studio."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio_kit import LoopbackSocket


@pytest.fixture(autouse=True)
def loopback(own_world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let these tests open ports of this machine."""
    del own_world
    monkeypatch.setattr(socket, "socket", LoopbackSocket)


def test_it_says_its_address_and_ends_cleanly(tmp_path: Path) -> None:
    environment = {**os.environ, "MOTET_STUDIO_FOLDER": str(tmp_path)}
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    motet = Path(sys.executable).with_name("motet")
    command = [motet, "studio", "--no-open", "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == f"http://127.0.0.1:{port}/"
        assert (tmp_path / "studio.sqlite").is_file()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, -signal.SIGINT, 130)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


@pytest.mark.parametrize(("language", "word"), [("en", "port must be"), ("zh", "port 必须")])
def test_a_wrong_port_is_told(language: str, word: str, motet: Callable[..., Any]) -> None:
    found = motet("studio", "--port", "99999", "--no-open", "--lang", language)
    assert found.code == 2
    assert word in found.err
