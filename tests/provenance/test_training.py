"""What a model learned from, by its contract."""

from __future__ import annotations

from motet.engine.bundle import load_bundle
from motet.provenance.training import training_sources


def test_the_sources_of_the_shipped_model_are_named() -> None:
    bundle = load_bundle("small")
    found = training_sources(bundle.name, bundle.digest)
    assert len(found) == len(bundle.contract["sources"])
    assert all(row["name"] and row["licence"] for row in found)
    assert "CC BY 4.0" in found[0]["licence"]


def test_another_model_of_the_same_name_gives_nothing() -> None:
    assert training_sources("small", "0" * 64) == ()
    assert training_sources("nobody", "") == ()
