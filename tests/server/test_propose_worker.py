"""Candidates from a worker: plain values, sliders resolved, files of the machine refused."""

from __future__ import annotations

from typing import Any

import pytest

import motet
from motet.errors import ParameterError
from motet.io import read_json, write_json
from motet.project.propose import Request
from motet.server.propose_worker import with_feel, write_candidates

SCORE = motet.make_score("C4:1 E4:1 G4:2 | F4:2 D4:2 | E4:4 | C4:4", chords="C:4 Dm:4 C:8")


class _Listener:
    """Hears how far a worker is."""

    cancel = None

    def __init__(self) -> None:
        self.far: list[float] = []

    def progress(self, fraction: float, *_: str) -> None:
        self.far.append(fraction)

    def bars(self, told: dict[str, Any]) -> None:
        """Bars are not looked at here."""


def _payload(task: str = "infill", **fields: Any) -> dict[str, Any]:
    request = {
        "task": task, "n": 2, "bars": "2", "parts": None, "locks": [], "seed": 1, "options": {},
        **fields.pop("request", {}),
    }  # fmt: skip
    return {"score": write_json(SCORE), "written": ["hhhh"], "request": request, **fields}


def test_candidates_change_what_was_asked_and_nothing_else() -> None:
    listener = _Listener()
    found = write_candidates(_payload(feel={"energy": 0.5}), listener)
    assert found["options"] == {"emotion": (0.0, 0.45)}
    assert 1 <= len(found["candidates"]) <= 2
    for one in found["candidates"]:
        made = read_json(one["score"]).score
        assert one["candidate"]["cells"] == ["Part 1:2"]
        assert made.parts[0].notes[:3] == SCORE.parts[0].notes[:3]
    assert listener.far == sorted(listener.far)


def test_locks_hold() -> None:
    from motet.errors import ConstraintError

    wish = _payload(request={"locks": [{"where": "2", "layer": "all"}]})
    with pytest.raises(ConstraintError):
        write_candidates(wish, _Listener())


@pytest.mark.parametrize("options", [{"style": "/etc/passwd"}, {"references": ["a.mid"]}])
def test_files_of_the_machine_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ParameterError):
        write_candidates(_payload(request={"options": options}), _Listener())


def test_a_curve_takes_the_place_of_one_emotion_and_is_told_where_it_cannot() -> None:
    asked = Request(task="infill", n=1, options={}, usual={})
    curve = [(1, 0.5, 0.5), (4, -0.5, 0.0)]
    request, remarks = with_feel(asked, {"energy": 1.0}, curve)
    assert request.options == {"emotion_curve": curve}
    assert remarks == ()
    _, remarks = with_feel(Request(task="reduce", n=1, options={}, usual={}), {}, curve)
    assert len(remarks) == 1
