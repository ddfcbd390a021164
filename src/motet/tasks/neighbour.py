"""How new what was written is: runs stopped while it is written, and its nearest neighbour after.

Conventions: only cells that the model wrote are judged; without an index nothing is stopped or said.

Offers `judge_cells`, `open_block`, `tell_neighbour`, `tell_copies`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from motet.engine.watch import Forbid
from motet.language import Language, say
from motet.originality import Neighbour, load_index
from motet.originality.index import DATA
from motet.tokens import GridScore

__all__ = ["LONGEST_RUN", "judge_cells", "open_block", "tell_copies", "tell_neighbour"]

LONGEST_RUN: Final = 20
"""Notes of a line that may be those of one training piece, in their order."""
_VERDICTS: Final = {
    "original": ("original", "原创"),
    "alike": ("alike", "相近"),
    "copy": ("a copy", "雷同"),
}


def open_block(*, is_on: bool = True) -> Forbid | None:
    """Return what stops long verbatim runs while the engine writes; None when nothing does.

    Parameters
    ----------
    is_on : bool

    Returns
    -------
    Forbid or None

    Examples
    --------
    >>> open_block(is_on=False) is None
    True
    """
    return load_index().run_block(LONGEST_RUN) if is_on and DATA.is_file() else None


def judge_cells(
    grid: GridScore,
    cells: Collection[tuple[int, int]],
    *,
    is_on: bool = True,
    rows: Sequence[int] | None = None,
) -> Neighbour | None:
    """Return the passage of the training music that is most like what some cells hold.

    Parameters
    ----------
    grid : GridScore
    cells : collection of (bar, part)
        What was written.
    is_on : bool
    rows : sequence of int, optional
        The part of the score that each part of the grid is.

    Returns
    -------
    Neighbour or None
        None when there is nothing to compare, or none is like it.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> judge_cells(score_to_grid(make_score("C4:4")).grid, [(0, 0)]) is None
    True
    """
    if not is_on or not cells or not DATA.is_file():
        return None
    found = load_index().nearest(grid, cells=cells)
    return replace(found, part=rows[found.part]) if found and rows is not None else found


def tell_neighbour(found: Neighbour, language: Language) -> str:
    """Return one line on a nearest neighbour.

    Parameters
    ----------
    found : Neighbour
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> one = Neighbour(piece="irish/12.abc", source="irish", their_bars=(5, 8), own_bars=(1, 4),
    ...     part=0, n_notes=17, n_verbatim=9, shift_semi=0, tempo_ratio=1.0, bits=20.0, percentile=61.2)
    >>> tell_neighbour(one, "en")
    "Originality: original; nearest is irish/12.abc, bars 5-8 (here 1-4): 17 notes, more alike than ..."
    """
    en, zh = _VERDICTS[found.verdict]
    theirs, own = (f"{a}" if a == b else f"{a}-{b}" for a, b in (found.their_bars, found.own_bars))
    share_en = share_zh = ""
    if found.percentile == found.percentile:
        share_en = f", more alike than {found.percentile:.0f} % of people's pieces are"
        share_zh = f",相似度高于 {found.percentile:.0f}% 的人写作品"
    return say(
        f"Originality: {en}; nearest is {found.piece}, bars {theirs} (here {own}): "
        f"{found.n_notes} notes{share_en}",
        f"原创性:{zh};最相近的是 {found.piece} 第 {theirs} 小节(本曲第 {own} 小节):"
        f"{found.n_notes} 个音相同{share_zh}",
        language=language,
    )


def tell_copies(found: Neighbour | None, *, n_tries: int = 1) -> tuple[tuple[str, str], ...]:
    """Return a plain word on a result that is a copy, in English and Chinese; nothing on others.

    Parameters
    ----------
    found : Neighbour or None
    n_tries : int
        How often it was written.

    Returns
    -------
    tuple of (str, str)

    Examples
    --------
    >>> tell_copies(None)
    ()
    """
    if found is None or found.verdict != "copy":
        return ()
    own = f"{found.own_bars[0]}-{found.own_bars[1]}"
    en = (
        f"Bars {own} are too much like {found.piece} ({found.licence or 'licence unknown'}), after "
        f"{n_tries} {'try' if n_tries == 1 else 'tries'}; write them anew with another seed before "
        "you publish this."
    )
    zh = (
        f"第 {own} 小节与 {found.piece}({found.licence or '许可不明'})过于相似(已写 {n_tries} 次);"
        "发布前请换一个种子重写。"
    )
    return ((en, zh),)
