"""References: scores that a piece is to be like, in everything but their notes.

Conventions: what the brief says stays. Of several references the first gives key and metre, all together
tempo (which a curve of emotion keeps for itself), emotion and densities (their means). A style is taken
only where a title or a file's name is one. Nothing of the notes is used but these figures.

Offers `follow_references`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from motet.analysis import estimate_emotion, find_features
from motet.brief import Brief, find_style_name, style_title, tell_emotion, usual_role
from motet.errors import ParameterError
from motet.io import read
from motet.score import Score
from motet.tasks.given import find_key
from motet.theory.instrument import find_instrument

__all__ = ["follow_references"]

_LOOSE = (0.7, 1.4)  # how far a density may lie from that of the references
_LEAST, _MOST = 0.05, 12.0
Remark = tuple[str, str]


def follow_references(brief: Brief) -> tuple[Brief, list[Remark]]:
    """Return a brief whose open fields follow its references, and what was taken from them.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    Brief, list of (str, str)
        Remarks in English and Chinese; none without references.

    Raises
    ------
    FormatError
        A reference cannot be read.
    ParameterError
        A reference holds no note.

    Examples
    --------
    >>> from motet.score import make_score
    >>> import motet
    >>> _ = motet.save(make_score("D4:1 F#4:1 A4:1", metre="3/4", fifths=2, qpm=90), "a.musicxml")
    >>> filled, told = follow_references(Brief(references="a.musicxml", qpm=120))
    >>> filled.metre, filled.qpm, filled.key, len(told)
    ('3/4', 120, 'D major', 1)
    """
    if not brief.references:
        return brief, []
    scores = [_open(path) for path in brief.references]
    changes: dict[str, object] = {}
    told: list[tuple[str, str]] = []

    def take(name: str, value: object, en: str, zh: str) -> None:
        changes[name] = value
        told.append((en, zh))

    first = scores[0]
    open_style = not brief.style and not brief.groove
    if open_style and (style := _style_of(scores, brief.references)):
        take("style", style, style_title(style), style_title(style, language="zh"))
    if not brief.metre and not brief.groove:
        metre = first.bars[len(first.bars) // 2].metre
        text = f"{metre.numerator}/{metre.denominator}"
        if metre.numerator <= 16 and metre.denominator in (2, 4, 8, 16):
            take("metre", text, text, text)
    if not brief.key and not brief.chords:
        key = find_key(first)
        if ("minor" if key.is_minor else "major") not in brief.avoid:
            take("key", key.name(), key.name(), key.name(language="zh"))
    if brief.qpm is None and not brief.emotion_curve:
        qpm = float(np.exp(np.mean([np.log(_tempo(score)) for score in scores])))
        qpm = float(round(min(400.0, max(20.0, qpm))))
        take("qpm", qpm, f"{qpm:g} quarters a minute", f"每分钟 {qpm:g} 个四分音符")
    if brief.emotion is None:
        place = _emotion(scores)
        if place is not None:
            en, zh = tell_emotion(place)
            take("emotion", place, en, zh)
    densities = _densities(scores)
    parts = tuple(
        part
        if part.density is not None or part.rhythm or (role := _role(brief, k)) not in densities
        else replace(part, density=densities[role])
        for k, part in enumerate(brief.parts)
    )
    if parts != brief.parts:
        take("parts", parts, "densities", "密度")
    names = ", ".join(Path(path).name for path in brief.references)
    if not told:
        remark = (
            f"References {names}: the brief leaves nothing open for them.",
            f"参考 {names}:需求没有留给它们的空白。",
        )
    else:
        remark = (
            f"From the references {names}: {', '.join(en for en, _ in told)}; none of their notes.",
            f"取自参考 {names}:{'、'.join(zh for _, zh in told)};不取其音符。",
        )
    return brief.with_(**changes), [remark]


def _open(path: str) -> Score:
    """Return the score of a reference."""
    score = read(path).score
    if not any(part.notes for part in score.parts):
        raise ParameterError(
            f"the reference {path!r} holds no note; name another file",
            zh=f"参考文件 {path!r} 中没有音符;请换一个文件",
        )
    return score


def _style_of(scores: Sequence[Score], paths: Sequence[str]) -> str:
    """Return the style that a title or a file's name names, empty for none."""
    for score, path in zip(scores, paths, strict=True):
        stem = Path(path).stem.replace("_", " ").replace("-", " ")
        for word in (score.title, *score.title.split(), stem, *stem.split()):
            try:
                if word:
                    return find_style_name(word)
            except ParameterError:
                continue
    return ""


def _tempo(score: Score) -> float:
    """Return the mean tempo in quarter notes a minute."""
    if not score.tempos:
        return 120.0
    span_s = score.time.tick_to_s(score.end_tick)
    return 60.0 * score.end_tick / score.resolution / span_s if span_s > 0 else 120.0


def _emotion(scores: Sequence[Score]) -> tuple[float, float] | None:
    """Return the mean emotion, None where the notes tell none."""
    found = [one for one in map(estimate_emotion, scores) if one is not None]
    rows = [(one.valence, one.arousal) for one in found if one.valence == one.valence]
    if not rows:
        return None
    valence, arousal = np.mean(rows, axis=0)
    return round(float(valence), 2), round(float(arousal), 2)


def _densities(scores: Sequence[Score]) -> dict[str, tuple[float, float]]:
    """Return by role the fewest and most onsets a quarter note, around the mean of the references."""
    found: dict[str, list[float]] = {}
    for score in scores:
        density = find_features(score).density
        taken: tuple[str, ...] = ()
        for k, part in enumerate(score.parts):
            own = find_instrument("drums" if part.is_drums else part.program)
            role = part.role or usual_role(own, taken)
            taken = (*taken, role)
            played = density[k][density[k] > 0]
            if len(played):
                found.setdefault(role, []).append(float(played.mean()))
    return {
        role: (
            max(_LEAST, round(_LOOSE[0] * float(np.mean(rows)), 3)),
            min(_MOST, round(max(_LOOSE[1] * float(np.mean(rows)), 0.5), 3)),
        )
        for role, rows in found.items()
    }


def _role(brief: Brief, k: int) -> str:
    """Return the role of a part of the brief."""
    taken: tuple[str, ...] = tuple(one.role for one in brief.parts if one.role)
    role = ""
    for part in brief.parts[: k + 1]:
        role = part.role or usual_role(part.found, taken)
        taken = (*taken, role)
    return role
