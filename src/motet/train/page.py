"""A run as one page for the browser: curves, and samples to see and to hear; no network, dark and light.

Conventions: ``run.html`` in the run's folder is written anew from the log and the folder ``samples``, whole
or not at all; while the run goes on, an open page loads itself again, but not while it plays. Both
languages are in it; the button changes them.

Offers `build_page`, `write_page`, `Heard`, `PAGE`, `GROUPS`.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from motet.errors import FormatError
from motet.language import Language
from motet.train.curves import Curve, Follower, read_curves, tell_state

__all__ = ["GROUPS", "PAGE", "Heard", "build_page", "write_page"]

PAGE: Final = "run.html"
_MOST_POINTS: Final = 400
_MOST_SOUNDS: Final = 8
_MOST_PICTURES: Final = 48
_WIDTH: Final = 320.0
_LEFT: Final = 38.0
_HEIGHT: Final = 120.0
_KINDS: Final = {"ogg": "audio/ogg", "wav": "audio/wav"}
GROUPS: Final = {
    "learning": ("Learning", "学习"),
    "validation": ("Validation", "验证"),
    "pace": ("Pace", "进度"),
}
_REASONS: Final = {
    "": ("running", "进行中"),
    "finished": ("finished", "已完成"),
    "no improvement": ("stopped: no improvement", "已停止:不再提高"),
    "target reached": ("stopped: target reached", "已停止:达到目标"),
    "interrupted": ("interrupted", "已中断"),
}
_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--line:#ddd;--curve:#2a6fb0;--best:#c0392b}
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#16181b;--line:#3a3d42;--curve:#7fb8ee;--best:#ff8a75}}
body{font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:1.5rem auto;
max-width:70rem;padding:0 1rem}
h1{font-size:1.3rem}h2{font-size:1.05rem;margin:1.6rem 0 .5rem}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:.8rem}
figure{margin:0;border:1px solid var(--line);border-radius:6px;padding:.6rem}
figcaption{display:flex;justify-content:space-between;gap:.5rem;margin-bottom:.3rem}
svg{width:100%;height:auto;display:block}audio{width:100%;margin-top:.4rem}
.axis{stroke:var(--line)}.curve{stroke:var(--curve);stroke-width:1.6;fill:none}.dot{fill:var(--best)}
text{fill:var(--ink);font:10px system-ui,sans-serif;opacity:.75}
button{float:right;font:14px system-ui,sans-serif;padding:.2rem .7rem}
html[lang=en] .zh,html[lang=zh] .en{display:none}
"""
_SCRIPT: Final = """
const root=document.documentElement,kept=(()=>{try{return localStorage.motet}catch{return null}})();
if(kept)root.lang=kept;
document.querySelector('button').onclick=()=>{root.lang=root.lang==='zh'?'en':'zh';
try{localStorage.motet=root.lang}catch{}};
if(root.dataset.live)setInterval(()=>{const on=[...document.querySelectorAll('audio')].some(a=>!a.paused);
if(!on)location.reload()},15000);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A sample: the step it was written at, its picture (SVG), and its sound as a data address or ""."""

    step: int
    picture: str
    sound: str = ""


def write_page(folder: str | Path, *, language: Language = "en") -> Path:
    """Return the page of a run, written now from what lies in its folder.

    Parameters
    ----------
    folder : str or Path
    language : "en" or "zh"
        Which is shown first.

    Raises
    ------
    FormatError
        There is no log to read, or the page cannot be written.

    Examples
    --------
    >>> write_page("nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: nowhere: this folder holds no training run: there is no log.jsonl; ...
    """
    home = Path(folder)
    follower = Follower(home)
    if not follower.poll():
        raise FormatError(
            "this folder holds no training run: there is no log.jsonl; give the folder of motet train -o",
            zh="此文件夹中没有训练:缺少 log.jsonl;请给出 motet train -o 的文件夹",
            path=str(folder),
        )
    try:
        told = json.loads((home / "config.json").read_text(encoding="utf-8"))
        title = f"{told.get('family', '')} {told.get('size', '')}".strip()
    except (OSError, ValueError):
        title = ""
    text = build_page(follower.lines, _find_samples(home), title=title or "?", language=language)
    draft = home / f".{PAGE}.part"
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(home / PAGE)
    except OSError as error:
        raise FormatError(
            f"cannot write the page: {error.strerror}",
            zh=f"无法写入网页:{error.strerror}",
            path=str(home / PAGE),
        ) from error
    return home / PAGE


def _find_samples(home: Path) -> list[Heard]:
    """Return the samples of a run, newest first, sounds for the newest and the first ones."""
    pictures = sorted((home / "samples").glob("*.svg"), reverse=True)
    if len(pictures) > _MOST_PICTURES:  # the newest half, and the course before them
        half = _MOST_PICTURES // 2
        rest = pictures[half:]
        pictures = pictures[:half] + rest[:: -(-len(rest) // half)]
    audible = {*pictures[: _MOST_SOUNDS - 2], *pictures[-2:]}
    found = []
    for picture in pictures:
        sounds = [picture.with_suffix(f".{kind}") for kind in _KINDS]
        sound = next((path for path in sounds if path.is_file()), None)
        address = ""
        if sound is not None and picture in audible:
            data = base64.b64encode(sound.read_bytes()).decode()
            address = f"data:{_KINDS[sound.suffix[1:]]};base64,{data}"
        step = int(picture.stem.split("-")[0])
        found.append(Heard(step=step, picture=picture.read_text(encoding="utf-8"), sound=address))
    return found


def build_page(
    lines: Sequence[Mapping[str, Any]],
    samples: Sequence[Heard],
    *,
    title: str,
    language: Language = "en",
) -> str:
    """Return the page of a run as HTML that needs nothing else.

    Parameters
    ----------
    lines : sequence of dict
        Of the log.
    samples : sequence of Heard
    title : str
    language : "en" or "zh"
        Which is shown first.

    Examples
    --------
    >>> text = build_page([{"kind": "step", "step": 1, "loss": 2.0}], [], title="rnn")
    >>> text.startswith("<!doctype html>"), "http" in text.replace("http://www.w3.org/2000/svg", "")
    (True, False)
    """
    state = tell_state(lines)
    curves = read_curves(lines)
    is_live = "" if state["reason"] else ' data-live="1"'
    en, zh = _REASONS.get(state["reason"], (state["reason"], state["reason"]))
    facts = [_both(f"step {state['step']:,}", f"第 {state['step']:,} 步"), _both(en, zh)]
    if (minutes := state.get("minutes")) is not None:
        facts.append(_both(f"{minutes:.1f} min", f"{minutes:.1f} 分钟"))
    if (weights := state.get("weights")) is not None:
        facts.append(_both(f"{weights:,} weights", f"{weights:,} 个参数"))
    name = html.escape(title)
    body = [f"<h1>{name} <button>中文 / English</button></h1>", f"<p>{' · '.join(facts)}</p>"]
    for group, (en, zh) in GROUPS.items():
        if group == "pace" and samples:
            body += [f"<h2>{_both('Samples', '样例')}</h2>", '<div class="grid">']
            body += [_show(one) for one in samples] + ["</div>"]
        plots = [_plot(curve, state.get("best_step")) for curve in curves if curve.group == group]
        if plots:
            body += [f"<h2>{_both(en, zh)}</h2>", '<div class="grid">', *plots, "</div>"]
    return (
        f'<!doctype html>\n<html lang="{language}"{is_live}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{name}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(body)
        + f"\n<script>{_SCRIPT}</script></body></html>\n"
    )


def _both(en: str, zh: str) -> str:
    return f'<span class="en">{html.escape(en)}</span><span class="zh">{html.escape(zh)}</span>'


def _show(sample: Heard) -> str:
    """Return a sample's picture and sound."""
    sound = f'<audio controls preload="none" src="{sample.sound}"></audio>' if sample.sound else ""
    label = _both(f"step {sample.step:,}", f"第 {sample.step:,} 步")
    return f"<figure><figcaption>{label}</figcaption>{sample.picture}{sound}</figure>"


def _plot(curve: Curve, best_step: int | None) -> str:
    """Return a curve as a small picture, the best validation marked."""
    steps, values = _thin(curve)
    ordered = sorted(values)
    n = len(ordered)
    low, high = (ordered[0], ordered[-1]) if n < 50 else (ordered[n // 200], ordered[-1 - n // 50])
    span = (high - low) or 1.0
    reach = max(1, steps[-1] - steps[0])

    def place(step: int, value: float) -> tuple[float, float]:
        x = _LEFT + (_WIDTH - _LEFT - 4) * (step - steps[0]) / reach
        return x, 4 + (_HEIGHT - 8) * (high - min(max(value, low), high)) / span

    points = " ".join(
        "{:.1f},{:.1f}".format(*place(*one)) for one in zip(steps, values, strict=True)
    )
    dots = [steps.index(best_step)] if curve.group == "validation" and best_step in steps else []
    marks = "".join(
        '<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="3"/>'.format(*place(steps[k], values[k]))
        for k in (dots or ([0] if len(steps) == 1 else []))
    )
    return (
        f"<figure><figcaption><b>{html.escape(curve.name)}</b>"
        f"<span>{curve.values[0]:.4g} → {curve.values[-1]:.4g}</span></figcaption>"
        f'<svg viewBox="0 0 {_WIDTH:g} {_HEIGHT + 14:g}" role="img">'
        f'<path class="axis" d="M{_LEFT:g} {_HEIGHT:g}H{_WIDTH:g}"/>'
        f'<polyline class="curve" points="{points}"/>{marks}'
        f'<text x="0" y="12">{high:.4g}</text><text x="0" y="{_HEIGHT - 2:g}">{low:.4g}</text>'
        f'<text x="{_LEFT:g}" y="{_HEIGHT + 12:g}">{steps[0]:,}</text>'
        f'<text x="{_WIDTH - 2:g}" y="{_HEIGHT + 12:g}" text-anchor="end">{steps[-1]:,}</text>'
        "</svg></figure>"
    )


def _thin(curve: Curve) -> tuple[list[int], list[float]]:
    """Return a curve with no more points than are seen: means of neighbours."""
    size = -(-len(curve.steps) // _MOST_POINTS)
    starts = range(0, len(curve.steps), size)
    values = [curve.values[k : k + size] for k in starts]
    steps = [curve.steps[min(k + size, len(curve.steps)) - 1] for k in starts]
    return steps, [sum(some) / len(some) for some in values]
