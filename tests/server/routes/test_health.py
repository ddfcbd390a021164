"""Whether the server is well."""

from __future__ import annotations

from httpx import Client

import motet


def test_a_running_server_is_well(client: Client) -> None:
    assert client.get("/api/health").json() == {
        "status": "ok",
        "version": motet.__version__,
        "waiting": 0,
    }
