"""Which bar of one score is which bar of another: by what they hold, not by their number.

Conventions: a bar is a set of tokens (part, place in the bar, length, pitch). Equal bars that lie in the
same order in both scores are anchors; between two anchors the pairing with the largest sum of
likenesses wins, so that an inserted bar stays alone and a changed bar meets its old self.

Source: Needleman and Wunsch, Journal of Molecular Biology 48 (1970), 443-453, with gaps that cost
nothing; anchors by the longest matching runs of `difflib`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

__all__ = ["align_bars"]

Token = tuple[Hashable, ...]
_MAX_CELLS = 250_000
_PAIRED = 0.02
_NOTES, _RHYTHM = 0.6, 0.4


def align_bars(
    before: Sequence[frozenset[Token]], after: Sequence[frozenset[Token]]
) -> list[tuple[int | None, int | None]]:
    """Return pairs of bar indices in order; None stands where a bar has no partner.

    Parameters
    ----------
    before, after : sequence of frozenset of (..., pitch)
        One set a bar; the last item of a token is its pitch.

    Returns
    -------
    list of (index before or None, index after or None)
        Every bar once.

    Examples
    --------
    >>> a, b, c = (frozenset({("voice", place, pitch)}) for place, pitch in ((0, 60), (1, 62), (2, 64)))
    >>> align_bars([a, c], [a, b, c])
    [(0, 0), (None, 1), (1, 2)]
    >>> align_bars([a, b], [b])
    [(0, None), (1, 0)]
    """
    if len(before) == len(after) and all(map(frozenset.__eq__, before, after)):
        return [(k, k) for k in range(len(before))]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    out: list[tuple[int | None, int | None]] = []
    i = j = 0
    for run in matcher.get_matching_blocks():
        out += _between(before, after, (i, run.a), (j, run.b))
        out += [(run.a + k, run.b + k) for k in range(run.size)]
        i, j = run.a + run.size, run.b + run.size
    return out


def _between(
    before: Sequence[frozenset[Token]],
    after: Sequence[frozenset[Token]],
    rows: tuple[int, int],
    columns: tuple[int, int],
) -> list[tuple[int | None, int | None]]:
    """Return the pairs of two stretches that begin and end between anchors."""
    (top, bottom), (left, right) = rows, columns
    height, width = bottom - top, right - left
    if not height or not width or height * width > _MAX_CELLS:
        shared = min(height, width)
        out: list[tuple[int | None, int | None]] = [(top + k, left + k) for k in range(shared)]
        out += [(k, None) for k in range(top + shared, bottom)]
        return out + [(None, k) for k in range(left + shared, right)]
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            pair = _likeness(before[top + i], after[left + j]) + _PAIRED + best[i + 1][j + 1]
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    out = []
    i = j = 0
    while i < height and j < width:
        if best[i][j] > max(best[i + 1][j], best[i][j + 1]):
            out.append((top + i, left + j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            out.append((top + i, None))
            i += 1
        else:
            out.append((None, left + j))
            j += 1
    out += [(top + k, None) for k in range(i, height)]
    return out + [(None, left + k) for k in range(j, width)]


def _likeness(one: frozenset[Token], two: frozenset[Token]) -> float:
    """Return 0 to 1: how many notes, and how much of the rhythm, two bars share."""
    size = len(one) + len(two)
    if not size:
        return 1.0
    beats_one, beats_two = {token[:-1] for token in one}, {token[:-1] for token in two}
    rhythm = 2 * len(beats_one & beats_two) / (len(beats_one) + len(beats_two))
    return _NOTES * 2 * len(one & two) / size + _RHYTHM * rhythm
