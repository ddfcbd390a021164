"""The cast: parts by role, name or instrument, instruments changed, wrong wishes."""

from __future__ import annotations

import pytest

from motet.arranger import ArrangeRequest, find_style, write_piece
from motet.arranger.cast import choose_parts
from motet.errors import ParameterError
from motet.theory.instrument import find_instrument

CHORDS = "| Dm7 | G7 | Cmaj7 | A7 |"


def test_an_instrument_can_be_changed() -> None:
    request = ArrangeRequest(style="bossa", bars=4, parts=("melody=violin", "bass=tuba"))
    melody, bass = write_piece("| Dm7 | G7 |", request).score.parts
    assert melody.program == find_instrument("violin").program
    assert bass.program == find_instrument("tuba").program


def test_an_unknown_part_offers_near_ones() -> None:
    with pytest.raises(ParameterError, match="has no part 'bas'; did you mean") as caught:
        choose_parts(find_style("bossa"), ("bas",))
    assert "没有声部" in caught.value.zh


def test_an_instrument_that_takes_a_place_gives_its_name_and_keeps_its_range() -> None:
    request = ArrangeRequest(style="pop", bars=8, parts=("bass", "Piano=harp", "strings=violin"))
    score = write_piece(CHORDS, request).score
    assert [part.name for part in score.parts] == ["Harp", "Violin", "Finger Bass"]
    assert min(note.pitch for note in score.part("Violin").notes) >= 55
