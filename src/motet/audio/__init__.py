"""Recordings: sound files in and out, and what is heard in them.

Conventions: samples are float32 with full scale 1; times are seconds from the recording's beginning.
"""

from motet.audio.beats import find_beats
from motet.audio.build import Built, notes_to_score
from motet.audio.chords import chords_from_chroma
from motet.audio.chroma import Chroma, find_chroma
from motet.audio.file import read_audio, write_audio
from motet.audio.heard import HeardBeats, HeardChord, HeardKey, HeardNote, PitchTrack
from motet.audio.key import key_from_chroma
from motet.audio.melody import find_melody
from motet.audio.network import Posteriors, note_posteriors
from motet.audio.notes import find_notes
from motet.audio.pitch import VoiceTrack, find_pitch
from motet.audio.recording import Audio
from motet.audio.split import split_notes
from motet.audio.stream import AudioStream, mono, stream_audio

__all__ = [
    "Audio",
    "AudioStream",
    "Built",
    "Chroma",
    "HeardBeats",
    "HeardChord",
    "HeardKey",
    "HeardNote",
    "PitchTrack",
    "Posteriors",
    "VoiceTrack",
    "chords_from_chroma",
    "find_beats",
    "find_chroma",
    "find_melody",
    "find_notes",
    "find_pitch",
    "key_from_chroma",
    "mono",
    "note_posteriors",
    "notes_to_score",
    "read_audio",
    "split_notes",
    "stream_audio",
    "write_audio",
]
