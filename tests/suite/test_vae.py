"""The page of the phrase autoencoders."""

from __future__ import annotations

from motet.suite import Request
from motet.suite.vae import PUBLISHED, TABLE, measure_vae, write_vae


def test_every_shipped_space_is_measured_on_held_out_pieces(small_request: Request) -> None:
    facts = measure_vae(Request(shards=small_request.shards, n=6))
    assert "vae-melody-2" in facts["bundles"]
    text = write_vae(facts)
    assert "| vae-melody-2 | melody |" in text
    assert f"{PUBLISHED['melody', 2, 'melody']:.3f}" in text
    assert text.count(", great circle |") == len(facts["bundles"])
    assert "vae-drums-2" not in facts["bundles"]  # these shards have no drums
    assert TABLE.name == "vae"
