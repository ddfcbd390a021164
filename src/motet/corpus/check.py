"""A built corpus looked at afresh: are its files whole, are splits apart, are benchmarks out.

Conventions: everything is computed again from the shards and from the benchmarks' archives, nothing is
taken from what the build reported.

Offers `check_corpus`, `save_check`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from motet.corpus.archive import check_sha256, unpack
from motet.corpus.benchmark import ROLL_STEPS, load_benchmark, print_all_ways
from motet.corpus.build import BuildConfig, prepare_all
from motet.corpus.duplicates import RELATED, find_pairs
from motet.corpus.fingerprint import Hashes, fingerprint
from motet.corpus.frozen import compare_splits
from motet.corpus.shards import open_shards, read_facts
from motet.corpus.split import SPLITS
from motet.corpus.workers import map_ordered
from motet.errors import CorpusError
from motet.tokens import decode, encode, window
from motet.tokens.layout import GridScore

__all__ = ["CHECK_FILE", "check_corpus", "save_check"]

CHECK_FILE: Final = "check.json"
"""Where in the corpus the last look at it is kept."""

_WINDOW: Final = 64
_OWN: Final = ("made", "transcribed")
"""Classes of what no manifest lists: the arranger's pieces, and recordings of one's own."""


def check_corpus(
    config: BuildConfig, *, on_progress: Callable[[float, str], None] | None = None
) -> dict[str, Any]:
    """Return what a look at a built corpus finds.

    Parameters
    ----------
    config : BuildConfig
        ``output`` is the corpus; ``archives`` has the benchmarks.
    on_progress : callable or None

    Returns
    -------
    dict
        ``is_sound``: nothing wrong in what follows; ``n_files``; ``n_pieces``; ``n_not_given_back``
        (pieces of which a window of 64 bars, encoded and decoded, is another); ``n_split_groups``
        (groups in two splits);
        ``n_across`` (pairs in two splits that share a quarter of their music); ``benchmarks``: for
        each its pieces, how many pieces of the corpus share a quarter of their music with one, the
        largest share there is, and the same of each set where it has several; ``n_left_out``: pieces
        of the archives that were left out for each; ``shares``: of each source among the samples
        drawn in training, by the weights; ``classes``: pieces of each licence class; ``n_foreign``:
        pieces of a class that was not asked for; ``frozen``: see `motet.corpus.frozen`.

    Raises
    ------
    CorpusError
        A file is damaged or missing.

    Examples
    --------
    >>> config = BuildConfig(archives=Path("none"), output=Path("shards"), cache=Path("cache"))
    >>> check_corpus(config)
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: shards: there is no built corpus here; motet corpus build writes one
    """
    tell = on_progress or _ignore
    facts = read_facts(config.output)
    for name, told in facts["files"].items():
        check_sha256(Path(config.output) / name, told["sha256"])
    names: dict[str, tuple[str, ...]] = {}
    shares: dict[str, float] = {}
    classes: Counter[str] = Counter()
    grids: list[GridScore] = []
    splits: list[int] = []
    groups: list[int] = []
    for k, split in enumerate(SPLITS):
        shards = open_shards(config.output, split)
        grids += list(shards)
        splits += [k] * len(shards)
        groups += shards.pieces["group"].tolist()
        names[split] = shards.names
        for index, title in enumerate(shards.sources):
            own = shards.pieces["source"] == index
            classes[facts["sources"][title]["licence_class"]] += int(own.sum())
            if split == "train":
                shares[title] = round(float(shards.draw_weights()[own].sum()), 6)
    n_lost = 0
    for k, is_same in enumerate(map_ordered(_is_given_back, grids, n_workers=config.n_workers)):
        n_lost += not is_same
        if k % 50 == 0:
            tell(0.3 * k / len(grids), f"tokens {k}/{len(grids)}")
    tell(0.3, "fingerprints")
    ways = list(map_ordered(print_all_ways, grids, n_workers=config.n_workers))
    pairs = find_pairs([way[0] for way in ways])
    split_of = np.array(splits, np.int64)
    n_across = int((split_of[pairs.first] != split_of[pairs.second]).sum())
    homes: dict[int, set[int]] = {}
    for group, home in zip(groups, splits, strict=True):
        homes.setdefault(group, set()).add(home)
    n_split_groups = sum(len(home) > 1 for home in homes.values())
    rows = {}
    for k, source in enumerate(config.chosen_benchmarks):
        tell(0.5 + 0.5 * k / len(config.chosen_benchmarks), source.name)
        rows[source.name] = _check_benchmark(config, source.name, ways)
    n_shared = sum(row["n_shared"] for row in rows.values())
    tell(1.0, "done")
    n_foreign = sum(n for one, n in classes.items() if one not in (*config.licences, *_OWN))
    return {
        "is_sound": not (n_across or n_split_groups or n_shared or n_lost or n_foreign),
        "n_files": len(facts["files"]),
        "n_pieces": len(grids),
        "n_not_given_back": n_lost,
        "n_split_groups": n_split_groups,
        "n_across": n_across,
        "benchmarks": rows,
        "n_left_out": facts.get("n_benchmark_by_source", {}),
        "shares": shares,
        "classes": dict(classes),
        "n_foreign": n_foreign,
        "frozen": compare_splits(names),
    }


def save_check(folder: str | Path, found: dict[str, Any]) -> None:
    """Keep what a look found beside the corpus, for its data card; a new build takes it away.

    Parameters
    ----------
    folder : str or Path
    found : dict
        Of `check_corpus`.

    Raises
    ------
    CorpusError
        It cannot be written.

    Examples
    --------
    >>> save_check(".", {"is_sound": True})
    >>> Path(CHECK_FILE).read_text()
    '{"is_sound": true}\\n'
    """
    path = Path(folder) / CHECK_FILE
    draft = path.with_name(f".{CHECK_FILE}.draft")
    try:
        draft.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise CorpusError(
            f"the result cannot be kept: {error.strerror}; make the folder writable",
            zh=f"无法保存结果:{error.strerror};请使该文件夹可写",
            path=str(path),
        ) from error


def _check_benchmark(
    config: BuildConfig, name: str, ways: list[tuple[Hashes, ...]]
) -> dict[str, Any]:
    """Return how much of a benchmark is in the corpus."""
    source = next(one for one in config.chosen_benchmarks if one.name == name)
    folder = unpack(config.archives / source.archive, config.cache, sha256=source.sha256)
    bench = load_benchmark(name, folder)
    read = prepare_all(bench.items, n_workers=config.n_workers, limit_s=config.limit_s)
    known = [fingerprint(one.grid) for one in read if one.grid is not None]
    known += list(bench.lines.values())
    titles = [title.rsplit("/", 2)[0] for title in bench.rolls]
    rolls = list(bench.rolls.values())
    found: set[int] = set()
    largest = 0.0
    by_set: dict[str, dict[str, Any]] = {
        title: {"n_pieces": titles.count(title), "n_shared": 0, "largest_share": 0.0}
        for title in dict.fromkeys(titles)
    }
    for k in range(len(ROLL_STEPS) + 1):
        own, theirs = [way[k] for way in ways], rolls if k else known
        if not theirs:
            continue
        pairs = find_pairs([*own, *theirs], minimum=0.0)
        across = (pairs.first < len(own)) & (pairs.second >= len(own))
        hits = across & (pairs.contained >= RELATED)
        found |= set(pairs.first[hits].tolist())
        if across.any():
            largest = max(largest, float(pairs.contained[across].max()))
        for place in np.flatnonzero(across).tolist() if k else ():
            row = by_set[titles[int(pairs.second[place]) - len(own)]]
            share = round(float(pairs.contained[place]), 3)
            row["largest_share"] = max(row["largest_share"], share)
            row["n_shared"] += int(hits[place])
    told: dict[str, Any] = {
        "n_pieces": len(known) + len(bench.rolls),
        "n_shared": len(found),
        "largest_share": round(largest, 3),
    }
    return told | {"sets": by_set} if by_set else told


def _is_given_back(grid: GridScore) -> bool:
    """Return whether every window of a piece comes back from its tokens."""
    for start in range(0, grid.n_bars, _WINDOW):
        part = window(grid, start, min(start + _WINDOW, grid.n_bars))
        if not decode(encode(part)).equals(part):
            return False
    return True


def _ignore(share: float, what: str) -> None:
    """Take a report that nobody wants."""
