"""What one part is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from motet.brief.part import PartBrief, part_from_dict, read_parts
from motet.errors import ParameterError


def test_parts_as_one_text() -> None:
    found = read_parts("piano:melody,acoustic_bass、鼓\uff0c长笛\uff1a对位")
    assert [(one.instrument, one.role) for one in found] == [
        ("piano", "melody"),
        ("acoustic_bass", ""),
        ("drums", "drums"),
        ("flute", "counter"),
    ]
    assert [one.program for one in found] == [0, 32, 128, 73]


def test_a_role_alone_is_played_by_who_usually_does() -> None:
    assert read_parts("bass")[0].instrument == "acoustic_bass"


def test_mixed_kinds_of_wishes() -> None:
    one = PartBrief(instrument="cello")
    assert read_parts([one, "flute", {"instrument": "piano", "low": "C3"}])[2].low == 48
    assert read_parts(None) == ()


def test_to_dict_reads_back() -> None:
    part = PartBrief(
        instrument="violin", role="melody", name="Solo", low="G3", high=90, density="sparse",
        polyphony=1, rhythm="x-x-", rests="1-4, 9", writer="model",
    )  # fmt: skip
    assert part.rests == (1, 2, 3, 4, 9)
    assert part_from_dict(part.to_dict()) == part
    assert part.to_dict()["rests"] == "1-4, 9"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({}, "instrument"),
        ({"instrument": "kazooo"}, "kazooo"),
        ({"instrument": "piano", "role": "drums"}, "drums"),
        ({"instrument": "drums", "role": "melody"}, "drums"),
        ({"instrument": "piano", "low": 70, "high": 60}, "70"),
        ({"instrument": "piano", "polyphony": 0}, "polyphony"),
        ({"instrument": "piano", "polyphony": True}, "polyphony"),
        ({"instrument": "piano", "writer": "me"}, "writer"),
        ({"instrument": "piano", "rests": "9-1"}, "9-1"),
        ({"instrument": "piano", "rhythm": "abc"}, "abc"),
        ({"instrument": "piano", "lowest": 3}, "low"),
    ],
)
def test_what_cannot_be_is_refused(options: dict[str, Any], word: str) -> None:
    with pytest.raises(ParameterError) as caught:
        part_from_dict(options)
    assert word in str(caught.value)
    assert caught.value.zh


@pytest.mark.parametrize("wish", ["piano:", 7, ["x"] * 3, "piano," * 17])
def test_wishes_that_cannot_be_read(wish: Any) -> None:
    with pytest.raises(ParameterError):
        read_parts(wish if not isinstance(wish, int) else [wish])
