"""A run's page: one file, both languages, curves where their values are."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from motet.errors import FormatError
from motet.train.page import PAGE, Heard, build_page, write_page


class _Checker(HTMLParser):
    """Counts that every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag not in ("meta", "rect", "path", "polyline", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            assert self.open.pop() == tag


def _run(folder: Path, *, ended: bool) -> None:
    lines: list[dict[str, object]] = [
        {"kind": "step", "step": step, "loss": loss}
        for step, loss in ((1, 4.0), (5, 3.0), (9, 2.0))
    ]
    lines.append({"kind": "valid", "step": 9, "a<b": 1.0, "best": True})
    if ended:
        lines.append({"kind": "end", "step": 9, "reason": "target reached"})
    (folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "config.json").write_text('{"family": "rnn", "size": "tiny"}')
    (folder / "samples").mkdir()
    (folder / "samples" / "0000009-1.svg").write_text("<svg></svg>")
    (folder / "samples" / "0000009-1.ogg").write_bytes(b"sound")


def test_the_page_is_whole_and_needs_nothing(tmp_path: Path) -> None:
    _run(tmp_path, ended=True)
    text = write_page(tmp_path, language="zh").read_text(encoding="utf-8")
    checker = _Checker()
    checker.feed(text)
    assert not checker.open
    assert '<html lang="zh">' in text  # not live: the run has ended
    assert "stopped: target reached" in text
    assert "已停止:达到目标" in text
    assert "a&lt;b" in text
    assert f"data:audio/ogg;base64,{base64.b64encode(b'sound').decode()}" in text
    addresses = re.findall(r'(?:src|href)="([^"]*)"', text)
    assert all(address.startswith("data:") for address in addresses)
    points = re.search(r'points="([^"]*)"', text)
    assert points is not None
    places = [[float(one) for one in pair.split(",")] for pair in points[1].split()]
    assert places[1][0] == pytest.approx((places[0][0] + places[2][0]) / 2, abs=0.1)
    assert places[0][1] < places[1][1] < places[2][1]  # a falling loss


def test_a_run_that_goes_on_loads_itself_again(tmp_path: Path) -> None:
    _run(tmp_path, ended=False)
    assert 'data-live="1"' in write_page(tmp_path).read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.glob(".*")) == []
    assert (tmp_path / PAGE).is_file()


def test_long_runs_stay_small() -> None:
    lines = [{"kind": "step", "step": k, "loss": 1 / k} for k in range(1, 20_001)]
    samples = [Heard(step=k, picture="<svg></svg>") for k in range(3)]
    assert len(build_page(lines, samples, title="t")) < 30_000


def test_no_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="holds no training run") as caught:
        write_page(tmp_path)
    assert "没有训练" in caught.value.zh
