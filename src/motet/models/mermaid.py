"""Boxes and arrows as text in Mermaid's language.

Conventions: labels stand in quotes; a name that Mermaid would read as its own cannot occur.

Offers `Box`, `Drawing`, `write_mermaid`.

Source: mermaid.js.org/syntax/flowchart.html.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Box", "Drawing", "write_mermaid"]


@dataclass(slots=True, kw_only=True)
class Box:
    """A box: path of the module, what it is, its last result's shape, its weights, how often in a row."""

    path: str
    what: str
    shape: str = ""
    weights: int = 0
    times: int = 1


@dataclass(slots=True, kw_only=True)
class Drawing:
    """One graph: boxes by key, inputs with their shapes, outputs, and arrows (from, to, solid)."""

    name: str
    boxes: dict[str, Box] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    arrows: dict[tuple[str, str], bool] = field(default_factory=dict)


def write_mermaid(drawings: list[Drawing], *, title: str = "") -> str:
    """Return drawings as a Mermaid flowchart.

    Parameters
    ----------
    drawings : list of Drawing
        Of one model; with more than one, each stands in a frame.
    title : str
        A comment in the first line.

    Examples
    --------
    >>> print(write_mermaid([Drawing(name="a", boxes={"m0": Box(path="x", what="GRU", weights=1200)})]))
    flowchart TD
      m0["<b>x</b><br/>GRU<br/>1.2 k"]
    """
    lines = [f"%% {title}"] if title else []
    lines.append("flowchart TD")
    for k, one in enumerate(drawings):
        prefix = f"g{k}_" if len(drawings) > 1 else ""
        body = [f'{prefix}{key}(["{text}"])' for key, text in one.inputs.items()]
        body += [f'{prefix}{key}["{_label(box)}"]' for key, box in one.boxes.items()]
        body += [f'{prefix}{key}(["{text}"])' for key, text in one.outputs.items()]
        order = {key: i for i, key in enumerate((*one.inputs, *one.boxes, *one.outputs))}
        arrows = sorted(one.arrows.items(), key=lambda arrow: [order[end] for end in arrow[0]])
        body += [
            f"{prefix}{start} {'-->' if is_solid else '-.->'} {prefix}{end}"
            for (start, end), is_solid in arrows
        ]
        if prefix:
            lines += [f'  subgraph g{k}["{one.name}"]', *(f"    {line}" for line in body), "  end"]
        else:
            lines += [f"  {line}" for line in body]
    return "\n".join(lines)


def _label(box: Box) -> str:
    times = f" × {box.times}" if box.times > 1 else ""
    parts = [f"<b>{box.path}</b>{times}", box.what, box.shape, _amount(box.weights)]
    return "<br/>".join(part for part in parts if part)


def _amount(weights: int) -> str:
    """Return a number of weights, short."""
    if weights >= 1_000_000:
        return f"{weights / 1_000_000:.2f} M"
    return f"{weights / 1_000:.1f} k" if weights >= 1_000 else str(weights)
