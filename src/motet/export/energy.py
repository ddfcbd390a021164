"""What training took from the socket, estimated from what a bundle states of its run.

Conventions: minutes times watts; an upper guess, not a reading of a meter. Experiments that led to the
run, making the corpus and using the model are not counted.

Offers `Energy`, `estimate_energy`, `tell_energy`.

Source: the method (time, power of the device, overhead of the building) is that of Lacoste, Luccioni,
Schmidt and Dandres, "Quantifying the Carbon Emissions of Machine Learning", 2019; the watts are our own
round assumptions, stated beside every result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from motet.language import Language, say

__all__ = ["Energy", "estimate_energy", "tell_energy"]

_CORE_WATTS: Final = 10.0
"""Of a busy core of a server, its share of memory included."""
_GPU_WATTS: Final = 700.0
"""Of one accelerator of the data centre kind at full load."""
_OVERHEAD: Final = 1.5
"""Power supply, cooling and the rest of the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Energy:
    """What a run took.

    Parameters
    ----------
    minutes : float
    watts : float
        Of the cores or the accelerator, without overhead.
    kwh : float, kilowatt hours
        With overhead.
    basis : str
        ``"cores"``, ``"gpu"`` or ``"stated"``: where the watts come from.

    Examples
    --------
    >>> Energy(minutes=60.0, watts=20.0, kwh=0.03, basis="cores").kwh
    0.03
    """

    minutes: float
    watts: float
    kwh: float
    basis: str


def estimate_energy(recipe: Mapping[str, Any]) -> Energy | None:
    """Return what a training run took, or None where its length is not stated.

    Parameters
    ----------
    recipe : mapping
        ``minutes`` of the run, ``minutes_before`` of runs it went on from, ``threads``, ``device``, and
        ``watts`` where somebody knows better.

    Returns
    -------
    Energy or None

    Examples
    --------
    >>> estimate_energy({"minutes": 60, "threads": 2}).kwh
    0.03
    >>> estimate_energy({"minutes": 30, "device": "cuda"}).kwh
    0.525
    >>> estimate_energy({}) is None
    True
    """
    minutes = _number(recipe.get("minutes")) + _number(recipe.get("minutes_before"))
    if minutes <= 0:
        return None
    if watts := _number(recipe.get("watts")):
        basis = "stated"
    elif str(recipe.get("device", "")).startswith("cuda"):
        watts, basis = _GPU_WATTS, "gpu"
    else:
        watts, basis = _CORE_WATTS * max(1.0, _number(recipe.get("threads"))), "cores"
    kwh = round(minutes / 60 * watts * _OVERHEAD / 1000, 6)
    return Energy(minutes=minutes, watts=watts, kwh=kwh, basis=basis)


def _number(value: object) -> float:
    """Return a number that is above 0 and finite, else 0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if 0 < value < float("inf") else 0.0


def tell_energy(energy: Energy | None, *, language: Language = "en") -> str:
    """Return an estimate with everything it rests on.

    Parameters
    ----------
    energy : Energy or None
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> tell_energy(estimate_energy({"minutes": 60, "threads": 2}))[:19]
    'About 0.03 kWh: 60 '
    """
    if energy is None:
        return say("Not stated.", "未说明。", language=language)
    basis = {
        "cores": (f"{_CORE_WATTS:g} W a core, assumed", f"每核按 {_CORE_WATTS:g} W 假定"),
        "gpu": ("one accelerator at full load, assumed", "按一块满载的加速卡假定"),
        "stated": ("as the recipe states", "由训练方法注明"),
    }[energy.basis]
    return say(
        f"About {energy.kwh:.2g} kWh: {energy.minutes:g} minutes at {energy.watts:g} W ({basis[0]}), times "
        f"{_OVERHEAD:g} for power supply and cooling (assumed). An estimate, not a reading of a meter. "
        "Experiments before this run, building the corpus and using the model are not counted.",
        f"约 {energy.kwh:.2g} kWh:{energy.minutes:g} 分钟 × {energy.watts:g} W({basis[1]}),再乘以供电与散热"
        f"系数 {_OVERHEAD:g}(假定)。此为估算,并非电表读数;未计入此前的试验、语料库的构建与模型的使用。",
        language=language,
    )
