"""What the commands that write with a model share."""

from __future__ import annotations

import pytest

from motet.cli.output import Output
from motet.cli.writing import (
    bundle_option,
    candidates_option,
    given_options,
    harmony_option,
    key_option,
    output_option,
    seed_option,
    style_option,
    temperature_option,
    writing_progress,
)


def test_options_that_were_not_given_are_left_out() -> None:
    assert given_options({"seed": 0, "key": None, "parts": [], "swing": 0.0}) == {
        "seed": 0,
        "swing": 0.0,
    }


@pytest.mark.parametrize(
    "option",
    [
        bundle_option, candidates_option, harmony_option, key_option, output_option, seed_option,
        style_option, temperature_option,
    ],
)  # fmt: skip
def test_every_option_is_told_in_both_languages(option: object) -> None:
    texts = [option(pick).help for pick in (lambda en, _: en, lambda _, zh: zh)]  # type: ignore[operator]
    assert texts[0] != texts[1]
    assert all(texts)


def test_progress_is_silent_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with writing_progress(Output(language="zh", as_json=True)) as tell:
        tell(1, 2)
        tell(2, 2)
    assert capsys.readouterr().err == ""
