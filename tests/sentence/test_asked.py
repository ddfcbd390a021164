"""Some five hundred ways of asking: what each fixes is read, and what it leaves open is not claimed."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.sentence import understand
from motet.suite.text_judge import (
    Sentence,
    has_field,
    is_open,
    is_right,
    load_sentences,
    read_answer,
)

ASKED = load_sentences(Path(__file__).with_name("asked.toml"))
FIXED = ("tempo", "key", "metre", "length", "instruments", "form", "curve", "chords", "absent")
NEVER_CLAIMED = ("tempo", "length", "absent", "chords", "form", "curve")


@pytest.mark.parametrize("asked", ASKED, ids=[one.text for one in ASKED])
def test_what_is_asked_is_read_and_nothing_else(asked: Sentence) -> None:
    answer = read_answer(understand(asked.text))
    for name in FIXED:
        if has_field(asked, name):
            assert is_right(asked, answer, name), (name, answer.values.get(name))
    for name in NEVER_CLAIMED:
        if is_open(asked, name):
            assert name not in answer.values, (name, answer.values[name])
