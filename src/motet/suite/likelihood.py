"""How much better than counting does the model foretell music that it never saw?

Conventions: nats of the tokens that say notes, by note and by bar, on windows of the split ``test``; as
many windows of every style as there are, up to a number. The control: the same windows with their bars
(and the chords over them) in another order, which a model that knows what follows what finds less
likely.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import open_shards
from motet.suite.documents import count_chains, make_document, open_model, pick_pieces, sum_nats
from motet.suite.figures import tell
from motet.suite.groups import FEW_WINDOWS, style_name
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.suite.windows import shuffle_whole_bars

__all__ = ["TABLE", "measure_likelihood", "write_likelihood"]

PER_STYLE: Final = 10
MAX_TOKENS: Final = 8_000_000
FEW_TOKENS: Final = 400_000
"""Counted by chains in a quick run."""
WANTED_GAIN: Final = 0.20
MODEL: Final = "model"
EARLIER: Final = "earlier model"
SHUFFLED: Final = "model, bars shuffled"
CHAINS: Final = ("unigram", "Markov, order 2", "Markov, order 3")
_ALL: Final = "all"
FloatArray = npt.NDArray[np.float64]


def measure_likelihood(request: Request) -> dict[str, Any]:
    """Return nats a note and a bar by style, of the model, the chains and the control.

    Parameters
    ----------
    request : Request
        `n` is windows a style.

    Returns
    -------
    dict

    Raises
    ------
    CorpusError, BundleError
        An input is missing.

    Examples
    --------
    >>> measure_likelihood(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    shards = request.find_shards()
    rng = np.random.default_rng(request.seed)
    pieces = pick_pieces(open_shards(shards, "test"), per_style=request.n or PER_STYLE, rng=rng)
    documents = [make_document(piece) for piece in pieces]
    mixed = [make_document(shuffle_whole_bars(piece, rng)) for piece in pieces]
    request.say(f"  {len(documents)} windows; counting chains")
    chains = count_chains(
        open_shards(shards, "train"), max_tokens=FEW_TOKENS if request.n else MAX_TOKENS
    )
    nats: dict[str, FloatArray] = {
        name: sum_nats(losses, documents) for name, losses in chains.items()
    }
    request.say("  the model")
    if request.earlier:
        from motet.engine.bundle import load_bundle

        with open_model(request, load_bundle(request.earlier).folder / "weights.npz") as losses:
            nats[EARLIER] = sum_nats(losses, documents)
    with open_model(request) as losses:
        nats[MODEL] = sum_nats(losses, documents)
        nats[SHUFFLED] = sum_nats(losses, mixed)
    styles = np.array([one.style for one in documents])
    n_notes = np.array([one.n_notes for one in documents], np.float64)
    n_bars = np.array([one.n_bars for one in documents], np.float64)
    facts: dict[str, Any] = {"split": "test", "context": 768, "rows": {}, "seed": request.seed}
    for name, own in [
        *sorted((style_name(style), styles == style) for style in np.unique(styles).tolist()),
        (_ALL, np.ones(len(styles), np.bool_)),
    ]:
        facts["rows"][name] = {
            "windows": int(own.sum()),
            "notes": int(n_notes[own].sum()),
            "a_note": {
                row: float(all_[own].sum() / n_notes[own].sum()) for row, all_ in nats.items()
            },
            "a_bar": {
                row: float(all_[own].sum() / n_bars[own].sum()) for row, all_ in nats.items()
            },
        }
    return facts


def _gain(row: dict[str, Any]) -> float:
    """Return the share by which the model needs less than the best chain."""
    return 1 - float(row["a_note"][MODEL]) / min(float(row["a_note"][name]) for name in CHAINS)


def write_likelihood(facts: dict[str, Any]) -> str:
    """Return the table as Markdown, and where the model falls short.

    Parameters
    ----------
    facts : dict
        Of `measure_likelihood`.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"windows": 9, "notes": 90, "a_note": {"unigram": 6.0, "Markov, order 2": 4.0,
    ...     "Markov, order 3": 4.0, "model": 3.0, "model, bars shuffled": 3.5}}
    >>> row["a_bar"] = row["a_note"]
    >>> print(write_likelihood({"split": "test", "context": 768, "rows": {"jig": row, "all": row}}))
    Nats a note ...
    The model is at least 20 % below the best chain in all 1 styles. Shuffling bars costs it 0.50
    nats a note (17 %), and makes it worse in all 1 styles.
    """
    rows = facts["rows"]
    names = list(rows[_ALL]["a_note"])
    head = (
        "style",
        "windows",
        *names,
        "below the best chain",
        "a bar: Markov, order 3",
        "a bar: model",
    )
    lines = [
        (
            name,
            f"{row['windows']}{'*' if row['windows'] < FEW_WINDOWS else ''}",
            *(tell(row["a_note"][one], 2) for one in names),
            f"{_gain(row):.0%}",
            tell(row["a_bar"]["Markov, order 3"], 1),
            tell(row["a_bar"][MODEL], 1),
        )
        for name, row in rows.items()
    ]
    first = (
        f"Nats a note (last two columns: a bar), split `{facts['split']}`, windows of up to "
        f"{facts['context']} tokens. * Fewer than {FEW_WINDOWS} windows: no more than a hint."
    )
    return f"{first}\n\n{make_table(head, lines)}\n\n{_tell_short(rows)}"


def _tell_short(rows: dict[str, Any]) -> str:
    """Return in words where the model does not do what it should."""
    styles = {name: row for name, row in rows.items() if name != _ALL}
    short = [name for name, row in styles.items() if _gain(row) < WANTED_GAIN]
    said = f"The model is at least {WANTED_GAIN:.0%} below the best chain in ".replace("%", " %")
    if short:
        said += f"{len(styles) - len(short)} of {len(styles)} styles; not in {', '.join(short)}."
    else:
        said += f"all {len(styles)} styles."
    whole = rows[_ALL]["a_note"]
    cost = whole[SHUFFLED] - whole[MODEL]
    same = [n for n, row in styles.items() if row["a_note"][SHUFFLED] <= row["a_note"][MODEL]]
    where = f"all {len(styles)} styles" if not same else f"all but {', '.join(same)}"
    said += (
        f" Shuffling bars costs it {cost:.2f} nats a note ({cost / whole[MODEL]:.0%}), and makes it "
        f"worse in {where}."
    ).replace("%", " %")
    if EARLIER in whole:
        worse = [n for n, row in styles.items() if row["a_note"][MODEL] >= row["a_note"][EARLIER]]
        gain = 1 - whole[MODEL] / whole[EARLIER]
        said += f" It is {gain:.0%} below the earlier model".replace("%", " %")
        said += f", though not in {', '.join(worse)}." if worse else " and below it in every style."
    return said


TABLE: Final = Table(
    name="likelihood",
    title=("Likelihood", "似然"),
    needs=frozenset({"shards", "weights"}),
    measure=measure_likelihood,
    write=write_likelihood,
)
"""Nats of held-out music."""
