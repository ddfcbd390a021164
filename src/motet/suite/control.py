"""Is what was asked for what came out, control by control and metre by metre?

Conventions: random briefs are composed by the model alone, one candidate each. Nothing is taken from the
intention: notes are judged on the finished score by `motet.tasks.check_adherence`; bars, metre, tempo,
key signature and instruments are also read back from the MIDI file that a user would get. The key that a
listener would name is estimated from the notes alone. Every third piece has two of its bars written anew
with the rest locked. Grammars of one or two bars are filled by chance, see `motet.suite.grammars`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any, Final

import numpy as np

from motet.analysis.key import estimate_key
from motet.engine.bundle import Bundle, load_bundle
from motet.errors import ConstraintError
from motet.io import read_midi, write_midi
from motet.score import Score
from motet.suite.briefs import draw_brief, draw_small_brief
from motet.suite.figures import tell
from motet.suite.grammars import measure_grammars
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.tasks.check import Check
from motet.tasks.compose import compose
from motet.tasks.composition import Composition
from motet.tasks.infill import infill
from motet.theory.scale import parse_key

__all__ = ["TABLE", "measure_control", "read_back", "write_control"]

N_BRIEFS: Final = 500
N_GRAMMARS: Final = 10_000
GRAMMARS_A_BRIEF: Final = 20
LOCK_EVERY: Final = 3
PUBLISHED_TEMPO: Final = 0.397
PUBLISHED_KEY: Final = 0.336
"""Text2midi: share of pieces in the right tempo bin, in the right key; as recalled, not read again."""
TEMPO_EDGES_QPM: Final = (40, 60, 70, 90, 110, 140, 160, 210)
HARD: Final = (
    "bars", "metre", "tempo", "key", "chords", "strong beats", "program", "range", "polyphony",
    "density", "rhythm", "rests", "ending", "avoid", "kept",
)  # fmt: skip
"""What is a guarantee; ``plays`` is not."""


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
    metres: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
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
        metres[brief.metre][0] += 1
        checks = [*piece.adherence.checks]
        if turn % LOCK_EVERY == 0:
            checks += _lock_and_refill(piece, bundle)
        for one in checks:
            if one.ok is not None:
                asked[one.name] += 1
                met[one.name] += one.ok
                if one.name in HARD:
                    metres[brief.metre][1] += 1
                    metres[brief.metre][2] += one.ok
                if not one.ok:
                    missed[one.name].append(f"brief {turn}: {one.what[0]}: {one.measured[0]}")
        for name, is_met in {**read_back(piece), **_hear_key(piece)}.items():
            file_asked[name] += 1
            file_met[name] += is_met
        if (turn + 1) % 20 == 0:
            request.say(f"  {turn + 1} of {n_briefs}")
    n_grammars = GRAMMARS_A_BRIEF * request.n if request.n else N_GRAMMARS
    return {
        "briefs": n_briefs,
        "pieces": n_pieces,
        "all_met": n_met,
        "seed": request.seed,
        "refused": refused,
        "checks": {name: {"asked": asked[name], "met": met[name]} for name in asked},
        "file": {name: {"asked": file_asked[name], "met": file_met[name]} for name in file_asked},
        "metres": {name: metres[name] for name in sorted(metres, key=_metre_order)},
        "missed": {name: lines[:5] for name, lines in missed.items()},
        "grammars": measure_grammars(
            n_grammars, seed=request.seed, draw=draw_small_brief, say=request.say
        ),
    }


def _lock_and_refill(piece: Composition, bundle: Bundle) -> list[Check]:
    """Return the checks of a piece two of whose bars are written anew, all else locked."""
    numbers = [bar.number for bar in piece.score.bars][1:3]
    part = max(range(len(piece.parts)), key=lambda k: len(piece.parts[k].notes))
    locks = [str(bar.number) for bar in piece.score.bars if bar.number not in numbers]
    again = infill(
        piece.score, bars=numbers, parts=[part], locks=locks, bundle=bundle, candidates=1,
        originality=False,
    )  # fmt: skip
    return [one for one in again.adherence.checks if one.name in ("kept", "key", "strong beats")]


def _metre_order(text: str) -> tuple[int, int]:
    top, low = text.split("/")
    return int(low), int(top)


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
    parts = [text, *_tell_metres(facts), f"{said} {_tell_published(facts['file'])}"]
    return "\n\n".join([*parts, *_tell_grammars(facts.get("grammars"))])


def _tell_metres(facts: dict[str, Any]) -> list[str]:
    """Return the table of hard constraints by metre."""
    rows = [
        (name, str(pieces), str(asked), str(met), f"{100 * met / max(1, asked):.1f} %")
        for name, (pieces, asked, met) in facts.get("metres", {}).items()
    ]
    return (
        [make_table(("metre", "pieces", "guarantees asked", "met", "share"), rows)] if rows else []
    )


def _tell_grammars(facts: dict[str, Any] | None) -> list[str]:
    """Return what became of the grammars."""
    if facts is None:
        return []
    columns = ("refused", "obeyed", "broken", "dead end")
    rows = [
        (f"{kind} of 1 or 2 bars", str(sum(facts[kind].values())),
         *(str(facts[kind][name]) for name in columns))
        for kind in ("cells", "briefs")
    ]  # fmt: skip
    bad = [line for name in ("dead end", "broken") for line in facts["examples"].get(name, ())]
    said = f"Of {facts['n']} grammars drawn at random none is a dead end and none is broken."
    if bad:
        said = f"Of {facts['n']} grammars drawn at random some failed: {'; '.join(bad[:3])}."
    return [make_table(("grammar", "drawn", *columns), rows), said]


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
