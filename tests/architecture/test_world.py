"""The world that tests live in: own home, no network, fixed seeds (conftest.py at the root)."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path

import numpy as np
import pytest

DRAWN: list[tuple[float, float, float]] = []


def test_the_network_is_closed() -> None:
    with pytest.raises(RuntimeError, match="network"):
        socket.create_connection(("127.0.0.1", 9))
    with pytest.raises(RuntimeError, match="network"):
        socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)


def test_sockets_of_the_machine_itself_work() -> None:
    left, right = socket.socketpair()
    left.sendall(b"x")
    assert right.recv(1) == b"x"
    left.close()
    right.close()


def test_home_is_empty_and_not_the_user_s() -> None:
    assert list(Path.home().iterdir()) == []
    assert not [name for name in os.environ if name.startswith("MOTET_")]


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_draws_the_same_numbers(turn: int, rng: np.random.Generator) -> None:
    DRAWN.append((random.random(), float(np.random.random()), float(rng.random())))
    assert len(DRAWN) == turn or os.environ.get("PYTEST_XDIST_WORKER")
    assert len(set(DRAWN)) == 1
