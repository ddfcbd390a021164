"""A transcription: what was heard in a recording, as a score and as played, with how sure it is.

Conventions: times are seconds from the recording's beginning; both scores share its bars and tempos.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motet.audio.heard import HeardBeats, HeardChord, HeardKey, HeardNote
from motet.language import Language, say
from motet.score import Moved, Part, Score
from motet.theory import parse_key

__all__ = ["Remark", "Transcription"]

Remark = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Transcription:
    """What was heard in a recording.

    Parameters
    ----------
    score : Score
        Quantised; its bars lie on the recording's beats.
    performed : Score
        The same notes exactly as played, in the same bars.
    notes : tuple of HeardNote
    beats : HeardBeats
    key : HeardKey
    chords : tuple of HeardChord
    remarks : tuple of (str, str)
        What a user should know, in English and Chinese.
    confidence : float, 0 to 1
        Of the whole.
    moved : tuple of Moved
        Notes of `performed` that lie elsewhere in `score`.
    duration_s : float, seconds
        Of the recording.
    task : str
        ``"transcribe"`` or ``"hum"``.
    language : Language

    Examples
    --------
    >>> from motet.render import render_audio
    >>> from motet.score import make_score
    >>> from motet.tasks.transcribe import transcribe
    >>> sound = render_audio(make_score("C4:1 D4:1 E4:1 F4:1 G4:2 E4:2 C4:4"))
    >>> heard = transcribe(sound, metre="4/4", chords=False)
    >>> heard.beats.metre, heard.score.n_notes > 3
    ((4, 4), True)
    """

    score: Score
    performed: Score
    notes: tuple[HeardNote, ...]
    beats: HeardBeats
    key: HeardKey
    chords: tuple[HeardChord, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())
    confidence: float = 0.0
    moved: tuple[Moved, ...] = ()
    duration_s: float = 0.0
    task: str = "transcribe"
    language: Language = "en"

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the score."""
        return self.score.parts

    def write(self, path: str | Path) -> Path:
        """Write the notes (``.mid``, ``.musicxml``, ``.mxl``, ``.json``) and return the path."""
        from motet.io import write
        from motet.provenance import embed, record_of

        write(embed(self.score, record_of(self)), path)
        return Path(path)

    def facts(self) -> dict[str, Any]:
        """Return the same as `to_dict`, without the single notes and beats."""
        told = self.to_dict()
        return {name: told[name] for name in told if name not in ("notes", "beat_s", "place")}

    def to_dict(self) -> dict[str, Any]:
        """Return what was heard, as plain values for JSON; times in seconds."""
        beats = self.beats
        return {
            "task": self.task,
            "title": self.score.title,
            "duration_s": round(self.duration_s, 3),
            "confidence": round(self.confidence, 3),
            "qpm": round(beats.qpm, 2),
            "metre": f"{beats.metre[0]}/{beats.metre[1]}",
            "swing": round(beats.swing, 3),
            "beats_confidence": round(beats.confidence, 3),
            "key": self.key.name,
            "key_confidence": round(self.key.confidence, 3),
            "n_bars": self.score.n_bars,
            "n_notes": self.score.n_notes,
            "parts": [
                {"name": part.name, "program": part.program, "n_notes": len(part.notes)}
                for part in self.score.parts
            ],
            "chords": [
                {
                    "start_s": round(one.start_s, 3),
                    "end_s": round(one.end_s, 3),
                    "symbol": one.symbol,
                    "confidence": round(one.confidence, 3),
                }
                for one in self.chords
            ],
            "remarks": [en for en, _ in self.remarks],
            "beat_s": [round(float(one), 4) for one in beats.time_s],
            "place": [int(one) for one in beats.place],
            "notes": [
                {
                    "onset_s": round(one.onset_s, 4),
                    "offset_s": round(one.offset_s, 4),
                    "pitch": one.pitch,
                    "velocity": one.velocity,
                    "confidence": round(one.confidence, 3),
                }
                for one in self.notes
            ],
        }

    def tell(self, language: Language | None = None) -> tuple[str, ...]:
        """Return the lines that tell a person what was heard, and how sure that is."""
        spoken = language or self.language
        beats = self.beats

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=spoken)

        title = self.score.title or t("untitled", "无题")
        minutes, seconds = divmod(round(self.duration_s), 60)
        metre = f"{beats.metre[0]}/{beats.metre[1]}"
        swing = t(", swung", ",摇摆") if beats.swing > 0.55 else ""
        key = self.key.name if spoken == "en" else parse_key(self.key.name).name(language="zh")
        return (
            t(f"Heard: {title}, {minutes}:{seconds:02d}", f"听写:{title},{minutes}:{seconds:02d}"),
            t(
                f"{metre}, {beats.qpm:.0f} quarter notes a minute{swing} "
                f"({beats.confidence:.0%} sure); {key} ({self.key.confidence:.0%} sure)",
                f"{metre} 拍,每分钟 {beats.qpm:.0f} 个四分音符{swing}(把握 {beats.confidence:.0%});"
                f"{key}(把握 {self.key.confidence:.0%})",
            ),
            t(
                f"{self.score.n_bars} bars, {self.score.n_notes} notes: ",
                f"{self.score.n_bars} 小节,{self.score.n_notes} 个音符:",
            )
            + t(", ", "、").join(f"{part.name} ({len(part.notes)})" for part in self.parts),
            t(f"Confidence {self.confidence:.0%}", f"总体把握 {self.confidence:.0%}"),
            *(t(*one) for one in self.remarks),
        )

    def summary(self, language: Language | None = None) -> str:
        """Return `tell` as one text."""
        return "\n".join(self.tell(language))
