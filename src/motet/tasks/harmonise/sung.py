"""Parts that a model sings where the arranger laid them out: on its rhythm, or freely.

Conventions: a counter-melody that fits the melody much worse than the arranger's is not taken, and that is
said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ConstraintError
from motet.score import Part, Score
from motet.tasks.cast import PartPlan
from motet.tasks.draft import Stretch
from motet.tasks.given import choose_rows, measure_part
from motet.tasks.harmonise.answer import line_cost
from motet.tasks.job import Written, write_given
from motet.tasks.neighbour import tell_copies
from motet.theory.scale import Key

__all__ = ["let_model_sing"]

_WORSE = 1.2  # how much rougher than the arranger's line a model's may be, a note


def let_model_sing(
    done: Score,
    line: Part | None,
    key: Key,
    plans: Sequence[PartPlan],
    wanted: list[int],
    brief: Brief,
    model: Bundle,
    ground: str,
    on_bar: Callable[[int, int], None] | None,
    cancel: Cancel | None,
    originality: bool,
) -> tuple[Score, list[str], list[tuple[str, str]], dict[str, Any]]:
    """Return the score with some parts written by a model, who wrote what, remarks, and its story.

    Parameters
    ----------
    done : Score
        With the arranger's parts, whose rhythm the model keeps unless it writes everything.
    line : Part or None
        The melody.
    key : Key
    plans : sequence of PartPlan
        The new parts, the last of the score.
    wanted : list of int
        Which of the plans.
    brief : Brief
    model : Bundle
    ground : str
    on_bar, cancel, originality
        As for `accompany`.

    Returns
    -------
    Score, list of str, list of (str, str), dict

    Examples
    --------
    >>> let_model_sing.__name__
    'let_model_sing'
    """
    given = len(done.parts) - len(plans)
    open_parts = [given + k for k in wanted]
    rows = choose_rows(done, open_parts)
    bounds: dict[int, PartPlan] = {}
    for k in rows:
        own = measure_part(done, k, range(done.n_bars))
        if k >= given:
            plan = plans[k - given]
            own = replace(own, name=plan.name, role=plan.role, instrument=plan.instrument,
                          polyphony=plan.polyphony if ground == "model" else own.polyphony,
                          low=max(plan.low, own.low - 2), high=min(plan.high, own.high + 2),
                          may_rest=True)  # fmt: skip
        bounds[k] = own
    cells = {(bar, k) for k in open_parts for bar in _played_bars(done.parts[k], done)}
    writers = ["given"] * given + ["arranger"] * len(plans)
    try:
        written = write_given(
            done, cells, bounds, rows=rows, brief=brief, key=key, chords=done.chords, bundle=model,
            keep_rhythm=ground == "both", ends=True, on_bar=on_bar, cancel=cancel,
            originality=originality,
        )  # fmt: skip
    except ConstraintError as error:
        return done, writers, [
            (f"The model could not keep to the rules ({error.en}); the arranger wrote instead.",
             f"模型无法满足规则({error.zh});改由编配器写成。")
        ], {}  # fmt: skip
    score, told = _settle(done, written, line, key, open_parts, writers)
    if "model" not in writers:
        return score, writers, told, {}
    told += list(tell_copies(written.neighbour))
    stretches: tuple[Stretch, ...] = written.draft.stretches
    return score, writers, told, {
        "bundle": model.name, "bundle_digest": model.digest, "stretches": stretches,
        "n_tokens": written.draft.n_tokens, "originality": written.neighbour,
    }  # fmt: skip


def _settle(
    done: Score,
    written: Written,
    line: Part | None,
    key: Key,
    open_parts: Sequence[int],
    writers: list[str],
) -> tuple[Score, list[tuple[str, str]]]:
    """Return the score with the model's parts, but for a counter-melody that fits much worse."""
    parts = list(done.parts)
    told: list[tuple[str, str]] = []
    for k in open_parts:
        new = written.score.parts[k]
        if parts[k].role == "counter" and line is not None:
            ours = line_cost(done, line, parts[k].notes, key)
            theirs = line_cost(done, line, new.notes, key)
            if theirs > ours + _WORSE or not new.notes:
                told.append(
                    (f"{new.name}: the model's line rubbed against the melody; the arranger's was taken.",
                     f"{new.name}:模型写的旋律与主旋律相碰,改用编配器的。")
                )  # fmt: skip
                continue
        parts[k] = new
        writers[k] = "model"
    return replace(done, parts=tuple(parts)), told


def _played_bars(part: Part, score: Score) -> set[int]:
    """Return the bars in which a part begins a note."""
    return {score.bar_at(note.onset_tick) for note in part.notes}
