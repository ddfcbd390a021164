"""Candidates for some cells, made in a worker process; the server adds them to the project.

Conventions: a request is a `motet.project.propose.Request`; sliders and curves become options of its task
here. Nothing of the project but its score, its locks and who wrote it is needed.

Offers `write_candidates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from motet.server.asked_fields import refuse_paths

if TYPE_CHECKING:
    from motet.project.propose import Request

__all__ = ["with_feel", "write_candidates"]

_CURVED = ("infill", "continue")


def write_candidates(payload: dict[str, Any], tell: Any) -> dict[str, Any]:
    """Return candidates, the best first.

    Parameters
    ----------
    payload : dict
        ``score`` (Motet JSON, bytes), ``written`` (who wrote it), ``request`` (task, n, bars, parts,
        locks, seed, options), ``feel`` (sliders), ``emotion`` (a curve over bars, or None),
        ``language``.
    tell : Tell

    Returns
    -------
    dict
        ``candidates`` (``score`` as Motet JSON, ``candidate`` as plain values), ``options`` (with what
        sliders and curve became), ``remarks`` (en, zh).

    Raises
    ------
    ParameterError
        An option or a slider is not allowed.
    ConstraintError
        Everything is locked, or nothing else came of it.

    Examples
    --------
    >>> from motet.engine.write import Cancel
    >>> from motet.server.telling import Tell
    >>> from motet.io import write_json
    >>> from motet.score import make_score
    >>> asked = {"task": "infil", "n": 1, "bars": None, "parts": None, "locks": [], "seed": 0, "options": {}}
    >>> wish = {"score": write_json(make_score("C4:4")), "written": ["h"], "request": asked}
    >>> write_candidates(wish, Tell(lambda told: None, Cancel()))
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: task must be one of infill, ..., got 'infil'
    """
    from motet.io import read_json, write_json
    from motet.project.node import to_plain
    from motet.project.propose import make_candidates

    score = read_json(payload["score"]).score
    request, remarks = with_feel(
        _request(payload["request"]), payload.get("feel") or {}, payload.get("emotion")
    )
    refuse_paths(request.options)
    tell.progress(0.03, "looking at the music around", "正在看前后的音乐")
    batches = [0, 0]

    def on_bar(done: int, total: int) -> None:
        if done < batches[1]:
            batches[0] += 1
        batches[1] = done
        share = 1.0 - 0.55 ** (batches[0] + done / max(1, total))
        tell.progress(
            0.05 + 0.9 * share, f"writing bar {done} of {total}", f"正在写第 {done}/{total} 小节"
        )

    usual = {
        "on_bar": on_bar, "cancel": tell.cancel, "language": payload.get("language", "en")
    }  # fmt: skip
    made = make_candidates(score, payload["written"], replace(request, usual=usual))
    return {
        "candidates": [
            {"score": write_json(one.score), "candidate": to_plain(one.candidate)} for one in made
        ],
        "options": request.options,
        "remarks": [{"en": en, "zh": zh} for en, zh in remarks],
    }


def _request(plain: Mapping[str, Any]) -> Request:
    """Return a request from plain values."""
    from motet.project.lock import Lock
    from motet.project.propose import Request

    locks = tuple(Lock(one["where"], one["layer"]) for one in plain["locks"])
    return Request(**{**plain, "locks": locks}, usual={})


def with_feel(
    request: Request, feel: Mapping[str, float], emotion: Any = None
) -> tuple[Request, tuple[tuple[str, str], ...]]:
    """Return a request whose sliders and curve are options of its task, and what they cannot do.

    Parameters
    ----------
    request : Request
    feel : mapping of str to float, -1 to 1
    emotion : sequence of (bar, valence, arousal), str, or None
        Bars from 1.

    Returns
    -------
    Request, tuple of (str, str)

    Examples
    --------
    >>> from motet.project.propose import Request
    >>> asked = Request(task="infill", n=2, options={}, usual={})
    >>> with_feel(asked, {"brightness": 1.0})[0].options
    {'emotion': (0.9, 0.0)}
    """
    from motet.tasks.feel_options import feel_options

    options, remarks = feel_options(request.task, feel, request.options)
    if emotion:
        if request.task in _CURVED:
            options.pop("emotion", None)
            options["emotion_curve"] = emotion
        else:
            remarks = (
                *remarks,
                ("a curve of emotion shapes what is written anew or goes on, nothing else",
                 "情绪曲线只作用于重写与续写"),
            )  # fmt: skip
    return replace(request, options=options), remarks
