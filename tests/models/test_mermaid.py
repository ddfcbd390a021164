"""Boxes and arrows as Mermaid text."""

from __future__ import annotations

from motet.models.mermaid import Box, Drawing, write_mermaid


def test_two_graphs_stand_in_frames() -> None:
    two = [Drawing(name=name, boxes={"m0": Box(path="a", what="B")}) for name in ("up", "down")]
    text = write_mermaid(two)
    assert '  subgraph g1["down"]\n    g1_m0["<b>a</b><br/>B<br/>0"]\n  end' in text


def test_arrows_follow_the_order_of_boxes_and_dots_are_dots() -> None:
    boxes = {key: Box(path=key, what="X", weights=n) for key, n in (("m0", 12), ("m1", 3_456_000))}
    drawing = Drawing(
        name="go", boxes=boxes, inputs={"in_x": "x (b)"}, outputs={"out_y": "y (b)"},
        arrows={("m1", "out_y"): True, ("in_x", "m0"): False, ("m0", "m1"): True},
    )  # fmt: skip
    assert write_mermaid([drawing], title="t").splitlines() == [
        "%% t",
        "flowchart TD",
        '  in_x(["x (b)"])',
        '  m0["<b>m0</b><br/>X<br/>12"]',
        '  m1["<b>m1</b><br/>X<br/>3.46 M"]',
        '  out_y(["y (b)"])',
        "  in_x -.-> m0",
        "  m0 --> m1",
        "  m1 --> out_y",
    ]
