"""Kinds of phrases are found by name, and their options read like any config."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.phrases.kinds import KINDS, PhraseKind, find_kind, read_options, register_kind
from motet.score import make_score
from motet.tokens import score_to_grid


@dataclass(frozen=True)
class Options:
    """Of a kind made here."""

    bars: int = 2


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_is_where_it_is_said_and_gives_arrays_of_one_shape(name: str) -> None:
    kind = find_kind(name)
    assert kind.name == name
    options = read_options(kind, {})
    assert asdict(options) == asdict(kind.options())
    tune = " | ".join(["C4:1 D4:1 E4:1 F4:1", "G4:1 A4:1 B4:1 C5:1"] * 16)
    found = kind.extract(score_to_grid(make_score(tune)).grid, options)
    for one in found[1:]:
        assert {key: (array.shape, array.dtype) for key, array in one.items()} == {
            key: (array.shape, array.dtype) for key, array in found[0].items()
        }
    if found:
        batch = {key: np.stack([one[key] for one in found]) for key in found[0]}
        moved = kind.vary({key: one.copy() for key, one in batch.items()}, np.random.default_rng(1))
        assert {key: (moved[key].shape, moved[key].dtype) for key in batch} == {
            key: (one.shape, one.dtype) for key, one in batch.items()
        }
        again = kind.vary({key: one.copy() for key, one in batch.items()}, np.random.default_rng(1))
        assert all(np.array_equal(moved[key], again[key]) for key in moved)


def test_a_kind_of_ones_own_is_found_and_its_options_are_checked() -> None:
    kind = PhraseKind(name="own-kind", options=Options, extract=lambda *_: [], vary=lambda b, _: b)
    register_kind(kind)
    assert find_kind("own-kind") is kind
    assert read_options(kind, {"bars": 4}) == Options(bars=4)
    with pytest.raises(ParameterError, match="did you mean bars"):
        read_options(kind, {"bar": 4})
    with pytest.raises(ParameterError, match=r"there are: .*steps.*own-kind"):
        find_kind("other")
