"""An item says nothing that it was not told."""

from pathlib import Path

import pytest

from motet.corpus.item import Item


def test_what_is_not_told_is_not_said() -> None:
    item = Item(source="a", name="b", path=Path("b"), work="w")
    assert (item.style, item.title, item.program) == ("", "", -1)
    assert not item.has_velocity
    with pytest.raises(AttributeError):
        item.style = "hymn"  # type: ignore[misc]
