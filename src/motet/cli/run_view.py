"""A training run as it goes on, in a terminal and as a page: for the process that trains and for others.

Conventions: all is read from the run's folder; a thread looks once a second and costs the training nothing
that could be measured. Where standard error is no terminal, only the page is written.

Offers `tell_run`, `follow_run`, `watching`.
"""

from __future__ import annotations

import io
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any, Final, TextIO

from motet.cli.curve_plot import plot_curve, tell_curves
from motet.cli.output import Output
from motet.errors import MotetError
from motet.train.curves import Follower, read_curves, tell_state
from motet.train.page import GROUPS, write_page

__all__ = ["follow_run", "tell_run", "watching"]

_LOOK_S: Final = 1.0
_PAGE_S: Final = 10.0
_WIDTH: Final = 72


def tell_run(lines: Sequence[Mapping[str, Any]], out: Output, *, height: int = 10) -> list[str]:
    """Return a run as text: how it stands, its loss and first metric as plots, the rest as sparklines.

    Examples
    --------
    >>> out = Output(language="en", as_json=False)
    >>> tell_run([{"kind": "start", "step": 0, "weights": 1000}], out)
    ['step 0 · 1,000 weights · running']
    """
    state = tell_state(lines)
    heads = [out.say(f"step {state['step']:,}", f"第 {state['step']:,} 步")]
    if (minutes := state.get("minutes")) is not None:
        heads.append(out.say(f"{minutes:.1f} min", f"{minutes:.1f} 分钟"))
    if (weights := state.get("weights")) is not None:
        heads.append(out.say(f"{weights:,} weights", f"{weights:,} 个参数"))
    if (best := state.get("best_step")) is not None:
        heads.append(out.say(f"best at {best:,}", f"最佳在第 {best:,} 步"))
    heads.append(state["reason"] or out.say("running", "进行中"))
    told = [" · ".join(heads)]
    curves = read_curves(lines)
    plotted = [curve for curve in curves if curve.name == "loss" and len(curve.steps) > 1]
    judged = [curve for curve in curves if curve.group == "validation" and len(curve.steps) > 1]
    for curve in (*plotted[:1], *judged[:1]):
        is_loss = curve.group == "learning"
        name = (
            curve.name if is_loss else out.say(f"{curve.name} (validation)", f"{curve.name}(验证)")
        )
        told += ["", f"{' ' * 12}{name}"]
        told += plot_curve(curve, width=_WIDTH, height=height if is_loss else max(3, height // 2))
    for group, (en, zh) in GROUPS.items():
        rest = tell_curves([curve for curve in curves if curve.group == group])
        told += ["", out.say(en, zh), *rest] if rest else []
    return told


def follow_run(folder: Path, out: Output, *, stream: TextIO) -> None:
    """Show a run in a terminal, and write its page, until it ends or the user leaves by Ctrl-C.

    Raises
    ------
    FormatError
        The folder holds no run.

    Examples
    --------
    >>> follow_run(Path("nowhere"), Output(language="en", as_json=False), stream=io.StringIO())
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: nowhere: this folder holds no training run: ...
    """
    write_page(folder, language=out.language)
    stopped = threading.Event()
    try:
        _Look(folder, out, stream, stopped, is_open=False).go()
    except KeyboardInterrupt:
        stopped.set()


@contextmanager
def watching(folder: Path, out: Output) -> Iterator[None]:
    """Show the run that this process trains meanwhile, in place of its log's lines.

    Examples
    --------
    >>> with watching(Path("run"), Output(language="en", as_json=True)):
    ...     pass
    """
    stopped = threading.Event()
    is_drawn = sys.stderr.isatty() and not out.as_json
    look = _Look(folder, out, sys.stderr if is_drawn else None, stopped, is_open=True)
    thread = threading.Thread(target=look.go, daemon=True)
    kept = io.StringIO()
    try:
        with redirect_stderr(kept) if is_drawn else redirect_stderr(sys.stderr):
            thread.start()
            yield
    finally:
        stopped.set()
        thread.join()


class _Look:
    """Looks at a run until told to stop, or until it ends unless `is_open`."""

    def __init__(
        self,
        folder: Path,
        out: Output,
        stream: TextIO | None,
        stopped: threading.Event,
        *,
        is_open: bool,
    ) -> None:
        self.folder, self.out, self.stream = folder, out, stream
        self.stopped, self.is_open = stopped, is_open
        self.follower = Follower(folder)
        self._page_s = 0.0

    def go(self) -> None:
        """Look once a second."""
        if self.stream is None:
            self._turn(None)
            return
        from rich.console import Console
        from rich.live import Live

        console = Console(file=self.stream, highlight=False)
        with Live(
            console=console, auto_refresh=False, redirect_stderr=False, redirect_stdout=False
        ) as live:
            self._turn(live)

    def _turn(self, live: Any) -> None:
        from rich.text import Text

        while True:
            is_last = self.stopped.wait(_LOOK_S if self.follower.lines else 0.05)
            if not self._poll() and not is_last:
                continue
            if live is not None:
                height = max(4, min(14, live.console.size.height - 24))
                live.update(Text("\n".join(tell_run(self.follower.lines, self.out, height=height))))
                live.refresh()
            is_last = is_last or (
                not self.is_open and bool(tell_state(self.follower.lines)["reason"])
            )
            self._write(is_last=is_last)
            if is_last:
                return

    def _poll(self) -> bool:
        try:
            return self.follower.poll()
        except MotetError:
            return False

    def _write(self, *, is_last: bool) -> None:
        """Write the page, at most every so often; a page that cannot be written ends nothing."""
        if not is_last and time.monotonic() < self._page_s:
            return
        began_s = time.monotonic()
        try:
            write_page(self.folder, language=self.out.language)
        except MotetError:
            return
        self._page_s = time.monotonic() + max(_PAGE_S, 50 * (time.monotonic() - began_s))
