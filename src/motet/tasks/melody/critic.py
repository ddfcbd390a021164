"""How singable a song's lines are: the figure by which candidates are ranked.

Conventions: higher is better. Lines are pitches, one a syllable, in order. The targets (how far a line
reaches, how often it steps, repeats and goes to and fro) are those measured on 1,544 lines of 260
songs and hymns that people wrote (OpenEWLD, Open Hymnal): they reach 7 semitones (middle half 5 to 10), half
of their moves are steps, a sixth repeats a note, a tenth goes back where it came from.

Offers `judge_lines`, `judge_song`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from motet.score import Score
from motet.tasks.melody.verse import Verse

__all__ = ["judge_lines", "judge_song"]

_REACH = (5.0, 10.0)
_STEPS, _REPEATS = 0.5, 0.17
_LIFT_SEMI = 2.0


def judge_lines(lines: Sequence[Sequence[int]], kinds: Sequence[str]) -> float:
    """Return how singable the lines of a song are.

    Parameters
    ----------
    lines : sequence of sequence of int, MIDI numbers
    kinds : sequence of str
        Of the section of each line: a ``"chorus"`` should lie above a ``"verse"``.

    Returns
    -------
    float

    Examples
    --------
    >>> arch, saw = [60, 62, 64, 67, 65, 64, 62], [60, 62, 60, 62, 60, 62, 60]
    >>> judge_lines([arch], ["verse"]) > judge_lines([saw], ["verse"])
    True
    """
    total = sum(_judge(line) for line in lines if line)
    found = total / max(1, len(lines))
    sung = [(line, kind) for line, kind in zip(lines, kinds, strict=True) if line]
    tops = {
        kind: float(np.mean([np.mean(line) for line, own in sung if own == kind]))
        for kind in {own for _, own in sung}
    }
    if "verse" in tops and "chorus" in tops:
        found += min(_LIFT_SEMI, max(-_LIFT_SEMI, tops["chorus"] - tops["verse"])) * 0.25
    starts = len({tuple(line[:4]) for line in lines})
    return found - 0.4 * max(0.0, 0.4 - starts / max(1, len(lines)))


def _judge(line: Sequence[int]) -> float:
    """Return how singable one line is."""
    if len(line) < 3:
        return 0.0
    pitches = np.array(line)
    moves = np.diff(pitches)
    size = np.abs(moves)
    reach = float(pitches.max() - pitches.min())
    found = -0.3 * (max(0.0, _REACH[0] - reach) + max(0.0, reach - _REACH[1]))
    found -= 2.0 * abs(float(np.mean((size > 0) & (size <= 2))) - _STEPS)
    found -= 2.0 * abs(float(np.mean(size == 0)) - _REPEATS)
    found -= 0.5 * float(np.sum(size > 7))
    turns = (moves[1:] * moves[:-1]) < 0
    saw = (pitches[2:] == pitches[:-2]) & (size[1:] > 0)
    found -= 2.5 * max(0.0, float(np.mean(saw)) - 0.12) if len(saw) else 0.0
    found -= 1.5 * max(0.0, float(np.mean(turns)) - 0.45) if len(turns) else 0.0
    return found


def judge_song(score: Score, verses: Sequence[Verse]) -> float:
    """Return how singable a song is.

    Parameters
    ----------
    score : Score
        Part 0 sings.
    verses : sequence of Verse

    Returns
    -------
    float

    Examples
    --------
    >>> judge_song.__name__
    'judge_song'
    """
    by_tick = {note.onset_tick: note.pitch for note in score.parts[0].notes}
    lines, kinds = [], []
    for verse in verses:
        for line in verse.lines:
            lines.append([by_tick[one.tick] for one in line.sets if one.tick in by_tick])
            kinds.append(verse.kind)
    return judge_lines(lines, kinds)
