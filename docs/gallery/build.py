"""Renders the gallery: runs every command of briefs.toml and keeps MIDI, score, piano roll and sound.

Run by ``make gallery``. Each brief leaves ``NAME.mid``, ``NAME.png`` (first page of the score) and
``NAME.ogg`` (an excerpt of 18 s, under 300 kB); ``README.md`` and ``README.zh.md`` list them. Names of
briefs as arguments render only those.

``writer`` in briefs.toml says who writes: ``"arranger"`` (``motet arrange``) or ``"model"`` (``motet
compose``); ``--writer`` asks for the other once. Where the model writes, the arranger's version of the
same brief is kept beside it as ``NAME-arranger.mid`` and ``NAME-arranger.ogg``, to compare.
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from motet.audio import Audio, read_audio, write_audio
from motet.io import read
from motet.language import LANGUAGES, Language, say
from motet.render import draw_roll, sheet_pages, svg_to_png

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
EXCERPT_S = 18.0
FADE_S = 1.5
MAX_BYTES = 300_000
WHO_ARRANGER = (
    "Everything here was written by the arranger (`motet arrange`), without a model.",
    "这里的一切均由编配器写成(`motet arrange`),没有用模型。",
)
WHO_MODEL = (
    "Melodies are the model's; the arranger lays the ground under them. Beside each stands what the "
    "arranger alone makes of the same brief.",
    "旋律由模型写成,编配器为其铺底。每首旁边是编配器单独完成同一题目的版本。",
)


def load_briefs() -> tuple[list[dict[str, Any]], str]:
    """Return the briefs in order, and who writes them."""
    facts = tomllib.loads((FOLDER / "briefs.toml").read_text(encoding="utf-8"))
    return list(facts["brief"]), str(facts["writer"])


def commands_of(brief: dict[str, Any], output: str, *, writer: str) -> list[list[str]]:
    """Return the command lines of a brief."""
    if writer == "arranger":
        return [["motet", "arrange", *brief["arguments"], "-o", output]]
    draft = f"{brief['name']}-draft.mid"
    lines = [[draft if word == "DRAFT" else word for word in line] for line in brief["model"]]
    return [["motet", *line] for line in lines[:-1]] + [["motet", *lines[-1], "-o", output]]


def _run(brief: dict[str, Any], output: Path, *, writer: str) -> dict[str, Any]:
    """Run the commands of a brief beside its output and return what the last one said."""
    shutil.copytree(ROOT / "examples", output.parent / "examples", dirs_exist_ok=True)
    said = ""
    for line in commands_of(brief, str(output), writer=writer):
        command = [sys.executable, "-m", "motet.cli.main", *line[1:], "--json"]
        done = subprocess.run(
            command, cwd=output.parent, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{shlex.join(command)}\n{done.stderr}{done.stdout}")
        said = done.stdout
    return dict(json.loads(said))


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


def render_brief(brief: dict[str, Any], *, writer: str) -> dict[str, Any]:
    """Render one brief into the gallery and return the facts of its piece."""
    name = brief["name"]
    with tempfile.TemporaryDirectory() as folder:
        facts, made = _make(brief, Path(folder), writer=writer)
        score = read(made[".json"]).score
        _keep(brief, made, name)
        svg_to_png(sheet_pages(score)[0], FOLDER / f"{name}.png", width_px=1240)
        if name == "01-bossa":
            draw_roll(score, FOLDER / "roll.png", height_px=900, start_bar=5, end_bar=29)
        if writer == "model":
            _, other = _make(brief, Path(folder), writer="arranger")
            _keep(brief, other, f"{name}-arranger")
    return facts


def _make(
    brief: dict[str, Any], folder: Path, *, writer: str
) -> tuple[dict[str, Any], dict[str, Path]]:
    """Return the facts of a piece and its files by extension."""
    out = folder / writer
    facts = _run(brief, out, writer=writer)
    return facts, {path.suffix: path for path in out.iterdir() if path.stem == "song"}


def _keep(brief: dict[str, Any], made: dict[str, Path], name: str) -> None:
    """Copy the notes of a piece and an excerpt of its sound into the gallery."""
    score = read(made[".json"]).score
    (FOLDER / f"{name}.mid").write_bytes(made[".mid"].read_bytes())
    numbers = {bar.number: bar for bar in score.bars}
    bar = numbers.get(brief["excerpt_bar"], score.bars[0])
    start_s = max(0.0, score.time.tick_to_s(bar.start_tick) - 0.05)
    _excerpt(made[".wav"], start_s, FOLDER / f"{name}.ogg")


def _words(brief: dict[str, Any], kind: str, *, is_model: bool, zh: bool) -> str:
    """Return the title or the note of a brief; a model's piece may have its own."""
    ending = "_zh" if zh else ""
    own = brief.get(f"model_{kind}{ending}") if is_model else None
    return str(own or brief[f"{kind}{ending}"])


def write_page(briefs: list[dict[str, Any]], language: Language, *, writer: str) -> None:
    """Write the gallery's page in one language."""
    is_model = writer == "model"
    zh = language == "zh"
    lines = [
        say("# Gallery", "# 作品廊", language=language),
        "",
        say(
            "Ten fixed briefs, each with its one command. Built by `make gallery`; do not edit. "
            + (WHO_MODEL if is_model else WHO_ARRANGER)[0]
            + " [中文](README.zh.md)",
            "十个固定题目,各附一条命令。由 `make gallery` 生成,请勿手改。"
            + (WHO_MODEL if is_model else WHO_ARRANGER)[1]
            + "[English](README.md)",
            language=language,
        ),
    ]
    for brief in briefs:
        name = brief["name"]
        title, note = (_words(brief, kind, is_model=is_model, zh=zh) for kind in ("title", "note"))
        links = say(
            f"[MIDI]({name}.mid) · [sound, 18 s]({name}.ogg)",
            f"[MIDI]({name}.mid) · [声音,18 秒]({name}.ogg)",
            language=language,
        )
        if is_model:
            links += say(
                f" · the arranger's: [MIDI]({name}-arranger.mid), [sound]({name}-arranger.ogg)",
                f" · 编配器的版本:[MIDI]({name}-arranger.mid)、[声音]({name}-arranger.ogg)",
                language=language,
            )
        lines += [
            "",
            f"## {title}",
            "",
            f"{note} {links}",
            "",
            "```sh",
        ]
        lines += [
            *(shlex.join(line) for line in commands_of(brief, f"{name}/", writer=writer)),
            "```",
            "",
            f"![{name}]({name}.png)",
        ]
    page = FOLDER / ("README.zh.md" if zh else "README.md")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Render what the arguments name, or everything, and write both pages."""
    briefs, writer = load_briefs()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="briefs to render; all when none is named")
    parser.add_argument("--writer", choices=("arranger", "model"), default=writer)
    options = parser.parse_args()
    for brief in briefs:
        if not options.names or brief["name"] in options.names:
            facts = render_brief(brief, writer=options.writer)
            print(f"{brief['name']}: {facts['n_bars']} bars, {facts['metre']}")
    for language in LANGUAGES:
        write_page(briefs, language, writer=options.writer)


if __name__ == "__main__":
    main()
