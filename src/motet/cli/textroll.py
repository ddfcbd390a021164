"""A piano roll drawn with letters, for a terminal.

Conventions: one column a grid step, one row a pitch, highest first; drums are left out; a digit is
the part that sounds (1 is the first), ``|`` a bar line.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motet.score import Score

__all__ = ["draw_text_roll"]

_MARKS = "123456789abcdefg"
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


def draw_text_roll(score: Score, *, n_bars: int = 4, steps_per_qn: int = 4) -> list[str]:
    """Return the first bars of a score as lines of text.

    Parameters
    ----------
    score : Score
    n_bars : int, >= 1
        How many bars from the start.
    steps_per_qn : int, columns a quarter note, >= 1

    Returns
    -------
    list of str
        Empty when no pitched note starts there.

    Examples
    --------
    >>> from motet.score import make_score
    >>> for line in draw_text_roll(make_score("C4:1 E4:2 r:1"), steps_per_qn=2):
    ...     print(line)
      E4 |  1111  |
      Eb |        |
       D |        |
      C# |        |
      C4 |11      |
    """
    bars = score.bars[:n_bars]
    end_tick = bars[-1].end_tick
    step_tick = score.resolution / steps_per_qn
    cells: dict[tuple[int, int], str] = {}
    for index, part in enumerate(score.parts):
        if part.is_drums:
            continue
        for note in part.notes:
            if note.onset_tick >= end_tick:
                break
            first = int(note.onset_tick / step_tick)
            last = max(first + 1, round(min(note.end_tick, end_tick) / step_tick))
            for column in range(first, last):
                cells.setdefault((note.pitch, column), _MARKS[index % len(_MARKS)])
    if not cells:
        return []
    pitches = [pitch for pitch, _ in cells]
    edges = [round(bar.start_tick / step_tick) for bar in bars] + [round(end_tick / step_tick)]
    lines = []
    for pitch in range(max(pitches), min(pitches) - 1, -1):
        is_named = pitch % 12 == 0 or pitch in (min(pitches), max(pitches))
        name = _NAMES[pitch % 12] + (str(pitch // 12 - 1) if is_named else "")
        spans = pairwise(edges)
        rows = ["".join(cells.get((pitch, c), " ") for c in range(a, b)) for a, b in spans]
        lines.append(f"{name:>4} |{'|'.join(rows)}|")
    return lines
