"""What does it cost to store the weights in 8 or 4 bits?

Conventions: the same weights, exported at 32, 8 and 4 bits into a folder that goes away again, foretell the
same held-out windows. Nats a note; the cost is told with the 95 % interval of its mean over windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.suite.figures import half_interval, tell
from motet.suite.groups import FEW_WINDOWS, group_of
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.tokens.vocab import FAMILIES

__all__ = ["BITS", "TABLE", "find_notes", "measure_bundles", "tally_losses", "write_bundles"]

FloatArray = npt.NDArray[np.float32]

BITS: Final = (32, 8, 4)
N_WINDOWS: Final = 96
_MUCH: Final = 0.01
"""A share of the nats that is worth a word."""


def measure_bundles(request: Request) -> dict[str, Any]:
    """Return size and nats a note of the weights at each number of bits.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Raises
    ------
    BundleError, CorpusError, ParameterError
        An input, or the package onnx, is missing.

    Examples
    --------
    >>> measure_bundles(Request(weights=Path("none.npz")))
    Traceback (most recent call last):
    ...
    motet.errors.BundleError: there are no weights at none.npz; add --weights FILE
    """
    weights, shards = request.find_weights(), request.find_shards()
    _need_packages()
    from motet.engine import load_bundle
    from motet.export import write_bundle

    with TemporaryDirectory() as home:
        bundles = {}
        for bits in BITS:
            request.say(f"export at {bits} bits")
            bundles[bits] = load_bundle(write_bundle(weights, Path(home) / f"b{bits}", bits=bits))
        sizes = {bits: one.model_path.stat().st_size / 1e6 for bits, one in bundles.items()}
        context = bundles[8].context
        windows = _open_windows(
            shards, context=context, n=request.n or N_WINDOWS, seed=request.seed
        )
        found = list(_judge_windows(windows, bundles, request))
    facts = tally_losses(found, np.random.default_rng(request.seed))
    return {
        "weights": weights.name,
        "context": context,
        "seed": request.seed,
        "mb": {str(bits): round(size, 3) for bits, size in sizes.items()},
        **facts,
    }


def _need_packages() -> None:
    """Raise what to do where onnx or torch is missing."""
    for name in ("onnx", "torch"):
        if find_spec(name) is None:
            raise ParameterError(
                f"this table needs the package {name}; run pip install 'motet[train]'",
                zh=f"此表需要 {name} 包;请运行 pip install 'motet[train]'",
            )


def _open_windows(shards: Path, *, context: int, n: int, seed: int) -> Any:
    """Return windows of held-out pieces, those without holes alone."""
    from dataclasses import replace

    from motet.corpus import open_shards
    from motet.train.valid import build_valid

    valid = build_valid(open_shards(shards, "test"), context=context, n_windows=n, seed=seed)
    plain = valid.side == 0
    return replace(
        valid,
        rows=valid.rows[plain],
        styles=valid.styles[plain],
        side=valid.side[plain],
        marks=valid.marks[plain],
    )


def _judge_windows(
    windows: Any, bundles: Mapping[int, Any], request: Request
) -> Iterator[dict[str, Any]]:
    """Yield of each window its style and notes, and for each number of bits what its notes cost."""
    from motet.engine import logits

    for at, (row, style) in enumerate(zip(windows.rows, windows.styles.tolist(), strict=True)):
        ids = row[row != 0].astype(np.int64)
        is_note, is_pitch = (found[1:] for found in find_notes(ids))
        one: dict[str, Any] = {"style": style, "n_notes": int(is_pitch.sum())}
        whole: FloatArray | None = None
        for bits, bundle in bundles.items():
            told = _log_shares(logits(ids[:-1], bundle=bundle))
            whole = told if whole is None else whole
            nats = -told[np.arange(len(told)), ids[1:]]
            one[f"nats_{bits}"] = float(nats[is_note].sum())
            one[f"kl_{bits}"] = float((np.exp(whole) * (whole - told)).sum(axis=1).mean())
            one[f"same_{bits}"] = float((whole.argmax(axis=1) == told.argmax(axis=1)).mean())
        request.say(f"{at + 1} of {len(windows.rows)} windows")
        yield one


def find_notes(
    ids: npt.NDArray[np.integer[Any]],
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which tokens of a document without holes say notes, and which of them begin one.

    Parameters
    ----------
    ids : integers, shape (t,)

    Returns
    -------
    bool, shape (t,), twice

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import encode, score_to_grid
    >>> ids = encode(score_to_grid(make_score("G4:1 A4:0.5 B4:0.5 C5:2")).grid)
    >>> [int(found.sum()) for found in find_notes(ids)]
    [7, 4]
    """
    after = np.cumsum(ids == FAMILIES["NOTES"].start) > 0
    said = (ids >= FAMILIES["POSX"].start) & (ids < FAMILIES["DRUM"].end)
    begun = np.zeros(len(ids), np.bool_)
    for name in ("PITCH", "ADD", "DRUM"):
        begun |= (ids >= FAMILIES[name].start) & (ids < FAMILIES[name].end)
    return after & said, after & begun


def _log_shares(logits: FloatArray) -> FloatArray:
    """Return the logarithms of the shares that logits stand for."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    found: FloatArray = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return found


def tally_losses(windows: list[dict[str, Any]], rng: np.random.Generator) -> dict[str, Any]:
    """Return what windows say of each number of bits, in all and by group of styles.

    Parameters
    ----------
    windows : list of dict
        Each with ``style``, ``n_notes``, and for each of `BITS` ``nats_``, ``kl_`` and ``same_``.
    rng : numpy.random.Generator
        For the intervals.

    Returns
    -------
    dict

    Examples
    --------
    >>> one = {"style": 0, "n_notes": 10}
    >>> one |= {f"{name}_{bits}": x for bits in BITS for name, x in (("kl", 0.0), ("same", 1.0))}
    >>> facts = tally_losses([one | {"nats_32": 30.0, "nats_8": 30.1, "nats_4": 33.0}] * 2,
    ...                      np.random.default_rng(0))
    >>> facts["bits"]["4"]["nats_per_note"], facts["bits"]["4"]["cost"]
    (3.3, 0.3)
    """
    windows = [one for one in windows if one["n_notes"]]
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in windows:
        groups.setdefault(group_of(one["style"]) or "other", []).append(one)
    bits = {}
    for n in BITS:
        costs = [(one[f"nats_{n}"] - one["nats_32"]) / one["n_notes"] for one in windows]
        bits[str(n)] = {
            "nats_per_note": _per_note(windows, n),
            "cost": round(_per_note(windows, n) - _per_note(windows, 32), 6),
            "half_interval": half_interval(costs, rng),
            "kl_nats": float(np.mean([one[f"kl_{n}"] for one in windows])) if windows else 0.0,
            "same_choice": float(np.mean([one[f"same_{n}"] for one in windows]))
            if windows
            else 0.0,
        }
    return {
        "n_windows": len(windows),
        "n_notes": sum(one["n_notes"] for one in windows),
        "bits": bits,
        "groups": {
            name: {"n_windows": len(own)} | {str(n): _per_note(own, n) for n in BITS}
            for name, own in sorted(groups.items())
        },
    }


def _per_note(windows: list[dict[str, Any]], bits: int) -> float:
    """Return nats a note over windows."""
    notes = sum(one["n_notes"] for one in windows)
    return round(sum(one[f"nats_{bits}"] for one in windows) / notes, 6) if notes else float("nan")


def write_bundles(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown.

    Parameters
    ----------
    facts : dict
        Of `measure_bundles`.

    Returns
    -------
    str

    Examples
    --------
    >>> one = {"nats_per_note": 3.0, "cost": 0.0, "half_interval": 0.0, "kl_nats": 0.0, "same_choice": 1.0}
    >>> facts = {"n_windows": 9, "n_notes": 90, "mb": {"32": 15.0, "8": 4.0, "4": 2.2}, "groups": {}}
    >>> write_bundles(facts | {"bits": {"32": one, "8": one, "4": one}}).splitlines()[4]
    '| 32 | 15.0 | 3.0000 | – | – | – |'
    """
    head = ("bits", "MB", "nats a note", "more than at 32", "KL, nats a token", "same first choice")
    rows = []
    for bits in map(str, BITS):
        one = facts["bits"][bits]
        cells = [bits, f"{facts['mb'][bits]:.1f}", f"{one['nats_per_note']:.4f}"]
        if bits == "32":
            cells += ["–"] * 3
        else:
            cells.append(f"{one['cost']:+.4f} ± {tell(one['half_interval'], 4)}")
            cells += [f"{one['kl_nats']:.5f}", f"{one['same_choice']:.1%}"]
        rows.append(cells)
    groups = [
        (name, str(row["n_windows"]), *(f"{row[str(bits)]:.3f}" for bits in BITS), _few(row))
        for name, row in facts["groups"].items()
    ]
    wide = ("styles", "windows", *(f"{bits} bits" for bits in BITS), "")
    lines = [
        f"{facts['n_windows']} held-out windows, {facts['n_notes']:,} notes; ± is a 95 % interval.",
        "",
        make_table(head, rows),
        "",
        *([make_table(wide, groups), ""] if groups else []),
        _tell_cost(facts["bits"]),
    ]
    return "\n".join(lines)


def _few(row: Mapping[str, Any]) -> str:
    return "too few windows to say" if row["n_windows"] < FEW_WINDOWS else ""


def _tell_cost(bits: Mapping[str, Mapping[str, float]]) -> str:
    """Return in a sentence what each number of bits loses."""
    told = []
    for name in ("8", "4"):
        one = bits[name]
        share = one["cost"] / bits["32"]["nats_per_note"]
        if one["cost"] <= one["half_interval"]:
            told.append(f"{name} bits cost nothing that these windows show")
        else:
            word = "a loss that counts" if share > _MUCH else "little"
            told.append(f"{name} bits cost {share:.2%} more nats a note: {word}")
    return "; ".join(told) + "."


TABLE: Final = Table(
    name="bundles",
    title=("What fewer bits cost", "减少位数的代价"),
    needs=frozenset({"shards", "weights"}),
    measure=measure_bundles,
    write=write_bundles,
)
