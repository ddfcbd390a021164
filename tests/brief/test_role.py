"""Roles: their names and who usually plays them."""

from __future__ import annotations

import pytest

from motet.brief.role import ROLE_HABITS, find_role, is_role, role_title, usual_role
from motet.errors import ParameterError
from motet.theory import find_instrument
from motet.tokens.vocab import ROLES


def test_every_role_has_its_habits() -> None:
    assert tuple(ROLE_HABITS) == ROLES
    for role, habit in ROLE_HABITS.items():
        instrument = find_instrument(habit.instrument)
        assert instrument.is_drums == (role == "drums")
        assert habit.low < habit.high
        assert habit.density[0] < habit.density[1]
        assert find_role(habit.name_zh) == role
        assert role_title(role, language="zh") == habit.name_zh


def test_a_band_finds_its_roles() -> None:
    taken: tuple[str, ...] = ()
    for name, role in (
        ("violin", "melody"), ("drums", "drums"), ("electric_bass", "bass"), ("piano", "comping"),
        ("strings", "strings"), ("warm_pad", "pad"), ("clarinet", "counter"), ("tenor", "voice"),
    ):  # fmt: skip
        assert usual_role(find_instrument(name), taken) == role
        taken = (*taken, role)


def test_a_cello_under_a_violin_is_the_bass() -> None:
    assert usual_role(find_instrument("cello"), ("melody",)) == "bass"


def test_unknown_roles() -> None:
    assert not is_role("kazoo")
    with pytest.raises(ParameterError, match="did you mean 'melody'"):
        find_role("melodi")
