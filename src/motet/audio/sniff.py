"""Whether a file is a recording, told by how it begins.

Offers `is_recording`, `RECORDING_ENDINGS`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["RECORDING_ENDINGS", "is_recording"]

RECORDING_ENDINGS: Final = (
    ".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif", ".aiff", ".aifc", ".au", ".caf", ".w64",
    ".rf64",
)  # fmt: skip
"""Endings of the recordings that can be read."""
_FORMS: Final = (b"RIFF", b"RIFX", b"RF64", b"FORM")
_KINDS: Final = (b"WAVE", b"AIFF", b"AIFC")
_HEADS: Final = (b"fLaC", b"OggS", b"caff", b".snd", b"riff", b"ID3")
_SCORES: Final = (b"MThd", b"{", b"<", b"PK")


def is_recording(path: str | Path) -> bool:
    """Return whether a file is sound: by how it begins, else, if it cannot be opened, by its name.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    bool

    Examples
    --------
    >>> is_recording("song.mp3"), is_recording("song.mid")
    (True, False)
    """
    # Frames of MP3 begin with eleven ones; so may much else, so that the name must say it too.
    is_named = Path(path).suffix.lower() in RECORDING_ENDINGS
    try:
        with Path(path).open("rb") as file:
            head = file.read(12)
    except (OSError, ValueError):
        return is_named
    if head[:4] in _FORMS:
        return head[8:12] in _KINDS
    return head.startswith(_HEADS) or (is_named and not head.startswith(_SCORES))
