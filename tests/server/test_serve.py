"""A port that is free."""

from __future__ import annotations

import socket

import pytest

from motet.errors import ParameterError
from motet.server.serve import find_port
from studio_kit import LoopbackSocket


@pytest.fixture(autouse=True)
def loopback(own_world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let these tests open ports of this machine."""
    del own_world
    monkeypatch.setattr(socket, "socket", LoopbackSocket)


def test_a_taken_port_is_passed_over_or_told() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        taken = one.getsockname()[1]
        assert find_port("127.0.0.1", taken) != taken
        with pytest.raises(ParameterError, match="name another --port"):
            find_port("127.0.0.1", taken, tries=1)


def test_a_host_that_is_not_ours_is_told() -> None:
    with pytest.raises(ParameterError, match=r"192\.0\.2\.1"):
        find_port("192.0.2.1", 8765, tries=1)
