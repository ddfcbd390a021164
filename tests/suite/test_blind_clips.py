"""Clips: versions that can only be told apart by their notes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motet.corpus import open_shards
from motet.engine.bundle import load_bundle
from motet.score import Score
from motet.suite import Request
from motet.suite.blind_clips import N_BARS, SOURCES, Clip, pick_clips, write_version
from motet.suite.chain import learn_chain


@pytest.fixture(scope="module")
def clips(long_shards: Path) -> list[Clip]:
    return pick_clips(open_shards(long_shards, "test"), n=4, rng=np.random.default_rng(3))


def test_clips_are_of_different_held_out_pieces(clips: list[Clip], long_shards: Path) -> None:
    names = [clip.name for clip in clips]
    assert len(names) == len(set(names)) == 4
    assert set(names) <= set(open_shards(long_shards, "test").names)
    assert all(clip.grid.n_bars == N_BARS + 1 for clip in clips)


@pytest.mark.slow
def test_all_versions_share_everything_but_their_notes(
    clips: list[Clip], small_request: Request, long_shards: Path
) -> None:
    chain = learn_chain(open_shards(long_shards, "train"), n_pieces=8, rng=np.random.default_rng(0))
    bundle = load_bundle(small_request.bundle)
    found: dict[str, Score] = {}
    for source in SOURCES:
        score = write_version(clips[0], source, bundle=bundle, chain=chain, seed=1)
        assert score is not None, source
        found[source] = score
    people = found["human"]
    for source, score in found.items():
        assert score.end_tick / score.resolution == people.end_tick / people.resolution, source
        assert [part.program for part in score.parts] == [part.program for part in people.parts]
        assert {note.velocity for part in score.parts for note in part.notes} == {80}
        assert all(not part.name and not part.role for part in score.parts)
        assert score.title == score.composer == ""
        assert score.tempos[0].qpm == pytest.approx(people.tempos[0].qpm)
    assert len({str(score.parts[0].notes) for score in found.values()}) == len(SOURCES)


def test_without_a_chain_there_is_no_markov_version(
    clips: list[Clip], small_request: Request
) -> None:
    bundle = load_bundle(small_request.bundle)
    assert write_version(clips[0], "markov", bundle=bundle, chain=None, seed=0) is None
