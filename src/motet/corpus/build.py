"""From archives to shards: unpack, read, find duplicates, split, balance, write.

Conventions: pieces lie in the order of sources and names, whatever order the work was done in, so
that the same archives give the same bytes with any number of workers. What is left out stands in
``report.json`` with its reason.

Offers `BuildConfig`, `build_corpus`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from motet.corpus.archive import unpack
from motet.corpus.arranged import ARRANGER
from motet.corpus.benchmark import Benchmark, load_benchmark
from motet.corpus.built import load_built
from motet.corpus.catalogue import list_items
from motet.corpus.choice import Choice, choose_pieces, read_benchmarks, weigh_pieces
from motet.corpus.item import Item
from motet.corpus.kinship import Known
from motet.corpus.labelling import label_all
from motet.corpus.layout import FORMAT
from motet.corpus.manifest import LICENCE_CLASSES, Source, load_manifest
from motet.corpus.mixture import add_arranged
from motet.corpus.prepare import Prepared, prepare_item
from motet.corpus.shard import write_shards
from motet.corpus.sources.recordings import RECORDINGS, list_recordings
from motet.corpus.split import SPLITS
from motet.corpus.tally import list_credits, tally_corpus
from motet.corpus.workers import map_ordered
from motet.errors import CorpusError, ParameterError
from motet.tokens.vocab import POSITIONS_PER_QN, vocab_hash

__all__ = ["BuildConfig", "Progress", "build_corpus", "prepare_all"]

Progress = Callable[[float, str], None]
_CHORDS: Final = ("quick", "full", "none")


@dataclass(frozen=True, kw_only=True)
class BuildConfig:
    """What to build, from where, to where.

    Parameters
    ----------
    archives : Path
        Folder of the packed archives, as the manifest names them.
    output : Path
        Folder for the shards.
    cache : Path
        Folder for unpacked archives.
    licences : tuple of str
        Licence classes to take: ``"clean"``, ``"sharealike"``.
    sources : tuple of str
        Names of sources; empty takes all of those classes.
    benchmarks : tuple of str
        Names of sources whose pieces are kept out of all splits.
    n_workers : int, >= 1
    limit_s : float, seconds
        Longest time for one file, and for the chords of one piece.
    chords : "quick", "full" or "none"
        How chords are estimated where the source writes none: by `quick_chords`, or by
        `motet.analysis.estimate_chords`, which takes 26 times as long.
    manifest : Path or None
        None takes the one that comes with Motet.
    n_arranged : int, >= 0
        How many pieces the arranger is to write for styles that free data lacks; those that are too
        much like others are left out.
    base : Path or None
        A built corpus to take pieces from instead of the archives, splits as they are.
    recordings : Path or None
        A folder of transcribed recordings (see `motet.corpus.sources.recordings`) to take too;
        ``sources=("recordings",)`` takes them alone.
    """

    archives: Path
    output: Path
    cache: Path
    licences: tuple[str, ...] = ("clean",)
    sources: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] | None = None
    n_workers: int = 1
    limit_s: float = 60.0
    chords: str = "quick"
    manifest: Path | None = None
    n_arranged: int = 0
    base: Path | None = None
    recordings: Path | None = None
    sources_known: tuple[Source, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known = load_manifest(self.manifest)
        object.__setattr__(self, "sources_known", known)
        names = [source.name for source in known]
        names += [RECORDINGS.name] if self.recordings is not None else []
        for name in (*self.sources, *(self.benchmarks or ())):
            if name not in names:
                raise ParameterError(
                    f"there is no source {name!r}; the sources are {', '.join(names)}",
                    zh=f"没有来源 {name!r};现有来源:{'、'.join(names)}",
                )
        allowed = LICENCE_CLASSES[:2]
        for licence in self.licences:
            if licence not in allowed:
                raise ParameterError(
                    f"licences are {' and '.join(allowed)}, got {licence!r}",
                    zh=f"许可类别为 {'、'.join(allowed)},收到 {licence!r}",
                )
        if self.chords not in _CHORDS:
            raise ParameterError(
                f"chords must be one of {', '.join(_CHORDS)}, got {self.chords!r}",
                zh=f"chords 应为 {'、'.join(_CHORDS)} 之一,收到 {self.chords!r}",
            )
        if self.base is not None and self.recordings is not None:
            raise ParameterError(
                "recordings are read with the archives; give either base or recordings",
                zh="录音须与归档一起读取;base 与 recordings 只能给一个",
            )
        if self.n_arranged < 0:
            raise ParameterError(
                f"n_arranged must be >= 0, got {self.n_arranged}; 0 writes none",
                zh=f"n_arranged 须不小于 0,收到 {self.n_arranged};0 表示不写",
            )
        if self.n_workers < 1 or not self.limit_s > 0:
            raise ParameterError(
                f"n_workers must be >= 1 and limit_s > 0, got {self.n_workers} and {self.limit_s}",
                zh=f"n_workers 须不小于 1、limit_s 须大于 0,收到 {self.n_workers} 和 {self.limit_s}",
            )

    @property
    def chosen(self) -> tuple[Source, ...]:
        """The sources to build from, in the manifest's order."""
        return tuple(
            source
            for source in self.sources_known
            if source.licence_class in self.licences
            and (not self.sources or source.name in self.sources)
        )

    @property
    def chosen_benchmarks(self) -> tuple[Source, ...]:
        """The sources that are kept out."""
        return tuple(
            source
            for source in self.sources_known
            if source.licence_class == "evaluate"
            and (self.benchmarks is None or source.name in self.benchmarks)
        )


def build_corpus(config: BuildConfig, *, on_progress: Progress | None = None) -> dict[str, Any]:
    """Return the facts of a corpus, once its shards are written.

    Parameters
    ----------
    config : BuildConfig
    on_progress : callable or None
        Gets a fraction and what is being done.

    Returns
    -------
    dict
        What ``corpus.json`` says.

    Raises
    ------
    CorpusError
        An archive is missing, damaged or not the expected one.
    ParameterError
        The output folder holds something else.

    Examples
    --------
    >>> config = BuildConfig(archives=Path("none"), output=Path("shards"), cache=Path("cache"))
    >>> build_corpus(config)
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: none/clean/polish-scores.tar.zst: the archive cannot be read: ...
    """
    tell = on_progress or _ignore
    draft = _read_sources(config, tell) if config.base is None else _read_base(config, tell)
    choice, sources = draft.choice, draft.sources
    names = [source.name for source in sources]
    if config.n_arranged:
        choice = add_arranged(
            choice,
            names,
            config.n_arranged,
            known=draft.known,
            n_workers=config.n_workers,
            on_progress=lambda share, what: tell(0.7 + 0.25 * share, what),
        )
        sources, names = (*sources, ARRANGER), [*names, ARRANGER.name]
    tell(0.95, "write")
    facts = {
        "format": FORMAT,
        "vocab_hash": vocab_hash(),
        "positions_per_qn": POSITIONS_PER_QN,
        "source_names": names,
        "licences": draft.licences,
        "chords": draft.chords,
        "credits": draft.credits,
        "n_arranged": config.n_arranged,
        **tally_corpus(choice, sources),
    }
    written = write_shards(config.output, choice.pieces, facts, draft.report)
    tell(1.0, "done")
    return written


@dataclass(frozen=True, eq=False, kw_only=True)
class _Draft:
    """A corpus of people's music, before the arranger's is added."""

    choice: Choice
    sources: tuple[Source, ...]
    known: list[Known]
    licences: list[str]
    chords: str
    credits: dict[str, list[str]]
    report: dict[str, Any]


def _read_base(config: BuildConfig, tell: Progress) -> _Draft:
    """Return the pieces of a corpus that was built, and benchmarks where their archives are."""
    base = config.base or Path()
    tell(0.0, f"read {base.name}")
    choice, facts, report = load_built(base)
    by_name = {source.name: source for source in config.sources_known}
    gone = [name for name in facts["source_names"] if name not in by_name]
    if gone:
        raise CorpusError(
            f"the base has sources that the manifest has not: {', '.join(gone)}; take one without",
            zh=f"基础语料库含有清单中没有的来源:{'、'.join(gone)};请换一个",
            path=str(base),
        )
    known: list[Known] = []
    if config.n_arranged:
        benchmarks = _load_benchmarks(config, tell)
        items = [item for one in benchmarks for item in one.items]
        prepared = prepare_all(
            items,
            n_workers=config.n_workers,
            limit_s=config.limit_s,
            on_progress=lambda share, what: tell(0.1 + 0.5 * share, what),
        )
        known = read_benchmarks(prepared, benchmarks)
    return _Draft(
        choice=replace(choice, pieces=weigh_pieces(choice.pieces)),
        sources=tuple(by_name[name] for name in facts["source_names"]),
        known=known,
        licences=facts["licences"],
        chords=facts["chords"],
        credits=facts["credits"],
        report=report,
    )


def _load_benchmarks(config: BuildConfig, tell: Progress) -> list[Benchmark]:
    """Return what is kept out."""
    benchmarks = []
    for source in config.chosen_benchmarks:
        tell(0.05, f"unpack {source.name}")
        folder = unpack(config.archives / source.archive, config.cache, sha256=source.sha256)
        benchmarks.append(load_benchmark(source.name, folder))
    return benchmarks


def _read_sources(config: BuildConfig, tell: Progress) -> _Draft:
    """Return the pieces of the archives: read, copies and benchmarks left out, chords found."""
    sources = config.chosen
    items: list[Item] = []
    for k, source in enumerate(sources):
        tell(0.05 * k / len(sources), f"unpack {source.name}")
        folder = unpack(config.archives / source.archive, config.cache, sha256=source.sha256)
        items += list_items(source.name, folder)
    if config.recordings is not None:
        sources = (*sources, RECORDINGS)
        items += list_recordings(config.recordings)
    benchmarks = _load_benchmarks(config, tell)
    items += [item for one in benchmarks for item in one.items]
    prepared = prepare_all(
        items,
        n_workers=config.n_workers,
        limit_s=config.limit_s,
        on_progress=lambda share, what: tell(0.05 + 0.3 * share, what),
    )
    tell(0.35, "find duplicates")
    names = [source.name for source in sources]
    choice = choose_pieces(prepared, names, benchmarks, n_workers=config.n_workers)
    if config.chords != "none":
        grids = label_all(
            [piece.grid for piece in choice.pieces],
            config.cache,
            method=config.chords,
            n_workers=config.n_workers,
            limit_s=config.limit_s,
            on_progress=lambda share, what: tell(0.4 + 0.3 * share, what),
        )
        pieces = [replace(one, grid=grid) for one, grid in zip(choice.pieces, grids, strict=True)]
        choice = replace(choice, pieces=pieces)
    return _Draft(
        choice=choice,
        sources=sources,
        known=read_benchmarks(prepared, benchmarks) if config.n_arranged else [],
        licences=list(config.licences),
        chords=config.chords,
        credits=list_credits(items, {piece.name for piece in choice.pieces}),
        report=_report(choice, prepared, set(names)),
    )


def prepare_all(
    items: Sequence[Item],
    *,
    n_workers: int = 1,
    limit_s: float = 60.0,
    on_progress: Progress | None = None,
) -> list[Prepared]:
    """Return what became of each item, in their order, done by several processes.

    Parameters
    ----------
    items : sequence of Item
    n_workers : int, >= 1
    limit_s : float, seconds
    on_progress : callable or None

    Returns
    -------
    list of Prepared

    Examples
    --------
    >>> prepare_all([])
    []
    """
    tell = on_progress or _ignore
    done: list[Prepared] = []
    work = partial(prepare_item, limit_s=limit_s)
    for prepared in map_ordered(work, items, n_workers=n_workers):
        done.append(prepared)
        if len(done) % 20 == 0:
            tell(len(done) / len(items), f"{prepared.item.source} {len(done)}/{len(items)}")
    return done


def _ignore(share: float, what: str) -> None:
    """Take a report that nobody wants."""


def _report(choice: Choice, everything: Sequence[Prepared], names: set[str]) -> dict[str, Any]:
    """Return what was left out and what the grid changed, for ``report.json``."""
    prepared = [one for one in everything if one.item.source in names]
    broken = {
        f"{one.item.source}/{one.item.name}": one.reason for one in prepared if one.grid is None
    }
    totals: Counter[str] = Counter()
    by_source: dict[str, Counter[str]] = {}
    for one in prepared:
        if one.report is None:
            continue
        own = by_source.setdefault(one.item.source, Counter())
        for name in (
            "n_notes",
            "n_moved",
            "n_grace",
            "n_merged",
            "n_dropped",
            "n_clipped",
            "n_folded",
        ):
            own[name] += getattr(one.report, name)
        own["n_files"] += 1
        own["n_repairs"] += one.n_repairs
    for own in by_source.values():
        totals.update(own)
    return {
        "left_out": broken,
        "duplicates": choice.duplicates,
        "benchmark": choice.benchmark,
        "grid": {name: dict(own) for name, own in by_source.items()},
        "grid_total": dict(totals),
        "splits": list(SPLITS),
        "n_files": len(prepared),
    }
