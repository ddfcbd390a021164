"""One recording heard by Motet and by its rivals, and what each of them got right.

Conventions: a row is a dictionary of plain values: what was played, and for each question the figures of
each system. A system that failed has an ``"error"``, and counts as having found nothing.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import audio_rivals as rivals
import numpy as np
from audio_measures import (
    measure_beats,
    measure_chords,
    measure_key,
    measure_notes,
    measure_tempo,
    measure_track,
)
from audio_pieces import Take
from audio_voice import Sung

from motet.errors import MotetError

__all__ = [
    "hear_music",
    "hear_voice",
    "read_22k",
    "rival_music",
    "rival_voice",
    "symbols_to_chords",
]

MOTET, PEAKS, BASIC, LIBROSA, TEMPLATES, CHROMA = (
    "Motet", "peaks", "Basic Pitch", "librosa", "templates", "Motet, chroma alone",
)  # fmt: skip
PYIN = "pYIN"


def read_22k(path: Path) -> Any:
    """Return a file's sound, mono, at 22,050 Hz."""
    import soundfile
    import soxr

    sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    mono = sound.mean(axis=1)
    return mono if rate_hz == 22050 else soxr.resample(mono, rate_hz, 22050).astype(np.float32)


def symbols_to_chords(chords: Any) -> list[tuple[float, float, int, str]]:
    """Return Motet's chords as (start s, end s, root, kind); root -1 where none sounds."""
    from audio_pieces import harte_kind

    from motet.theory import parse_chord

    found = []
    for one in chords:
        if one.symbol in ("N", "N.C."):
            found.append((one.start_s, one.end_s, -1, "N"))
            continue
        chord = parse_chord(one.symbol)
        found.append((one.start_s, one.end_s, chord.root_pc, harte_kind(chord.quality)))
    return found


def _of_notes(notes: Any) -> list[tuple[float, float, int]]:
    return [(one.onset_s, one.offset_s, one.pitch) for one in notes]


def hear_music(take: Take, path: Path) -> dict[str, Any]:
    """Return Motet's figures for one recording."""
    row: dict[str, Any] = {what: {} for what in ("notes", "beats", "tempo", "key", "chords")}
    started = time.perf_counter()
    try:
        _add_motet(row, take, path)
    except MotetError as error:
        row["error"] = str(error)
        _add_nothing(row, take)
    return row | {"wall_s": time.perf_counter() - started}


def rival_music(take: Take, path: Path, *, basic_pitch: Path | None = None) -> dict[str, Any]:
    """Return the figures of Motet's rivals for one recording."""
    row: dict[str, Any] = {what: {} for what in ("notes", "beats", "tempo", "key", "chords")}
    sound = read_22k(path)
    posteriors = rivals.network_posteriors(sound)
    row["notes"][PEAKS] = measure_notes(take.notes, rivals.naive_notes(posteriors))
    if basic_pitch is not None:
        made = rivals.basic_pitch_notes(posteriors, basic_pitch)
        row["notes"][BASIC] = measure_notes(take.notes, made)
    bpm, beats = rivals.librosa_beats(sound)
    if take.beats_s:
        row["beats"][LIBROSA] = _beat_figures(take, beats, beats[::4], "4/4")
        row["tempo"][LIBROSA] = measure_tempo(take.bpm, bpm)
    if take.key:
        row["key"][TEMPLATES] = measure_key(take.key, rivals.chroma_key(sound))
    if take.chords:
        row["chords"][TEMPLATES] = measure_chords(take.chords, rivals.chroma_chords(sound, beats))
    return row


def _beat_figures(take: Take, beats: Any, downs: Any, metre: str) -> dict[str, float]:
    found = measure_beats(take.beats_s, beats)
    down = measure_beats(take.downbeats_s, downs)
    return {**found, "downbeat": down["f"], "metre": float(metre == take.metre)}


def _add_motet(row: dict[str, Any], take: Take, path: Path) -> None:
    from motet.audio.chords import chords_from_chroma
    from motet.audio.chroma import find_chroma
    from motet.audio.key import key_from_chroma
    from motet.tasks.transcribe import transcribe

    heard = transcribe(path)
    row["notes"][MOTET] = measure_notes(take.notes, _of_notes(heard.notes))
    beats = heard.beats
    if take.beats_s:
        metre = f"{beats.metre[0]}/{beats.metre[1]}"
        row["beats"][MOTET] = _beat_figures(
            take, beats.time_s, beats.time_s[beats.place == 0], metre
        )
        row["tempo"][MOTET] = measure_tempo(take.bpm, beats.qpm / beats.beat_qn)
        row["heard"] = {"metre": metre, "qpm": round(float(beats.qpm), 1)}
    if take.key or take.chords:
        chroma = find_chroma(path)
        if take.key:
            row["key"][MOTET] = measure_key(take.key, heard.key.name)
            row["key"][CHROMA] = measure_key(take.key, key_from_chroma(chroma).name)
        if take.chords:
            row["chords"][MOTET] = measure_chords(take.chords, symbols_to_chords(heard.chords))
            plain = chords_from_chroma(chroma, beats=beats)
            row["chords"][CHROMA] = measure_chords(take.chords, symbols_to_chords(plain))


def _add_nothing(row: dict[str, Any], take: Take) -> None:
    row["notes"][MOTET] = measure_notes(take.notes, [])
    if take.beats_s:
        row["beats"][MOTET] = {"f": 0.0, "amlt": 0.0, "downbeat": 0.0, "metre": 0.0}
        row["tempo"][MOTET] = {"tempo": 0.0, "tempo_octave": 0.0}
    if take.key:
        row["key"][MOTET] = row["key"][CHROMA] = {"key": 0.0, "key_exact": 0.0}
    if take.chords:
        row["chords"][MOTET] = row["chords"][CHROMA] = {"root": 0.0, "majmin": 0.0}


def hear_voice(take: Take, sung: Sung, path: Path, kind: str) -> dict[str, Any]:
    """Return Motet's figures for one sung, hummed or whistled line."""
    from motet.audio.melody import find_melody
    from motet.audio.pitch import find_pitch
    from motet.tasks.transcribe import hum

    row: dict[str, Any] = {"notes": {}, "track": {}, "key": {}}
    started = time.perf_counter()
    try:
        track = find_pitch(path)
        is_voiced = np.asarray(track.voiced) >= 0.5
        given = {"time_s": track.time_s, "hz": track.hz, "is_voiced": is_voiced}
        row["track"][MOTET] = measure_track(sung.track, given)
        wish = "whistle" if kind == "whistled" else "voice"
        row["notes"]["Motet, told the kind"] = measure_notes(
            sung.notes, _of_notes(find_melody(track, kind=wish))
        )
        heard = hum(path)
        row["notes"][MOTET] = measure_notes(sung.notes, _of_notes(heard.notes))
        row["right_pitch"] = _pitch_share(sung.notes, _of_notes(heard.notes))
        if take.key:
            row["key"][MOTET] = measure_key(take.key, heard.key.name)
    except MotetError as error:
        row["error"] = str(error)
        row["notes"][MOTET] = row["notes"]["Motet, told the kind"] = measure_notes(sung.notes, [])
        row["track"][MOTET] = dict.fromkeys(("pitch", "chroma", "voicing_recall"), 0.0)
        row["track"][MOTET]["voicing_false"] = 1.0
        row["key"] = {MOTET: {"key": 0.0, "key_exact": 0.0}} if take.key else {}
    return row | {"wall_s": time.perf_counter() - started}


def rival_voice(sung: Sung, path: Path) -> dict[str, Any]:
    """Return the figures of Motet's rivals for one sung, hummed or whistled line."""
    row: dict[str, Any] = {"notes": {}, "track": {}}
    sound = read_22k(path)
    times, hz, voiced = rivals.pyin_track(sound)
    given = {"time_s": times, "hz": hz, "is_voiced": voiced}
    row["track"][PYIN] = measure_track(sung.track, given)
    row["notes"][PYIN] = measure_notes(sung.notes, rivals.pyin_notes(times, hz, voiced))
    row["notes"][PEAKS] = measure_notes(
        sung.notes, rivals.naive_notes(rivals.network_posteriors(sound))
    )
    return row


def _pitch_share(true: Any, heard: Any) -> float:
    """Return the share of the true notes at whose middle the right pitch is heard."""
    right = sum(
        any(on <= (a + b) / 2 < off and pitch == found for on, off, found in heard)
        for a, b, pitch in true
    )
    return right / max(1, len(true))
