"""Pieces with known structure, from the corpus: bar lines, melody parts, voices, feel.

Conventions: archives are unpacked once into a folder (MOTET_SCRATCH, default the temporary folder);
nothing of them is kept in the repository. Known bar lines are read straight from kern and MusicXML text,
so that no reader of ours stands between the answer and the question.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

from motet.errors import MotetError
from motet.io.kern.read import read_kern
from motet.score import Score, concatenate, trim

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("MOTET_CORPUS", ROOT.parent / "shared" / "corpus"))
SCRATCH = Path(os.environ.get("MOTET_SCRATCH", tempfile.gettempdir())) / "motet-structure"
_DURATION = re.compile(r"(\d+)(?:%(\d+))?(\.*)")


@dataclass(frozen=True)
class BarTruth:
    """A MIDI file and the metre and pickup (quarter notes) of the notation it was made from."""

    path: Path
    metre: str
    pickup_qn: float

    @property
    def is_held_out(self) -> bool:
        """Whether the weights were fitted without it: prints and composers are never split."""
        print_name = "--".join(self.path.stem.split("--")[:2])
        group = self.path.parts[-4] if "lieder" in self.path.parts else print_name
        return zlib.crc32(group.encode()) % 2 == 1


def unpack(name: str) -> Path:
    """Return the folder of an unpacked archive such as ``clean/openscore-midi``."""
    target = SCRATCH / name.split("/")[-1]
    if not target.exists():
        archive = CORPUS / f"{name}.tar.zst"
        if not archive.exists():
            sys.exit(f"{archive} is not there; set MOTET_CORPUS to the corpus folder")
        part = target.with_suffix(".part")
        part.mkdir(parents=True, exist_ok=True)
        subprocess.run(["tar", "--zstd", "-xf", str(archive), "-C", str(part)], check=True)
        part.rename(target)
    return target


def kern_pickup(text: str) -> tuple[str, float] | None:
    """Return metre and pickup of a kern file, by the durations of its first column; None if unclear."""
    metre, total = "", Fraction(0)
    n_bars = 0
    for line in text.splitlines():
        cell = line.split("\t", 1)[0]
        if not line or line.startswith("!"):
            continue
        if line.startswith("*"):
            found = re.match(r"^\*M(\d+)/(\d+)$", cell)
            if found and not metre:
                metre = f"{found[1]}/{found[2]}"
            elif cell == "*-":
                break
        elif cell.startswith("="):
            if total > 0:
                break
            n_bars += 1
        elif cell != "." and "q" not in cell:
            found = _DURATION.search(cell.split(" ")[0])
            if found is None:
                return None
            number, over, dots = int(found[1]), int(found[2] or 1), len(found[3])
            length = (
                Fraction(4 * over, number) if number else Fraction(8 * 2 ** (len(found[1]) - 1))
            )
            total += length * (2 - Fraction(1, 2**dots))
    if not metre or total == 0:
        return None
    top, bottom = (int(one) for one in metre.split("/"))
    full = Fraction(4 * top, bottom)
    if total > full:
        return None
    return metre, float(total % full)


def mxl_pickup(path: Path) -> tuple[str, float] | None:
    """Return metre and pickup of a compressed MusicXML file, by the length of its first bar."""
    with zipfile.ZipFile(path) as archive:
        names = [one for one in archive.namelist() if not one.startswith("META")]
        name = next(one for one in names if one.endswith((".xml", ".musicxml")))
        root = ElementTree.fromstring(archive.read(name))
    bar = root.find("part/measure")
    divisions = root.findtext("part/measure/attributes/divisions")
    top = root.findtext("part/measure/attributes/time/beats")
    bottom = root.findtext("part/measure/attributes/time/beat-type")
    if bar is None or not (divisions and top and bottom and top.isdigit()):
        return None
    now = longest = 0
    for child in bar:
        length = int(child.findtext("duration") or 0)
        if (child.tag == "note" and child.find("chord") is None) or child.tag == "forward":
            now += length
        elif child.tag == "backup":
            now -= length
        longest = max(longest, now)
    total, full = Fraction(longest, int(divisions)), Fraction(4 * int(top), int(bottom))
    return None if total > full else (f"{top}/{bottom}", float(total % full))


def bar_truths(every: int = 1) -> Iterator[BarTruth]:
    """Yield every N-th of the converted MIDI files with the metre and pickup of their originals."""
    midi, kern = unpack("clean/polish-scores-midi"), unpack("clean/polish-scores")
    originals = {path.stem: path for path in kern.rglob("*.krn")}
    for path in sorted(midi.rglob("*.mid"))[:: 4 * every]:
        source = originals.get(path.stem)
        if source is None:
            continue
        found = kern_pickup(source.read_text(encoding="utf-8", errors="replace"))
        if found is not None:
            yield BarTruth(path, *found)
    midi, lieder = unpack("clean/openscore-midi"), unpack("clean/openscore-lieder")
    scores = {path.stem: path for path in lieder.rglob("*.mxl")}
    for path in sorted((midi / "openscore-midi" / "lieder").rglob("*.mid"))[::every]:
        if path.stem in scores:
            found = mxl_pickup(scores[path.stem])
            if found is not None:
                yield BarTruth(path, *found)


def chorales() -> list[list[list[int]]]:
    """Return the JSB chorales: voices from high to low at every sixteenth, -1 for a rest."""
    folder = unpack("evaluate/jsb-chorales") / "jsb-chorales"
    data = json.loads((folder / "Jsb16thSeparated.json").read_text(encoding="utf-8"))
    return [piece for part in ("train", "valid", "test") for piece in data[part]]


def repeated_scores(limit: int) -> Iterator[tuple[Score, list[int], list[str]]]:
    """Yield kern pieces with their repeats played out: score, first bars of sections, their labels."""
    folder = unpack("clean/polish-scores")
    n = 0
    for path in sorted(folder.rglob("*.krn"))[::5]:
        text = path.read_text(encoding="utf-8", errors="replace")
        if text.count(":|!") < 2 or "*>1" in text or len(text) > 200_000:
            continue
        try:
            score = read_kern(path).score
        except MotetError:
            continue
        found = _play_out(score)
        if found is not None:
            yield found
            n += 1
        if n == limit:
            return


def _play_out(score: Score) -> tuple[Score, list[int], list[str]] | None:
    """Return a score whose simple repeats are played twice; None for jumps, endings or odd bars."""
    kinds = {one.kind for one in score.repeats}
    if score.endings or not kinds <= {"start", "end"} or not 16 <= score.n_bars <= 200:
        return None
    starts = {score.bar_at(one.tick) for one in score.repeats if one.kind == "start"}
    ends = set()
    for one in score.repeats:
        if one.kind == "end":
            ends.add(
                score.n_bars if one.tick >= score.bars[-1].end_tick else score.bar_at(one.tick)
            )
    cuts = sorted({0, score.n_bars, *starts, *ends})
    spans = [(a, b) for a, b in itertools.pairwise(cuts) if b - a >= 4]
    if len(spans) < 2 or sum(b - a for a, b in spans) != score.n_bars:
        return None
    order: list[tuple[int, str]] = []
    for k, (_, b) in enumerate(spans):
        order += [(k, chr(ord("A") + k))] * (2 if b in ends else 1)
    pieces = [trim(score, start_bar=spans[k][0], end_bar=spans[k][1]) for k, _ in order]
    whole = pieces[0]
    first_bars = [0]
    for piece in pieces[1:]:
        first_bars.append(whole.n_bars)
        whole = concatenate(whole, piece)
    return whole, first_bars, [label for _, label in order]
