"""The public names: each is there, each has one home, and a type checker sees what it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import motet
import motet.api
import motet.io
import motet.score

SOURCE = Path(motet.__file__).read_text(encoding="utf-8")


def names_for_type_checkers() -> set[str]:
    """The names imported under ``if TYPE_CHECKING``."""
    (block,) = (node for node in ast.parse(SOURCE).body if isinstance(node, ast.If))
    return {one.name for node in block.body for one in node.names}  # type: ignore[attr-defined]


def test_type_checkers_see_every_name() -> None:
    assert names_for_type_checkers() == set(motet.__all__) - {"__version__"}


@pytest.mark.parametrize(
    ("name", "home"),
    [("save", motet.api), ("arrange", motet.api), ("read", motet.io), ("Score", motet.score)],
)
def test_names_are_the_ones_of_their_home(name: str, home: object) -> None:
    assert getattr(motet, name) is getattr(home, name)


def test_every_name_loads_and_is_listed() -> None:
    assert dir(motet) == sorted(motet.__all__)
    assert all(getattr(motet, name) is not None for name in motet.__all__)
    assert issubclass(motet.errors.FormatError, motet.MotetError)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'compose_opera'"):
        motet.compose_opera  # noqa: B018
