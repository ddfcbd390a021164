"""Sliders move what they name, and little else."""

from __future__ import annotations

import numpy as np
import pytest

from motet.engine.bundle import load_bundle
from motet.engine.latent import open_latent
from motet.errors import ParameterError
from motet.phrases.sliders import SLIDERS
from motet.score import make_score
from motet.tasks.phrase import adjust
from motet.tasks.phrase.adjust import slide
from motet.tasks.phrase.heard import hear

TUNE = "C5:1 D5:0.5 E5:0.5 F5:1 G5:1 | A5:1 G5:1 E5:2 | F5:1 E5:1 D5:1 C5:1 | D5:1 B4:1 C5:2"


@pytest.mark.parametrize("name", SLIDERS)
@pytest.mark.parametrize("wish", [1.0, -1.0])
def test_a_slider_moves_the_way_it_is_asked(name: str, wish: float) -> None:
    model = open_latent(load_bundle("vae-melody-2"))
    heard = hear(make_score(f"{TUNE} {TUNE}", fifths=0), model)
    asked = np.zeros(5, np.float32)
    k = SLIDERS.index(name)
    asked[k] = wish
    _, before, after = slide(heard, model, asked)
    change = (after - before).mean(0)
    if name == "syncopation" and wish < 0:
        assert change[k] <= 0.01  # there is none to take away
    else:
        assert wish * change[k] > 0.3
        assert np.abs(np.delete(change, k)).max() < 0.8


def test_the_report_has_every_slider_before_and_after() -> None:
    piece = adjust(make_score(TUNE, fifths=0), density=1, brightness=-1)
    found = {one.name: one.measured[0] for one in piece.adherence.checks}
    assert set(SLIDERS) < set(found)
    assert " -> " in found["density"]
    assert piece.facts()["task"] == "adjust"


def test_nothing_to_do_or_too_much_is_refused() -> None:
    tune = make_score(TUNE, fifths=0)
    with pytest.raises(ParameterError, match="at least one"):
        adjust(tune)
    with pytest.raises(ParameterError, match="-3 to 3"):
        adjust(tune, tension=9)
