"""Values of a TOML table: what is right comes back, what is wrong says file, place and what to write."""

from __future__ import annotations

from typing import Any

import pytest

from motet.arranger.style_value import TableReader
from motet.errors import FormatError, ParameterError

READER = TableReader("my.toml")


def test_right_values_come_back() -> None:
    table = {"a": "x", "n": 3, "f": 0.5, "l": ["x", "y"], "range": ["C3", "C5"], "t": {"k": 1}}
    assert READER.text(table, "a", "here") == "x"
    assert READER.whole(table, "n", "here", default=1, low=0, high=4) == 3
    assert READER.number(table, "f", "here", default=0, low=0, high=1) == 0.5
    assert READER.texts(table, "l", "here") == ("x", "y")
    assert READER.texts(table, "a", "here") == ("x",)
    assert READER.range(table, "here") == (48, 72)
    assert READER.table(table, "t", "here") == {"k": 1}
    assert READER.tables({"part": [{"k": 1}]}, "part") == [{"k": 1}]


def test_missing_values_have_their_default() -> None:
    assert READER.text({}, "a", "here", default="x") == "x"
    assert READER.texts({}, "a", "here") == ()
    assert READER.table({}, "a", "here") == {}
    assert READER.tables({}, "a") == []
    assert READER.choice({}, "a", ("x", "y"), "here", default="y") == "y"


@pytest.mark.parametrize(
    "value",
    [["C5", "C3"], ["C4", "C4"], ["C4"], "C4", ["H2", "C4"], 5, ["C4", "F4"]],
)
def test_a_range_rises_by_an_octave(value: Any) -> None:
    with pytest.raises(FormatError, match=r"my\.toml, here: range must"):
        READER.range({"range": value}, "here")


def test_wrong_values_name_file_place_and_key_in_both_languages() -> None:
    wrong = [
        lambda: READER.text({"a": 3}, "a", "here"),
        lambda: READER.text({}, "a", "here"),
        lambda: READER.texts({"a": [3]}, "a", "here"),
        lambda: READER.whole({"a": True}, "a", "here", default=1, low=0, high=4),
        lambda: READER.whole({"a": 2.5}, "a", "here", default=1, low=0, high=4),
        lambda: READER.number({"a": 9}, "a", "here", default=0, low=0, high=1),
        lambda: READER.number({"a": float("nan")}, "a", "here", default=0, low=0, high=1),
        lambda: READER.choice({"a": "z"}, "a", ("x", "y"), "here"),
        lambda: READER.table({"a": 1}, "a", "here"),
        lambda: READER.check_keys({"a": 1}, {"b"}, "here"),
    ]
    for call in wrong:
        with pytest.raises(FormatError, match=r"^my\.toml, here: .*'?a'?") as caught:
            call()
        assert any("一" <= letter <= "鿿" for letter in caught.value.localised("zh"))


def test_what_a_parser_says_gets_a_place() -> None:
    with pytest.raises(FormatError, match=r"my\.toml, part 'A': no"), READER.at("part 'A'"):
        raise ParameterError("no", zh="否")


def test_the_nearest_word_is_offered() -> None:
    with pytest.raises(FormatError, match="did you mean voicing"):
        READER.check_keys({"voiceing": 1}, {"voicing", "voices"}, "here")
    with pytest.raises(FormatError, match="did you mean drop2"):
        READER.check_choice("drop-2", "voicing", ("close", "drop2"), "here")
