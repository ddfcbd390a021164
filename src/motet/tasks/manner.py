"""The manner of a piece: groove, feel, what the arranger avoids, and how full it plays from bar to bar.

Conventions: bars count from 0. What a brief leaves open stays as the style has it.

Offers `Manner`, `settle_manner`, `find_manner`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches

from motet.arranger.choice import find_groove
from motet.arranger.style import Style
from motet.arranger.style_file import find_style, list_styles
from motet.brief import TRAITS, Brief, curve_at, find_mood
from motet.errors import ParameterError
from motet.tasks.kin import kin_style
from motet.tokens.vocab import STYLES

__all__ = ["Manner", "find_manner", "settle_manner"]


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How the arranger is to play.

    Parameters
    ----------
    groove : str
        Name of a groove of the style; empty is the usual one.
    feel : str
    avoid : tuple of str
        Traits.
    surprise : float or None, 0 to 1
    levels : tuple of int, 1 to 5
        How full each bar is; empty leaves it to the sections.
    is_refreshed : bool
        Whether sections that return are accompanied otherwise than the first time.

    Examples
    --------
    >>> Manner(feel="half-time").groove
    ''
    """

    groove: str = ""
    feel: str = ""
    avoid: tuple[str, ...] = ()
    surprise: float | None = None
    levels: tuple[int, ...] = ()
    is_refreshed: bool = True


def settle_manner(brief: Brief) -> Brief:
    """Return a brief whose groove is one of its style's, and whose open style is the groove's.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    Brief

    Raises
    ------
    ParameterError
        The style has no such groove, or no style has one.

    Examples
    --------
    >>> found = settle_manner(Brief(groove="Light bossa"))
    >>> found.style, found.groove
    ('bossa', 'bossa-light')
    """
    if not brief.groove:
        return brief
    if brief.style:
        return replace(brief, groove=find_groove(kin_style(brief.style), brief.groove).name)
    try:
        style = find_style(brief.groove)
    except ParameterError:
        style = _style_with(brief.groove)
    own = [one.name for one in style.grooves]
    name = own[0] if brief.groove.strip().lower() == style.name and style.name not in own else ""
    groove = name or find_groove(style, brief.groove).name
    return replace(brief, style=style.name if style.name in STYLES else "", groove=groove)


def _style_with(groove: str) -> Style:
    """Return the style that has a groove of some title."""
    for style in list_styles():
        try:
            find_groove(style, groove)
        except ParameterError:
            continue
        return style
    names = [one.name for style in list_styles() for one in style.grooves]
    near = get_close_matches(groove.lower(), names, n=3, cutoff=0.3) or names[:3]
    raise ParameterError(
        f"no style has a groove {groove!r}; did you mean {', '.join(near)}? (`motet styles NAME` lists "
        "a style's)",
        zh=f"没有一种风格有律动 {groove!r};是否想写 {'、'.join(near)}?(`motet styles 名称` 列出该风格的律动)",
    )


def find_manner(brief: Brief, n_bars: int, *, intensity: int | None) -> Manner:
    """Return how the arranger is to play a brief.

    Parameters
    ----------
    brief : Brief
        Settled.
    n_bars : int
    intensity : int or None
        What was asked for; None lets a curve of emotion decide from bar to bar.

    Returns
    -------
    Manner

    Examples
    --------
    >>> manner = find_manner(Brief(emotion="1: calm, 5: excited"), 5, intensity=None)
    >>> manner.levels
    (2, 2, 3, 4, 5)
    """
    levels: tuple[int, ...] = ()
    if brief.emotion_curve and intensity is None:
        levels = tuple(
            find_mood(curve_at(brief.emotion_curve, bar + 1)).intensity for bar in range(n_bars)
        )
    return Manner(
        groove=brief.groove,
        feel=brief.feel,
        avoid=tuple(one for one in brief.avoid if one in TRAITS),
        surprise=brief.surprise,
        levels=levels,
        is_refreshed=brief.repeats in ("vary", "new"),
    )
