"""The point that gives a phrase back best is at least as good as the mean."""

from __future__ import annotations

from motet.engine.bundle import load_bundle
from motet.engine.latent import open_latent
from motet.score import make_score
from motet.tasks.phrase.heard import hear
from motet.tasks.phrase.settle import reach, settle


def test_settled_points_are_no_worse_than_the_mean() -> None:
    model = open_latent(load_bundle("vae-melody-2"))
    tune = make_score(
        "G5:0.5 F5:0.5 E5:1 D5:0.25 E5:0.25 F5:0.5 A4:1 | B4:1.5 C5:0.5 D5:2", fifths=0
    )
    heard = hear(tune, model)
    _, reached = settle(heard, model)
    plain = model.decode(heard.mean, heard.cover.n_steps).tokens
    assert (reached >= reach(model, heard.tokens, plain, heard.cover.n_steps) - 1e-6).all()
    again = settle(heard, model)[1]
    assert reached.tolist() == again.tolist()
