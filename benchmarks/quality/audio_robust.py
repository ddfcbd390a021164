"""Odd, damaged and impossible recordings, and what Motet answers to each.

Conventions: where there is music it is the same five notes (C4 E4 G4 C5 G4, one each half second). An answer
says how many of them were heard (onset within 50 ms), or which error refused the file. Anything else than a
`MotetError` is a crash and a failure of the benchmark.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from audio_measures import measure_notes
from numpy.typing import NDArray

from motet.errors import MotetError

__all__ = ["CASES", "Case", "answer", "make_arpeggio"]

Sound = NDArray[np.float32]
_CRASHES = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, OSError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip
PITCHES = (60, 64, 67, 72, 67)
NOTES = tuple((0.2 + 0.5 * k, 0.65 + 0.5 * k, pitch) for k, pitch in enumerate(PITCHES))


def make_arpeggio(rate_hz: int, *, seconds: float = 3.0) -> Sound:
    """Return five plucked notes."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    sound = np.zeros(len(time_s))
    for onset, offset, pitch in NOTES:
        here = time_s - onset
        hz = 440 * 2 ** ((pitch - 69) / 12)
        shape = np.where((here >= 0) & (time_s < offset + 0.1), np.exp(-4 * np.maximum(here, 0)), 0)
        shape *= np.clip((offset + 0.1 - time_s) / 0.1, 0, 1) * np.clip(here / 0.005, 0, 1)
        for k in range(1, 9):
            if k * hz < 0.45 * rate_hz:
                sound += shape * np.sin(2 * np.pi * k * hz * here) / k**1.3
    return (0.5 * sound / np.abs(sound).max()).astype(np.float32)


def _write(path: Path, sound: Any, rate_hz: int = 44100, **options: Any) -> Path:
    import soundfile

    shape = np.asarray(sound)
    channels = 1 if shape.ndim == 1 else shape.shape[1]
    with soundfile.SoundFile(path, "w", rate_hz, channels, **options) as file:
        for at in range(0, len(shape), 65536):
            file.write(shape[at : at + 65536])
    return path


@dataclass(frozen=True)
class Case:
    """One recording: its name in both languages, and what writes it into a folder."""

    en: str
    zh: str
    make: Callable[[Path], Path]
    has_notes: bool = True


def _rate(rate_hz: int) -> Case:
    def make(folder: Path) -> Path:
        return _write(folder / "a.wav", make_arpeggio(rate_hz), rate_hz)

    return Case(f"WAV, {rate_hz:,} Hz", f"WAV,采样率 {rate_hz:,} Hz", make)


def _channels(count: int) -> Case:
    def make(folder: Path) -> Path:
        sound = make_arpeggio(48000)
        return _write(folder / "a.wav", np.stack([sound] * count, axis=1), 48000)

    return Case(f"WAV, {count} channels", f"WAV,{count} 声道", make)


def _as(ending: str, en: str, zh: str, rate_hz: int = 44100, **options: Any) -> Case:
    def make(folder: Path) -> Path:
        return _write(folder / f"a{ending}", make_arpeggio(rate_hz), rate_hz, **options)

    return Case(en, zh, make)


def _sound(en: str, zh: str, change: Callable[[Sound], Any], *, has_notes: bool = True) -> Case:
    def make(folder: Path) -> Path:
        return _write(folder / "a.wav", change(make_arpeggio(44100)), subtype="FLOAT")

    return Case(en, zh, make, has_notes)


def _bytes(en: str, zh: str, change: Callable[[bytes], bytes], ending: str = ".wav") -> Case:
    def make(folder: Path) -> Path:
        kind = {"subtype": "PCM_16"} if ending == ".wav" else {}
        path = _write(folder / f"a{ending}", make_arpeggio(44100), **kind)
        path.write_bytes(change(path.read_bytes()))
        return path

    return Case(en, zh, make, has_notes=False)


def _noise_bytes(count: int) -> bytes:
    return np.random.default_rng(1).integers(0, 256, count, dtype=np.uint8).tobytes()


def _head(rate_hz: int, channels: int, length: int) -> Callable[[bytes], bytes]:
    """Return what rewrites a WAV's header: its rate, channels and stated length."""

    def change(data: bytes) -> bytes:
        fmt = struct.pack("<HHIIHH", 1, channels, rate_hz, 0, 2 * channels & 0xFFFF, 16)
        return data[:20] + fmt + data[36:40] + struct.pack("<I", length) + data[44:]

    return change


def _put(data: bytes, at: int, piece: bytes) -> bytes:
    return data[:at] + piece + data[at + len(piece) :]


def _missing(folder: Path) -> Path:
    return folder / "nothing.wav"


def _folder(folder: Path) -> Path:
    (folder / "a.wav").mkdir()
    return folder / "a.wav"


def _cases() -> Iterator[Case]:
    yield from (_rate(hz) for hz in (8000, 11025, 16000, 22050, 44100, 48000, 96000, 192000))
    yield from (_channels(count) for count in (2, 3, 6, 8))
    yield _as(".flac", "FLAC, 24 bits", "FLAC,24 位", subtype="PCM_24")
    yield _as(".ogg", "OGG Vorbis", "OGG Vorbis")
    yield _as(".mp3", "MP3", "MP3")
    yield _as(".wav", "WAV, 8 bits", "WAV,8 位", subtype="PCM_U8")
    yield _as(".wav", "WAV, 64-bit float", "WAV,64 位浮点", subtype="DOUBLE")
    yield _as(".aiff", "AIFF", "AIFF")
    yield _sound("very quiet (peak at -60 dB)", "极轻(峰值 -60 dB)", lambda s: s * 0.002)
    yield _sound("clipped (18 dB too loud)", "削波(过载 18 dB)", lambda s: np.clip(s * 8, -1, 1))
    yield _sound("float far above full scale", "浮点,远超满刻度", lambda s: s * 1000)
    yield _sound("on a constant offset of 0.4", "带 0.4 的直流偏移", lambda s: s * 0.5 + 0.4)
    yield _sound("one of two channels silent", "双声道之一无声",
                 lambda s: np.stack([s, 0 * s], axis=1))  # fmt: skip
    yield _sound("right channel turned upside down", "右声道反相",
                 lambda s: np.stack([s, -s], axis=1))  # fmt: skip
    yield _sound("silence, 3 s", "静音 3 秒", np.zeros_like, has_notes=False)
    yield _sound("noise alone, 3 s", "只有噪声,3 秒", _noise, has_notes=False)
    yield _sound("0.1 s of a note", "0.1 秒的音", lambda s: s[9000:13410], has_notes=False)
    yield _sound("one sample", "一个采样", lambda s: s[9000:9001], has_notes=False)
    yield _sound("no samples", "没有采样", lambda s: s[:0], has_notes=False)
    yield _sound("not a number among the samples", "采样中有 NaN", _with_nan, has_notes=False)
    yield _bytes("an empty file", "空文件", lambda _: b"")
    yield _bytes("text named .wav", "文本,扩展名为 .wav", lambda _: b"not a sound\n" * 50)
    yield _bytes(
        "random bytes named .mp3", "随机字节,扩展名为 .mp3", lambda _: _noise_bytes(4000), ".mp3"
    )
    yield _bytes("WAV cut off in the middle", "WAV,中途截断", lambda d: d[: len(d) // 2])
    yield _bytes("WAV, header alone", "WAV,只有文件头", lambda d: d[:44])
    yield _bytes("WAV, header cut off", "WAV,文件头不全", lambda d: d[:20])
    yield _bytes("WAV that tells of 0 Hz", "WAV,声明 0 Hz", _head(0, 1, 264600))
    yield _bytes("WAV that tells of 4 GHz", "WAV,声明 4 GHz", _head(4_000_000_000, 1, 264600))
    yield _bytes(
        "WAV that tells of 60,000 channels", "WAV,声明 60,000 声道", _head(44100, 60000, 264600)
    )
    yield _bytes("WAV that tells of 0 channels", "WAV,声明 0 声道", _head(44100, 0, 264600))
    yield _bytes("WAV that tells of six hours", "WAV,声明六小时", _head(44100, 1, 1_905_120_000))
    yield _bytes("FLAC, bytes changed in the middle", "FLAC,中间字节被改",
                 lambda d: _put(d, len(d) // 2, _noise_bytes(600)), ".flac")  # fmt: skip
    yield _bytes("FLAC cut off", "FLAC,截断", lambda d: d[: len(d) // 2], ".flac")
    yield _bytes("OGG cut off", "OGG,截断", lambda d: d[: len(d) // 2], ".ogg")
    yield _bytes("MP3 cut off", "MP3,截断", lambda d: d[: len(d) // 2], ".mp3")
    yield _bytes("MP3, bytes changed in the middle", "MP3,中间字节被改",
                 lambda d: _put(d, len(d) // 2, _noise_bytes(600)), ".mp3")  # fmt: skip
    yield Case("a file that is not there", "不存在的文件", _missing, has_notes=False)
    yield Case("a folder named a.wav", "名为 a.wav 的文件夹", _folder, has_notes=False)


def _with_nan(sound: Sound) -> Sound:
    changed = sound.copy()
    changed[30000:30010] = np.nan
    return changed


def _noise(sound: Sound) -> Sound:
    return (0.1 * np.random.default_rng(1).normal(size=len(sound))).astype(np.float32)


CASES = tuple(_cases())


def answer(case: Case, folder: Path, hear: Callable[[Path], Any]) -> dict[str, Any]:
    """Return what ``hear(path)``, which gives notes, answers to a case."""
    path = case.make(folder)
    row: dict[str, Any] = {"en": case.en, "zh": case.zh, "has_notes": case.has_notes}
    started = time.perf_counter()
    try:
        heard = hear(path)
    except MotetError as error:
        row |= {"answer": "refused", "kind": type(error).__name__}
        row |= {"why_en": error.en, "why_zh": error.zh}
    except _CRASHES as error:
        row |= {"answer": "crash", "kind": type(error).__name__, "why_en": str(error)[:200]}
    else:
        notes = [(one.onset_s, one.offset_s, one.pitch) for one in heard]
        right = measure_notes(NOTES, notes)["recall"] * len(NOTES) if case.has_notes else 0
        row |= {"answer": "read", "n_notes": len(notes), "n_right": round(right)}
    return row | {"wall_s": time.perf_counter() - started}
