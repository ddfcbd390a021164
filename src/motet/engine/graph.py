"""The graph of a bundle opened by ONNX Runtime, once it is known to have the inputs it states.

Offers `open_graph`.
"""

from __future__ import annotations

from typing import Any, Final

from motet.engine.bundle import Bundle
from motet.errors import BundleError

__all__ = ["open_graph"]

_SPIN_US: Final = "60"
"""How long an idle thread keeps a core busy: from one operator to the next, not from a step to the
next, while the program chooses, and not for as long as others want that core."""


def open_graph(bundle: Bundle, *, n_threads: int) -> Any:
    """Return ONNX Runtime's session of a bundle whose inputs are those that it states.

    Raises
    ------
    BundleError
        ONNX Runtime refuses the graph, or the graph has other inputs.

    Examples
    --------
    >>> open_graph.__name__
    'open_graph'
    """
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
    try:
        run = onnxruntime.InferenceSession(
            str(bundle.model_path), options, providers=["CPUExecutionProvider"]
        )
    except refusals as error:
        raise BundleError(
            f"ONNX Runtime {onnxruntime.__version__} refuses the graph: {error}; install motet anew",
            zh=f"ONNX Runtime {onnxruntime.__version__} 无法载入计算图:{error};请重新安装 motet",
            path=str(bundle.model_path),
        ) from error
    for key, values in (("inputs", run.get_inputs()), ("outputs", run.get_outputs())):
        stated = {one["name"]: list(one["shape"]) for one in bundle.contract[key]}
        got = {value.name: list(value.shape) for value in values}
        if stated != got:
            raise BundleError(
                f"the graph's {key} are {got}, the contract states {stated}; install the bundle again",
                zh=f"计算图的 {key} 为 {got},说明中为 {stated};请重新安装该模型包",
                path=str(bundle.model_path),
            )
    return run
