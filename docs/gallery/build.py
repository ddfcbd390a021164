"""Renders the gallery: runs every command of briefs.toml and keeps MIDI, score, piano roll and sound.

Run by ``make gallery``. Each brief leaves ``NAME.mid``, ``NAME.png`` (first page of the score) and
``NAME.ogg`` (an excerpt of 18 s, under 300 kB); ``README.md`` and ``README.zh.md`` list them. Names of
briefs as arguments render only those.

``writer`` in briefs.toml says who writes: ``"arranger"`` (``motet arrange``) or ``"model"`` (``motet
compose``); ``--writer`` asks for the other once. Where the model writes, the arranger's version of the
same brief is kept beside it as ``NAME-arranger.mid`` and ``NAME-arranger.ogg``, to compare.

Beside each brief stand a sketch (the best of 16 ideas from noise, and a sheet of all) and a morph (seven steps
from four bars of the melody to four of the arranger's, or from the best idea to the second):
``NAME-sketch.mid/.ogg/.png``, ``NAME-morph.mid/.ogg/.png``.
``--ideas`` renders these alone.
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
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from motet.audio import Audio, read_audio, write_audio
from motet.io import read
from motet.language import LANGUAGES, Language, say
from motet.render import draw_roll, sheet_pages, svg_to_png
from motet.render.save import save_score
from motet.score import Score
from motet.score.shape import trim

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
EXCERPT_S = 18.0
FADE_S = 1.5
MAX_BYTES = 300_000
MELODY_NOTES = 8
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
        said = _call(line, output.parent)
    return dict(json.loads(said))


def _call(line: list[str], folder: Path) -> str:
    """Run a command line in a folder and return what it said."""
    command = [sys.executable, "-m", "motet.cli.main", *line[1:], "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{shlex.join(command)}\n{done.stderr}{done.stdout}")
    return done.stdout


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


def idea_commands(brief: dict[str, Any]) -> list[list[str]]:
    """Return the command lines of a brief's sketch and morph."""
    name = brief["name"]
    ideas, way = f"{name}-sketch", f"{name}-morph/"
    ends = [f"{ideas}/idea-01.mid", f"{ideas}/idea-02.mid"]
    if brief["morph"] == "melodies":
        ends = [f"{name}-from.mid", f"{name}-to.mid"]
    return [
        ["motet", "sketch", "--n", "16", *brief["sketch"], "-o", ideas],
        ["motet", "morph", *ends, "--steps", "7", "--content", "melody", "-o", way],
    ]


def render_ideas(brief: dict[str, Any]) -> None:
    """Render the sketch and the morph of a brief into the gallery."""
    name = brief["name"]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for end, ending in (("from", ""), ("to", "-arranger")):
            save_score(_phrase(FOLDER / f"{name}{ending}.mid"), place / f"{name}-{end}.mid")
        for line in idea_commands(brief):
            _call(line, place)
        found = {
            "sketch": (place / f"{name}-sketch" / "idea-01.mid", f"{name}-sketch/sketches.png"),
            "morph": (place / f"{name}-morph" / "way.mid", f"{name}-morph/way.png"),
        }
        for kind, (notes, picture) in found.items():
            shutil.copyfile(notes, FOLDER / f"{name}-{kind}.mid")
            shutil.copyfile(place / picture, FOLDER / f"{name}-{kind}.png")
            wav = place / f"{kind}.wav"
            save_score(read(notes).score, wav)
            _excerpt(wav, 0.0, FOLDER / f"{name}-{kind}.ogg")


def _phrase(path: Path) -> Score:
    """Return the first four bars in which the first part has eight notes; else the first four."""
    score = read(path).score
    for start in range(0, score.n_bars - 4, 2):
        found = trim(score, start_bar=start, end_bar=start + 4)
        if len(found.parts[0].notes) >= MELODY_NOTES:
            return replace(found, parts=found.parts[:1])
    return trim(score, end_bar=4)


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
        if (FOLDER / f"{name}-sketch.mid").is_file():
            lines += _tell_ideas(brief, language)
    page = FOLDER / ("README.zh.md" if zh else "README.md")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _tell_ideas(brief: dict[str, Any], language: Language) -> list[str]:
    """Return the lines about a brief's sketch and morph."""
    name = brief["name"]
    ends = (
        (
            "From four bars of this melody to four of the arranger's",
            "从本曲旋律的四小节到编配器版旋律的四小节",
        )
        if brief["morph"] == "melodies"
        else ("From its melody to that of the second", "从它的旋律到第二个的旋律")
    )
    text = say(
        f"16 ideas from noise by an adversarial network, ranked: the best as [MIDI]({name}-sketch.mid), "
        f"[sound]({name}-sketch.ogg), all as [a sheet]({name}-sketch.png). {ends[0]} in seven "
        f"steps of an autoencoder: [MIDI]({name}-morph.mid), [sound]({name}-morph.ogg), "
        f"[piano roll]({name}-morph.png).",
        f"对抗网络从噪声写出的 16 个乐思,已排序:最好的一个有 [MIDI]({name}-sketch.mid)、"
        f"[声音]({name}-sketch.ogg),全部见[一页总览]({name}-sketch.png)。{ends[1]},由自编码器"
        f"分七步渐变:[MIDI]({name}-morph.mid)、[声音]({name}-morph.ogg)、[钢琴卷帘]({name}-morph.png)。",
        language=language,
    )
    return ["", text, "", "```text", *(shlex.join(line) for line in idea_commands(brief)), "```"]


def main() -> None:
    """Render what the arguments name, or everything, and write both pages."""
    briefs, writer = load_briefs()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="briefs to render; all when none is named")
    parser.add_argument("--writer", choices=("arranger", "model"), default=writer)
    parser.add_argument("--ideas", action="store_true", help="sketches and morphs only")
    options = parser.parse_args()
    for brief in briefs:
        if options.names and brief["name"] not in options.names:
            continue
        if not options.ideas:
            facts = render_brief(brief, writer=options.writer)
            print(f"{brief['name']}: {facts['n_bars']} bars, {facts['metre']}")
        render_ideas(brief)
    for language in LANGUAGES:
        write_page(briefs, language, writer=options.writer)


if __name__ == "__main__":
    main()
