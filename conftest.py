"""What every test and doctest gets: an own home, no network, fixed randomness, a scratch folder."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

SEED = 20260101

settings.register_profile("motet", deadline=None, derandomize=True, database=None)
settings.load_profile("motet")


class LocalSocket(socket.socket):
    """A socket that refuses every family but the machine's own."""

    def __init__(self, family: int = -1, *args: Any, **options: Any) -> None:
        fileno = options.get("fileno", args[2] if len(args) > 2 else None)
        if fileno is None and family != getattr(socket, "AF_UNIX", None):
            raise RuntimeError("tests must not use the network")
        super().__init__(family, *args, **options)


@pytest.fixture(autouse=True)
def own_world(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each test its own home and language, fixed seeds, and no network."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in [name for name in os.environ if name.startswith(("MOTET_", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setattr(socket, "socket", LocalSocket)
    random.seed(SEED)
    np.random.seed(SEED)


@pytest.fixture(autouse=True)
def scratch_for_doctests(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Run doctests in an empty folder, so that their files stay out of the repository."""
    if isinstance(request.node, pytest.DoctestItem):
        monkeypatch.chdir(tmp_path)


@pytest.fixture
def rng() -> np.random.Generator:
    """A random generator with a fixed seed."""
    return np.random.default_rng(SEED)
