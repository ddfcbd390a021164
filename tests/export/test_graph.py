"""The graph: its inputs and outputs, what it weighs, what it refuses."""

from __future__ import annotations

import onnx
import pytest

from motet.errors import BundleError, ParameterError
from motet.export.graph import GRAPH_INPUTS, build_graph, read_shape
from motet.export.parity import random_weights


def test_the_graph_states_its_inputs_and_outputs() -> None:
    config, weights = random_weights("tiny", seed=0)
    model = build_graph(weights, read_shape(config, weights), bits=8)
    names = [value.name for value in model.graph.input]
    cache = [f"past_{kind}_{i}" for i in range(2) for kind in ("key", "value")]
    assert names == [name for name, _, _ in GRAPH_INPUTS] + cache
    assert [value.name for value in model.graph.output] == [
        "logits",
        *(name.replace("past", "present") for name in cache),
    ]


def test_the_embedding_is_stored_once() -> None:
    config, weights = random_weights("tiny", seed=0)
    model = build_graph(weights, read_shape(config, weights), bits=4)
    table = 1536 * 64
    sizes = [
        onnx.numpy_helper.to_array(one).nbytes
        for one in model.graph.initializer
        if onnx.numpy_helper.to_array(one).nbytes >= table
    ]
    assert sizes == [table]


def test_fewer_bits_weigh_less() -> None:
    config, weights = random_weights("tiny", seed=0)
    shape = read_shape(config, weights)
    sizes = {bits: build_graph(weights, shape, bits=bits).ByteSize() for bits in (4, 8, 32)}
    assert sizes[4] < sizes[8] < 0.3 * sizes[32]


def test_other_bits_are_refused() -> None:
    config, weights = random_weights("tiny", seed=0)
    with pytest.raises(ParameterError, match="4, 8 or 32"):
        build_graph(weights, read_shape(config, weights), bits=16)


def test_a_missing_or_misshapen_weight_is_named() -> None:
    config, weights = random_weights("tiny", seed=0)
    lacking = {name: value for name, value in weights.items() if name != "blocks.1.attn.o.weight"}
    with pytest.raises(BundleError, match=r"lack 'blocks\.1\.attn\.o\.weight'"):
        read_shape(config, lacking)
    weights["norm.weight"] = weights["norm.weight"][:10]
    with pytest.raises(BundleError, match=r"'norm\.weight' must have shape \(64,\), got \(10,\)"):
        read_shape(config, weights)
