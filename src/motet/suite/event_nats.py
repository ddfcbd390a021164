"""Nats a note of a bundle that runs by events, measured with the graphs that users run.

Conventions: arrays are those of the phrase kind "events"; what is not asked in training (the part of a single
part, the duration of drums) is not asked here.

Offers `measure_nats`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.engine.graph import open_graphs
from motet.phrases.event_codec import DRUMS, NO_CHORD, NO_STYLE, PAD, REST
from motet.phrases.event_memory import NO_DUR, NO_PART, NO_PITCH, NO_SHIFT
from motet.phrases.kinds import Batch

__all__ = ["measure_nats"]

_FIELDS: Final = ("time", "part", "pitch", "duration", "velocity")


def measure_nats(
    bundle: Bundle, phrases: Sequence[Batch], *, hides: Sequence[str] = ()
) -> dict[str, float]:
    """Return the nats of a note, and of each of its fields.

    Parameters
    ----------
    bundle : Bundle
    phrases : sequence of dict of str to array
    hides : sequence of str
        Of ``"lookback"``, ``"chords"``, ``"style"``: what the network is not told.

    Returns
    -------
    dict of str to float
        ``all`` and each of time, part, pitch, duration, velocity.

    Examples
    --------
    >>> measure_nats.__name__
    'measure_nats'
    """
    rows = {name: np.stack([one[name] for one in phrases]).astype(np.int64) for name in phrases[0]}
    if "lookback" in hides or not bundle.config.get("lookback", True):
        rows["lags"][:] = NO_SHIFT, NO_PART, NO_PITCH, NO_PITCH, NO_DUR, 0
    if "chords" in hides:
        rows["chords"][:] = NO_CHORD
    if "style" in hides:
        rows["style"][:] = NO_STYLE
    graphs = open_graphs(bundle)
    b, t = rows["events"].shape[:2]
    state = graphs["step"].zeros("state", b=b)
    total = dict.fromkeys(_FIELDS, 0.0)
    n_notes = 0
    has_parts = str(bundle.config.get("content")) == "poly"
    for i in range(t - 1):
        now, lags = rows["events"][:, i + 1], rows["lags"][:, i + 1]
        told = now[:, 2] != PAD
        if not told.any():
            break
        found = graphs["step"].run(
            {
                "events": rows["events"][:, i],
                "place": rows["place"][:, i], "chords": rows["chords"][:, i],
                "style": rows["style"], "mode": rows["mode"], "lags": lags, "state": state,
            }
        )  # fmt: skip
        state = found["next_state"]
        logits = [found["shift_logits"]]
        sound = (rows["sound"][:, i + 1, None] >> np.arange(12) & 1).astype(np.float32)
        found = graphs["onset"].run(
            {
                "hidden": found["hidden"], "shift": now[:, 0], "place": rows["place"][:, i + 1],
                "chords": rows["chords"][:, i + 1], "sound": sound, "lags": lags,
            }
        )  # fmt: skip
        logits.append(found["part_logits"])
        found = graphs["pitch"].run(
            {"u": found["u"], "part": now[:, 1], "last": rows["last"][:, i + 1], "lags": lags}
        )
        logits.append(found["pitch_logits"])
        found = graphs["shape"].run({"w": found["w"], "pitch": now[:, 2], "lags": lags})
        logits += [found["dur_logits"], found["vel_logits"]]
        sounds = now[:, 2] < REST
        asked = (told, told & has_parts, told, sounds & (now[:, 1] != DRUMS), sounds)
        for k, name in enumerate(_FIELDS):
            total[name] += float(_nats(logits[k], now[:, k])[asked[k]].sum())
        n_notes += int(sounds.sum())
    each = {name: value / max(1, n_notes) for name, value in total.items()}
    return {"all": sum(each.values()), **each}


def _nats(logits: npt.NDArray[Any], targets: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return the nats of each row's target; 0 for targets that the table has not."""
    known = np.minimum(targets, logits.shape[1] - 1)
    wide = logits.astype(np.float64)
    top = wide.max(axis=1, keepdims=True)
    whole = top[:, 0] + np.log(np.exp(wide - top).sum(axis=1))
    out: npt.NDArray[np.float64] = whole - wide[np.arange(len(wide)), known]
    return out
