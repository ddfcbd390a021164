"""A recording becomes a score: notes, beats, harmony, then bars.

Conventions: the recording is read several times, block by block, so that memory stays flat. Nothing is
written to a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from motet.audio.beats import find_beats
from motet.audio.build import Built, NamedNotes, notes_to_score
from motet.audio.heard import HeardBeats, HeardNote
from motet.audio.network import Stop
from motet.audio.notes import find_notes
from motet.audio.recording import Audio
from motet.audio.split import split_notes
from motet.audio.stream import AudioStream, stream_audio
from motet.errors import BusyError
from motet.language import Language, say
from motet.tasks.transcribe.harmony import choose_harmony
from motet.tasks.transcribe.pace import with_dotted_beats
from motet.tasks.transcribe.result import Remark, Transcription
from motet.theory import parse_key

__all__ = ["transcribe"]

Report = Callable[[float, str], None]
_QUIET_PEAK: Final = 1e-3
_CLIPPED: Final = 0.001
_UNSURE: Final = 0.35
_ENOUGH: Final = 24
_ENDS: Final = {"notes": 0.6, "beats": 0.75, "harmony": 0.97}


def transcribe(
    source: Path | str | Audio | AudioStream,
    *,
    metre: str | tuple[int, int] | None = None,
    qpm: float | None = None,
    key: str | None = None,
    split: bool = True,
    chords: bool = True,
    title: str = "",
    language: Language = "en",
    on_progress: Report | None = None,
    cancel: Stop | None = None,
) -> Transcription:
    """Return a recording as a score for reading, and the same as it was played.

    Parameters
    ----------
    source : path, Audio or AudioStream
        WAV, FLAC, OGG or MP3, up to 6 hours.
    metre : str, (int, int) or None
        ``"3/4"`` where it is known.
    qpm : float or None, quarter notes a minute, 20 to 400
        The tempo where it is known, about.
    key : str or None
        ``"F"``, ``"A minor"``, ``"C大调"`` where it is known.
    split : bool
        Whether notes go to parts by register and role, or all to one.
    chords : bool
        Whether chord symbols are written.
    title : str
    language : Language
        Of the result's texts and of part names.
    on_progress : callable or None
        ``on_progress(fraction, label)``.
    cancel : object with `is_set`, or None
        A wish to stop, from another thread.

    Returns
    -------
    Transcription
        Silence gives a score without notes, and a remark.

    Raises
    ------
    ParameterError
        An option is not allowed, or the extra ``[audio]`` is not installed.
    FormatError
        The file cannot be read.
    BusyError
        It was stopped.

    Source
    ------
    See `motet.audio.network`, `motet.audio.beats` and `motet.tasks.transcribe.harmony`. Measured in
    ``docs/audio.md``.

    Examples
    --------
    >>> import numpy as np
    >>> heard = transcribe(Audio(np.zeros((22050, 2), np.float32), 22050))
    >>> heard.score.n_notes, heard.confidence, heard.remarks[0][0]
    (0, 0.0, 'the recording is silent')
    """
    if key is not None:
        parse_key(key)
    find_beats(None, qpm=qpm, metre=metre)  # refuses a wrong wish now, not after minutes
    stream = stream_audio(source)
    report = _Progress(on_progress, language, cancel)
    report.stage("notes", 0.0)
    notes = find_notes(stream, on_progress=report.inside("notes", 0.0), cancel=cancel)
    report.stage("beats", _ENDS["notes"])
    beats = find_beats(stream, notes=notes, qpm=qpm, metre=metre)
    if metre is None and qpm is None and len(notes) >= _ENOUGH:
        beats = with_dotted_beats(beats, notes)
    report.stage("harmony", _ENDS["beats"])
    parts = _parts(notes, split=split, language=language)
    bare = notes_to_score(parts, beats, title=title)
    harmony = choose_harmony(stream, notes, bare.score, beats, key=key, chords=chords)
    report.stage("score", _ENDS["harmony"])
    built = notes_to_score(
        parts, beats, title=title, key=harmony.key if notes else None, chords=harmony.chords
    )
    remarks = (*_remarks(stream, notes, beats, built), *(harmony.remarks if notes else ()))
    report.stage("score", 1.0)
    return Transcription(
        score=built.score,
        performed=built.performed,
        notes=tuple(notes),
        beats=beats,
        key=harmony.key,
        chords=harmony.chords,
        remarks=remarks,
        confidence=_confidence(notes, beats),
        moved=built.moved,
        duration_s=stream.duration_s,
        language=language,
    )


class _Progress:
    """Tells how far it is, and stops where that was asked."""

    def __init__(self, told: Report | None, language: Language, cancel: Stop | None) -> None:
        self._told, self._language, self._cancel = told, language, cancel

    def stage(self, name: str, share: float) -> None:
        """Tell the beginning of a stage."""
        self._tell(name, share)
        if self._cancel is not None and self._cancel.is_set:
            raise BusyError(
                "stopped before it was finished; nothing was written to a file",
                zh="未完成即已停止;没有写入任何文件",
            )

    def inside(self, name: str, start: float) -> Report:
        """Return what a stage calls with its own share."""
        return lambda share, _: self._tell(name, start + share * (_ENDS[name] - start))

    def _tell(self, name: str, share: float) -> None:
        if self._told is not None:
            en, zh = _LABELS[name]
            self._told(min(1.0, share), say(en, zh, language=self._language))


_LABELS: Final = {
    "notes": ("listening for notes", "正在听辨音符"),
    "beats": ("finding the beat", "正在寻找节拍"),
    "harmony": ("finding key and chords", "正在寻找调与和弦"),
    "score": ("writing the score", "正在写成乐谱"),
}


def _parts(
    notes: Sequence[HeardNote], *, split: bool, language: Language
) -> tuple[NamedNotes, ...]:
    """Return the notes as named parts; one empty part when there are none."""
    found = split_notes(notes) if split and notes else ()
    if found:
        return tuple((name, tuple(part)) for name, part in found)
    return ((say("Recording", "录音", language=language), tuple(notes)),)


def _remarks(
    stream: AudioStream, notes: Sequence[HeardNote], beats: HeardBeats, built: Built
) -> tuple[Remark, ...]:
    """Return what a user should know about the recording and the beat."""
    out: list[Remark] = []
    if stream.peak < _QUIET_PEAK:
        return (("the recording is silent", "录音中没有声音"),)
    if not notes:
        out.append(
            (
                "no notes were heard; is it speech, drums alone, or very quiet?",
                "没有听到音符;是否为说话声、只有鼓,或音量太小?",
            )
        )
    if stream.clipped > _CLIPPED:
        out.append(
            (
                f"{stream.clipped:.1%} of the samples are clipped; a cleaner recording is heard better",
                f"有 {stream.clipped:.1%} 的采样削波;更干净的录音听得更准",
            )
        )
    if notes and beats.confidence == 0.0:
        out.append(
            (
                f"no beat was heard; the bars are an even grid of {beats.qpm:.0f} a minute",
                f"没有听出拍子;小节按每分钟 {beats.qpm:.0f} 拍均匀划分",
            )
        )
    elif notes and beats.confidence < _UNSURE:
        out.append(
            (
                f"tempo and metre are unsure ({beats.confidence:.0%}); if you know them, give metre and "
                "qpm",
                f"速度与拍号不太确定(把握 {beats.confidence:.0%});若已知,请给出 metre 与 qpm",
            )
        )
    change = _tempo_change(beats)
    if change > 0.12:
        out.append(
            (
                f"the tempo varies by {change:.0%}; bars follow the recording",
                f"速度变化达 {change:.0%};小节跟随录音",
            )
        )
    if len(built.score.bar_lengths) > 1:
        n = len(built.score.bar_lengths) - 1
        out.append(
            (
                f"{n} bars are longer or shorter than the metre says; the beat may have been lost there",
                f"有 {n} 个小节的长度与拍号不符;那里可能跟丢了拍子",
            )
        )
    return tuple(out)


def _tempo_change(beats: HeardBeats) -> float:
    """Return how far the tempo goes from its middle, apart from single beats."""
    length = np.diff(beats.time_s)
    if len(length) < 8:
        return 0.0
    low, middle, high = np.quantile(length, (0.05, 0.5, 0.95))
    return float(max(high / middle, middle / low) - 1.0)


def _confidence(notes: Sequence[HeardNote], beats: HeardBeats) -> float:
    """Return how sure the whole is: notes and beat together."""
    if not notes:
        return 0.0
    mean = float(np.mean([one.confidence for one in notes]))
    return round(mean * (0.5 + 0.5 * beats.confidence), 3)
