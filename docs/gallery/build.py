"""Renders the gallery: runs every command of briefs.toml and keeps MIDI, score, piano roll and sound.

Run by ``make gallery``. Each brief leaves ``NAME.mid``, ``NAME.png`` (first page of the score) and
``NAME.ogg`` (an excerpt of 18 s, under 300 kB); ``README.md`` and ``README.zh.md`` list them. Names of
briefs as arguments render only those.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from motet.io import read
from motet.language import LANGUAGES, Language, say
from motet.render import Audio, draw_roll, read_audio, sheet_pages, svg_to_png, write_audio

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
EXCERPT_S = 18.0
FADE_S = 1.5
MAX_BYTES = 300_000


def load_briefs() -> list[dict[str, Any]]:
    """Return the briefs in order."""
    return list(tomllib.loads((FOLDER / "briefs.toml").read_text(encoding="utf-8"))["brief"])


def command_of(brief: dict[str, Any], output: str) -> list[str]:
    """Return the command line of a brief."""
    return ["motet", "arrange", *brief["arguments"], "-o", output]


def _run(brief: dict[str, Any], output: Path) -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "motet.cli.main",
        *command_of(brief, str(output))[1:],
        "--json",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{shlex.join(command)}\n{done.stderr}")
    return dict(json.loads(done.stdout))


def _excerpt(wav: Path, start_s: float, path: Path) -> None:
    """Write an excerpt with soft edges, small enough for the limit."""
    audio = read_audio(wav)
    rate_hz = audio.sample_rate_hz
    first = int(start_s * rate_hz)
    samples = audio.samples[first : first + int(EXCERPT_S * rate_hz)].copy()
    fade = min(len(samples), int(FADE_S * rate_hz))
    samples[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
    write_audio(Audio(samples, rate_hz), path, quality="low")
    if path.stat().st_size > MAX_BYTES:
        sys.exit(f"{path.name} has {path.stat().st_size} bytes, more than {MAX_BYTES}")


def render_brief(brief: dict[str, Any]) -> dict[str, Any]:
    """Render one brief into the gallery and return the facts of its piece."""
    name = brief["name"]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        facts = _run(brief, out / "piece")
        made = {path.suffix: path for path in (out / "piece").iterdir() if path.suffix != ".svg"}
        score = read(made[".json"]).score
        (FOLDER / f"{name}.mid").write_bytes(made[".mid"].read_bytes())
        svg_to_png(sheet_pages(score)[0], FOLDER / f"{name}.png", width_px=1240)
        if name == "01-bossa":
            draw_roll(score, FOLDER / "roll.png", height_px=900, start_bar=5, end_bar=29)
        bar = next(bar for bar in score.bars if bar.number == brief["excerpt_bar"])
        start_s = max(0.0, score.time.tick_to_s(bar.start_tick) - 0.05)
        _excerpt(made[".wav"], start_s, FOLDER / f"{name}.ogg")
    return facts


def write_page(briefs: list[dict[str, Any]], language: Language) -> None:
    """Write the gallery's page in one language."""
    zh = language == "zh"
    lines = [
        say("# Gallery", "# 作品廊", language=language),
        "",
        say(
            "Ten fixed briefs, each with its one command. Built by `make gallery`; do not edit. "
            "Everything here was written by the arranger (no trained model yet).",
            "十个固定题目,各附一条命令。由 `make gallery` 生成,请勿手改。"
            "这里的一切均由编配器写成(尚无训练模型)。",
            language=language,
        ),
    ]
    for brief in briefs:
        name = brief["name"]
        note = brief["note_zh" if zh else "note"]
        links = say(
            f"[MIDI]({name}.mid) · [sound, 18 s]({name}.ogg)",
            f"[MIDI]({name}.mid) · [声音,18 秒]({name}.ogg)",
            language=language,
        )
        lines += [
            "",
            f"## {brief['title_zh' if zh else 'title']}",
            "",
            f"{note} {links}",
            "",
            "```sh",
        ]
        lines += [shlex.join(command_of(brief, f"{name}/")), "```", "", f"![{name}]({name}.png)"]
    page = FOLDER / ("README.zh.md" if zh else "README.md")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Render what the arguments name, or everything, and write both pages."""
    briefs = load_briefs()
    wanted = set(sys.argv[1:])
    for brief in briefs:
        if not wanted or brief["name"] in wanted:
            facts = render_brief(brief)
            print(f"{brief['name']}: {facts['n_bars']} bars, {facts['key']}, {facts['metre']}")
    for language in LANGUAGES:
        write_page(briefs, language)


if __name__ == "__main__":
    main()
