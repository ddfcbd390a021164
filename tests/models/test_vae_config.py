"""Configs of phrase autoencoders: refused when out of range, and the shipped ones load."""

from pathlib import Path

import pytest

from motet.errors import ParameterError
from motet.models.registry import count_weights
from motet.models.vae import Vae
from motet.models.vae_config import VAE_SIZES, VaeConfig
from motet.train.config import load_config


def test_a_config_out_of_range_is_refused():
    with pytest.raises(ParameterError, match="decoder"):
        VaeConfig(decoder="round")


def test_every_size_builds_and_free_bits_are_nats():
    assert VaeConfig(free_bits=1.0).free_nats == pytest.approx(0.6931, abs=1e-4)
    counts = [count_weights(Vae(one)) for one in VAE_SIZES.values()]
    assert counts == sorted(counts)


def test_every_shipped_config_says_the_same_of_model_and_data():
    for path in sorted((Path(__file__).parents[2] / "configs").glob("vae-*.toml")):
        config = load_config(path)
        model = VaeConfig(**{**VAE_SIZES[config.size].to_dict(), **config.model})
        assert (model.bars, model.content) == (config.data["bars"], config.data["content"])
