"""One model a benchmark set, trained on that set's training split alone, kept in the cache.

Conventions: a model lives in the user's cache folder under ``bench/SET-FINGERPRINT``; the fingerprint
covers its shape, its recipe and the set's pieces, so whatever changes one of them trains anew. A run that
was cut off goes on. What is trained here measures and is never shipped.

Offers `PLANS`, `measure_set`, `bench_folder`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from motet.suite.roll_sets import CHORALES, RollSet, average_nats
from motet.suite.table import silent

__all__ = ["PLANS", "Plan", "bench_folder", "measure_set"]

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The size of a set's model and the length of its training; the rest is `RollConfig`'s.

    Parameters
    ----------
    steps, rows, context : int
        Windows of so many frames a step.
    channels : int
        Of the network at each pitch.
    dropout : float
    valid_steps : int
    lr : float

    Examples
    --------
    >>> Plan(steps=10, rows=2, context=32).channels
    32
    """

    steps: int
    rows: int
    context: int
    channels: int = 32
    width: int = 192
    n_layers: int = 3
    dropout: float = 0.1
    valid_steps: int = 100
    lr: float = 3e-3


PLANS: Final[dict[str, Plan]] = {
    CHORALES: Plan(steps=1200, rows=6, context=256),
    "JSB_Chorales": Plan(steps=500, rows=16, context=160, dropout=0.2),
    "Nottingham": Plan(steps=500, rows=6, context=256),
    "MuseData": Plan(steps=600, rows=6, context=256),
    "Piano_midi": Plan(steps=400, rows=6, context=256, dropout=0.15),
}
"""What each set's model is told; chosen for minutes on one core, not for the last hundredth."""


def bench_folder() -> Path:
    """Return the user's cache folder for benchmark archives and models.

    Examples
    --------
    >>> bench_folder().name
    'bench'
    """
    from platformdirs import user_cache_path

    return user_cache_path("motet") / "bench"


def _fingerprint(told: dict[str, Any], found: RollSet) -> str:
    digest = hashlib.sha256(json.dumps([_FORMAT, told], sort_keys=True).encode())
    for split in ("train", "valid"):
        for piece in found.splits[split]:
            digest.update(len(piece).to_bytes(4, "little"))
            digest.update(piece.tobytes())
    return digest.hexdigest()[:12]


def measure_set(
    found: RollSet,
    plan: Plan,
    *,
    folder: Path,
    seed: int = 0,
    n_notes: int = 1,
    say: Callable[[str], None] = silent,
) -> dict[str, Any]:
    """Return what the set's model costs on the validation and test splits, training it if need be.

    Parameters
    ----------
    found : RollSet
    plan : Plan
    folder : Path
        Where models are kept.
    seed : int
    n_notes : int
        What a frame is divided by.
    say : callable
        Told how training goes.

    Returns
    -------
    dict
        "valid" and "test" as `average_nats` gives them, "weights" (how many), "steps", "cpu_s",
        "folder".

    Raises
    ------
    BundleError
        The kept model is damaged.

    Examples
    --------
    >>> import numpy as np
    >>> piece = np.eye(12, 16, dtype=np.uint8)[:, None, :]
    >>> found = RollSet(name="steps", splits=dict.fromkeys(("train", "valid", "test"), [piece]))
    >>> plan = Plan(steps=1, rows=1, context=8, channels=8, width=16, n_layers=1)
    >>> measure_set(found, plan, folder=Path("bench"))["steps"]
    1
    """
    from motet.models.registry import count_weights
    from motet.models.roll import RollConfig
    from motet.train.rolls import RollRecipe, load_rolls, measure_rolls, train_rolls
    from motet.train.threads import one_thread

    k, p = found.shape
    config = RollConfig(
        n_pitches=p,
        n_parts=k,
        context=plan.context,
        channels=plan.channels,
        width=plan.width,
        n_layers=plan.n_layers,
        dropout=plan.dropout,
    )
    recipe = RollRecipe(
        steps=plan.steps, rows=plan.rows, lr=plan.lr, valid_steps=plan.valid_steps, seed=seed
    )
    told = {"config": config.to_dict(), "recipe": asdict(recipe)}
    home = folder / f"{found.name}-{_fingerprint(told, found)}"
    with one_thread():
        train_rolls(
            found.splits["train"],
            found.splits["valid"],
            config=config,
            recipe=recipe,
            folder=home,
            say=lambda text: say(f"{found.name}: {text}"),
        )
        model, facts = load_rolls(home / "weights.npz")
        figures = {
            split: average_nats(measure_rolls(model, found.splits[split]), n_notes=n_notes)
            for split in ("valid", "test")
        }
    return {
        **figures,
        "weights": count_weights(model),
        "steps": facts["steps"],
        "cpu_s": facts["cpu_s"],
        "folder": home.name,
    }
