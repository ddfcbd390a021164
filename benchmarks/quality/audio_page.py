"""What `audio.py` measured, as means, as tables for docs/audio.md and as figures to compare.

Run as a script it does nothing. Means are over recordings. Tables by style, by font and of beats and
harmony hold the clean recordings alone; the table of damage holds the same takes with the same font, clean
and damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from audio_catalogue import PIECES, STYLES
from audio_sound import DAMAGES, FONTS
from audio_words import HEADS, TITLES, say

from motet.suite.page import make_table, write_section

__all__ = ["make_figures", "summarise", "tell_tables", "write_pages"]

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"en": DOCS / "audio.md", "zh": DOCS / "audio.zh.md"}
DAMAGE_ROWS = ("clean", "noise", "reverb", "mp3", "all three")
Rows = list[dict[str, Any]]


def _mean(rows: Iterable[dict[str, Any]], what: str) -> dict[str, dict[str, float]]:
    """Return each system's mean figures for one question, and how many recordings they are of."""
    found: dict[str, dict[str, list[float]]] = {}
    for row in rows:
        for system, figures in row.get(what, {}).items():
            for name, value in figures.items():
                found.setdefault(system, {}).setdefault(name, []).append(value)
    return {
        system: {name: round(float(np.mean(values)), 4) for name, values in figures.items()}
        | {"n": len(next(iter(figures.values())))}
        for system, figures in found.items()
    }


def _means(rows: Rows) -> dict[str, Any]:
    questions = ("notes", "beats", "tempo", "key", "chords", "track")
    made: dict[str, Any] = {what: _mean(rows, what) for what in questions}
    return made | {"n": len(rows), "n_notes": sum(row.get("n", 0) for row in rows)}


def summarise(rows: dict[str, Rows]) -> dict[str, Any]:
    """Return the means of a run's rows, by everything that the tables ask for."""
    found: dict[str, Any] = {"errors": _errors(rows)}
    if music := rows.get("music"):
        clean = [row for row in music if row["damage"] == "clean"]
        order = [
            one for one in (*STYLES, "pop", "waltz") if any(row["style"] == one for row in clean)
        ]
        kinds = {row["damage"] for row in music}
        pairs = {(row["name"], row["font"]) for row in music}
        there = {(row["name"], row["font"], row["damage"]) for row in music}
        hurt = {pair for pair in pairs if all((*pair, kind) in there for kind in kinds)}
        beside = [row for row in music if (row["name"], row["font"]) in hurt]
        found["style"] = {one: _means([r for r in clean if r["style"] == one]) for one in order}
        found["style"]["all"] = _means(clean)
        fonts = dict.fromkeys(row["font"] for row in clean)
        found["font"] = {one: _means([r for r in clean if r["font"] == one]) for one in fonts}
        found["damage"] = {
            one: _means([r for r in beside if r["damage"] == one])
            for one in DAMAGE_ROWS
            if any(r["damage"] == one for r in beside)
        }
        found["spread"] = _spread(clean)
        found["kbit"] = round(float(np.mean([r["kbit"] for r in music if "kbit" in r])), 1)
        found["takes"] = {
            name: {
                system: figures["f"] for system, figures in _means(
                    [row for row in clean if row["name"] == name]
                )["notes"].items()
            }
            for name in dict.fromkeys(row["name"] for row in clean)
        }  # fmt: skip
    if voice := rows.get("voice"):
        kinds = dict.fromkeys(_kind(row) for row in voice)
        found["voice"] = {
            kind: _voice_means([r for r in voice if _kind(r) == kind]) for kind in kinds
        }
    for part in ("circle", "robust"):
        if rows.get(part):
            found[part] = rows[part]
    return found


def _kind(row: dict[str, Any]) -> str:
    return str(row["kind"]) if row["damage"] == "clean" else f"{row['kind']}, {row['damage']}"


def _voice_means(rows: Rows) -> dict[str, Any]:
    shares = [row.get("right_pitch", 0.0) for row in rows]
    return _means(rows) | {"right_pitch": round(float(np.mean(shares)), 4)}


def _errors(rows: dict[str, Rows]) -> list[str]:
    return [
        f"{part} {row.get('name', row.get('en'))}: {row.get('error', row.get('why_en'))}"
        for part, some in rows.items()
        for row in some
        if "error" in row or row.get("answer") == "crash"
    ]


def _spread(clean: Rows) -> dict[str, list[float]]:
    """Return how far Motet's F lies above each rival's, with 95 % by drawing takes again."""
    rng = np.random.default_rng(0)
    names = list(dict.fromkeys(row["name"] for row in clean))
    found = {}
    for rival in ("Basic Pitch", "peaks"):
        gaps = [
            np.mean(
                [
                    r["notes"]["Motet"]["f"] - r["notes"][rival]["f"]
                    for r in clean
                    if r["name"] == one
                ]
            )
            for one in names
            if all(rival in r["notes"] for r in clean)
        ]
        if gaps:
            draws = rng.choice(gaps, (2000, len(gaps))).mean(axis=1)
            ends = np.quantile(draws, (0.025, 0.975))
            found[rival] = [round(float(one), 4) for one in (np.mean(gaps), *ends)]
    return found


def _cell(means: dict[str, Any], what: str, system: str, name: str) -> str:
    found = means[what].get(system)
    return "-" if found is None else f"{found[name]:.2f}"


def _note_cells(means: dict[str, Any]) -> list[str]:
    cells = [f"{means['n_notes']:,}"]
    cells += [
        _cell(means, "notes", "Motet", name) for name in ("precision", "recall", "f", "f_offset")
    ]
    for rival in ("Basic Pitch", "peaks"):
        cells += [_cell(means, "notes", rival, name) for name in ("f", "f_offset")]
    return cells


def _beat_cells(means: dict[str, Any]) -> list[str]:
    cells = []
    for system in ("Motet", "librosa"):
        cells += [_cell(means, "beats", system, name) for name in ("f", "amlt", "downbeat")]
        cells += [_cell(means, "tempo", system, name) for name in ("tempo", "tempo_octave")]
        cells.append(_cell(means, "beats", system, "metre"))
    return cells


_KEYS = ("Motet", "Motet, chroma alone", "templates")


def _harmony_cells(means: dict[str, Any]) -> list[str]:
    cells = [_cell(means, "key", system, "key") for system in _KEYS]
    for name in ("root", "majmin"):
        cells += [_cell(means, "chords", system, name) for system in _KEYS]
    return cells


def _damage_cells(means: dict[str, Any]) -> list[str]:
    cells = [_cell(means, "notes", system, "f") for system in ("Motet", "Basic Pitch", "peaks")]
    cells += [_cell(means, "beats", system, "f") for system in ("Motet", "librosa")]
    cells.append(_cell(means, "beats", "Motet", "downbeat"))
    cells += [_cell(means, "key", system, "key") for system in ("Motet", "templates")]
    return cells + [_cell(means, "chords", system, "root") for system in ("Motet", "templates")]


def _voice_cells(means: dict[str, Any]) -> list[str]:
    cells = [_cell(means, "notes", "Motet", name) for name in ("f", "f_offset")]
    cells.append(f"{means['right_pitch']:.2f}")
    cells.append(_cell(means, "notes", "Motet, told the kind", "f"))
    cells += [_cell(means, "notes", "pYIN", name) for name in ("f", "f_offset")]
    return [*cells, _cell(means, "notes", "peaks", "f"), _cell(means, "key", "Motet", "key")]


def _pitch_cells(means: dict[str, Any]) -> list[str]:
    names = ("pitch", "chroma", "voicing_recall", "voicing_false")
    return [_cell(means, "track", system, name) for system in ("Motet", "pYIN") for name in names]


def _circle_rows(rows: Rows, language: str) -> list[list[str]]:
    made = []
    for row in rows:
        for wish in ("untold", "told"):
            one = row.get(wish)
            if one is None:
                continue
            head = [f"{row['name']} ({say(row['style'], language)})", say(wish, language)]
            if "error" in one:
                made.append([*head, one["error"]])
                continue
            names = ("n", "same", "length", "moved", "pitch", "missing", "added")
            bars = f"{one['bars']} → {one['bars_heard']}"
            metre = f"{one['metre']} → {one['metre_heard']}"
            made.append([*head, *(str(one[name]) for name in names), bars, metre])
    return made


def _robust_rows(rows: Rows, language: str) -> list[list[str]]:
    is_zh = language == "zh"
    made = []
    for row in rows:
        if row["answer"] == "read" and row["has_notes"]:
            text = f"5 个音听对 {row['n_right']} 个" if is_zh else f"{row['n_right']} of 5 notes"
            extra = row["n_notes"] - row["n_right"]
            if extra:
                text += f",另有 {extra} 个" if is_zh else f", {extra} others"
        elif row["answer"] == "read":
            text = f"读取:{row['n_notes']} 个音" if is_zh else f"read: {row['n_notes']} notes"
        else:
            reason = row.get(f"why_{language}", row.get("why_en", ""))
            text = f"{say(row['answer'], language)}{':' if is_zh else ': '}{reason}".replace(
                "|", "/"
            )
        made.append([row[language], text])
    return made


_TABLES: dict[str, tuple[str, Callable[[dict[str, Any]], list[str]]]] = {
    "notes-style": ("style", _note_cells),
    "notes-font": ("font", _note_cells),
    "beats": ("style", _beat_cells),
    "harmony": ("style", _harmony_cells),
    "damage": ("damage", _damage_cells),
    "voice": ("voice", _voice_cells),
    "voice-pitch": ("voice", _pitch_cells),
}


def tell_tables(summary: dict[str, Any], *, language: str = "en") -> dict[str, str]:
    """Return each table as Markdown, by its name; those that were not measured are left out."""
    which = 1 if language == "zh" else 0
    made: dict[str, str] = {}
    for name, (part, cells) in _TABLES.items():
        if part in summary:
            rows = [[say(row, language), *cells(means)] for row, means in summary[part].items()]
            rows = [row for row in rows if set(row[1:]) != {"-"}]
            made[name] = make_table(HEADS[name][which], rows)
    for name, tell in (("circle", _circle_rows), ("robust", _robust_rows)):
        if name in summary:
            made[name] = make_table(HEADS[name][which], tell(summary[name], language))
    return made


def make_figures(summary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the figures that `benchmarks/compare.py` reads."""
    found: dict[str, float] = {}
    if "style" in summary:
        means = summary["style"]["all"]
        found |= {f"notes, {name}": means["notes"]["Motet"][name] for name in ("f", "f_offset")}
        found |= {f"beats, {name}": means["beats"]["Motet"][name] for name in ("f", "downbeat")}
        found["tempo"] = means["tempo"]["Motet"]["tempo"]
        found["key"] = means["key"]["Motet"]["key"]
        found["chords, root"] = means["chords"]["Motet"]["root"]
        found |= {
            f"notes, f, {name}": one["notes"]["Motet"]["f"]
            for name, one in summary["damage"].items()
        }
    for name, means in summary.get("voice", {}).items():
        found[f"voice, f, {name}"] = means["notes"]["Motet"]["f"]
    return {name: {"median": value, "better": "higher"} for name, value in found.items()}


def write_pages(summary: dict[str, Any], report: dict[str, Any]) -> None:
    """Put the tables into the page, in both languages."""
    for language, page in PAGES.items():
        for name, text in tell_tables(summary, language=language).items():
            write_section(page, name, text, title=TITLES[name][language == "zh"])
        if "spread" in summary:
            write_section(page, "spread", _tell_spread(summary, report, language), title="±")


def _tell_spread(summary: dict[str, Any], report: dict[str, Any], language: str) -> str:
    """Return what the run was made of, and how sure the distance to each rival is."""
    clean, takes = summary["style"]["all"], len(summary["takes"])
    n_damaged = sum(one["n"] for name, one in summary["damage"].items() if name != "clean")
    gaps = summary["spread"]
    n_clean, n_hurt = len(PIECES) * len(FONTS), len(PIECES) * len(DAMAGES)
    if language == "zh":
        text = f"本次测得:{takes} 段演奏;{n_clean} 个无损录音中的 {clean['n']} 个"
        text += f"({clean['n_notes']:,} 个音符),{n_hurt} 个受损录音中的 {n_damaged} 个"
        text += f"(MP3 约 {summary['kbit']:.0f} kbit/s)。代码摘要 `{report['stamp']}`。Motet 的音符 F 减去 "
        parts = [
            f"{say(name, language)}:{m:+.3f}(95%:{a:+.3f} 至 {b:+.3f})"
            for name, (m, a, b) in gaps.items()
        ]
        return text + ";".join(parts) + "。"
    text = f"Measured here: {takes} takes; {clean['n']} of {n_clean} clean recordings with "
    text += f"{clean['n_notes']:,} notes, {n_damaged} of {n_hurt} damaged ones "
    text += f"(MP3 at {summary['kbit']:.0f} kbit/s). "
    text += f"Digest of the code: `{report['stamp']}`. Motet's F of notes less that of "
    parts = [f"{name}: {m:+.3f} (95 %: {a:+.3f} to {b:+.3f})" for name, (m, a, b) in gaps.items()]
    return text + "; ".join(parts) + "."
