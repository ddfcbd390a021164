"""A few sliders that everybody understands, as the options that each task takes.

Conventions: a slider is -1 to 1; 0 asks for nothing. What a task cannot do with a slider is told, not hidden.
Energy goes by arousal (loudness), brightness by valence (register), tension by both and by harmony; density
counts the notes that begin; surprise goes by the temperature of the model and by the adventure of chords.
That moving a slider moves the music is measured in tests/tasks/test_feel_options.py.

Offers `SLIDERS`, `TASK_SLIDERS`, `feel_options`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from motet.errors import ParameterError

__all__ = ["SLIDERS", "TASK_SLIDERS", "feel_options"]

SLIDERS: Final[dict[str, tuple[str, str]]] = {
    "energy": ("energy", "能量"),
    "brightness": ("brightness", "明亮"),
    "tension": ("tension", "紧张"),
    "density": ("density", "疏密"),
    "surprise": ("surprise", "意外"),
}
"""Slider to its name in English and Chinese."""
_MOODED: Final = ("infill", "continue")
TASK_SLIDERS: Final[dict[str, tuple[str, ...]]] = {
    "infill": tuple(SLIDERS),
    "continue": tuple(SLIDERS),
    "melody": ("density", "surprise"),
    "vary": ("surprise",),
    "restyle": ("surprise",),
    "harmonise": ("tension", "surprise"),
    "accompany": ("energy", "density", "tension", "surprise"),
    "humanise": ("energy", "surprise"),
    "arrange": (),
    "reduce": (),
}
"""Task to the sliders that have a say in it."""
_MOST_DENSE = 2.0
_DENSITY_QN = (0.5, 1.2, 2.4)
"""Onsets a quarter note of a melody: few, usual, many."""


def feel_options(
    task: str, feel: Mapping[str, float], given: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """Return the options of a task that sliders stand for, and what they cannot do there.

    Parameters
    ----------
    task : str
        One of `motet.project.propose.TASKS`.
    feel : mapping of str to float, -1 to 1
        Members of `SLIDERS`.
    given : mapping or None
        Options that were named; they win over sliders.

    Returns
    -------
    dict, tuple of (str, str)
        Options with those given, and remarks in English and Chinese.

    Raises
    ------
    ParameterError
        There is no such slider, or it is out of range.

    Source
    ------
    Own placing on the plane of `motet.brief.emotion`.

    Examples
    --------
    >>> feel_options("infill", {"energy": 0.5})[0]
    {'emotion': (0.0, 0.45)}
    >>> feel_options("accompany", {"energy": 1.0, "surprise": 1.0})[0]
    {'intensity': 5, 'adventure': 3, 'temperature': 1.4}
    >>> feel_options("reduce", {"energy": 1.0})[1][0][0]
    'energy has no say when a piece is reduced'
    """
    moved = {name: _checked(name, value) for name, value in feel.items()}
    moved = {name: value for name, value in moved.items() if value}
    able = TASK_SLIDERS.get(task, ())
    remarks = tuple(_ignored(name, task) for name in moved if name not in able)
    own = {name: value for name, value in moved.items() if name in able}
    found: dict[str, Any] = {}
    if task in _MOODED:
        found |= _mood(own)
        if own.get("density"):
            found["density_ratio"] = round(_MOST_DENSE ** own["density"], 3)
    if task == "melody" and own.get("density"):
        found["density"] = _density(own["density"])
    if task == "accompany" and (own.get("energy") or own.get("density")):
        share = max(-1.0, min(1.0, own.get("energy", 0.0) + own.get("density", 0.0)))
        found["intensity"] = 3 + round(2 * share)
    if task in ("harmonise", "accompany") and (own.get("tension") or own.get("surprise")):
        found["adventure"] = _adventure(max(own.get("tension", 0.0), own.get("surprise", 0.0)))
    if own.get("surprise"):
        found |= _surprise(task, own["surprise"])
    if task == "humanise" and own.get("energy"):
        found["amount"] = round(1.0 + 0.6 * own["energy"], 2)
    return {**found, **(given or {})}, remarks


def _checked(name: str, value: float) -> float:
    if name not in SLIDERS:
        raise ParameterError(
            f"a slider is one of {', '.join(SLIDERS)}, got {name!r}",
            zh=f"滑块为 {'、'.join(SLIDERS)} 之一,收到 {name!r}",
        )
    if not -1.0 <= value <= 1.0:
        raise ParameterError(
            f"{name} must be -1 to 1, got {value:g}; 0 asks for nothing",
            zh=f"{SLIDERS[name][1]}({name})必须在 -1 到 1 之间,收到 {value:g};0 表示不作要求",
        )
    return float(value)


_DONE: Final[dict[str, tuple[str, str]]] = {
    "arrange": ("arranged", "改编"), "reduce": ("reduced", "缩编"), "vary": ("varied", "变奏"),
    "restyle": ("restyled", "换风格"), "harmonise": ("harmonised", "配和声"),
    "humanise": ("humanised", "人性化"), "accompany": ("accompanied", "配伴奏"),
    "melody": ("given a melody", "写旋律"),
}  # fmt: skip


def _ignored(name: str, task: str) -> tuple[str, str]:
    en, zh = _DONE.get(task, (task, task))
    return (
        f"{SLIDERS[name][0]} has no say when a piece is {en}",
        f"“{SLIDERS[name][1]}”对{zh}不起作用",
    )


def _mood(own: Mapping[str, float]) -> dict[str, Any]:
    """Return the emotion that sliders ask for; nothing where none asks."""
    tension = own.get("tension", 0.0)
    valence = 0.9 * own.get("brightness", 0.0) - 0.6 * tension
    arousal = 0.9 * own.get("energy", 0.0) + 0.4 * tension
    if not valence and not arousal:
        return {}
    return {"emotion": (_clipped(valence), _clipped(arousal))}


def _clipped(value: float) -> float:
    return round(max(-1.0, min(1.0, value)), 3)


def _density(value: float) -> float:
    few, usual, many = _DENSITY_QN
    ratio = many / usual if value > 0 else usual / few
    return round(usual * float(ratio**value), 2)


def _adventure(value: float) -> int:
    return 1 if value <= 0.2 else 2 if value <= 0.65 else 3


def _surprise(task: str, value: float) -> dict[str, Any]:
    """Return how far from the likely."""
    found: dict[str, Any] = {"temperature": round(1.0 + 0.4 * value, 2)}
    if task == "continue":
        found["surprise"] = round(0.5 + 0.5 * value, 2)
    if task == "vary":
        found["strength"] = round(0.5 + 0.4 * value, 2)
    if task == "restyle":
        return {"strength": round(0.7 + 0.3 * value, 2)}
    if task == "harmonise":
        return {}
    if task == "humanise":
        return {"rubato": round(max(0.0, 0.5 * value), 2)}
    return found
