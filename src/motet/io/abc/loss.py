"""What of a score an ABC file, as Motet writes it, cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from motet.io.abc.decoration import DECORATIONS
from motet.io.abc.plan import settle
from motet.io.loaded import Loss
from motet.score import Score

__all__ = ["abc_losses"]

_WRITTEN = {value for kind, value in DECORATIONS.values() if kind in ("articulation", "ornament")}
_SPANS = {value for kind, value in DECORATIONS.values() if kind == "open"} | {"slur", "tuplet"}
_DYNAMICS = {value for kind, value in DECORATIONS.values() if kind == "dynamic"}


def abc_losses(score: Score) -> tuple[Loss, ...]:
    """Return what `motet.io.abc.write.write_abc` leaves out of a score, with counts.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of Loss
        Empty when the written text says everything.

    Examples
    --------
    >>> from motet.score import make_score
    >>> abc_losses(make_score("C4:1"))
    ()
    >>> [loss.localised("en") for loss in abc_losses(make_score("C4:1.01 D4:1"))]
    ['2 × notes are written at the nearest rhythm that people write']
    """
    return tuple(Loss(n, en, zh) for n, en, zh in _count(score) if n)


def _count(score: Score) -> Iterator[tuple[int, str, str]]:
    yield (
        settle(score)[1],
        "notes are written at the nearest rhythm that people write",
        "音符写在最接近的常用节奏位置",
    )
    notes = [note for part in score.parts for note in part.notes]
    speeds = Counter(note.velocity for note in notes)
    usual = speeds.most_common(1)[0][1] if speeds else 0
    yield len(notes) - usual, "velocities are not written", "未写入力度值"
    yield (
        sum(note.release_velocity not in (0, 64) for note in notes),
        "release velocities are not written",
        "未写入释放力度",
    )
    yield (
        sum(note.duration_tick == 0 and not note.grace for note in notes),
        "notes without a length are not written",
        "未写入没有时值的音符",
    )
    marks = [mark for note in notes for mark in (*note.articulations, *note.ornaments)]
    yield (
        sum(mark not in _WRITTEN for mark in marks),
        "articulations and ornaments that ABC has no sign for are not written",
        "未写入 ABC 没有记号的演奏法与装饰音",
    )
    yield (
        sum(len(part.controls) for part in score.parts),
        "controllers, bends and program changes are not written",
        "未写入控制器、弯音与音色变换",
    )
    yield (
        sum(span.kind not in _SPANS for part in score.parts for span in part.spans),
        "lines that ABC has no sign for are not written",
        "未写入 ABC 没有记号的线条",
    )
    yield (
        sum(one.mark not in _DYNAMICS for part in score.parts for one in part.dynamics),
        "dynamic marks that ABC does not know are written as they are",
        "ABC 不认识的力度记号按原样写入",
    )
    yield (
        sum(clef.tick > 0 for part in score.parts for clef in part.clefs),
        "changes of clef are not written",
        "未写入谱号变换",
    )
    yield (
        len(score.raw) + sum(len(part.raw) for part in score.parts),
        "raw MIDI events are not written",
        "未写入 MIDI 原始事件",
    )
    yield (
        sum(text.kind != "cue" for text in score.texts),
        "texts of the whole score are not written",
        "未写入总谱文字",
    )
