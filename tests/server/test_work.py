"""Every kind of work is a function that is there."""

from __future__ import annotations

import inspect

import pytest

from motet.server.work import QUICK, WORK, find_work


@pytest.mark.parametrize("kind", [*WORK, *QUICK])
def test_every_kind_takes_a_payload_and_an_ear(kind: str) -> None:
    assert len(inspect.signature(find_work(kind)).parameters) == 2


def test_no_kind_is_both_long_and_quick() -> None:
    assert not set(WORK) & set(QUICK)
