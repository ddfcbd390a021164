"""The phrase autoencoder: one model heard two ways agrees, learns, and says its losses apart."""

import numpy as np
import pytest
import torch

from motet.models.vae import VAE_SIZES, Vae, VaeConfig
from motet.phrases.step_codec import VOICES

torch.set_num_threads(1)


def _batch(content="melody", bars=2, b=6, seed=0):
    rng = np.random.default_rng(seed)
    tokens = np.stack(
        [rng.integers(0, min(one.n_tokens, 40), (b, bars, 16)) for one in VOICES[content]], axis=-1
    )
    n_steps = np.array([16, 12, 16, 8, 16, 12])[:b]
    tokens *= (np.arange(16) < n_steps[:, None])[:, None, :, None]
    return {
        "tokens": torch.from_numpy(tokens),
        "n_steps": torch.from_numpy(n_steps),
        "sliders": torch.zeros(b, 5),
    }


def _model(**fields):
    torch.manual_seed(0)
    return Vae(VaeConfig(**{**VAE_SIZES["tiny"].to_dict(), **fields})).eval()


@pytest.mark.parametrize("content", ["melody", "trio"])
@pytest.mark.parametrize("decoder", ["hierarchical", "flat"])
def test_what_it_writes_freely_is_what_it_foretells_of_it(content, decoder):
    model = _model(content=content, decoder=decoder)
    n_steps = _batch()["n_steps"]
    z = 3 * torch.randn(6, 8, generator=torch.Generator().manual_seed(1))
    tokens = model.decode(z, n_steps)
    with torch.no_grad():
        logits = model.foretell(z, tokens, n_steps)
    for k, row in enumerate(logits):
        if not model.config.voices[k].is_drums:
            row[..., 1] -= 1e9 * (row.argmax(-1) != tokens[..., k])  # nothing to go on from
        for b in range(6):
            n = int(n_steps[b])
            assert row[b, :, :n].argmax(-1).tolist() == tokens[b, :, :n, k].tolist()


def test_the_loss_holds_kl_and_reconstruction_apart_and_free_bits_are_free():
    batch = _batch()
    model = _model(free_bits=1e6, word_dropout=0.0)
    total, told = model.loss(batch, progress=1.0)
    parts = {name: float(one) for name, one in told.items()}
    assert parts["elbo"] == pytest.approx(-(parts["reconstruction"] + parts["kl"]), rel=1e-5)
    steps = 2 * float(batch["n_steps"].float().mean())
    expected = (parts["reconstruction"] + parts["slider_miss"]) / steps
    assert float(total.detach()) == pytest.approx(expected, rel=1e-4)
    torch.manual_seed(3)
    dear = float(_model(free_bits=0.0, beta=1.0).loss(batch, progress=1.0)[0].detach())
    torch.manual_seed(3)
    cheap = float(_model(free_bits=0.0, beta=1.0).loss(batch, progress=0.0)[0].detach())
    assert dear > cheap


def test_kl_is_that_of_two_gaussians():
    model, batch = _model(), _batch()
    mean, log_variance = model.encode(batch["tokens"], batch["n_steps"])
    posterior = torch.distributions.Normal(mean, (0.5 * log_variance).exp())
    expected = torch.distributions.kl_divergence(posterior, torch.distributions.Normal(0.0, 1.0))
    found = model.measure(batch)["kl"]
    assert found[0] / found[1] == pytest.approx(float(expected.detach().sum(-1).mean()), rel=1e-4)


def test_steps_past_the_end_of_a_bar_change_nothing():
    model, batch = _model(), _batch()
    noisy = batch["tokens"].clone()
    past = torch.arange(16) >= batch["n_steps"][:, None]
    noisy[past[:, None].expand(-1, 2, -1)] = 7
    clean = model.measure(batch)
    other = model.measure({**batch, "tokens": noisy})
    assert clean == other


def test_it_learns_two_phrases_by_heart():
    model = _model(latent=8, word_dropout=0.0)
    batch = {name: one[[0, 2]] for name, one in _batch().items()}
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    model.train()
    for _ in range(120):
        optimizer.zero_grad()
        model.loss(batch, progress=1.0)[0].backward()
        optimizer.step()
    found = model.eval().measure(batch)
    right, n = found["accuracy_greedy"]
    assert right / n > 0.9


def test_samples_are_phrases_of_the_kind():
    found = _model().sample_arrays(3, seed=1)
    assert found["tokens"].shape == (3, 2, 16, 1)
    assert found["tokens"].dtype == np.uint8
    again = _model().sample_arrays(3, seed=1)
    assert (found["tokens"] == again["tokens"]).all()


def test_a_model_of_long_phrases_begins_with_the_steps_of_a_short_one():
    short, long = _model(), _model(bars=4, latent=12)
    long.begin_with(short.state_dict())
    assert torch.equal(long.step.weight_hh_l0, short.step.weight_hh_l0)
    assert long.moments.weight.shape != short.moments.weight.shape
    with pytest.raises(RuntimeError, match="another width"):
        _model(width=32).begin_with(short.state_dict())
