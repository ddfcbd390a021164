"""Is what was asked for what came out, control by control?

Conventions: random briefs are composed by the model alone, one candidate each. Nothing is taken from the
intention: notes are judged on the finished score by `motet.tasks.check_adherence`; bars, metre, tempo,
key signature and instruments are also read back from the MIDI file that a user would get. The key that a
listener would name is estimated from the notes alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any, Final

import numpy as np

from motet.analysis.key import estimate_key
from motet.brief import Brief, brief_from_dict
from motet.engine.bundle import load_bundle
from motet.errors import ConstraintError
from motet.io import read_midi, write_midi
from motet.score import Score
from motet.suite.figures import tell
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.tasks.compose import compose
from motet.tasks.composition import Composition
from motet.theory.instrument import find_instrument
from motet.theory.scale import parse_key

__all__ = ["TABLE", "draw_brief", "measure_control", "read_back", "write_control"]

N_BRIEFS: Final = 240
PUBLISHED_TEMPO: Final = 0.397
PUBLISHED_KEY: Final = 0.336
"""Text2midi: share of pieces in the right tempo bin, in the right key; as recalled, not read again."""
TEMPO_EDGES_QPM: Final = (40, 60, 70, 90, 110, 140, 160, 210)
METRES: Final = ("4/4", "3/4", "2/4", "6/8", "5/4", "7/8", "9/8", "12/8", "3/2")
TONICS: Final = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
MINOR_TONICS: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
CHORDS: Final = {
    "major": ("I", "ii", "IV", "V", "vi", "iii", "V7", "IVmaj7", "ii7"),
    "minor": ("i", "iv", "V", "VI", "III", "V7", "i7", "VII"),
}
INSTRUMENTS: Final = (
    "piano", "violin", "flute", "cello", "clarinet", "nylon_guitar", "organ", "trumpet", "oboe",
    "electric_piano", "alto_sax", "bassoon", "viola", "marimba", "acoustic_bass",
)  # fmt: skip
DENSITIES: Final = ((0.25, 0.75), (0.5, 1.0), (0.75, 1.5), (1.0, 2.0), (1.5, 3.0))
LEAST_SPAN_SEMI: Final = 12
HARD: Final = (
    "bars", "metre", "tempo", "key", "chords", "strong beats", "program", "range", "polyphony",
    "density", "rests", "ending",
)  # fmt: skip
"""What is a guarantee; ``plays`` is not."""


def draw_brief(rng: np.random.Generator, *, seed: int) -> Brief:
    """Return a brief that asks for something in every respect that can be controlled.

    Parameters
    ----------
    rng : numpy.random.Generator
    seed : int
        Of the piece.

    Returns
    -------
    Brief
        Every other one leaves the chords to Motet; parts have a range, a density, a number of notes at
        once and now and then a bar of rest.

    Examples
    --------
    >>> brief = draw_brief(np.random.default_rng(0), seed=3)
    >>> bool(brief.key and brief.qpm and brief.metre and brief.bars and brief.parts)
    True
    """
    mode = "major" if rng.random() < 0.5 else "minor"
    tonic = (TONICS if mode == "major" else MINOR_TONICS)[int(rng.integers(12))]
    n_bars = int(rng.integers(4, 11))
    chords = ""
    if rng.random() < 0.5:
        inner = rng.choice(CHORDS[mode], size=n_bars - 2).tolist()
        home = CHORDS[mode][0]
        chords = "| " + " | ".join([home, *inner, home]) + " |"
    names = rng.choice(INSTRUMENTS, size=int(rng.integers(1, 4)), replace=False).tolist()
    return brief_from_dict(
        {
            "key": f"{tonic} {mode}",
            "qpm": float(rng.integers(45, 200)),
            "metre": str(rng.choice(METRES)),
            "bars": n_bars,
            "chords": chords,
            "parts": [_draw_part(name, n_bars, rng) for name in names],
            "ground": "model",
            "candidates": 1,
            "seed": seed,
            "humanise": 0,
        }
    )


def _draw_part(name: str, n_bars: int, rng: np.random.Generator) -> dict[str, Any]:
    """Return what is asked of one part."""
    found = find_instrument(name)
    span = int(rng.integers(LEAST_SPAN_SEMI, 25))
    low = int(rng.integers(found.low, max(found.low, found.high - span) + 1))
    part: dict[str, Any] = {
        "instrument": name,
        "low": low,
        "high": min(found.high, low + span),
        "density": DENSITIES[int(rng.integers(len(DENSITIES)))],
        "polyphony": int(rng.integers(1, min(4, found.max_polyphony) + 1)),
    }
    if rng.random() < 0.25:
        part["rests"] = (int(rng.integers(2, n_bars)),)
    return part


def read_back(piece: Composition) -> dict[str, bool]:
    """Return what holds in the MIDI file of a piece: bars, metre, tempo, signature, instruments.

    Parameters
    ----------
    piece : Composition

    Returns
    -------
    dict of str to bool
        Where something was asked for.

    Examples
    --------
    >>> piece = compose(key="D", qpm=90, metre="3/4", bars=4, ground="arranger", parts="flute",
    ...                 candidates=1)
    >>> all(read_back(piece).values())
    True
    """
    score: Score = read_midi(write_midi(piece.score)).score
    brief = piece.brief
    found: dict[str, bool] = {}
    if brief.bars:
        found["bars"] = score.n_bars == brief.bars
    if brief.metre:
        wanted = (brief.metres[0].numerator, brief.metres[0].denominator)
        found["metre"] = all(
            (bar.metre.numerator, bar.metre.denominator) == wanted for bar in score.bars
        )
    qpm = score.tempos[0].qpm if score.tempos else 120.0
    if brief.qpm:
        found["tempo"] = abs(qpm - brief.qpm) < 0.05
        bins = np.searchsorted(TEMPO_EDGES_QPM, (round(qpm, 1), brief.qpm), side="right")
        found["tempo bin"] = bool(bins[0] == bins[1])
    if brief.key:
        key = parse_key(brief.key)
        found["key signature"] = bool(score.keys) and score.keys[0].fifths == key.fifths
    if brief.parts:
        asked = [part.program % 128 for part in brief.parts]
        found["instruments"] = [part.program for part in score.parts] == asked
    return found


def _hear_key(piece: Composition) -> dict[str, bool]:
    """Return whether the key that the notes alone suggest is the one asked for, or its relative."""
    bare = replace(piece.score, chords=(), keys=())
    heard = estimate_key(bare)
    asked = parse_key(piece.brief.key)
    if heard is None:
        return {"heard key": False, "heard key or its relative": False}
    is_same = heard.tonic_pc == asked.tonic_pc and heard.mode == asked.mode
    is_near = heard.fifths % 12 == asked.fifths % 12
    return {"heard key": is_same, "heard key or its relative": is_same or is_near}


def measure_control(request: Request) -> dict[str, Any]:
    """Return for every control how often what came out is what was asked for.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Raises
    ------
    BundleError
        There is no such bundle.

    Examples
    --------
    >>> measure_control(Request(bundle="nobody"))  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    motet.errors.BundleError: there is no bundle 'nobody'; ...
    """
    bundle = load_bundle(request.bundle)
    rng = np.random.default_rng(request.seed)
    asked: Counter[str] = Counter()
    met: Counter[str] = Counter()
    file_asked: Counter[str] = Counter()
    file_met: Counter[str] = Counter()
    missed: dict[str, list[str]] = defaultdict(list)
    refused: list[str] = []
    n_pieces = n_met = 0
    n_briefs = request.n or N_BRIEFS
    for turn in range(n_briefs):
        brief = draw_brief(rng, seed=request.seed + turn)
        try:
            piece = compose(brief, bundle=bundle)
        except ConstraintError as error:
            refused.append(error.en)
            continue
        n_pieces += 1
        n_met += piece.adherence.is_met
        for one in piece.adherence.checks:
            if one.ok is not None:
                asked[one.name] += 1
                met[one.name] += one.ok
                if not one.ok:
                    missed[one.name].append(f"brief {turn}: {one.what[0]}: {one.measured[0]}")
        for name, is_met in {**read_back(piece), **_hear_key(piece)}.items():
            file_asked[name] += 1
            file_met[name] += is_met
        if (turn + 1) % 20 == 0:
            request.say(f"  {turn + 1} of {n_briefs}")
    return {
        "briefs": n_briefs,
        "pieces": n_pieces,
        "all_met": n_met,
        "seed": request.seed,
        "refused": refused,
        "checks": {name: {"asked": asked[name], "met": met[name]} for name in asked},
        "file": {name: {"asked": file_asked[name], "met": file_met[name]} for name in file_asked},
        "missed": {name: lines[:5] for name, lines in missed.items()},
    }


def write_control(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown, and which guarantee did not hold.

    Parameters
    ----------
    facts : dict
        Of `measure_control`.

    Returns
    -------
    str

    Examples
    --------
    >>> facts = {"briefs": 5, "pieces": 4, "all_met": 4, "seed": 0, "refused": ["no"], "missed": {},
    ...     "checks": {"bars": {"asked": 4, "met": 4}},
    ...     "file": {"tempo bin": {"asked": 4, "met": 4}, "heard key": {"asked": 4, "met": 3}}}
    >>> "Every hard constraint held in every piece." in write_control(facts)
    True
    """

    def lay(rows: dict[str, dict[str, int]]) -> list[tuple[str, ...]]:
        return [
            (
                name,
                "yes" if name in HARD else "",
                str(one["asked"]),
                str(one["met"]),
                f"{100 * one['met'] / max(1, one['asked']):.1f} %",
            )
            for name, one in rows.items()
        ]

    head = (
        f"{facts['briefs']} random briefs, seed {facts['seed']}; {len(facts['refused'])} were refused "
        f"before a note was written, as they contradict themselves; {facts['pieces']} pieces by the "
        f"model alone, of which {facts['all_met']} keep to everything."
    )
    columns = ("on the score", "guaranteed", "asked", "met", "share")
    text = f"{head}\n\n{make_table(columns, lay(facts['checks']))}\n\n"
    text += make_table(("in the MIDI file", *columns[1:]), lay(facts["file"]))
    broken = [
        name for name, one in facts["checks"].items() if name in HARD and one["met"] < one["asked"]
    ]
    said = "Every hard constraint held in every piece."
    if broken:
        examples = "; ".join(
            facts["missed"][name][0] for name in broken if facts["missed"].get(name)
        )
        said = f"Hard constraints that did not always hold: {', '.join(broken)} ({examples})."
    return f"{text}\n\n{said} {_tell_published(facts['file'])}"


def _tell_published(rows: dict[str, dict[str, int]]) -> str:
    """Return the hit rates of tempo and key beside those published, with what they are worth."""

    def share(name: str) -> str:
        one = rows.get(name, {"asked": 0, "met": 0})
        return tell(100 * one["met"] / one["asked"] if one["asked"] else None, 1) + " %"

    return (
        (
            f"Text2midi puts {PUBLISHED_TEMPO:.1%} of its pieces into the right tempo bin and "
            f"{PUBLISHED_KEY:.1%} into the right key (as recalled; from a sentence, on other briefs). Here "
            f"the tempo bin is right in {share('tempo bin')}, the key signature in "
            f"{share('key signature')}, and an estimate from the notes alone names the key asked for in "
            f"{share('heard key')} ({share('heard key or its relative')} with its relative). The "
            "comparison flatters Motet: tempo and signature are written down, not generated, and notes "
            "outside the key are masked; only the key that is heard is a matter of the model."
        )
        .replace("7%", "7 %")
        .replace("6%", "6 %")
    )


TABLE: Final = Table(
    name="control",
    title=("Control: asked and measured", "控制:要求与实测"),
    needs=frozenset({"bundle"}),
    measure=measure_control,
    write=write_control,
)
"""How often what was asked for came out."""
