"""What a model hears of a score, and which bundle hears it."""

from __future__ import annotations

from motet.engine.bundle import list_bundles, load_bundle
from motet.engine.latent import open_latent
from motet.score import make_score
from motet.tasks.phrase.heard import allow_harmony, choose_space, hear, say_lost
from motet.tasks.phrase.settle import settle

TUNE = make_score("C5:1 E5:1 G5:1 E5:1 | C5:2 G4:2 | C5:1 E5:1 G5:2", fifths=0)


def test_the_space_is_chosen_by_what_all_have() -> None:
    drums = make_score("drums 36:1 38:1 36:1 38:1")
    band = make_score("C5:1 E5:1 G5:2", "C3:2 G2:2", "drums 36:1 38:1 36:1 38:1", fifths=0)
    assert choose_space((TUNE, band), None, "")[0].name == "vae-melody-2"
    assert choose_space((drums, band), None, "")[0].name == "vae-drums-2"
    trio = "vae-trio-4" if "vae-trio-4" in list_bundles() else "vae-melody-2"
    assert choose_space((band, band), None, "")[0].name == trio


def test_three_bars_are_two_phrases_and_come_back() -> None:
    model = open_latent(load_bundle("vae-melody-2"))
    heard = hear(TUNE, model)
    assert len(heard.mean) == 2
    assert say_lost(heard) == ()
    z, reached = settle(heard, model)
    assert z.shape == heard.mean.shape
    assert float(reached.min()) > 0.6


def test_harmony_allows_key_and_chord_and_what_was_there() -> None:
    model = open_latent(load_bundle("vae-melody-2"))
    heard = hear(make_score("C5:4 C#5:4", chords="C:8", fifths=0), model)
    plain, also = (allow_harmony(heard, model, [0], also)[0] for also in ((), (heard.tokens,)))
    low = model.voices[0].low
    sharp, white = 2 + 61 - low, 2 + 62 - low
    assert plain is not None
    assert also is not None
    assert plain[0, 0, 0, [0, 1, white]].all()
    assert not plain[0, 0, 0, sharp]
    assert also[0, 0, 0, sharp]
