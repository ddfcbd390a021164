"""More than any score holds is refused."""

import pytest

from motet.errors import FormatError
from motet.io import read_json


def test_too_many_events_are_refused():
    notes = "[" + ",".join(["{}"] * 250_001) + "]"
    with pytest.raises(FormatError, match="250,001 notes"):
        read_json(f'{{"format": 1, "parts": [{{"notes": {notes}}}]}}'.encode())
    many = "[" + ",".join(["0"] * 500_001) + "]"
    with pytest.raises(FormatError, match="500,001 events"):
        read_json(f'{{"format": 1, "texts": {many}}}'.encode())
    with pytest.raises(FormatError, match="parts; at most"):
        read_json(f'{{"format": 1, "parts": {many}}}'.encode())


def test_millions_of_objects_are_refused_before_they_are_built():
    with pytest.raises(FormatError, match="lists and objects") as caught:
        read_json(b'{"format": 1, "parts": [' + b"{}," * 2_000_000 + b"{}]}")
    assert caught.value.zh


def test_an_object_of_very_many_keys_is_refused():
    with pytest.raises(FormatError, match="20,002 keys"):
        read_json(b'{"format":1,' + b'"a":1,' * 20_000 + b'"b":1}')
