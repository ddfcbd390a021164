"""A composition: the finished score, and everything about how it came to be.

Conventions: it knows who wrote which part, which bundle and seed, and how well it keeps to its brief.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from motet.brief import Brief
from motet.language import Language, say
from motet.originality import Neighbour
from motet.score import Part, Score
from motet.tasks.check import Adherence
from motet.tasks.draft import Stretch
from motet.tasks.neighbour import tell_neighbour

__all__ = ["Composition", "Task"]

Task = Literal[
    "compose", "continue", "infill", "melody", "harmonise", "accompany", "vary", "develop", "lyrics",
    "arrange", "reduce", "humanise", "restyle", "import", "generate", "morph", "adjust", "sketch",
]  # fmt: skip
_DID = {
    "compose": ("Composed", "作曲"), "continue": ("Continued", "续写"),
    "infill": ("Filled in", "填补"), "melody": ("Melody written", "写旋律"),
    "harmonise": ("Harmonised", "配和声"), "accompany": ("Accompanied", "配伴奏"),
    "vary": ("Varied", "变奏"), "develop": ("Developed", "发展"), "lyrics": ("Set to music", "谱曲"),
    "arrange": ("Arranged", "编配"), "reduce": ("Reduced", "缩编"),
    "humanise": ("Humanised", "人性化"), "restyle": ("Restyled", "换风格"), "import": ("Read", "读入"),
    "generate": ("Generated", "生成"), "morph": ("Morphed", "渐变"), "adjust": ("Adjusted", "调节"),
    "sketch": ("Sketched", "草拟"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Composition:
    """A score that was written, with its story.

    Parameters
    ----------
    task : Task
    score : Score
    brief : Brief
        What was asked for.
    adherence : Adherence
        Measured on the score.
    writers : tuple of str
        For each part ``"model"``, ``"arranger"``, ``"both"``, ``"given"`` or ``"human"``.
    bundle : str
        Name of the model; empty when none was at work.
    bundle_digest : str
        SHA-256 of its graph.
    stretches : tuple of Stretch
        What was written together, and the candidates' figures.
    n_tokens : int
    seconds : float
    originality : Neighbour or None
        The passage of the training music that is most like what the model wrote.
    remarks : tuple of (str, str)
        What a user should know, in English and Chinese.
    language : Language
    given : Score or None
        What the task went on from; its record tells who wrote the cells that were kept.

    Examples
    --------
    >>> import motet
    >>> piece = motet.compose(bars=4, parts="flute,piano", ground="arranger", candidates=1)
    >>> piece.score.n_bars, piece.facts()["task"]
    (4, 'compose')
    """

    task: Task
    score: Score
    brief: Brief
    adherence: Adherence
    writers: tuple[str, ...]
    bundle: str = ""
    bundle_digest: str = ""
    stretches: tuple[Stretch, ...] = ()
    n_tokens: int = 0
    seconds: float = 0.0
    originality: Neighbour | None = None
    remarks: tuple[tuple[str, str], ...] = field(default=())
    language: Language = "en"
    given: Score | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the score."""
        return self.score.parts

    def write(self, path: str | Path) -> Path:
        """Write the notes (``.mid``, ``.musicxml``, ``.mxl``, ``.abc``, ``.json``), return the path."""
        from motet.provenance.origin import write_piece

        return write_piece(self, path)

    def facts(self) -> dict[str, Any]:
        """Return what the piece is and how it came to be, as plain values for JSON."""
        score = self.score
        metres = list(dict.fromkeys(f"{m.numerator}/{m.denominator}" for m in score.metres))
        return {
            "task": self.task,
            "title": score.title,
            "style": self.brief.style,
            "metre": ", ".join(metres) or "4/4",
            "qpm": round(score.tempos[0].qpm if score.tempos else 120.0, 2),
            "n_bars": score.n_bars,
            "duration_s": round(score.time.tick_to_s(score.end_tick), 2),
            "seed": self.brief.seed,
            "bundle": self.bundle,
            "bundle_digest": self.bundle_digest,
            "n_tokens": self.n_tokens,
            "writing_s": round(self.seconds, 2),
            "parts": [
                {
                    "name": part.name,
                    "role": part.role,
                    "program": part.program,
                    "n_notes": len(part.notes),
                    "writer": writer,
                }
                for part, writer in zip(score.parts, self.writers, strict=True)
            ],
            "chords": [chord.symbol for chord in score.chords],
            "candidates": [
                {
                    "first_bar": one.start_bar + 1,
                    "last_bar": one.end_bar,
                    "n_copied_cells": one.n_copied,
                    "figures": [figures.facts() for figures in one.figures],
                }
                for one in self.stretches
            ],
            "adherence": self.adherence.facts(),
            "originality": self.originality.to_dict() if self.originality else None,
            "remarks": [en for en, _ in self.remarks],
            "brief": self.brief.to_dict(),
        }

    def summary(self, language: Language | None = None) -> str:
        """Return the piece told in a few lines: what, who wrote what, how well it keeps to its brief."""
        spoken = language or self.language
        facts = self.facts()

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=spoken)

        minutes, seconds = divmod(round(facts["duration_s"]), 60)
        did = _DID[self.task]
        lines = [
            f"{t(*did)}{t(': ', ':')}{facts['title'] or t('untitled', '无题')}",
            t(
                f"{facts['metre']}, {facts['qpm']:g} quarter notes a minute, {facts['n_bars']} bars, "
                f"{minutes}:{seconds:02d}",
                f"{facts['metre']} 拍,每分钟 {facts['qpm']:g} 个四分音符,{facts['n_bars']} 小节,"
                f"{minutes}:{seconds:02d}",
            ),
        ]
        who = {"model": t("model", "模型"), "arranger": t("arranger", "编配器"),
               "both": t("model and arranger", "模型与编配器"), "human": t("you", "您"),
               "given": t("given", "原有")}  # fmt: skip
        parts = [
            f"{part.name} ({who.get(writer, writer)})"
            for part, writer in zip(self.parts, self.writers, strict=True)
        ]
        lines.append(t("Parts: ", "声部:") + t(", ", "、").join(parts))
        if self.bundle:
            lines.append(
                t(
                    f"Model {self.bundle} ({self.bundle_digest[:12]}), seed {self.brief.seed}, "
                    f"{f'{self.n_tokens} tokens in ' if self.n_tokens else ''}{self.seconds:.1f} s",
                    f"模型 {self.bundle}({self.bundle_digest[:12]}),种子 {self.brief.seed},"
                    f"{f'{self.n_tokens} 个 token,' if self.n_tokens else ''}"
                    f"用时 {self.seconds:.1f} 秒",
                )
            )
        elif {"arranger", "both"} & set(self.writers):
            lines.append(
                t(
                    f"Written by the arranger (patterns and theory), seed {self.brief.seed}",
                    f"由编配器写成(节奏型与乐理),种子 {self.brief.seed}",
                )
            )
        if self.originality is not None:
            lines.append(tell_neighbour(self.originality, spoken))
        lines += [t(*one) for one in self.remarks]
        lines += ["", self.adherence.table(spoken)]
        return "\n".join(lines)
