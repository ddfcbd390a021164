"""What an arranger is asked for: every option, checked once, in one place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from motet.arranger.metre import parse_metre
from motet.errors import ParameterError
from motet.theory.scale import parse_key

__all__ = ["ArrangeRequest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeRequest:
    """The options of an arrangement.

    Parameters
    ----------
    style : str
        Name of a style, or the path of a TOML file.
    key : str or None
        ``"F"``, ``"A minor"``, ``"C大调"``; None lets the source or the seed decide.
    metre : str or None
        ``"3/4"``; None takes the style's (or the lead sheet's).
    qpm : float or None, quarter notes a minute, 20 to 400
    form : str or None
        ``"intro4 A8 B8 A8 outro4"``.
    intensity : int, 1 to 5
        How full and loud.
    seed : int, >= 0
        Same seed, same notes.
    melody : bool
        Whether a melody is written (a lead sheet's own is always kept).
    parts : tuple of str or None
        Roles, part names or instruments to keep, ``"role=instrument"`` to change one; None is all.
    bars : int or None, 1 to 400
        Exact length.
    swing : float or None, 0 to 1
        0 straight, 1 triplets; None is the style's.
    humanise : float, 0 to 2
        0 plays on the grid, 1 as usual.
    groove : str
        Name of one of the style's grooves; empty is the usual one.
    feel : str
        See `motet.arranger.feel`; empty is the style's.
    avoid : tuple of str
        Traits of `motet.arranger.restraint` that must not be there.
    surprise : float or None, 0 to 1
        How adventurous invented chords are; None is the style's.
    title : str
        Empty for one made of style and key.

    Raises
    ------
    ParameterError
        An option is out of range.

    Examples
    --------
    >>> ArrangeRequest(style="bossa", intensity=4).intensity
    4
    """

    style: str = "pop"
    key: str | None = None
    metre: str | None = None
    qpm: float | None = None
    form: str | None = None
    intensity: int = 3
    seed: int = 0
    melody: bool = True
    parts: tuple[str, ...] | None = None
    bars: int | None = None
    swing: float | None = None
    humanise: float = 1.0
    groove: str = ""
    feel: str = ""
    avoid: tuple[str, ...] = ()
    surprise: float | None = None
    title: str = ""

    def __post_init__(self) -> None:
        if self.key is not None:
            parse_key(self.key)
        if self.metre is not None:
            parse_metre(self.metre)
        wishes = {str(wish).partition("=")[0].strip().lower() for wish in self.parts or ()}
        if not self.melody and wishes & {"melody", "旋律"}:
            raise ParameterError(
                "parts asks for a melody and melody=False (--no-melody) for none; drop one of them",
                zh="parts 要写旋律,而 melody=False(--no-melody)不要旋律;请去掉其一",
            )
        _check("qpm", "速度 qpm", self.qpm, 20, 400, "120")
        _check("intensity", "强度 intensity", self.intensity, 1, 5, "3", is_whole=True)
        _check("bars", "小节数 bars", self.bars, 1, 400, "32", is_whole=True)
        _check("swing", "摇摆 swing", self.swing, 0, 1, "0.6")
        _check("humanise", "人性化 humanise", self.humanise, 0, 2, "1")
        _check("surprise", "大胆程度 surprise", self.surprise, 0, 1, "0.5")
        _check("seed", "种子 seed", self.seed, 0, 2**63 - 1, "7", is_whole=True)


def _check(
    name: str,
    name_zh: str,
    value: object,
    low: float,
    high: float,
    usual: str,
    *,
    is_whole: bool = False,
) -> None:
    if value is None:
        return
    kinds = (int, np.integer) if is_whole else (int, float, np.integer, np.floating)
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        kind, kind_zh = ("a whole number ", "整数,") if is_whole else ("", "")
        raise ParameterError(
            f"{name} must be {kind}{low} to {high}, got {value!r}; try {usual}",
            zh=f"{name_zh} 必须是{kind_zh}在 {low} 到 {high} 之间,收到 {value!r};可试 {usual}",
        )
