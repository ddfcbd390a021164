"""The package: public names work again and again, and none is hidden by a subpackage."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import motet


def test_no_public_name_is_a_subpackage_s_name() -> None:
    inside = {module.name for module in pkgutil.iter_modules(motet.__path__)}
    verbs = {name for name in motet.__all__ if callable(getattr(motet, name))}
    assert not verbs & inside


def test_arranging_twice_works() -> None:
    one, two = (motet.arrange("| C | G |", style="pop", bars=2, seed=1) for _ in range(2))
    assert one.score == two.score
    assert callable(motet.arrange)


def test_every_public_name_is_there() -> None:
    for name in motet.__all__:
        assert getattr(motet, name) is not None
    assert set(motet.__all__) <= set(dir(motet))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'arange'"):
        motet.arange  # noqa: B018


def test_a_name_can_be_used_after_its_modules_were_imported() -> None:
    code = (
        "import motet.arranger, motet.io, motet.score, motet.api, motet; "
        "assert callable(motet.arrange) and callable(motet.read) and callable(motet.styles)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
