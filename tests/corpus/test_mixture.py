"""Adding the arranger changes nothing of what was there, and lets no likeness to held-out music in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motet.corpus import BuildConfig, build_corpus, open_shards
from motet.corpus.arranged import arrange_pieces
from motet.corpus.choice import Choice
from motet.corpus.fingerprint import fingerprint
from motet.corpus.kinship import Known
from motet.corpus.mixture import add_arranged
from motet.errors import CorpusError
from tiny_corpus import write_tiny_corpus

NOTHING = Choice(pieces=[], duplicates={}, benchmark={})


def test_people_stay_as_they_were(tmp_path: Path) -> None:
    plain = BuildConfig(
        archives=tmp_path,
        output=tmp_path / "plain",
        cache=tmp_path / "cache",
        manifest=write_tiny_corpus(tmp_path),
        chords="none",
    )
    build_corpus(plain)
    at_once = replace(plain, output=tmp_path / "once", n_arranged=3)
    later = replace(at_once, output=tmp_path / "later", base=tmp_path / "plain")
    facts = build_corpus(at_once)
    assert build_corpus(later)["files"] == facts["files"]
    for split in ("valid", "test"):
        for name in ("notes", "pieces", "bars"):
            file = f"{split}.{name}.npy"
            assert (tmp_path / "plain" / file).read_bytes() == (
                tmp_path / "once" / file
            ).read_bytes()
    one, two = (open_shards(tmp_path / name, "train") for name in ("plain", "once"))
    assert two.names[: len(one)] == one.names
    assert all(before.equals(after) for before, after in zip(one, two, strict=False))
    assert two.draw_weights()[len(one) :].sum() == pytest.approx(0.11)
    again = replace(later, output=tmp_path / "again", base=tmp_path / "later")
    with pytest.raises(CorpusError, match="arranger"):
        build_corpus(again)


def test_copies_of_the_held_out_and_of_benchmarks_are_dropped() -> None:
    made = arrange_pieces(3, [], source=1)
    held = replace(made[0], name="people/a", source=0, split="test")
    trained = replace(made[1], name="people/b", source=0)
    start = replace(NOTHING, pieces=[held, trained])
    kept = add_arranged(start, ["people"], 3).pieces[2:]
    assert [piece.name for piece in kept] == [made[2].name]
    known = Known(lines={"bench/c": fingerprint(made[2].grid)}, rolls={})
    kept = add_arranged(NOTHING, [], 3, known=[known]).pieces
    assert [piece.name for piece in kept] == [made[0].name, made[1].name]


def test_of_equal_pieces_the_first_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    made = arrange_pieces(2, [], source=0)
    twice = [made[0], replace(made[0], name="arranger/copy"), made[1]]
    monkeypatch.setattr("motet.corpus.mixture.arrange_pieces", lambda *_, **__: twice)
    kept = add_arranged(NOTHING, [], 3).pieces
    assert [piece.name for piece in kept] == [made[0].name, made[1].name]
    assert np.isclose(sum(piece.weight for piece in kept), 1.0)
