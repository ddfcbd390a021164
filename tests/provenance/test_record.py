"""The record as a value: its digest, its JSON, its words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from motet.errors import FormatError
from motet.provenance.record import Record, Step, canonical, record_from_plain

RECORD = Record(
    version="0.1.0",
    title="Air",
    steps=(
        Step(task="compose", model="small", digest="ab" * 32, seed=3, brief={"bars": 2}),
        Step(task="edit", cells=("Flute:2",), edits=("Flute, bar 2: changed",)),
    ),
    parts=("Flute", "Bass"),
    written=("me", "a."),
    training=({"name": "Hymns", "licence": "Public domain"},),
    originality={"piece": "x", "verdict": "original"},
)


def test_a_record_is_the_same_after_json() -> None:
    again = record_from_plain(json.loads(json.dumps(RECORD.to_dict())))
    assert again == RECORD
    assert again.digest == RECORD.digest


def test_any_change_changes_the_digest() -> None:
    others = [
        replace(RECORD, title="Ayr"),
        replace(RECORD, written=("mm", "a.")),
        replace(RECORD, steps=RECORD.steps[:1]),
        replace(RECORD, layout="lead"),
    ]
    assert len({RECORD.digest, *(one.digest for one in others)}) == 5


def test_canonical_json_does_not_depend_on_order() -> None:
    assert canonical({"a": 1, "b": [1.5, "é"]}) == canonical({"b": [1.5, "é"], "a": 1})


def test_cells_are_counted_by_writer() -> None:
    assert RECORD.counts() == {"model": 1, "arranger": 1, "Motet, edited by hand": 1}
    assert RECORD.writer(0, 1) == "Motet, edited by hand"
    assert RECORD.models == (("small", "ab" * 32),)


def test_it_is_told_in_both_languages() -> None:
    english, chinese = "\n".join(RECORD.tell("en")), "\n".join(RECORD.tell("zh"))
    assert "small (abababababab)" in english
    assert "Hymns" in english
    assert "第 2 步:手工修改" in chinese
    assert "模型 1" in chinese


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "'format'"),
        ({"format": 2}, "update Motet"),
        ({"format": 1, "titel": "x"}, "'titel'"),
        ({"format": 1, "title": 3}, "'title'"),
        ({"format": 1, "written": ["mx"]}, "'written'"),
        ({"format": 1, "steps": [{"seed": 1}]}, "'task'"),
        ({"format": 1, "steps": [{"task": "x", "model": 3}]}, "'model'"),
        ({"format": 1, "training": [{"name": 1}]}, "'training'"),
    ],
)
def test_what_is_no_record_is_told(value: object, words: str) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        record_from_plain(value, path="a.mid")
    assert caught.value.path == "a.mid"
    assert "记录" in caught.value.zh
