"""Every table of the suite loads, speaks both languages and needs what there is."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.suite.registry import TABLE_MODULES, load_tables
from motet.suite.table import NEEDS


def test_every_module_has_its_tables() -> None:
    tables = load_tables()
    assert len(tables) >= len(TABLE_MODULES)
    names = [one.name for one in tables]
    assert len(set(names)) == len(names)
    for one in tables:
        assert one.needs <= set(NEEDS), one.name
        assert one.title[0], one.name
        assert any("\u4e00" <= letter <= "\u9fff" for letter in one.title[1]), one.name


def test_tables_come_in_the_order_of_the_registry() -> None:
    assert [one.name for one in load_tables(["tokens", "likelihood"])] == ["likelihood", "tokens"]
    with pytest.raises(ParameterError, match="there are: "):
        load_tables(["likelihoods"])
