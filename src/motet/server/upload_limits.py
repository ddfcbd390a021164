"""How much may be uploaded, and how long it is kept."""

from __future__ import annotations

from typing import Final

__all__ = ["EXPORT_KEPT_S", "PARSE_S", "SCORE_BYTES", "SOUND_BYTES", "UPLOAD_KEPT_S"]

SCORE_BYTES: Final = 10 * 1024 * 1024
"""Largest score file; the largest operas have about three."""
SOUND_BYTES: Final = 60 * 1024 * 1024
"""Largest recording or project file."""
PARSE_S: Final = 30.0
"""Longest time that reading an uploaded file may take."""
UPLOAD_KEPT_S: Final = 3600.0
"""How long an upload waits to be taken in."""
EXPORT_KEPT_S: Final = 24 * 3600.0
"""How long a written file can be downloaded."""
