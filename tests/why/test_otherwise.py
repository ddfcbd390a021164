"""Other versions of a bar: real ones, different from what stands there, everything around untouched."""

from __future__ import annotations

from motet.engine import load_bundle
from motet.score import make_score
from motet.theory.scale import Key
from motet.why.otherwise import explain_otherwise, tell_cell
from motet.why.piece import open_piece

SCORE = make_score("C5:1 D5:1 E5:2 | G5:1 F#6:1 D5:2 | C5:4", "C3:4 | G2:4 | C3:4", fifths=0)


def test_versions_differ_from_what_stands_and_from_each_other() -> None:
    found = explain_otherwise(
        open_piece(SCORE), bar=1, part=0, n=3, bundle=load_bundle("small"), seed=2
    )
    assert found.now is not None
    assert found.now.text == "G5 1, F#6 1, D5 2"
    assert (found.now.n_common, found.now.has_same_rhythm) == (3, True)
    texts = [one.text for one in found.versions]
    assert 1 <= len(texts) <= 3
    assert len({*texts, found.now.text}) == len(texts) + 1
    assert all(one.nats < found.now.nats for one in found.versions)
    assert found.tell()[0].startswith("Bar 2, Part 1, now: G5 1, F#6 1, D5 2")


def test_the_same_seed_tells_the_same() -> None:
    one, two = (
        explain_otherwise(
            open_piece(SCORE), bar=1, part=0, n=2, bundle=load_bundle("small"), seed=4
        )
        for _ in range(2)
    )
    assert one == two


def test_cells_as_text() -> None:
    score = make_score("r:1 C5+E5:0.5 D5:0.25 r:0.25 Bb4:2 | r:4 | C5:4", fifths=0)
    assert tell_cell(score, 0, 0, Key("C")) == "rest 1, C5+E5 1/2, D5 1/4, rest 1/4, Bb4 2"
    assert tell_cell(score, 1, 0, Key("C")) == "silence"
    assert tell_cell(score, 1, 0, Key("C"), "zh") == "无音"
