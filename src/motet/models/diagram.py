"""A model as a Mermaid drawing: what runs after what, with shapes and numbers of weights.

Conventions: the drawing is read off the model itself. Each of its graphs (`Learner.graphs`) runs once on
its example; an arrow goes where a result flows, found by walking the gradient's graph back, and is dotted
where no gradient flows and only the order of calls is known. ``b`` is the batch. Equal layers in a row are
one box, "× 6". A weight used by two boxes is counted in both, and once in the total.

Offers `draw_model`, `trace_model`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

import torch
from torch import Tensor, nn

from motet.models.learner import Graph, Learner
from motet.models.mermaid import Box, Drawing, write_mermaid
from motet.models.registry import MODEL_FAMILIES, build_model, count_weights, find_config

__all__ = ["draw_model", "trace_model"]

_WHOLE: Final = (nn.RNNBase, nn.RNNCellBase, nn.MultiheadAttention)
_DEPTH: Final = 3
_EXAMPLE_STEPS: Final = 24
_WEIGHT: Final = "weight of "


def draw_model(
    family: str,
    size: Any = "tiny",
    *,
    depth: int = _DEPTH,
    overrides: Mapping[str, Any] | None = None,
) -> str:
    """Return a family's model as text in Mermaid's language.

    Parameters
    ----------
    family : str
        One of `MODEL_FAMILIES`, one's own included.
    size : name of a size, or mapping of the config's fields
    depth : int, 1 to 8
        How many levels of modules in modules are opened.
    overrides : mapping, optional
        Fields of the config that differ.

    Raises
    ------
    ParameterError
        No such family, size or field.

    Examples
    --------
    >>> print(draw_model("transformer", "tiny", depth=1).splitlines()[0])
    %% transformer tiny: 196,928 weights
    """
    config = find_config(family, size, **(overrides or {}))
    model = build_model(family, config).eval()
    name = size if isinstance(size, str) else "of a config of its own"
    head = f"{family} {name}: {count_weights(model):,} weights"
    return write_mermaid(trace_model(model, depth=depth), title=head)


def trace_model(model: nn.Module, *, depth: int = _DEPTH) -> list[Drawing]:
    """Return what runs in each graph of a model.

    Parameters
    ----------
    model : Module
    depth : int

    Examples
    --------
    >>> one = trace_model(nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2)))[0]
    >>> [(box.what, box.weights) for box in one.boxes.values()]
    [('Linear 4 → 3', 15), ('Linear 3 → 2', 8)]
    """
    graphs = _graphs_of(model)
    if not graphs:
        return [_draw_tree(model, depth)]
    return [_Tracer(graph, model, depth).draw() for graph in graphs]


def _graphs_of(model: nn.Module) -> list[Graph]:
    """Return what can be run for looking: a learner's graphs, or tokens through a model of tokens."""
    if isinstance(model, Learner):
        try:
            return list(model.graphs())
        except NotImplementedError:
            return []
    takes = {one.module: one.takes for one in MODEL_FAMILIES.values()}.get(type(model))
    if takes == "tokens":
        ids = torch.zeros(1, _EXAMPLE_STEPS, dtype=torch.long)
        return [Graph(name="foretell", module=model, inputs={"ids": ids}, outputs=("logits",))]
    return []


def _draw_tree(model: nn.Module, depth: int) -> Drawing:
    """Return a model that cannot be run for looking: its modules in the order they were declared."""
    drawing = Drawing(name="modules")
    homes = _choose_boxes(model, model, depth)
    for path, module in model.named_modules():
        if module in homes and homes[module] not in drawing.boxes:
            drawing.boxes[homes[module]] = _box(path, module, homes)
    keys = list(drawing.boxes)
    drawing.arrows = dict.fromkeys(pairwise(keys), False)
    return drawing


class _Tracer:
    """Runs a graph once and notes what flows where."""

    def __init__(self, graph: Graph, model: nn.Module, depth: int) -> None:
        self.graph = graph
        self.homes = _choose_boxes(graph.module, model, depth)
        self.names = {module: path for path, module in graph.module.named_modules()}
        self.drawing = Drawing(name=graph.name)
        self.made: dict[Any, str] = {}  # gradient nodes, held so that none is made twice
        self.stored: dict[int, str] = {}  # storages of inputs and of results without gradient
        self.owned = {
            weight.untyped_storage().data_ptr(): key
            for module, key in self.homes.items()
            for weight in module.parameters()
        }
        self.kept: list[Tensor] = []
        self.found: dict[Any, frozenset[str]] = {}  # where the result of a gradient node comes from
        self.last = ""

    def draw(self) -> Drawing:
        """Return the drawing."""
        values = []
        for name, example in self.graph.inputs.items():
            value = example.detach().clone()
            if value.is_floating_point():
                value.requires_grad_()
            key = f"in_{name}"
            self.drawing.inputs[key] = f"{name} {_shape(value, is_fixed=name in self.graph.fixed)}"
            self.stored[value.untyped_storage().data_ptr()] = key
            values.append(value)
        handles = []
        for module in self.homes:
            handles.append(module.register_forward_pre_hook(self._enter, with_kwargs=True))
            handles.append(module.register_forward_hook(self._leave))
        try:
            with torch.enable_grad():
                result = self.graph.module.eval()(*values)
        finally:
            for handle in handles:
                handle.remove()
        names = iter(self.graph.outputs)
        for value in _tensors(result):
            key = f"out_{next(names, 'more')}"
            self.drawing.outputs[key] = f"{key[4:]} {_shape(value)}"
            self._connect([value], key)
        self._connect_left()
        return self.drawing

    def _connect_left(self) -> None:
        """Let inputs whose way is not known lead, dotted, to the boxes that nothing known leads to."""
        arrows = self.drawing.arrows
        solid = {end for (_, end), is_solid in arrows.items() if is_solid}
        ends = [key for key in self.drawing.boxes if key not in solid]
        used = {start for start, _ in arrows}
        left = [key for key in self.drawing.inputs if key not in used]
        for pair in [pair for pair, is_solid in arrows.items() if not is_solid]:
            if pair[1] in solid or (left and pair[1] in ends):
                del arrows[pair]
        arrows |= {(start, end): False for start in left for end in ends}

    def _add_box(self, key: str) -> None:
        if key not in self.drawing.boxes and not key.startswith("in_"):
            module = next(one for one, home in self.homes.items() if home == key)
            self.drawing.boxes[key] = _box(self.names[module], module, self.homes)

    def _enter(self, module: nn.Module, args: Any, kwargs: Any) -> None:
        key = self.homes[module]
        self._add_box(key)
        self._connect(list(_tensors((args, kwargs))), key)

    def _leave(self, module: nn.Module, args: Any, result: Any) -> None:  # noqa: ARG002
        key = self.homes[module]
        tensors = list(_tensors(result))
        if tensors:
            self.drawing.boxes[key].shape = _shape(tensors[0])
        for tensor in tensors:
            if tensor.grad_fn is not None:
                self.made[tensor.grad_fn] = key
            else:
                self.stored[tensor.untyped_storage().data_ptr()] = key
            self.kept.append(tensor)
        self.last = key

    def _connect(self, tensors: list[Tensor], key: str) -> None:
        """Draw arrows from whatever made these tensors."""
        found = set().union(*(self._origins(tensor) for tensor in tensors)) - {key}
        for origin in found:
            self.drawing.arrows[origin, key] = True
        unknown = not found and key not in {end for _, end in self.drawing.arrows}
        if unknown and self.last and self.last != key:
            self.drawing.arrows.setdefault((self.last, key), False)

    def _origins(self, tensor: Tensor) -> set[str]:
        """Return the boxes and inputs that a tensor was computed from directly."""
        place = tensor.untyped_storage().data_ptr()
        if tensor.grad_fn is None or (place in self.stored and tensor.is_leaf):
            return {self.stored[place]} if place in self.stored else set()
        todo: list[Any] = [tensor.grad_fn]
        while todo:  # a node is resolved when those that it was computed from are
            node = todo[-1]
            if node in self.found:
                todo.pop()
                continue
            parents = [one for one, _ in node.next_functions if one is not None]
            left = [one for one in parents if one not in self.found and node not in self.made]
            if left:
                todo += left
                continue
            self.found[node] = self._resolve(node, parents)
            todo.pop()
        names = self.found[tensor.grad_fn]
        for key in names:
            self._add_box(key.removeprefix(_WEIGHT))
        return {key.removeprefix(_WEIGHT) for key in names}

    def _resolve(self, node: Any, parents: list[Any]) -> frozenset[str]:
        """Return where a node's result comes from; a weight used without its module makes it that module's.

        Loops do so: a recurrent cell written out is a product of its weights with what goes in.
        """
        if node in self.made:
            return frozenset((self.made[node],))
        if (variable := getattr(node, "variable", None)) is not None:
            place = variable.untyped_storage().data_ptr()
            if place in self.owned:
                return frozenset((_WEIGHT + self.owned[place],))
            return frozenset((self.stored[place],) if place in self.stored else ())
        sets = [self.found[one] for one in parents]
        weights = [one for one in sets if one and all(key.startswith(_WEIGHT) for key in one)]
        flows = frozenset[str]().union(*(one for one in sets if one not in weights))
        names = {key.removeprefix(_WEIGHT) for one in weights for key in one}
        for key in names:
            self._add_box(key)
        working = {key for key in names if not self.drawing.boxes[key].what.startswith("Embedding")}
        if not flows or len(working) != 1:
            return frozenset().union(*sets)
        (key,) = working
        for origin in flows:
            self._add_box(origin.removeprefix(_WEIGHT))
            if origin.removeprefix(_WEIGHT) != key:
                self.drawing.arrows[origin.removeprefix(_WEIGHT), key] = True
        return frozenset((key,))


def _choose_boxes(top: nn.Module, model: nn.Module, depth: int) -> dict[nn.Module, str]:
    """Return the modules that are drawn, each with the key of its box; twins in a row share one."""
    homes: dict[nn.Module, str] = {}
    start = model if any(one is model for one in top.children()) else top

    def visit(module: nn.Module, path: str, left: int) -> None:
        twin: tuple[Any, str] | None = None
        for name, child in module.named_children():
            here = f"{path}.{name}".strip(".")
            if not count_weights(child):
                continue
            kind = (type(child), repr(child), count_weights(child))
            if twin is not None and twin[0] == kind and _is_row(module):
                homes[child] = twin[1]
                continue
            inner = [one for one in child.children() if count_weights(one)]
            is_container = type(child) in (nn.ModuleList, nn.ModuleDict, nn.Sequential)
            if (
                inner
                and not isinstance(child, _WHOLE)
                and (is_container or left > 1)
                and not (_is_row(module) and _has_twin(module, child))
            ):
                visit(child, here, left - (not is_container))
                twin = None
            else:
                homes[child] = f"m{len(homes)}"
                twin = (kind, homes[child])

    visit(start, "", depth)
    if not homes:
        homes[start] = "m0"
    return homes


def _is_row(module: nn.Module) -> bool:
    return isinstance(module, (nn.ModuleList, nn.Sequential))


def _has_twin(row: nn.Module, child: nn.Module) -> bool:
    """Whether a row holds another layer like this one."""
    return sum(type(one) is type(child) and repr(one) == repr(child) for one in row.children()) > 1


def _box(path: str, module: nn.Module, homes: Mapping[nn.Module, str]) -> Box:
    """Return the box of a module and its twins."""
    key = homes[module]
    row = [one for one, home in homes.items() if home == key]
    return Box(
        path=path.removeprefix("model."), what=_tell(module), times=len(row),
        weights=sum(count_weights(one) for one in row),
    )  # fmt: skip


def _tell(module: nn.Module) -> str:
    """Return what a module is, with what matters of its sizes."""
    name = type(module).__name__.strip("_")
    if isinstance(module, nn.Linear):
        return f"{name} {module.in_features} → {module.out_features}"
    if isinstance(module, nn.Embedding):
        return f"{name} {module.num_embeddings} × {module.embedding_dim}"
    if isinstance(module, nn.RNNBase):
        turns = " both ways" if module.bidirectional else ""
        layers = f", {module.num_layers} layers" if module.num_layers > 1 else ""
        return f"{name} {module.input_size} → {module.hidden_size}{layers}{turns}"
    if isinstance(module, nn.RNNCellBase):
        return f"{name} {module.input_size} → {module.hidden_size}"
    if isinstance(module, nn.modules.conv._ConvNd):
        window = "×".join(str(one) for one in module.kernel_size)
        return f"{name} {module.in_channels} → {module.out_channels}, {window}"
    return name


def _shape(tensor: Tensor, *, is_fixed: bool = False) -> str:
    """Return a shape with its first axis as the batch."""
    sizes = [str(one) for one in tensor.shape]
    if sizes and not is_fixed:
        sizes[0] = "b"
    return f"({', '.join(sizes)})"


def _tensors(value: Any) -> Iterator[Tensor]:
    """Yield the tensors in nested tuples, lists, dicts and dataclasses."""
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _tensors(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _tensors(one)
