"""Files are fetched by an id that was given, and by nothing else."""

from __future__ import annotations

import pytest
from httpx import Client


@pytest.mark.parametrize("name", ["a" * 32, "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "x"])
def test_other_ids_find_nothing(client: Client, name: str) -> None:
    assert client.get(f"/api/files/{name}").status_code == 404
