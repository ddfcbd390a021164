"""Recordings: sound files in and out, and what is heard in them.

Conventions: samples are float32 with full scale 1; times are seconds from the recording's beginning.
"""

from motet.audio.file import read_audio, write_audio
from motet.audio.recording import Audio

__all__ = ["Audio", "read_audio", "write_audio"]
