"""ABC files to scores.

Conventions: one part for each voice, or for each group of ``%%score``; every bar line is kept;
repeats and endings are listed, not played out.

Source: The abc music standard 2.1 (December 2011).
"""

from __future__ import annotations

from pathlib import Path

from motet.errors import MotetError, ParameterError
from motet.io.abc.assembly import make_score_of
from motet.io.abc.text import Line, read_tunes
from motet.io.abc.tune import TuneReader
from motet.io.kern.ledger import LineLedger
from motet.io.limits import check_score_size, load_bytes
from motet.io.loaded import Loaded

__all__ = ["count_tunes", "read_abc"]


def count_tunes(source: str | Path | bytes) -> int:
    """Return how many tunes an ABC file holds.

    Parameters
    ----------
    source : str, Path or bytes

    Returns
    -------
    int

    Raises
    ------
    FormatError, ParameterError
        As `read_abc`.

    Examples
    --------
    >>> count_tunes(b"X:1\\nK:C\\nC|\\n\\nX:2\\nK:D\\nD|\\n")
    2
    """
    data, path = load_bytes(source)
    return len(read_tunes(data, LineLedger(path=path)).tunes)


def read_abc(source: str | Path | bytes, *, mend: bool = True, index: int | None = None) -> Loaded:
    """Return the score of a tune of an ABC file, and the list of repairs that reading it took.

    Parameters
    ----------
    source : str, Path or bytes
        Path of the file, or its content.
    mend : bool
        Whether damage is mended and listed; False raises at the first damage.
    index : int or None
        Which tune, from 0 in the order of the file; None is the first, and if there are more the
        repairs say how many.

    Returns
    -------
    Loaded

    Raises
    ------
    FormatError
        The file holds no tune, is damaged beyond mending (or at all, with ``mend=False``), or is
        larger than any piece of music; the message has the line.
    ParameterError
        There is no such file or tune.

    Source
    ------
    The abc music standard 2.1 (December 2011). Measured in docs/formats.md. Cost: O(n).

    Examples
    --------
    >>> loaded = read_abc(b"X:1\\nT:Air\\nM:3/4\\nL:1/8\\nK:G\\nD2|\\"G\\"G3AB2|(3cBA F4|]\\n")
    >>> [note.spelling for note in loaded.score.parts[0].notes]
    ['D', 'G', 'A', 'B', 'C', 'B', 'A', 'F#']
    >>> [bar.number for bar in loaded.score.bars], loaded.score.chords[0].symbol
    ([0, 1, 2], 'G')
    """
    data, path = load_bytes(source)
    ledger = LineLedger(mend=mend, path=path)
    found = read_tunes(data, ledger)
    tunes = found.tunes
    if not tunes:
        if not any(line.startswith("K:") for _, line in found.header):
            raise ledger.refusal(
                1,
                0,
                "this is no ABC file: a tune begins with X:1 and has a K: line",
                "这不是 ABC 文件:曲子应以 X:1 开头并含 K: 行",
            )
        ledger.mend(1, 0, "the tune has no X: line", "曲子没有 X: 行")
        tunes, found.header = [found.header], []
    if index is not None and not 0 <= index < len(tunes):
        raise ParameterError(
            f"index must be 0 to {len(tunes) - 1}, got {index}; the file has {len(tunes)} tunes",
            zh=f"index 必须在 0 到 {len(tunes) - 1} 之间,收到 {index};文件有 {len(tunes)} 首曲子",
            path=path,
        )
    if index is None and len(tunes) > 1:
        ledger.tell(
            tunes[1][0][0],
            0,
            f"the file has {len(tunes):,} tunes; the first was read (index= chooses another)",
            f"文件有 {len(tunes):,} 首曲子;读取了第一首(用 index= 选择其他)",
        )
    tune = TuneReader(ledger)
    tune.read([*_shared(found.header), *tunes[index or 0]])
    try:
        score = make_score_of(tune)
    except MotetError as error:
        error.path = error.path or path
        raise
    check_score_size(score, path=path)
    return Loaded(score, ledger.repairs)


def _shared(header: list[Line]) -> list[Line]:
    """Return the lines of the file header that hold for every tune."""
    return [
        (number, line)
        for number, line in header
        if line.startswith("%%") or (len(line) > 1 and line[1] == ":" and line[0] in "CILMmQU")
    ]
