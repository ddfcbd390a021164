"""What adapting is told, and the figures that it gives back.

Offers `AdaptConfig`, `Figures`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from motet.errors import ParameterError
from motet.tokens.vocab import STYLES

__all__ = ["AdaptConfig", "Figures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptConfig:
    """How a model is adapted.

    Parameters
    ----------
    minutes : float, > 0
        Longest time to learn, by the clock; it ends sooner when nothing is gained.
    steps : int
        Above 0: so many steps instead.
    rank : int, 1 to 256
        Of the adapters.
    lr : float
        Peak rate of AdamW.
    p_drop : float, [0, 1)
        Dropout on the adapters' inputs.
    context, rows : int
        Tokens of a row, rows of a step.
    threads : int
        Cores; 0 is all, up to four.
    seed : int
    patience : int
        Judgements without gain after which learning ends.
    style : str
        Name of a style that half of the documents are said to be in; empty names none.

    Raises
    ------
    ParameterError
        A value is out of range.

    Examples
    --------
    >>> AdaptConfig(minutes=2).rank
    8
    """

    minutes: float = 6.0
    steps: int = 0
    rank: int = 8
    lr: float = 1e-3
    p_drop: float = 0.05
    context: int = 512
    rows: int = 4
    threads: int = 0
    seed: int = 0
    patience: int = 6
    style: str = ""

    def __post_init__(self) -> None:
        for name, low, high in (
            ("minutes", 0.01, 1440), ("steps", 0, 1_000_000), ("rank", 1, 256), ("lr", 1e-7, 1.0),
            ("p_drop", 0, 0.9), ("context", 128, 4096), ("rows", 1, 256), ("threads", 0, 64),
            ("seed", 0, 2**31 - 1), ("patience", 1, 1000),
        ):  # fmt: skip
            value = getattr(self, name)
            if not low <= value <= high:
                raise ParameterError(
                    f"{name} must be {low} to {high}, got {value}",
                    zh=f"{name} 须为 {low} 到 {high},收到 {value}",
                )
        if self.style and self.style not in STYLES:
            raise ParameterError(
                f"there is no style {self.style!r}; motet styles lists them",
                zh=f"没有风格 {self.style!r};可用 motet styles 查看",
            )

    @property
    def n_threads(self) -> int:
        """Cores that are used."""
        return min(self.rows, self.threads or min(4, os.cpu_count() or 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Nats a note before and after, on how many notes.

    Examples
    --------
    >>> round(Figures(before=5.0, after=4.5, n_notes=900).gain, 2)
    0.1
    """

    before: float
    after: float
    n_notes: int

    @property
    def gain(self) -> float:
        """Share by which fewer are needed; negative where it got worse."""
        return 1 - self.after / self.before

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, rounded."""
        return {
            "nats_per_note_before": round(self.before, 4),
            "nats_per_note_after": round(self.after, 4),
            "n_notes": self.n_notes,
        }
