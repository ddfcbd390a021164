"""A model of any family that is no Transformer, as ONNX graphs: one for each thing that a bundle runs.

Conventions: a model says what runs by its ``graphs()``; here each is traced, its large weights are kept in
8 bits with one scale a channel (`DequantizeLinear`, which ONNX Runtime works out once when it opens the
file), and everything that tells where or when it was traced is taken out: same weights, same bytes.

Offers `build_graphs`, `measure_graphs`, `tell_graphs`, `BuiltGraph`.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import BundleError, ParameterError

__all__ = ["BuiltGraph", "build_graphs", "measure_graphs", "tell_graphs"]

_OPSET: Final = 18
_LEAST_WEIGHTS: Final = 1024
"""Smaller weights stay as they are: they cost little and often matter most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltGraph:
    """A graph as it goes into a bundle.

    Parameters
    ----------
    name : str
    blob : bytes
        The ONNX file.
    inputs, outputs : tuple of dict
        ``name``, ``dtype`` and ``shape`` of each; a size that may differ from call to call is a letter.
    example : dict of str to array
        Inputs to try it with.
    expected : dict of str to array
        What the model itself gives for them.

    Examples
    --------
    >>> BuiltGraph.__name__
    'BuiltGraph'
    """

    name: str
    blob: bytes
    inputs: tuple[dict[str, Any], ...]
    outputs: tuple[dict[str, Any], ...]
    example: dict[str, npt.NDArray[Any]]
    expected: dict[str, npt.NDArray[Any]]


def build_graphs(model: Any, *, bits: int = 8) -> tuple[BuiltGraph, ...]:
    """Return the graphs of a model.

    Parameters
    ----------
    model : Learner
        In evaluation mode.
    bits : int
        8 or 32 a weight.

    Returns
    -------
    tuple of BuiltGraph

    Raises
    ------
    ParameterError
        Another number of bits.
    BundleError
        A graph cannot be traced, or two have one name.

    Examples
    --------
    >>> build_graphs(None, bits=4)
    Traceback (most recent call last):
    motet.errors.ParameterError: bits must be 8 or 32 for this family, got 4
    """
    if bits not in (8, 32):
        raise ParameterError(
            f"bits must be 8 or 32 for this family, got {bits}",
            zh=f"此类模型的 bits 须为 8 或 32,收到 {bits}",
        )
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)  # of example inputs
        found = tuple(_build(one, bits=bits) for one in model.eval().graphs())
    names = [one.name for one in found]
    if not names or len(set(names)) < len(names):
        raise BundleError(
            f"a model's graphs must be one or more, each with a name of its own; got {names}",
            zh=f"模型的计算图至少一个,且名称各不相同;收到 {names}",
        )
    return found


def _build(graph: Any, *, bits: int) -> BuiltGraph:
    """Return one graph, traced, packed and tried."""
    import torch

    names, tensors = list(graph.inputs), tuple(graph.inputs.values())
    dynamic = {name: {0: "b"} for name in names if name not in graph.fixed}
    dynamic |= {name: {0: "b"} for name in graph.outputs if name not in graph.fixed}
    stream: Any = io.BytesIO()
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()), torch.no_grad():
            warnings.simplefilter("ignore")
            expected = graph.module(*tensors)
            torch.onnx.export(
                graph.module, tensors, stream, dynamo=False, opset_version=_OPSET,
                input_names=names, output_names=list(graph.outputs), dynamic_axes=dynamic,
            )  # fmt: skip
    except (RuntimeError, TypeError, ValueError) as error:
        raise BundleError(
            f"the graph {graph.name!r} cannot be traced: {error}; use operators that ONNX has",
            zh=f"无法导出计算图 {graph.name!r}:{error};请使用 ONNX 支持的算子",
        ) from error
    rows = (expected,) if isinstance(expected, torch.Tensor) else tuple(expected)
    blob = _pack(stream.getvalue(), bits=bits)
    session = _open(blob)
    sides = _tell_sides(session, names, graph.outputs)
    built = BuiltGraph(
        name=graph.name,
        blob=blob,
        inputs=sides[0],
        outputs=sides[1],
        example={name: one.detach().numpy() for name, one in zip(names, tensors, strict=True)},
        expected={
            name: one.detach().numpy() for name, one in zip(graph.outputs, rows, strict=True)
        },
    )
    if set(names) - set(graph.fixed):
        _check_rows(session, built, graph.fixed)
    return built


def _check_rows(session: Any, graph: BuiltGraph, fixed: Sequence[str]) -> None:
    """Raise where a graph runs for the number of rows only that it was traced with."""
    from onnxruntime.capi import onnxruntime_pybind11_state as states

    for n in (1, 3):
        rows = {
            name: one if name in fixed else np.concatenate([one[:1]] * n)
            for name, one in graph.example.items()
        }
        try:
            got = session.run(None, rows)
        except (states.Fail, states.InvalidArgument, states.RuntimeException):
            got = []
        if not got or any(
            len(one) != n for name, one in zip(graph.outputs, got) if name["name"] not in fixed
        ):
            raise BundleError(
                f"the graph {graph.name!r} runs for one number of rows only; take sizes from "
                "x.shape[0], never from len(x) or a number",
                zh=f"计算图 {graph.name!r} 只能处理固定的行数;请用 x.shape[0] 取行数,勿用 len(x) 或常数",
            )


def _pack(blob: bytes, *, bits: int) -> bytes:
    """Return a graph with its large weights in few bits and without traces of its making."""
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load_from_string(blob)
    graph = model.graph
    kept, nodes = [], []
    for tensor in graph.initializer:
        weight = numpy_helper.to_array(tensor)
        is_large = weight.ndim > 1 and weight.size >= _LEAST_WEIGHTS
        if bits == 32 or not is_large or weight.dtype != np.float32:
            kept.append(numpy_helper.from_array(weight, tensor.name))
            continue
        axis, levels, scales = _quantise(weight)
        packed, scale = f"{tensor.name}.int8", f"{tensor.name}.scale"
        kept.append(numpy_helper.from_array(levels, packed))
        kept.append(numpy_helper.from_array(scales, scale))
        nodes.append(
            helper.make_node("DequantizeLinear", [packed, scale], [tensor.name], axis=axis)
        )
    nodes += list(graph.node)
    for at, node in enumerate(nodes):
        node.doc_string = ""
        node.name = f"{node.op_type}_{at}"
        del node.metadata_props[:]
    del graph.initializer[:], graph.node[:], graph.value_info[:], model.metadata_props[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    graph.name, graph.doc_string, model.doc_string = "motet", "", ""
    model.producer_name, model.producer_version = "motet", ""
    packed_blob: bytes = model.SerializeToString(deterministic=True)
    return packed_blob


def _quantise(
    weight: npt.NDArray[np.float32],
) -> tuple[int, npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return the axis whose channels share no scale, the weight in 8 bits, and its scales.

    The axis is the one with the least squared error; of equal ones the first.
    """
    best: tuple[float, int, npt.NDArray[np.int8], npt.NDArray[np.float32]] | None = None
    for axis, size in enumerate(weight.shape):
        if size == 1 or 16 * size > weight.size:
            continue
        others = tuple(one for one in range(weight.ndim) if one != axis)
        peak = np.abs(weight).max(axis=others, keepdims=True)
        scale = np.where(peak > 0, peak / 127, 1).astype(np.float32)
        levels = np.clip(np.rint(weight / scale), -127, 127)
        error = float(np.square(levels * scale - weight).sum(dtype=np.float64))
        if best is None or error < best[0]:
            best = error, axis, levels.astype(np.int8), scale.reshape(-1)
    if best is None:  # no axis is long: one scale for all, said for each row
        scale = np.full(len(weight), max(float(np.abs(weight).max()), 1e-12) / 127, np.float32)
        shaped = scale.reshape(-1, *(1,) * (weight.ndim - 1))
        return 0, np.clip(np.rint(weight / shaped), -127, 127).astype(np.int8), scale
    return best[1:]


def _tell_sides(
    session: Any, inputs: Sequence[str], outputs: Sequence[str]
) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
    """Return name, dtype and shape of inputs and outputs, as the engine will see them."""
    sides = []
    for names, values in ((inputs, session.get_inputs()), (outputs, session.get_outputs())):
        if [one.name for one in values] != list(names):
            raise BundleError(
                f"a graph must use all its inputs and give all its outputs: it has "
                f"{[one.name for one in values]}, its model says {list(names)}",
                zh=f"计算图须用到全部输入并给出全部输出:实有 {[one.name for one in values]},"
                f"模型声明为 {list(names)}",
            )
        sides.append(
            tuple(
                {"name": one.name, "dtype": _dtype(one.type), "shape": list(one.shape)}
                for one in values
            )
        )
    return sides[0], sides[1]


def _dtype(told: str) -> str:
    """Return NumPy's name of ONNX Runtime's ``tensor(float)``."""
    inner = told.removeprefix("tensor(").removesuffix(")")
    return {"float": "float32", "double": "float64"}.get(inner, inner)


def _open(blob: bytes) -> Any:
    """Return ONNX Runtime's session of a graph in memory."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(blob, options, providers=["CPUExecutionProvider"])


def measure_graphs(graphs: Sequence[BuiltGraph]) -> dict[str, float]:
    """Return how far each graph's outputs lie from the model's own, on the example inputs.

    Parameters
    ----------
    graphs : sequence of BuiltGraph

    Returns
    -------
    dict of str to float
        Graph name to the root mean square difference of its float outputs over the spread (standard
        deviation) of what was expected; the largest of its outputs.

    Examples
    --------
    >>> measure_graphs(())
    {}
    """
    found: dict[str, float] = {}
    for graph in graphs:
        got = _open(graph.blob).run(None, graph.example)
        worst = 0.0
        for value, expected in zip(got, graph.expected.values(), strict=True):
            if np.issubdtype(expected.dtype, np.floating):
                worst = max(worst, _difference(expected, value))
        found[graph.name] = worst
    return found


def _difference(expected: npt.NDArray[Any], got: npt.NDArray[Any]) -> float:
    """Return the root mean square difference over the spread of what was expected."""
    error = float(np.sqrt(np.square(got.astype(np.float64) - expected).mean()))
    spread = float(expected.std())
    return error / spread if spread > 1e-6 else error


def tell_graphs(graphs: Sequence[BuiltGraph]) -> dict[str, dict[str, Any]]:
    """Return what a contract says of graphs.

    Parameters
    ----------
    graphs : sequence of BuiltGraph

    Returns
    -------
    dict of str to mapping

    Examples
    --------
    >>> tell_graphs(())
    {}
    """
    return {
        one.name: {
            "file": f"{one.name}.onnx",
            "inputs": list(one.inputs),
            "outputs": list(one.outputs),
        }
        for one in graphs
    }
