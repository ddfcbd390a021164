"""The description that the page's client is made from is the server's own."""

from __future__ import annotations

from openapi import PLACE, describe


def test_the_file_is_as_the_server_is() -> None:
    assert PLACE.read_text(encoding="utf-8") == describe(), "run tools/openapi.py and npm run api"
