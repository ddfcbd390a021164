"""The recurrent network beside people and Markov chains: what it foretells, and what it writes.

Conventions: phrases and windows of the test split, style after style. Nats a note are teacher-forced
through the shipped graphs; chains learn from training pieces drawn the same way. Of what is written, only the
part or parts of the bundle count; chords, bars and style are those of the human window that it stands for.

Offers `TABLE`, `measure_rnn`, `write_rnn`.

Sources: Shepardson, Armitage and Magnusson, "Notochord: a Flexible Probabilistic Model for Real-Time MIDI
Performance", 2022 (a recurrent model of note events for live play; no figure of it is comparable here).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from motet.corpus.shards import Shards, open_shards
from motet.engine.bundle import Bundle, load_bundle
from motet.engine.events_driver import write
from motet.engine.phrase_ask import PHRASE_PARTS, PhraseAsk
from motet.errors import MotetError
from motet.evaluate import onset_entropy_bits, pitch_class_entropy_bits, rhythm_repetition
from motet.evaluate.form import block_return
from motet.evaluate.harmony import chord_tone_share
from motet.evaluate.pitch import scale_fit
from motet.evaluate.rhythm import note_density
from motet.evaluate.statistics import grid_likeness
from motet.phrases.event_codec import CONTENTS, PARTS, read_stream, stream_to_notes
from motet.phrases.events import EventOptions, extract
from motet.phrases.kinds import Batch
from motet.phrases.roles import find_roles
from motet.suite.event_chain import EventChain
from motet.suite.event_nats import measure_nats
from motet.suite.figures import known_mean, tell
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.suite.windows import pick_windows
from motet.tokens import GridPart, GridScore, grid_to_score, window

__all__ = ["BUNDLES", "TABLE", "measure_rnn", "write_rnn"]

BUNDLES: Final = {"melody": "rnn-melody", "drums": "rnn-drums", "poly": "rnn-poly"}
_FIGURES: Final = (
    "scale fit", "chord tones", "same pitch again", "pitch entropy", "onset entropy", "notes a quarter",
    "rhythm again", "bar again", "four bars again",
)  # fmt: skip
_WINDOWS: Final = {"melody": 24, "drums": 16, "poly": 12}
_BARS: Final = 16
_LEARNT: Final = {"melody": 700, "drums": 400, "poly": 300}
"""Training pieces of the chains."""
_ORDERS: Final = (0, 2, 3)
_PHRASES: Final = {"melody": 120, "drums": 60, "poly": 40}


def measure_rnn(request: Request) -> dict[str, Any]:
    """Return nats and figures of every content whose bundle there is.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Raises
    ------
    CorpusError
        No corpus was given.

    Examples
    --------
    >>> measure_rnn(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    shards = request.find_shards()
    train, test = open_shards(shards, "train"), open_shards(shards, "test")
    facts: dict[str, Any] = {"seed": request.seed, "contents": {}}
    for content, name in BUNDLES.items():
        try:
            bundle = load_bundle(name)
        except MotetError:
            continue
        request.say(f"  {name}")
        found = _measure(bundle, content, train, test, request)
        if found is not None:
            facts["contents"][content] = found
    return facts


def _measure(
    bundle: Bundle, content: str, train: Shards, test: Shards, request: Request
) -> dict[str, Any] | None:
    """Return the facts of one bundle; None where the corpus has nothing of its content."""
    rng = np.random.default_rng(request.seed)
    options = EventOptions(**bundle.data)
    n = request.n or _WINDOWS[content]
    held = _phrases(test, options, n=5 * n if request.n else _PHRASES[content], rng=rng)
    learnt = _phrases(train, options, n=50 * n if request.n else _LEARNT[content], rng=rng)
    windows = _windows(test, content, n=n, rng=rng)
    if not (held and learnt and windows):
        return None
    chain = EventChain(learnt, content=content, order=max(_ORDERS))
    nats = {f"Markov, order {k}": chain.nats_per_note(held, order=k) for k in _ORDERS}
    own = measure_nats(bundle, held)
    nats["RNN, look-back hidden"] = measure_nats(bundle, held, hides=("lookback",))["all"]
    if content != "drums":
        nats["RNN, chords hidden"] = measure_nats(bundle, held, hides=("chords",))["all"]
    nats["RNN"] = own["all"]
    rows: dict[str, list[GridScore]] = {"people (held out)": windows}
    rows["Markov, order 3"] = [_write_chain(chain, one, rng) for one in windows]
    names = tuple(PARTS[k] for k in CONTENTS[content])
    for row, is_bound in (("RNN, free", False), ("RNN", True))[content == "drums" :]:
        rows[row] = [
            _write(bundle, one, names, is_bound=is_bound, seed=request.seed + i)
            for i, one in enumerate(windows)
        ]
    recipe = bundle.contract.get("recipe", {})
    trained = recipe.get("training", recipe) if isinstance(recipe, dict) else {}
    return {
        "bundle": bundle.name,
        "n_phrases": len(held),
        "n_events": chain.n_events,
        "nats": nats,
        "parts": {name: value for name, value in own.items() if name != "all"},
        "n_windows": len(windows),
        "figures": {row: _figures(grids) for row, grids in rows.items()},
        "trained": {key: trained.get(key) for key in ("minutes", "steps", "machine")},
    }


def _phrases(
    shards: Shards, options: EventOptions, *, n: int, rng: np.random.Generator
) -> list[Batch]:
    """Return phrases of so many pieces, one each, drawn as training draws them."""
    weights = shards.draw_weights()
    order = rng.choice(len(shards), size=min(4 * n, int((weights > 0).sum())), replace=False,
                       p=weights / weights.sum())  # fmt: skip
    found: list[Batch] = []
    for index in order:
        phrases = extract(shards[int(index)], options)
        if phrases:
            found.append(phrases[int(rng.integers(len(phrases)))])
        if len(found) == n:
            break
    return found


def _windows(shards: Shards, content: str, *, n: int, rng: np.random.Generator) -> list[GridScore]:
    """Return human windows that hold nothing but what the bundle writes."""
    found: list[GridScore] = []
    drawn = pick_windows(shards, n=6 * n, n_bars=_BARS, rng=rng) if content != "drums" else ()
    for one in drawn or _beats(shards, rng):
        alone = _only(one, content)
        if len(np.unique(alone.notes["bar"])) >= _BARS * 3 // 4 and len(alone.parts) > (
            content == "poly"
        ):
            found.append(alone)
        if len(found) == n:
            break
    return found


def _beats(shards: Shards, rng: np.random.Generator) -> Iterator[GridScore]:
    """Yield the first bars of pieces in any order, those of drums alone with them."""
    for index in rng.permutation(len(shards)):
        grid = shards[int(index)]
        if grid.n_bars >= _BARS and any(one.is_drums for one in grid.parts):
            yield window(grid, 0, _BARS)


def _only(grid: GridScore, content: str) -> GridScore:
    """Return the grid with the parts of a content, in the parts that the driver writes."""
    stream = read_stream(grid, content)
    roles = find_roles(grid)
    used = [k for k in CONTENTS[content] if roles[PARTS[k]]]
    return _with_stream(grid, stream, used)


def _with_stream(grid: GridScore, stream: Any, used: Sequence[int]) -> GridScore:
    parts = tuple(
        GridPart(slot=slot, program=PHRASE_PARTS[PARTS[k]][1], role=PHRASE_PARTS[PARTS[k]][0])
        for slot, k in enumerate(used)
    )
    rows = {k: slot for slot, k in enumerate(used)}
    return replace(grid, parts=parts, notes=stream_to_notes(stream, grid.bar_starts, rows))


def _write_chain(chain: EventChain, like: GridScore, rng: np.random.Generator) -> GridScore:
    stream = chain.write(int(like.bar_starts[-1]), rng)
    used = sorted({int(part) for part in stream["part"]}) or list(CONTENTS[chain.content][:1])
    return _with_stream(like, stream, used)


def _write(
    bundle: Bundle, like: GridScore, names: tuple[str, ...], *, is_bound: bool, seed: int
) -> GridScore:
    """Return what the bundle writes over the chords and bars of a window, in its parts."""
    wanted = tuple(
        name for name in names if any(PHRASE_PARTS[name][0] == one.role for one in like.parts)
    )
    ask = PhraseAsk(
        grid=replace(like, parts=(), notes=like.notes[:0]), parts=wanted, seed=seed,
        scale=is_bound, ends=is_bound,
    )  # fmt: skip
    return write(bundle, ask)[0]


def _figures(grids: Sequence[GridScore]) -> dict[str, float]:
    """Return the mean of each figure."""
    found: dict[str, list[float]] = {name: [] for name in _FIGURES}
    for grid in grids:
        score = grid_to_score(grid)
        likeness = grid_likeness(grid)
        pitched = any(not one.is_drums for one in grid.parts)
        values = (
            scale_fit(score), chord_tone_share(score), _again(grid),
            pitch_class_entropy_bits(score) if pitched else float("nan"), onset_entropy_bits(score),
            note_density(score), rhythm_repetition(score), block_return(likeness, n_bars=1),
            block_return(likeness, n_bars=4),
        )  # fmt: skip
        for name, value in zip(_FIGURES, values, strict=True):
            found[name].append(float(value))
    return {name: known_mean(values) for name, values in found.items()}


def _again(grid: GridScore) -> float:
    """Return how often the melody's next note has the pitch of the one before."""
    stream = read_stream(grid, "melody")
    if len(stream) < 2:
        return float("nan")
    return float((np.diff(stream["pitch"].astype(int)) == 0).mean())


def write_rnn(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown, and what falls short.

    Parameters
    ----------
    facts : dict
        Of `measure_rnn`.

    Examples
    --------
    >>> write_rnn({"seed": 0, "contents": {}})
    'No bundle that runs by events is installed.'
    """
    texts = []
    for content, found in facts["contents"].items():
        nats = make_table(
            ("nats a note", "held out"),
            [(row, tell(value)) for row, value in found["nats"].items()],
        )
        shown = [
            one
            for one in _FIGURES
            if any(row[one] == row[one] for row in found["figures"].values())
        ]
        written = make_table(
            ("", *shown),
            [
                (row, *(tell(values[one], 2) for one in shown))
                for row, values in found["figures"].items()
            ],
        )
        parts = ", ".join(
            f"{name} {tell(value, 2)}" for name, value in found["parts"].items() if value
        )
        texts.append(
            f"**{found['bundle']}** ({content}), {found['n_phrases']} phrases held out; chains learnt from "
            f"{found['n_events']} events. Of the network's nats: {parts}. {_trained(found['trained'])}\n\n"
            f'{nats}\n\n{found["n_windows"]} windows of {_BARS} bars; "free" is without rules of scale:\n\n'
            f"{written}\n\n{_judge(found)}"
        )
    return "\n\n".join(texts) or "No bundle that runs by events is installed."


def _trained(facts: dict[str, Any]) -> str:
    minutes = facts.get("minutes")
    return (
        ""
        if not minutes
        else f"Trained {minutes:.0f} minutes on one core ({facts.get('machine')})."
    )


def _judge(found: dict[str, Any]) -> str:
    """Return where the network lies further from people than the chain does."""
    people, chain, rnn = (
        found["figures"][row] for row in ("people (held out)", "Markov, order 3", "RNN")
    )
    worse = [
        one
        for one in _FIGURES
        if abs(rnn[one] - people[one]) > abs(chain[one] - people[one]) + 1e-9
    ]
    return f"Further from people than the chain in: {', '.join(worse) or 'nothing'}."


TABLE: Final = Table(
    name="rnn",
    title=("Recurrent network: note events", "循环网络:音符事件"),
    needs=frozenset({"shards"}),
    measure=measure_rnn,
    write=write_rnn,
)
"""What the recurrent bundles foretell and write."""
