"""What cards say of families: both languages for every family that ships, nothing invented for others."""

from __future__ import annotations

import pytest

from motet.export.card import tell_card
from motet.export.card_family import FAMILY_TEXTS, tell_family, tell_input, tell_limits


@pytest.mark.parametrize("family", [one for one in FAMILY_TEXTS if one != "transformer"])
def test_every_family_is_told_in_both_languages(family: str) -> None:
    contract = {
        "family": family, "size": "small", "bits": 8, "context": 0, "n_parameters": 1_000_000,
        "files": {"a.onnx": {"bytes": 700_000}, "b.onnx": {"bytes": 300_000}}, "interface": "events",
        "takes": "events", "data": {"content": "melody"}, "config": {"width": 256},
    }  # fmt: skip
    text = FAMILY_TEXTS[family]
    for language, k in (("en", 0), ("zh", 1)):
        card = tell_card(contract, name="one", language=language)  # type: ignore[arg-type]
        assert "1.0 MB" in card
        assert "content melody" in card
        assert "| width | 256 |" in card
        for pair in text[1:]:
            assert pair[k] in card
    assert all(max(pair[1]) >= "一" for pair in text)


def test_a_family_of_a_users_own_is_told_as_far_as_it_is_known() -> None:
    assert (
        tell_family({"family": "mine"}, "uses", "en") == tell_limits({"family": "mine"}, "zh") == ""
    )
    assert (
        tell_input({"family": "mine", "takes": "steps", "data": {}}, "zh") == "以 steps 类乐句训练"
    )
    assert tell_input({"context": 1024}, "en") == "trained on documents of up to 1,024 tokens"
