"""Limits are those that readers below can keep."""

from __future__ import annotations

from motet.io.limits import MAX_TEXT_BYTES
from motet.io.motet_file import MAX_PROJECT_BYTES
from motet.server.upload_limits import EXPORT_KEPT_S, SCORE_BYTES, SOUND_BYTES, UPLOAD_KEPT_S


def test_what_may_be_uploaded_can_be_read() -> None:
    assert SCORE_BYTES == 10 * 2**20
    assert SCORE_BYTES <= MAX_TEXT_BYTES
    assert SCORE_BYTES < SOUND_BYTES == 60 * 2**20 <= MAX_PROJECT_BYTES
    assert UPLOAD_KEPT_S == 3600.0 < EXPORT_KEPT_S == 86400.0
