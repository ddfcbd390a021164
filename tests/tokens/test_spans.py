"""Which tokens belong to which note."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grid_strategies import grids, orders
from motet.score import make_score
from motet.tokens import count_notes, encode, note_spans, score_to_grid, token_name

NOTE = ("PITCH", "ADD", "DRUM")
BEFORE = ("POSX", "POS", "DURX", "DUR", "VEL")


def test_a_small_document():
    score = make_score("r:1 C4+E4:1 D4:2", "drums 36:4", fifths=0, chords="C:2 G:2")
    ids = encode(score_to_grid(score).grid, holes=[(0, 0)], header=())
    spans = note_spans(ids)
    said = [" ".join(token_name(int(one)) for one in ids[a:b]) for a, b in spans]
    assert said == ["POS_0 DRUM_9", "POS_24 DUR_23 PITCH_60", "ADD_64", "DUR_47 PITCH_62"]
    assert (spans.dtype, count_notes(ids)) == (np.int32, 4)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_spans_are_all_that_says_notes(data):
    grid = data.draw(grids())
    holes = data.draw(st.sets(st.tuples(st.just(0), st.integers(0, len(grid.parts) - 1))))
    ids = encode(grid, order=data.draw(orders(grid)), holes=holes)
    spans = note_spans(ids)
    assert len(spans) == count_notes(ids) == grid.n_notes
    names = [token_name(int(one)).split("_")[0] for one in ids]
    inside = np.zeros(len(ids), np.int64)
    for a, b in spans:
        inside[a:b] += 1
        assert names[b - 1] in NOTE
        assert all(name in BEFORE for name in names[a : b - 1])
    begin = names.index("NOTES")
    wanted = [k > begin and name in (*NOTE, *BEFORE) for k, name in enumerate(names)]
    assert inside.tolist() == [int(one) for one in wanted]


def test_a_plan_without_notes_has_no_spans():
    grid = score_to_grid(make_score("C4:4", chords="C:2 G:2")).grid
    ids = encode(grid)[:-4]
    assert note_spans(ids).shape == (0, 2)
    assert count_notes(ids) == 0


def test_batches_are_counted_as_one():
    ids = encode(score_to_grid(make_score("C4+E4:4")).grid)
    assert count_notes(np.stack((ids, ids))) == 4
