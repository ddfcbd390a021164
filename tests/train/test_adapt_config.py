"""What adapting is told is checked at once."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.train.adapt_config import AdaptConfig, Figures


@pytest.mark.parametrize(
    ("name", "value"),
    [("minutes", 0), ("minutes", float("nan")), ("rank", 0), ("rows", 0), ("threads", -1),
     ("context", 64), ("lr", 0), ("p_drop", 1), ("patience", 0), ("style", "polka-metal")],
)  # fmt: skip
def test_what_is_out_of_range_is_refused(name: str, value: float) -> None:
    with pytest.raises(ParameterError) as caught:
        AdaptConfig(**{name: value})
    assert any("一" <= sign <= "鿿" for sign in caught.value.zh)


def test_threads_are_no_more_than_rows() -> None:
    assert AdaptConfig(threads=8, rows=3).n_threads == 3
    assert 1 <= AdaptConfig().n_threads <= 4


def test_a_gain_is_the_share_that_is_saved() -> None:
    assert Figures(before=4.0, after=3.0, n_notes=1).gain == 0.25
    assert Figures(before=4.0, after=5.0, n_notes=1).gain == -0.25
