"""The columns of shards are frozen: a change of them needs another format."""

from motet.corpus.layout import FORMAT, PART, PIECE, TIMING, part_rows, rows_to_parts
from motet.tokens import GridPart


def test_frozen() -> None:
    assert FORMAT == 1
    assert (PIECE.itemsize, PART.itemsize, TIMING.itemsize) == (72, 6, 18)
    assert PIECE.names is not None
    assert PIECE.names[:4] == ("first_note", "first_bar", "first_chord", "first_part")


def test_parts_there_and_back() -> None:
    parts = (
        GridPart(slot=0, program=52, role="voice"),
        GridPart(slot=3, program=128, role="drums"),
        GridPart(slot=9, program=0),
    )
    assert rows_to_parts(part_rows(parts)) == parts
    assert rows_to_parts(part_rows([])) == ()
