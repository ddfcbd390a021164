"""Holding torch to one thread."""

from __future__ import annotations

import pytest
import torch

from motet.train.threads import one_thread


def _fail_inside(seen: list[int]) -> None:
    with one_thread():
        seen.append(torch.get_num_threads())
        raise ValueError("stop")


def test_the_number_of_threads_comes_back_even_after_an_error() -> None:
    before, seen = torch.get_num_threads(), list[int]()
    try:
        torch.set_num_threads(2)
        with pytest.raises(ValueError, match="stop"):
            _fail_inside(seen)
        assert (seen, torch.get_num_threads()) == ([1], 2)
    finally:
        torch.set_num_threads(before)
