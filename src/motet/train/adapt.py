"""A trained model learns from a folder of somebody's scores, on their own machine, in minutes.

Conventions: the model's weights stay; low-rank adapters learn (`motet.models.lora`) and are merged at the
end. Whole pieces are held out; learning stops when those that say when to stop are foretold no better.
Nats a note everywhere, in full precision. Files are read, nothing is sent anywhere.

Offers `adapt_model`, `AdaptOutcome`; how it is told: `motet.train.adapt_config`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from motet.corpus.shards import open_shards
from motet.corpus.style import style_value
from motet.errors import CorpusError, ParameterError
from motet.models.learner import Learner
from motet.models.load import load_model
from motet.models.lora import adapter_state, add_adapters, load_adapter_state, merge_adapters
from motet.tokens.layout import GridScore
from motet.train.adapt_config import AdaptConfig, Figures
from motet.train.config import RunConfig
from motet.train.data import CorpusRows, Prefetch
from motet.train.folder import FolderPieces, FolderSplit, cut_windows, split_folder
from motet.train.general import general_pieces
from motet.train.gradient import Engine
from motet.train.optim import find_rate
from motet.train.pieces import Pieces
from motet.train.valid import ValidSet, build_valid, evaluate

__all__ = ["AdaptOutcome", "adapt_model"]

Report = Callable[[float, str], None]

_WINDOWS: Final = 6
_STOP_WINDOWS: Final = 3
"""Windows of a held-out piece that are judged at most: for the report, and to know when to stop."""
_CORPUS_WINDOWS: Final = 96
_LEAST_SHARE = 0.5
_JUDGE_EVERY_S: Final = 10.0
_JUDGE_SHARE: Final = 0.2
"""Most of the time that may go into judging."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class AdaptOutcome:
    """What came of adapting.

    Parameters
    ----------
    weights : dict of name to Tensor
        The adapted model, adapters merged.
    split : FolderSplit
    own : Figures
        On the held-out pieces of the folder.
    general : dict of name to Figures
        On other music: ``arranger`` always, ``corpus`` where there is one.
    steps, tokens : int
        Done until the end; the best of them is kept.
    best_step : int
    minutes : float
        Of learning, judging counted in.
    reason : str
        ``"finished"``, ``"no improvement"`` or ``"interrupted"``.
    n_learnt : int
        Numbers in the adapters.
    """

    weights: dict[str, Tensor]
    split: FolderSplit
    own: Figures
    general: dict[str, Figures]
    steps: int
    best_step: int
    tokens: int
    minutes: float
    reason: str
    n_learnt: int


def adapt_model(
    pieces: FolderPieces,
    *,
    bundle: str | Path = "small",
    config: AdaptConfig | None = None,
    shards: str | Path | None = None,
    on_progress: Report | None = None,
) -> AdaptOutcome:
    """Return a model adapted to a folder of scores, and what that did on music it has not learnt from.

    Parameters
    ----------
    pieces : FolderPieces
        From `motet.train.read_folder`.
    bundle : str or Path
        What to begin from; see `motet.models.load_model`.
    config : AdaptConfig or None
    shards : str, Path or None
        A built corpus, whose test pieces say how general quality fared.
    on_progress : callable or None
        Called with the share that is done and what is being done. Ctrl-C while learning keeps the best
        so far.

    Returns
    -------
    AdaptOutcome

    Raises
    ------
    BundleError
        There is no such bundle, or it came without weights.
    CorpusError
        No piece can be held out, or none is long enough; or nothing was gained.

    Examples
    --------
    >>> from motet.train.folder import read_folder
    >>> adapt_model(read_folder("nowhere"))
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no folder 'nowhere'; give one that holds scores
    """
    config = config or AdaptConfig()
    split = split_folder(pieces, seed=config.seed)
    grids = [
        replace(grid, style=style_value(config.style)) if config.style else grid
        for grid in pieces.grids
    ]
    model = load_model(bundle)
    if isinstance(model, Learner):
        raise ParameterError(
            f"{str(bundle)!r} is no model of tokens, and adapting is for those; take small",
            zh=f"{str(bundle)!r} 不是 token 模型,适配只用于 token 模型;请用 small",
        )
    torch.manual_seed(config.seed)
    n_learnt = add_adapters(model, rank=config.rank, p_drop=config.p_drop)
    run = _Run(model, config, on_progress or _ignore)
    try:
        sets = {
            "stop": _judged([grids[k] for k in split.stop], config, _STOP_WINDOWS),
            "own": _judged([grids[k] for k in split.held], config, _WINDOWS),
            "arranger": _judged(list(general_pieces()), config, 1),
        }
        if shards is not None:
            test = open_shards(shards, "test")
            sets["corpus"] = _without_holes(
                build_valid(
                    test, context=config.context, n_windows=_CORPUS_WINDOWS, seed=config.seed
                )
            )
        before = {name: run.judge(one) for name, one in sets.items()}
        run.learn(_source([grids[k] for k in split.train], config), sets["stop"], before["stop"])
        if not run.best_step:
            raise _no_gain(run)
        after = {name: run.judge(one) for name, one in sets.items() if name != "stop"}
    finally:
        run.engine.close()
    figures = {
        name: Figures(before=before[name], after=one, n_notes=_count_notes(sets[name]))
        for name, one in after.items()
    }
    own = figures.pop("own")
    return AdaptOutcome(
        weights=dict(merge_adapters(model).state_dict()),
        split=split,
        own=own,
        general=figures,
        steps=run.step,
        best_step=run.best_step,
        tokens=run.step * config.rows * config.context,
        minutes=run.minutes,
        reason=run.reason,
        n_learnt=n_learnt,
    )


def _ignore(share: float, what: str) -> None:
    """Take a report that nobody wants."""


def _source(grids: Sequence[GridScore], config: AdaptConfig) -> CorpusRows:
    """Return rows of the pieces: each as it is, and in a named style once more without the name."""
    plain = [replace(grid, style=-1) for grid in grids] if config.style else []
    both = Pieces([*grids, *plain])
    return CorpusRows(both, context=config.context, config=RunConfig().draw, seed=config.seed)


def _judged(grids: Sequence[GridScore], config: AdaptConfig, most: int) -> ValidSet:
    """Return windows of pieces, those of each piece one after another, none with holes."""
    windows = [
        one for grid in grids for one in cut_windows(grid, room=0.8 * config.context, most=most)
    ]
    try:
        return _without_holes(
            build_valid(
                Pieces(windows, split="held-out"), context=config.context, n_windows=len(windows)
            )
        )
    except CorpusError as error:
        raise CorpusError(
            "the pieces that were held out are too short to judge by; add longer ones, or join short "
            "tunes into one file",
            zh="留出的乐曲过短,无法用来检验;请加入较长的乐曲,或把短曲合并为一个文件",
        ) from error


def _without_holes(valid: ValidSet) -> ValidSet:
    """Return the windows that count for nats a note: those without holes."""
    plain = valid.side == 0
    return ValidSet(
        rows=valid.rows[plain],
        styles=valid.styles[plain],
        side=valid.side[plain],
        marks=valid.marks[plain],
    )


def _count_notes(valid: ValidSet) -> int:
    """Return the notes that are judged."""
    from motet.tokens.vocab import FAMILIES

    rows = valid.rows[valid.side == 0][:, 1:]
    names = ("PITCH", "ADD", "DRUM")
    return int(sum(((rows >= FAMILIES[n].start) & (rows < FAMILIES[n].end)).sum() for n in names))


def _no_gain(run: _Run) -> CorpusError:
    """Return what to say when nothing was learnt that helps."""
    return CorpusError(
        f"after {run.step} steps in {run.minutes:.1f} minutes the held-out pieces are foretold no better "
        "than before, so nothing is written; add more pieces, or give it more --minutes",
        zh=f"{run.minutes:.1f} 分钟、{run.step} 步之后,对留出乐曲的预测并无改进,因此未写出任何文件;"
        "请加入更多乐曲,或增大 --minutes",
    )


class _Run:
    """Adapters while they learn."""

    def __init__(self, model: nn.Module, config: AdaptConfig, report: Report) -> None:
        self.model, self.config, self.report = model, config, report
        n = config.n_threads
        rows = -(-config.rows // n) * n  # what the threads share evenly
        self.told = RunConfig(
            context=config.context, rows=rows, micro_rows=rows // n, threads=n, lr=config.lr,
            steps=max(1, config.steps), minutes=0.0 if config.steps else config.minutes,
            schedule="linear", warmup_steps=min(20, max(1, config.steps // 10)) if config.steps else 20,
            device="cpu", seed=config.seed,
        )  # fmt: skip
        self.engine = Engine(model, self.told, torch.device("cpu"))
        weights = [one for one in model.parameters() if one.requires_grad]
        self.optimizer = torch.optim.AdamW(
            weights, lr=config.lr, betas=(0.9, 0.99), weight_decay=0.01
        )
        self.step = self.best_step = 0
        self.minutes = 0.0
        self.reason = "finished"
        self._judged_s = self._cost_s = 0.0

    def judge(self, valid: ValidSet) -> float:
        """Return nats a note on some windows."""
        began_s = time.monotonic()
        found = evaluate(self.engine.losses, valid).nats_per_note
        self._judged_s = time.monotonic()
        self._cost_s = self._judged_s - began_s
        return found

    def learn(self, source: CorpusRows, valid: ValidSet, start: float) -> None:
        """Let the adapters learn, and leave them as they were at their best."""
        best, state, n_worse = start, adapter_state(self.model), 0
        prefetch = Prefetch(source, n_rows=self.told.rows)
        began_s = time.monotonic()
        self.model.train()
        try:
            for rows in prefetch:
                self.minutes = (time.monotonic() - began_s) / 60
                progress = self._progress()
                if progress < 1:
                    self._take_step(rows, progress)
                if progress >= 1 or self._is_due():
                    found = self.judge(valid)
                    is_best = math.isfinite(found) and found < best
                    is_late = (
                        progress >= _LEAST_SHARE
                    )  # at the highest rate most folders get worse first
                    n_worse = 0 if is_best else n_worse + is_late
                    if is_best:
                        best, state, self.best_step = found, adapter_state(self.model), self.step
                    self.report(min(1.0, progress), f"{self.step}: {found:.3f} ({start:.3f})")
                if progress >= 1:
                    break
                if n_worse >= self.config.patience:
                    self.reason = "no improvement"
                    break
        except KeyboardInterrupt:
            self.reason = "interrupted"
        finally:
            prefetch.close()
            self.minutes = (time.monotonic() - began_s) / 60
            load_adapter_state(self.model, state)

    def _progress(self) -> float:
        """Return the share of the run that is done."""
        if self.config.steps:
            return self.step / self.config.steps
        return self.minutes / self.config.minutes

    def _is_due(self) -> bool:
        """Return whether it is time to judge again."""
        if self.config.steps:
            return self.step % max(1, self.config.steps // 8) == 0
        wait_s = max(_JUDGE_EVERY_S, self._cost_s / _JUDGE_SHARE)
        return time.monotonic() - self._judged_s >= min(wait_s, 60 * self.config.minutes / 8)

    def _take_step(self, rows: Any, progress: float) -> None:
        """Take one step."""
        rate = find_rate(self.told, step=self.step, progress=progress)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.engine.fill_gradients(rows)
        weights = [one for one in self.model.parameters() if one.requires_grad]
        norm = float(nn.utils.clip_grad_norm_(weights, 1.0))
        if math.isfinite(norm):
            self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
