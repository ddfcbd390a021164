"""What of a piece is exported: a version, some bars, some parts, with a record that fits the excerpt.

Conventions: bars are named as people name them, ``"5-8"``, or as two indexes, half-open, from 0.

Offers `choose_bars`, `choose_score`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motet.brief import read_bars
from motet.errors import ParameterError
from motet.io.record_mark import put_mark
from motet.provenance import Record, Step, embed
from motet.provenance.snapshot import digest_notes, take_snapshot
from motet.score import Score, part_indices, trim

__all__ = ["choose_bars", "choose_score"]


def choose_bars(score: Score, bars: str | Sequence[int] | None) -> tuple[int, int]:
    """Return the range of bars that is meant, as indexes from 0, half-open.

    Parameters
    ----------
    score : Score
    bars : str, two int, or None
        None is all.

    Returns
    -------
    (int, int)

    Raises
    ------
    ParameterError
        There are no such bars, or there is a gap between them.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:16")
    >>> choose_bars(score, "2-3"), choose_bars(score, (1, 3)), choose_bars(score, None)
    ((1, 3), (1, 3), (0, 4))
    """
    if bars is None or bars == "" or not score.n_bars:
        return 0, score.n_bars
    if not isinstance(bars, str):
        start, end = (int(bars[0]), int(bars[1])) if len(bars) == 2 else (0, 0)
    else:
        numbers = sorted(read_bars(bars))
        by_number = {bar.number: bar.index for bar in reversed(score.bars)}
        found = [by_number.get(number, -1) for number in numbers]
        start, end = found[0], found[-1] + 1
        if -1 in found or found != list(range(start, end)):
            start, end = 0, 0
    if not 0 <= start < end <= score.n_bars:
        first, last = score.bars[0].number, score.bars[-1].number
        raise ParameterError(
            f"bars must be one range within {first} to {last}, such as {first}-{last}, got {bars!r}",
            zh=f"bars(小节)须为 {first} 到 {last} 内的一段,如 {first}-{last},收到 {bars!r}",
        )
    return start, end


def choose_score(
    score: Score,
    record: Record | None,
    *,
    bars: str | Sequence[int] | None = None,
    parts: Sequence[str | int] | None = None,
) -> Score:
    """Return the bars and parts of a score that are wanted, with the record of them inside.

    Parameters
    ----------
    score : Score
    record : Record or None
        Of the whole score; None is known of none.
    bars, parts
        None is all.

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        There are no such bars or parts, or no note is left.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 D4:4", "E3:4 F3:4")
    >>> made = choose_score(score, None, bars="2", parts=[1])
    >>> [[note.pitch for note in part.notes] for part in made.parts], made.n_bars
    ([[53]], 1)
    """
    start, end = choose_bars(score, bars)
    rows = part_indices(score, parts) if parts else tuple(range(len(score.parts)))
    is_whole = (start, end) == (0, score.n_bars) and len(rows) == len(score.parts)
    if not is_whole:
        bare = put_mark(score, b"")
        bare = replace(bare, parts=tuple(bare.parts[k] for k in rows))
        score = trim(bare, start_bar=start, end_bar=end, keep_sounding=True)
        record = _cut(record, score, rows, start, end) if record is not None else None
    if not score.n_notes:
        raise ParameterError(
            "there is no note in what is selected; select bars and parts with music in them",
            zh="所选内容中没有音符;请选择有音乐的小节与声部",
        )
    return embed(score, record) if record is not None else score


def _cut(record: Record, score: Score, rows: Sequence[int], start: int, end: int) -> Record:
    """Return the record of an excerpt: who wrote these cells, and that they were taken out."""
    written = tuple(record.written[k][start:end] if k < len(record.written) else "" for k in rows)
    step = Step(task="edit", note=f"excerpt: bars {start + 1} to {end}, {len(rows)} parts")
    return replace(
        record, steps=(*record.steps, step), parts=tuple(part.name for part in score.parts),
        written=written, originality={}, digests=digest_notes(score), snapshot=take_snapshot(score),
    )  # fmt: skip
