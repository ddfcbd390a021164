"""The phrase autoencoder out of its bundle: alone in its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from motet.engine.bundle import load_bundle
from motet.engine.latent import LatentModel, blend_points, draw_points, open_latent
from motet.errors import BundleError
from motet.phrases.step_codec import HOLD


@pytest.fixture(scope="module")
def model() -> LatentModel:
    return open_latent(load_bundle("vae-melody-2"))


def _tune() -> np.ndarray:
    return np.array([14, 1, 1, 1, 16, 1, 18, 1, 19, 1, 1, 1, 21, 1, 1, 1] * 2).reshape(1, 2, 16, 1)


def test_a_simple_tune_comes_back_from_its_point(model: LatentModel) -> None:
    mean, spread = model.encode(_tune(), np.array([16]))
    assert mean.shape == spread.shape == (1, model.n_latent)
    found = model.decode(mean, np.array([16]))
    assert (found.tokens == _tune()).mean() > 0.8
    assert found.fit.tolist() == [0.0]


def test_rows_do_not_touch_each_other_and_a_seed_decides(model: LatentModel) -> None:
    z = draw_points(3, model.n_latent, seed=4)
    steps = np.array([16, 12, 8])
    together = model.decode(z, steps, temperature=1.0, seed=5).tokens
    again = model.decode(z, steps, temperature=1.0, seed=5).tokens
    assert (together == again).all()
    first = model.decode(z[:1], steps[:1], temperature=1.0, seed=5).tokens
    assert (first == together[:1]).all()
    assert not together[1, :, 12:].any()
    assert not together[2, :, 8:].any()


def test_what_is_not_allowed_is_never_said(model: LatentModel) -> None:
    z = draw_points(8, model.n_latent, seed=1)
    mask = np.zeros((8, 2, 16, model.voices[0].n_tokens), np.bool_)
    mask[..., :2] = True
    mask[..., [14, 21]] = True
    found = model.decode(z, np.full(8, 16), allowed=[mask], temperature=1.5, seed=2)
    said = found.tokens[found.tokens > HOLD]
    assert set(said.tolist()) <= {14, 21}
    assert (found.fit < 0).all()


def test_a_note_never_goes_on_from_nothing(model: LatentModel) -> None:
    z = 2 * draw_points(8, model.n_latent, seed=3)
    flat = model.decode(z, np.full(8, 16), temperature=2.0, seed=1).tokens.reshape(8, -1)
    silent = np.concatenate((np.ones((8, 1), np.bool_), flat[:, :-1] == 0), axis=1)
    assert not (silent & (flat == HOLD)).any()


def test_each_direction_moves_its_own_slider(model: LatentModel) -> None:
    ways = model.directions()
    zero = np.zeros((1, model.n_latent), np.float32)
    for k, way in enumerate(ways):
        change = (model.measure(zero + way) - model.measure(zero))[0]
        assert change[k] > 0.7
        assert np.abs(np.delete(change, k)).max() < 0.3


def test_great_circles_keep_their_ends_and_their_length() -> None:
    a, b = draw_points(4, 32, seed=1), draw_points(4, 32, seed=2)
    assert np.allclose(blend_points(a, b, 0.0), a, atol=1e-5)
    assert np.allclose(blend_points(a, b, 1.0), b, atol=1e-5)
    length = np.linalg.norm(blend_points(a, b, 0.5), axis=1)
    mean = (np.linalg.norm(a, axis=1) + np.linalg.norm(b, axis=1)) / 2
    assert np.allclose(length, mean, rtol=1e-4)
    assert np.allclose(blend_points(a, a, 0.3), a, atol=1e-5)


def test_a_bundle_of_another_interface_is_refused() -> None:
    with pytest.raises(BundleError, match="begins with vae-"):
        LatentModel(load_bundle("small"))


def test_what_it_writes_freely_is_what_it_foretells(model: LatentModel) -> None:
    z, steps = draw_points(4, model.n_latent, seed=6), np.array([16, 16, 12, 8])
    free = model.decode(z, steps).tokens
    nats, right = model.foretell(z, free, steps)
    silent_start = (
        free[..., 0] == 0
    )  # where a note could not go on, the likeliest was not to be had
    real = np.arange(16) < steps[:, None, None]
    assert right[..., 0][real & ~silent_start].all()
    assert (nats > 0).all()
