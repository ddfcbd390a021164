"""What of a score a MusicXML file does not hold."""

from __future__ import annotations

from motet.io.loaded import Loss
from motet.score import Score
from motet.units import GRID_STEPS_PER_QN

__all__ = ["musicxml_losses"]


def musicxml_losses(score: Score) -> tuple[Loss, ...]:
    """Return what writing a score as MusicXML leaves out or rounds, with counts.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of Loss

    Examples
    --------
    >>> from motet.score import make_score
    >>> musicxml_losses(make_score("C4:1 E4:0.5"))
    ()
    """
    notes = [note for part in score.parts for note in part.notes]
    step, resolution = GRID_STEPS_PER_QN, score.resolution
    counts = (
        (
            sum(
                bool(note.onset_tick * step % resolution or note.duration_tick * step % resolution)
                for note in notes
            ),
            "notes off the grid of notation are written at its nearest place",
            "不在记谱网格上的音符按最近的位置写入",
        ),
        (
            sum(note.release_velocity != 64 for note in notes),
            "release velocities are not written",
            "未写入离键力度",
        ),
        (
            sum(len(part.controls) for part in score.parts),
            "controllers, bends and program changes are not written",
            "未写入控制器、弯音与音色变换",
        ),
        (
            len(score.raw) + sum(len(part.raw) for part in score.parts),
            "MIDI system and other raw events are not written",
            "未写入 MIDI 系统信息等原始事件",
        ),
    )
    return tuple(Loss(n, en, zh) for n, en, zh in counts if n)
