"""Plans of a few bars for the tests of the arranger, made from a style of two parts and drums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from motet.arranger import ArrangeRequest, Style, parse_style
from motet.arranger.plan import Plan
from motet.arranger.planning import plan_progression

TINY = """
style = "tiny"
title = "Tiny"
title_zh = "小"
qpm = [80, 100, 120]
keys = ["C"]
form = "A4 B4"
[[part]]
name = "Piano"
name_zh = "钢琴"
role = "comping"
instrument = "piano"
voices = 3
range = ["C3", "C5"]
[[part]]
name = "Bass"
role = "bass"
instrument = "electric bass"
range = ["E1", "G2"]
[[part]]
name = "Drums"
role = "drums"
instrument = "brush kit"
[[groove]]
name = "tiny-beat"
metre = "4/4"
[groove.drums]
kick = "x---x---"
snare = "..x...x."
"closed_hat@2-5" = "xxxxxxxx"
[groove.parts]
Piano = "x--- x---"
Bass = "R--- 5---"
"""


@pytest.fixture
def tiny() -> Style:
    """A style of piano, bass and drums in 4/4."""
    return parse_style(TINY)


@pytest.fixture
def make_style() -> Callable[..., Style]:
    """A maker of tiny styles in which some lines of the file say something else."""

    def make(*changes: tuple[str, str], more: str = "") -> Style:
        text = TINY
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return parse_style(text + more)

    return make


@pytest.fixture
def make_plan(tiny: Style) -> Callable[..., Plan]:
    """A maker of plans over a progression of exactly its bars; the last one is no ending."""

    def make(
        text: str, *, style: Style | None = None, ends: bool = False, **options: object
    ) -> Plan:
        options = {"key": "C", **options}
        request = ArrangeRequest(style="tiny", **options)  # type: ignore[arg-type]
        plan = plan_progression(request, style or tiny, text)
        n_bars = text.count("|") - 1
        bars = plan.bars[:n_bars]
        end = bars[-1].end_tick
        if not ends:
            bars = tuple(replace(bar, is_ending=False, is_fill=False) for bar in bars)
        else:
            bars = (*bars[:-1], replace(bars[-1], is_ending=True))
        harmony = tuple(span for span in plan.harmony if span.start_tick < end)
        return replace(plan, bars=bars, harmony=harmony)

    return make
