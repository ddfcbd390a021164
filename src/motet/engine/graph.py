"""The graphs of a bundle opened by ONNX Runtime, once they are known to have the inputs they state.

Conventions: a graph is called with named arrays and gives named arrays; one `Runner` may be called from
several threads.

Offers `open_graph`, `open_graphs`, `Runner`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.errors import BundleError

__all__ = ["Runner", "open_graph", "open_graphs"]

Arrays = Mapping[str, npt.NDArray[Any]]

_SPIN_US: Final = "60"
"""How long an idle thread keeps a core busy: from one operator to the next, not from a step to the
next, while the program chooses, and not for as long as others want that core."""


class Runner:
    """A graph that is open.

    Examples
    --------
    >>> Runner.__name__
    'Runner'
    """

    def __init__(self, session: Any, facts: Mapping[str, Any]) -> None:
        self.session = session
        self.inputs = {one["name"]: one for one in facts["inputs"]}
        """Name of each input to its dtype and shape."""
        self.outputs = tuple(one["name"] for one in facts["outputs"])

    def run(self, arrays: Arrays) -> dict[str, npt.NDArray[Any]]:
        """Return the outputs by name.

        Parameters
        ----------
        arrays : mapping of str to array
            Every input, of the dtype and shape that the contract states.

        Raises
        ------
        BundleError
            An input is missing, unknown, or of another dtype or shape.
        """
        from onnxruntime.capi import onnxruntime_pybind11_state as states

        try:
            found = self.session.run(None, dict(arrays))
        except (ValueError, states.Fail, states.InvalidArgument, states.RuntimeException) as error:
            got = {name: f"{one.dtype}{list(one.shape)}" for name, one in arrays.items()}
            raise BundleError(
                f"the graph takes {self.inputs}, got {got}: {error}",
                zh=f"计算图的输入为 {self.inputs},收到 {got}:{error}",
            ) from error
        return dict(zip(self.outputs, found, strict=True))

    def zeros(self, name: str, *, b: int = 1) -> npt.NDArray[Any]:
        """Return an input of zeros for b rows, as a state begins."""
        one = self.inputs[name]
        shape = [b if isinstance(size, str) else size for size in one["shape"]]
        return np.zeros(shape, dtype=one["dtype"])


def open_graphs(bundle: Bundle, *, n_threads: int = 1) -> dict[str, Runner]:
    """Return every graph of a bundle, open.

    Parameters
    ----------
    bundle : Bundle
    n_threads : int
        Cores that a graph uses.

    Returns
    -------
    dict of str to Runner

    Raises
    ------
    BundleError
        ONNX Runtime refuses a graph, or it has other inputs or outputs than the contract states.

    Examples
    --------
    >>> open_graphs.__name__
    'open_graphs'
    """
    return {
        name: Runner(_open(bundle.folder / facts["file"], facts, n_threads=n_threads), facts)
        for name, facts in bundle.graphs.items()
    }


def open_graph(bundle: Bundle, *, n_threads: int) -> Any:
    """Return ONNX Runtime's session of a bundle's only graph, whose inputs are those that it states.

    Raises
    ------
    BundleError
        ONNX Runtime refuses the graph, or the graph has other inputs.

    Examples
    --------
    >>> open_graph.__name__
    'open_graph'
    """
    return _open(bundle.model_path, bundle.contract, n_threads=n_threads, folds=False)


def _open(path: Path, facts: Mapping[str, Any], *, n_threads: int, folds: bool = True) -> Any:
    """Return a session; with `folds`, weights in few bits are unpacked once, when it is opened."""
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as states

    refusals = (
        states.Fail, states.InvalidArgument, states.InvalidGraph, states.InvalidProtobuf,
        states.NoModel, states.NoSuchFile, states.NotImplemented, states.RuntimeException,
    )  # fmt: skip
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.spin_duration_us", _SPIN_US)
    if folds:
        options.add_session_config_entry("session.disable_quant_qdq", "1")
    try:
        run = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except refusals as error:
        raise BundleError(
            f"ONNX Runtime {onnxruntime.__version__} refuses the graph: {error}; install motet anew",
            zh=f"ONNX Runtime {onnxruntime.__version__} 无法载入计算图:{error};请重新安装 motet",
            path=str(path),
        ) from error
    for key, values in (("inputs", run.get_inputs()), ("outputs", run.get_outputs())):
        stated = {one["name"]: list(one["shape"]) for one in facts[key]}
        got = {value.name: list(value.shape) for value in values}
        if folds and key == "outputs":  # their shapes are worked out, not stored
            stated, got = {name: [] for name in stated}, {name: [] for name in got}
        if stated != got:
            raise BundleError(
                f"the graph's {key} are {got}, the contract states {stated}; install the bundle again",
                zh=f"计算图的 {key} 为 {got},说明中为 {stated};请重新安装该模型包",
                path=str(path),
            )
    return run
