"""Recordings: sound files in and out, and what is heard in them.

Conventions: samples are float32 with full scale 1; times are seconds from the recording's beginning.
"""

from motet.audio.file import read_audio, write_audio
from motet.audio.heard import HeardBeats, HeardChord, HeardKey, HeardNote, PitchTrack
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream, mono, stream_audio

__all__ = [
    "Audio",
    "AudioStream",
    "HeardBeats",
    "HeardChord",
    "HeardKey",
    "HeardNote",
    "PitchTrack",
    "mono",
    "read_audio",
    "stream_audio",
    "write_audio",
]
