"""The frozen vocabulary: no id may move."""

from __future__ import annotations

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.theory import QUALITIES
from motet.tokens.vocab import (
    CHORD_QUALITIES,
    FAMILIES,
    FAMILY_NAMES,
    FAMILY_OF,
    STYLES,
    VALUE_OF,
    VOCAB_SIZE,
    token_id,
    token_name,
    vocab_hash,
)


def test_no_id_moved() -> None:
    places = [
        (name, FAMILIES[name].start) for name in ("PLAN", "KEY", "CHORD", "PITCH", "RESERVED")
    ]
    assert places == [
        ("PLAN", 3),
        ("KEY", 144),
        ("CHORD", 501),
        ("PITCH", 1032),
        ("RESERVED", 1413),
    ]
    assert vocab_hash() == "2d658d5b0ddc3e41"


def test_families_cover_every_id_once() -> None:
    assert FAMILY_OF.shape == VALUE_OF.shape == (VOCAB_SIZE,)
    assert sum(family.size for family in FAMILIES.values()) == VOCAB_SIZE
    for token in range(VOCAB_SIZE):
        assert token_id(FAMILY_NAMES[FAMILY_OF[token]], int(VALUE_OF[token])) == token


def test_tables_fit_their_families() -> None:
    assert len(STYLES) <= FAMILIES["STYLE"].size
    assert len(set(STYLES)) == len(STYLES)
    assert set(CHORD_QUALITIES) <= set(QUALITIES)


def test_names_are_told_apart() -> None:
    assert len({token_name(token) for token in range(VOCAB_SIZE)}) == VOCAB_SIZE
    assert token_name(np.int32(0)) == "PAD"


@pytest.mark.parametrize(("family", "value"), [("NOTE", 0), ("PITCH", 128), ("PITCH", -1)])
def test_unknown_tokens_are_refused(family: str, value: int) -> None:
    with pytest.raises(ParameterError, match=r"famil|values"):
        token_id(family, value)
    with pytest.raises(ParameterError, match="a token is"):
        token_name(VOCAB_SIZE)
