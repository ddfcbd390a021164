"""How large a score from a file may be, so that a hostile file cannot exhaust the machine.

Conventions: a refusal is a `FormatError`; the limits are far above any piece that people play.
"""

from __future__ import annotations

from pathlib import Path

from motet.errors import FormatError, ParameterError
from motet.score import Metre, Score

__all__ = [
    "MAX_BARS",
    "MAX_BYTES",
    "MAX_DURATION_S",
    "MAX_EVENTS",
    "MAX_JSON_BYTES",
    "MAX_NOTES",
    "MAX_PARTS",
    "MAX_TEXT_BYTES",
    "check_score_size",
    "count_bars",
    "load_bytes",
]

MAX_BYTES = 16 * 1024 * 1024
"""Largest file that is opened."""
MAX_JSON_BYTES = 16 * 1024 * 1024
"""Largest Motet JSON file: its tree takes some twenty times its size in memory."""
MAX_TEXT_BYTES = 64 * 1024 * 1024
"""Largest file of a text format, which takes some 300 bytes a note."""
MAX_EVENTS = 500_000
"""Most events of a file; a note takes two in MIDI, and a text or a tempo counts as two."""
MAX_NOTES = 250_000
"""Most notes of a file; the largest operas have about 200,000."""
MAX_BARS = 200_000
MAX_PARTS = 1024
MAX_DURATION_S = 24 * 3600.0


def load_bytes(source: str | Path | bytes, *, max_bytes: int = MAX_BYTES) -> tuple[bytes, str]:
    """Return the bytes of a file and its path as text; bytes come back as they are.

    Parameters
    ----------
    source : str, Path or bytes
        A path, or the content itself.
    max_bytes : int, bytes
        Larger files are refused.

    Returns
    -------
    tuple of bytes and str
        The path is empty when bytes were given.

    Raises
    ------
    ParameterError
        There is no such file, or it may not be read.
    FormatError
        It is larger than `max_bytes`.

    Examples
    --------
    >>> load_bytes(b"MThd")
    (b'MThd', '')
    """
    if isinstance(source, bytes):
        data, path = source, ""
        size = len(data)
    else:
        path = str(source)
        try:
            size = Path(source).stat().st_size
            data = Path(source).read_bytes() if size <= max_bytes else b""
        except (OSError, ValueError) as error:
            raise ParameterError(
                f"cannot read {path!r}: {_reason(error)}; give the path of a file",
                zh=f"无法读取 {path!r}:{_reason(error)};请给出文件路径",
            ) from error
    if size > max_bytes:
        raise FormatError(
            f"the file has {size:,} bytes; at most {max_bytes:,} are read",
            zh=f"文件有 {size:,} 字节;最多读取 {max_bytes:,} 字节",
            path=path,
        )
    return data, path


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def count_bars(score: Score) -> int:
    """Return about how many bars a score has, without laying them.

    Parameters
    ----------
    score : Score

    Returns
    -------
    int
        Never more than a few below ``score.n_bars``; a short bar of `bar_lengths` counts as one.

    Examples
    --------
    >>> from motet.score import make_score
    >>> count_bars(make_score("C4:4 C4:4 C4:1"))
    3
    """
    metres = {0: Metre(tick=0, numerator=4, denominator=4)}
    metres.update({metre.tick: metre for metre in score.metres})
    starts = sorted(metres)
    end = max(score.end_tick, 1)
    count = len(score.bar_lengths)
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        full = max(1, round(metres[start].bar_qn * score.resolution))
        count += -(-max(0, min(stop, end) - start) // full)
    return count


def check_score_size(score: Score, *, path: str = "") -> None:
    """Return nothing when a score is of a size that a machine can hold.

    Parameters
    ----------
    score : Score
    path : str
        File to name in the message.

    Raises
    ------
    FormatError
        It lasts more than 24 hours or has more than 200,000 bars.

    Examples
    --------
    >>> from motet.score import make_score
    >>> check_score_size(make_score("C4:1"))
    """
    duration_s = score.time.tick_to_s(score.end_tick)
    if duration_s > MAX_DURATION_S:
        raise FormatError(
            f"the piece would last {duration_s / 3600:,.1f} hours; at most 24 are read. "
            "A time in the file is probably damaged",
            zh=f"乐曲将长达 {duration_s / 3600:,.1f} 小时;最多读取 24 小时。"
            "文件中的某个时间可能已损坏",
            path=path,
            place=f"tick {score.end_tick}",
        )
    bars = count_bars(score)
    if bars > MAX_BARS:
        raise FormatError(
            f"the piece would have {bars:,} bars; at most {MAX_BARS:,} are read. "
            "A time or metre in the file is probably damaged",
            zh=f"乐曲将有 {bars:,} 小节;最多读取 {MAX_BARS:,} 小节。"
            "文件中的某个时间或拍号可能已损坏",
            path=path,
            place=f"tick {score.end_tick}",
        )
