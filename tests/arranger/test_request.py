"""Requests: every option is checked, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from motet.arranger import ArrangeRequest
from motet.errors import ParameterError


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("qpm", 19), ("qpm", 401), ("qpm", float("nan")), ("qpm", "120"), ("intensity", 0),
        ("intensity", 6), ("intensity", 2.5), ("bars", 0), ("bars", 401), ("bars", 3.5), ("swing", -0.1),
        ("swing", 1.1), ("humanise", -1), ("humanise", 2.1), ("seed", -1), ("seed", 1.5), ("seed", "7"),
        ("key", "H"), ("metre", "4/5"),
    ],
)  # fmt: skip
def test_what_is_out_of_range_is_told(name: str, value: Any) -> None:
    with pytest.raises(ParameterError) as caught:
        ArrangeRequest(**{name: value})
    assert any("一" <= letter <= "鿿" for letter in caught.value.zh)
    if name not in ("key", "metre"):
        assert name in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("qpm", 20), ("qpm", 400.0), ("intensity", 5), ("bars", 400), ("swing", 0), ("swing", 1),
     ("humanise", 0), ("seed", 2**63 - 1), ("key", "C大调"), ("metre", "7/8")],
)  # fmt: skip
def test_what_is_allowed_is_taken(name: str, value: Any) -> None:
    assert getattr(ArrangeRequest(**{name: value}), name) == value


@pytest.mark.parametrize("wish", ["melody", " Melody=violin", "旋律"])
def test_a_melody_cannot_be_wished_and_refused(wish: str) -> None:
    with pytest.raises(ParameterError, match="--no-melody") as caught:
        ArrangeRequest(melody=False, parts=("bass", wish))
    assert "不要旋律" in caught.value.zh
    assert ArrangeRequest(melody=True, parts=(wish,)).parts == (wish,)
    assert ArrangeRequest(melody=False, parts=("bass",)).parts == ("bass",)
