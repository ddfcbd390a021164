"""Sentences are told field by field in both languages."""

from __future__ import annotations

import json

import pytest

from motet.errors import ParameterError
from motet.server.schemas.understand import Understood
from motet.server.understand_worker import read_sentence


def test_each_field_names_its_words_and_is_told_in_both_languages() -> None:
    text = "一首悲伤的A小调圆舞曲,16小节"
    found = read_sentence({"text": text, "language": "zh"})
    Understood.model_validate(json.loads(json.dumps(found)))
    rows = {one["field"]: one for one in found["found"]}
    assert rows["bars"]["value"] == 16
    assert text[rows["key"]["start"] : rows["key"]["end"]] == rows["key"]["words"]
    assert rows["key"]["told"] == {"en": "A minor", "zh": "A小调"}
    assert rows["style"]["zh"] == "风格"


def test_contradictions_are_told() -> None:
    found = read_sentence({"text": "16 bars, no, 8 bars; very fast and slow", "language": "en"})
    assert found["contradictions"] + found["remarks"] + found["assumed"]


def test_nothing_is_refused_in_plain_words() -> None:
    with pytest.raises(ParameterError):
        read_sentence({"text": "  ", "language": "en"})
