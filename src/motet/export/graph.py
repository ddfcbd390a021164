"""The Transformer as an ONNX graph, built operator by operator from its weights.

Conventions: `GRAPH_INPUTS` states names, types and shapes; the cache is shared (the engine binds past
and present to one buffer). ``seqlens`` is each row's length after this call, less one; ``at`` says at
which steps of this call logits are wanted. Shapes: b rows, t steps, v ids, l length of the cache.

Offers `Shape`, `read_shape`, `build_graph`, `GRAPH_INPUTS`, `MAX_POSITIONS`.

Source: operators of ONNX Runtime's com.microsoft domain: GroupQueryAttention (rotary positions, half
split), MatMulNBits, GatherBlockQuantized, SkipSimplifiedLayerNormalization, QuickGelu (SiLU at alpha 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import BundleError, ParameterError
from motet.export.quantise import BLOCK, quantise

__all__ = ["GRAPH_INPUTS", "MAX_POSITIONS", "Shape", "build_graph", "read_shape"]

Weights = Mapping[str, npt.NDArray[np.float32]]

MAX_POSITIONS: Final = 4096
"""Longest document that the rotary table reaches, in tokens."""

GRAPH_INPUTS: Final = (
    ("ids", "int64", ("b", "t")),
    ("seqlens", "int32", ("b",)),
    ("total", "int32", (1,)),
    ("at", "int64", ("n",)),
)
"""Inputs beside ``past_key_0`` and so on: name, dtype, shape."""

_MS: Final = "com.microsoft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of a Transformer.

    Parameters
    ----------
    n_layers, width, n_heads, n_kv_heads, ffn_width, vocab_size : int
    norm_eps, rope_theta : float

    Examples
    --------
    >>> shape = Shape(n_layers=2, width=64, n_heads=4, n_kv_heads=2, ffn_width=192)
    >>> shape.head
    16
    """

    n_layers: int
    width: int
    n_heads: int
    n_kv_heads: int
    ffn_width: int
    vocab_size: int = 1536
    norm_eps: float = 1e-5
    rope_theta: float = 10_000.0

    @property
    def head(self) -> int:
        """Width of one head."""
        return self.width // self.n_heads


def read_shape(config: Mapping[str, Any], weights: Weights) -> Shape:
    """Return the sizes that a weights file states, checked against its arrays.

    Parameters
    ----------
    config : mapping
        As `motet.models` saves it; only the number of heads cannot be read from the arrays.
    weights : mapping of str to float32
        Names as in `motet.models.transformer`.

    Returns
    -------
    Shape

    Raises
    ------
    BundleError
        A weight is missing or its shape does not fit.

    Examples
    --------
    >>> read_shape({"n_heads": 2}, {})
    Traceback (most recent call last):
    motet.errors.BundleError: the weights lack 'embed.weight'; export a Transformer's weights
    """

    def rows_and_columns(name: str) -> tuple[int, ...]:
        if name not in weights:
            raise BundleError(
                f"the weights lack {name!r}; export a Transformer's weights",
                zh=f"权重缺少 {name!r};请导出 Transformer 的权重",
            )
        return weights[name].shape

    vocab_size, width = rows_and_columns("embed.weight")
    n_layers = 1 + max(
        (int(name.split(".")[1]) for name in weights if name.startswith("blocks.")), default=-1
    )
    n_heads = int(config["n_heads"])
    ffn_width, _ = rows_and_columns("blocks.0.mlp.gate.weight")
    kv_width, _ = rows_and_columns("blocks.0.attn.k.weight")
    head = width // n_heads
    shape = Shape(
        n_layers=n_layers,
        width=width,
        n_heads=n_heads,
        n_kv_heads=kv_width // head,
        ffn_width=ffn_width,
        vocab_size=vocab_size,
        norm_eps=float(config.get("norm_eps", 1e-5)),
        rope_theta=float(config.get("rope_theta", 10_000.0)),
    )
    for name, expected in _expected_shapes(shape).items():
        if (got := rows_and_columns(name)) != expected:
            raise BundleError(
                f"weight {name!r} must have shape {expected}, got {got}",
                zh=f"权重 {name!r} 的形状须为 {expected},收到 {got}",
            )
    return shape


def _expected_shapes(shape: Shape) -> dict[str, tuple[int, ...]]:
    """Return the shape of every weight that the graph reads."""
    width, kv = shape.width, shape.n_kv_heads * shape.head
    shapes: dict[str, tuple[int, ...]] = {
        "embed.weight": (shape.vocab_size, width),
        "norm.weight": (width,),
    }
    for i in range(shape.n_layers):
        block = f"blocks.{i}"
        shapes |= {
            f"{block}.norm1.weight": (width,),
            f"{block}.attn.q.weight": (width, width),
            f"{block}.attn.k.weight": (kv, width),
            f"{block}.attn.v.weight": (kv, width),
            f"{block}.attn.o.weight": (width, width),
            f"{block}.norm2.weight": (width,),
            f"{block}.mlp.gate.weight": (shape.ffn_width, width),
            f"{block}.mlp.up.weight": (shape.ffn_width, width),
            f"{block}.mlp.down.weight": (width, shape.ffn_width),
        }
    return shapes


class _Builder:
    """Collects nodes and initialisers."""

    def __init__(self, bits: int) -> None:
        from onnx import helper, numpy_helper

        self._helper = helper
        self._to_tensor = numpy_helper.from_array
        self.bits = bits
        self._packed: dict[str, list[str]] = {}
        self.nodes: list[Any] = []
        self.initialisers: list[Any] = []

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        """Add an initialiser; return its name."""
        self.initialisers.append(self._to_tensor(np.ascontiguousarray(value), name))
        return name

    def node(
        self,
        kind: str,
        inputs: list[str],
        outputs: list[str],
        *,
        domain: str = "",
        **attributes: Any,
    ) -> str:
        """Add a node; return its first output."""
        made = self._helper.make_node(
            kind, inputs, outputs, name=f"{kind}_{outputs[0]}", domain=domain, **attributes
        )
        self.nodes.append(made)
        return outputs[0]

    def pack(self, name: str, weight: npt.NDArray[np.float32], bits: int) -> list[str]:
        """Add a quantised weight once; return the names of it and of its scales."""
        if name in self._packed:
            return self._packed[name]
        packed = quantise(weight, bits=bits)
        half = self.constant(f"{name}.scales.half", packed.scales.astype(np.float16))
        scales = self.node("Cast", [half], [f"{name}.scales"], to=1)  # folded when it is loaded
        self._packed[name] = [self.constant(f"{name}.packed", packed.packed), scales]
        return self._packed[name]

    def product(
        self, source: str, weight: npt.NDArray[np.float32], name: str, *, bits: int | None = None
    ) -> str:
        """Return the output of ``source @ weight.T``."""
        bits = self.bits if bits is None else bits
        if bits == 32:
            right = self.constant(f"{name}.weight", weight.T)
            return self.node("MatMul", [source, right], [f"{name}.out"])
        n, k = weight.shape
        return self.node(
            "MatMulNBits",
            [source, *self.pack(name, weight, bits)],
            [f"{name}.out"],
            domain=_MS,
            N=n,
            K=k,
            bits=bits,
            block_size=BLOCK,
            accuracy_level=4,
        )

    def embed(self, ids: str, weight: npt.NDArray[np.float32]) -> str:
        """Return the output of the embedding of the ids."""
        if self.bits == 32:
            return self.node("Gather", [self.constant("embed.table", weight), ids], ["embed.out"])
        packed, scales = self.pack("output", weight, 8)  # the product at the end shares it
        flat = self.constant("embed.shape", np.array(weight.shape, dtype=np.int64))
        table = self.node("Reshape", [packed, flat], ["embed.table"])
        return self.node(
            "GatherBlockQuantized",
            [table, ids, scales],
            ["embed.out"],
            domain=_MS,
            bits=8,
            block_size=BLOCK,
            gather_axis=0,
            quantize_axis=1,
        )

    def rotary(self, shape: Shape) -> tuple[str, str]:
        """Return the names of the cosine and sine tables, shape (positions, head / 2)."""
        exponent = np.arange(0, shape.head, 2, dtype=np.float64) / shape.head
        turns = (1 / shape.rope_theta**exponent).astype(np.float32)[None, :]
        steps = np.arange(MAX_POSITIONS, dtype=np.float32)[:, None]
        sources = [self.constant("rotary.steps", steps), self.constant("rotary.turns", turns)]
        angle = self.node("Mul", sources, ["rotary.angle"])  # folded when it is loaded
        cos = self.node("Cos", [angle], ["rotary.cos"])
        return cos, self.node("Sin", [angle], ["rotary.sin"])


def build_graph(weights: Weights, shape: Shape, *, bits: int) -> Any:
    """Return the ONNX model of a Transformer.

    Parameters
    ----------
    weights : mapping of str to float32
        Names as in `motet.models.transformer`.
    shape : Shape
        From `read_shape`.
    bits : int
        32, 8, or 4; the embedding, which is also the output, keeps 8 bits where others have 4.

    Returns
    -------
    onnx.ModelProto
        Inputs ``GRAPH_INPUTS`` and ``past_key_i``, ``past_value_i`` (float32, (b, kv heads, l, head));
        outputs ``logits`` (float32, (b, n, v)) and ``present_key_i``, ``present_value_i``.

    Raises
    ------
    ParameterError
        Another number of bits.

    Source
    ------
    Slow twin: `motet.export.parity.reference_logits`, tests/parity/test_export.py.

    Examples
    --------
    >>> from motet.export.parity import random_weights
    >>> config, weights = random_weights("tiny", seed=1)
    >>> model = build_graph(weights, read_shape(config, weights), bits=8)
    >>> [output.name for output in model.graph.output][:2]
    ['logits', 'present_key_0']
    """
    if bits not in (4, 8, 32):
        raise ParameterError(
            f"bits must be 4, 8 or 32, got {bits}", zh=f"bits 须为 4、8 或 32,收到 {bits}"
        )
    build = _Builder(bits)
    hidden = build.embed("ids", weights["embed.weight"])  # (b, t, d)
    tables = build.rotary(shape)
    gain = build.constant("blocks.0.norm1.gain", weights["blocks.0.norm1.weight"])
    normed = build.node(
        "SimplifiedLayerNormalization",
        [hidden, gain],
        ["blocks.0.norm1.out"],
        epsilon=shape.norm_eps,
        axis=-1,
    )
    for i in range(shape.n_layers):
        is_last = i + 1 == shape.n_layers
        after = "norm" if is_last else f"blocks.{i + 1}.norm1"
        hidden, normed = _add_block(build, weights, shape, i, hidden, normed, tables, after)
    picked = build.node("Gather", [normed, "at"], ["picked"], axis=1)  # (b, n, d)
    build.product(picked, weights["embed.weight"], "output", bits=32 if bits == 32 else 8)
    build.node("Identity", ["output.out"], ["logits"])
    return _finish(build, shape)


def _add_block(
    build: _Builder,
    weights: Weights,
    shape: Shape,
    i: int,
    hidden: str,
    normed: str,
    tables: tuple[str, str],
    after: str,
) -> tuple[str, str]:
    """Add one layer; return the names of the residual stream and of its norm for what comes after."""
    name = f"blocks.{i}"

    def stack(group: str, parts: str) -> npt.NDArray[np.float32]:
        return np.concatenate([weights[f"{name}.{group}.{part}.weight"] for part in parts.split()])

    def add_and_norm(skip: str, added: str, norm: str) -> tuple[str, str]:
        gain = build.constant(f"{norm}.gain", weights[f"{norm}.weight"])
        outputs = [f"{norm}.out", "", "", f"{norm}.sum"]
        build.node(
            "SkipSimplifiedLayerNormalization",
            [added, skip, gain],
            outputs,
            domain=_MS,
            epsilon=shape.norm_eps,
        )
        return outputs[3], outputs[0]

    qkv = build.product(normed, stack("attn", "q k v"), f"{name}.qkv")  # (b, t, d + 2 kv)
    attended = build.node(
        "GroupQueryAttention",
        [qkv, "", "", f"past_key_{i}", f"past_value_{i}", "seqlens", "total", *tables],
        [f"{name}.attended", f"present_key_{i}", f"present_value_{i}"],
        domain=_MS,
        num_heads=shape.n_heads,
        kv_num_heads=shape.n_kv_heads,
        do_rotary=1,
        rotary_interleaved=0,
    )
    out = build.product(attended, weights[f"{name}.attn.o.weight"], f"{name}.o")
    hidden, normed = add_and_norm(hidden, out, f"{name}.norm2")
    gate = build.product(normed, weights[f"{name}.mlp.gate.weight"], f"{name}.gate")
    up = build.product(normed, weights[f"{name}.mlp.up.weight"], f"{name}.up")
    silu = build.node("QuickGelu", [gate], [f"{name}.silu"], domain=_MS, alpha=1.0)
    gated = build.node("Mul", [silu, up], [f"{name}.gated"])
    down = build.product(gated, weights[f"{name}.mlp.down.weight"], f"{name}.down")
    return add_and_norm(hidden, down, after)


def _finish(build: _Builder, shape: Shape) -> Any:
    """Return the model with its inputs and outputs declared."""
    from onnx import TensorProto, helper

    kinds = {"int64": TensorProto.INT64, "int32": TensorProto.INT32}
    cache = ("b", shape.n_kv_heads, "l", shape.head)
    inputs = [
        helper.make_tensor_value_info(name, kinds[kind], axes) for name, kind, axes in GRAPH_INPUTS
    ]
    outputs = [
        helper.make_tensor_value_info("logits", TensorProto.FLOAT, ("b", "n", shape.vocab_size))
    ]
    for i in range(shape.n_layers):
        for kind in ("key", "value"):
            inputs.append(
                helper.make_tensor_value_info(f"past_{kind}_{i}", TensorProto.FLOAT, cache)
            )
            outputs.append(
                helper.make_tensor_value_info(f"present_{kind}_{i}", TensorProto.FLOAT, cache)
            )
    graph = helper.make_graph(build.nodes, "motet", inputs, outputs, build.initialisers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MS, 1)]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="motet")
    model.ir_version = 8
    return model
