"""Training a `RollModel` on the training split of one set, and measuring it on another split.

Conventions: a piece is uint8, shape (t, k, p): frames, parts, pitches. A run lives in a folder, as
those of `motet.train.loop` do: two checkpoints that take turns, `log.jsonl`, and `weights.npz`, the mean
weights of the best validation; starting a run that is there resumes it. Step s draws its rows from a
random generator of its own. Nothing of the test split is seen while training.

Offers `RollRecipe`, `train_rolls`, `load_rolls`, `measure_rolls`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from motet.errors import BundleError, CorpusError, ParameterError
from motet.models.roll import RollConfig, RollModel
from motet.train.checkpoint import load_checkpoint, load_weights, save_checkpoint, save_weights
from motet.train.config import RunConfig
from motet.train.log import Log
from motet.train.optim import Ema, find_rate, make_optimizer

__all__ = ["RollRecipe", "load_rolls", "measure_rolls", "train_rolls"]

Roll = npt.NDArray[np.uint8]
"""uint8, shape (t, k, p)."""

_SAVE_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRecipe:
    """How a `RollModel` is trained.

    Parameters
    ----------
    steps, rows : int
        Length of the run, and windows a step.
    lr, weight_decay : float
        Muon's for matrices, AdamW's for the rest; the rate falls as a cosine.
    shift_semi : int
        Windows are moved by up to so many semitones up or down.
    valid_steps, patience : int
        How often to validate, and how often in a row without improvement before the run ends.
    valid_frames : int
        About how many frames of the validation split are used while training.
    bf16 : bool
        Mixed precision while training; measuring is in full precision.
    seed : int

    Raises
    ------
    ParameterError
        A value is out of range.

    Examples
    --------
    >>> RollRecipe(steps=100).shift_semi
    6
    """

    steps: int
    rows: int = 8
    lr: float = 3e-3
    weight_decay: float = 0.1
    shift_semi: int = 6
    valid_steps: int = 100
    patience: int = 6
    valid_frames: int = 12_000
    bf16: bool = True
    seed: int = 0

    def __post_init__(self) -> None:
        counts = (self.steps, self.rows, self.valid_steps, self.patience, self.valid_frames)
        if not (min(counts) > 0 and self.lr > 0 and min(self.weight_decay, self.shift_semi) >= 0):
            raise ParameterError(
                f"a RollRecipe needs counts and a rate above 0; got {asdict(self)}",
                zh=f"RollRecipe 的计数和学习率须大于 0;收到 {asdict(self)}",
            )


def train_rolls(
    train: Sequence[Roll],
    valid: Sequence[Roll],
    *,
    config: RollConfig,
    recipe: RollRecipe,
    folder: str | Path,
    say: Callable[[str], None] | None = None,
) -> float:
    """Return the nats a frame of the best validation, once the folder holds those weights.

    Parameters
    ----------
    train, valid : sequence of uint8, shape (t, k, p)
    config : RollConfig
    recipe : RollRecipe
    folder : str or Path
        Made when missing; a run that is there goes on, a finished one is left as it is.
    say : callable or None
        Told how it goes.

    Raises
    ------
    CorpusError
        A split is empty, or its rolls are not of the config's shape.
    BundleError
        The folder holds a run of another model or recipe.

    Examples
    --------
    >>> from motet.models.roll import ROLL_SIZES
    >>> pieces = [np.zeros((9, 1, 88), np.uint8)]
    >>> recipe = RollRecipe(steps=2, rows=1, valid_steps=1)
    >>> nats = train_rolls(pieces, pieces, config=ROLL_SIZES["tiny"], recipe=recipe, folder="run")
    >>> 0 < nats < 50
    True
    """
    for name, split in (("train", train), ("valid", valid)):
        _check_split(name, split, config)
    run = _Run(config, recipe, Path(folder), say or _be_silent)
    try:
        return run.go(train, _thin_out(valid, recipe.valid_frames))
    finally:
        run.log.close()


def _be_silent(text: str) -> None:
    """Say nothing."""


def _check_split(name: str, split: Sequence[Roll], config: RollConfig) -> None:
    shape = (config.n_parts, config.n_pitches)
    if not split or any(one.ndim != 3 or one.shape[1:] != shape for one in split):
        raise CorpusError(
            f"the {name} split needs rolls of shape (frames, {shape[0]}, {shape[1]})",
            zh=f"{name} 部分须为形状(帧, {shape[0]}, {shape[1]})的钢琴卷",
        )


def _thin_out(pieces: Sequence[Roll], n_frames: int) -> list[Roll]:
    """Return every so-manieth piece, about so many frames together."""
    total = sum(len(one) for one in pieces)
    return list(pieces[:: max(1, math.ceil(total / n_frames))])


def _choose_pieces(
    lengths: npt.NDArray[np.int64], *, rng: np.random.Generator, n_rows: int, context: int
) -> npt.NDArray[np.int64]:
    """Return pieces of about one length, so that little is padded; longer ones more often."""
    cut = np.minimum(lengths, context)
    order = np.lexsort((rng.random(len(cut)), cut))
    edges = np.cumsum(np.maximum(lengths, context / 2)[order])
    middle = np.searchsorted(edges, rng.random() * edges[-1], side="right")
    same = np.flatnonzero(np.abs(cut[order] - cut[order[middle]]) <= 16)
    weights = np.maximum(lengths, context / 2)[order[same]]
    chosen: npt.NDArray[np.int64] = order[rng.choice(same, n_rows, p=weights / weights.sum())]
    return chosen


def _draw_rows(
    pieces: Sequence[Roll], *, step: int, config: RollConfig, recipe: RollRecipe
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return windows (b, t, k, p), their places (b,), and which frames are real (b, t)."""
    rng = np.random.default_rng((recipe.seed, step))
    lengths = np.array([len(one) for one in pieces])
    chosen = _choose_pieces(lengths, rng=rng, n_rows=recipe.rows, context=config.context)
    longest = min(config.context, _round_up(int(lengths[chosen].max())))
    rows = np.zeros((recipe.rows, longest, config.n_parts, config.n_pitches), np.float32)
    places = np.zeros(recipe.rows, np.int64)
    real = np.zeros((recipe.rows, longest), np.float32)
    for i, index in enumerate(chosen):
        piece = pieces[index]
        spare = max(0, len(piece) - longest)
        if spare > 0:  # windows at either end are drawn more often than chance
            places[i] = np.clip(rng.integers(-(longest // 4), spare + longest // 4 + 1), 0, spare)
        window = piece[places[i] : places[i] + longest]
        used = np.flatnonzero(window.any((0, 1)))
        low, high = (int(used[0]), int(used[-1])) if len(used) else (0, config.n_pitches - 1)
        down, up = min(recipe.shift_semi, low), min(recipe.shift_semi, config.n_pitches - 1 - high)
        shift = int(rng.integers(-down, up + 1))
        rows[i, : len(window)] = np.roll(window, shift, axis=2)  # what wraps is silent
        real[i, : len(window)] = 1
    return rows, places, real


def _round_up(n_frames: int) -> int:
    """Return the next multiple of 32: kernels for bfloat16 are compiled anew for each length."""
    return -(-n_frames // 32) * 32


class _Run:
    """A run between its start and its end."""

    def __init__(
        self, config: RollConfig, recipe: RollRecipe, folder: Path, say: Callable[[str], None]
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.config, self.recipe, self.folder, self.say = config, recipe, folder, say
        torch.manual_seed(recipe.seed)
        self.model, self.mean = RollModel(config), RollModel(config)
        self.rates = RunConfig(
            optimizer="muon",
            lr=recipe.lr,
            weight_decay=recipe.weight_decay,
            schedule="cosine",
            warmup_steps=40,
        )
        self.optimizer = make_optimizer(self.model, self.rates)
        self.ema = Ema(self.model, most=0.999)
        self.step, self.n_worse, self.best, self.cpu_s = 0, 0, math.inf, 0.0
        stored = load_checkpoint(folder)
        if stored is not None:
            self._restore(stored)
        self.log = Log(folder / "log.jsonl", step=self.step)

    def _recipe(self) -> dict[str, Any]:
        return {"config": self.config.to_dict(), "recipe": asdict(self.recipe)}

    def _restore(self, stored: dict[str, Any]) -> None:
        """Take a checkpoint's state."""
        if stored["told"] != self._recipe():
            raise BundleError(
                "the folder holds a run of another model or recipe; choose another one",
                zh="该文件夹中是另一种模型或配方的训练;请另选文件夹",
                path=str(self.folder),
            )
        self.model.load_state_dict(stored["model"])
        self.optimizer.load_state_dict(stored["optimizer"])
        self.ema.weights = dict(stored["ema"])
        self.step, self.n_worse = int(stored["step"]), int(stored["n_worse"])
        self.best, self.cpu_s = float(stored["best"]), float(stored["cpu_s"])

    def go(self, train: Sequence[Roll], valid: Sequence[Roll]) -> float:
        """Train to the end, or until validation no longer improves."""
        recipe = self.recipe
        saved_s = time.monotonic()
        while self.step < recipe.steps and self.n_worse < recipe.patience:
            began_s = time.process_time()
            self._take_step(train)
            if self.step % recipe.valid_steps == 0 or self.step == recipe.steps:
                self._judge(valid)
            self.cpu_s += time.process_time() - began_s
            if time.monotonic() - saved_s > _SAVE_S:
                self._save()
                saved_s = time.monotonic()
        self._save()
        return self.best

    def _take_step(self, train: Sequence[Roll]) -> None:
        recipe = self.recipe
        rate = find_rate(self.rates, step=self.step, progress=self.step / recipe.steps)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        rows, places, real = _draw_rows(train, step=self.step, config=self.config, recipe=recipe)
        torch.manual_seed(recipe.seed * 1_000_003 + self.step)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.bf16):
            nats = self.model(torch.from_numpy(rows), torch.from_numpy(places))  # (b, t)
        mask = torch.from_numpy(real)
        loss = (nats * mask).sum() / mask.sum()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        if math.isfinite(float(norm)):
            self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.ema.update(self.model, step=self.step)
        if self.step % 20 == 0:
            self.log.write("step", step=self.step, loss=float(loss.detach()), lr=rate)

    def _judge(self, valid: Sequence[Roll]) -> None:
        """Validate the mean weights, and keep them when they are the best."""
        self.mean.load_state_dict(self.ema.weights)
        nats = float(np.mean(np.concatenate(measure_rolls(self.mean, valid))))
        is_best = nats < self.best
        self.best, self.n_worse = min(self.best, nats), 0 if is_best else self.n_worse + 1
        self.log.write(
            "valid", step=self.step, nats_per_frame=nats, best=is_best, cpu_s=round(self.cpu_s)
        )
        self.say(f"step {self.step} of {self.recipe.steps}: {nats:.3f} nats a frame")
        if is_best:
            facts = {
                "family": "roll",
                **self.config.to_dict(),
                **self._recipe(),
                "steps": self.step,
                "cpu_s": round(self.cpu_s),
                "valid_nats_per_frame": nats,
                "torch": torch.__version__,
            }
            save_weights(self.folder / "weights.npz", self.ema.weights, facts)

    def _save(self) -> None:
        state = {
            "step": self.step,
            "n_worse": self.n_worse,
            "best": self.best,
            "cpu_s": self.cpu_s,
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "ema": self.ema.weights,
            "told": self._recipe(),
        }
        save_checkpoint(self.folder, state)


def load_rolls(path: str | Path) -> tuple[RollModel, dict[str, Any]]:
    """Return the model in a weights file, ready to measure, and what the file says of it.

    Parameters
    ----------
    path : str or Path
        The ``weights.npz`` of `train_rolls`.

    Raises
    ------
    BundleError
        The file is missing, damaged, or of another model.

    Examples
    --------
    >>> load_rolls("nowhere.npz")
    Traceback (most recent call last):
    motet.errors.BundleError: nowhere.npz: cannot read weights: ...
    """
    from motet.models.registry import restore_model

    facts, weights = load_weights(path)
    model = restore_model(facts, weights)
    if not isinstance(model, RollModel):
        raise BundleError(
            "the file holds no model of piano rolls",
            zh="该文件中不是钢琴卷模型",
            path=str(path),
        )
    return model, facts


@torch.no_grad()
def measure_rolls(
    model: RollModel, pieces: Sequence[Roll], *, rows: int = 8
) -> list[npt.NDArray[np.float32]]:
    """Return what each frame of each piece costs, in full precision.

    Parameters
    ----------
    model : RollModel
    pieces : sequence of uint8, shape (t, k, p)
        One that is longer than the model's context is read in windows that overlap by half: each
        frame is measured once, with at least half a context before it or all there is.
    rows : int
        Windows computed at once.

    Returns
    -------
    list of float32, shape (t,), nats

    Examples
    --------
    >>> from motet.models.roll import ROLL_SIZES
    >>> piece = np.zeros((70, 1, 88), np.uint8)
    >>> [len(one) for one in measure_rolls(RollModel(ROLL_SIZES["tiny"]), [piece])]
    [70]
    """
    context = model.config.context
    windows: list[tuple[int, int, int]] = []  # piece, start, first frame that counts
    for index, piece in enumerate(pieces):
        windows.append((index, 0, 0))
        windows.extend(
            (index, min(begin - context // 2, len(piece) - context), begin)
            for begin in range(context, len(piece), context // 2)
        )
    windows.sort(key=lambda one: -min(context, len(pieces[one[0]])))
    found = [np.zeros(len(piece), np.float32) for piece in pieces]
    was_training = model.training
    model.eval()
    for at in range(0, len(windows), rows):
        batch = windows[at : at + rows]
        longest = max(min(context, len(pieces[index])) for index, _, _ in batch)
        shape = (len(batch), longest, model.config.n_parts, model.config.n_pitches)
        filled = np.zeros(shape, np.float32)
        for i, (index, start, _) in enumerate(batch):
            part = pieces[index][start : start + longest]
            filled[i, : len(part)] = part
        places = torch.tensor([start for _, start, _ in batch])
        nats = model(torch.from_numpy(filled), places).numpy()
        for i, (index, start, first) in enumerate(batch):
            end = min(start + longest, len(pieces[index]))
            found[index][first:end] = nats[i, first - start : end - start]
    model.train(was_training)
    return found
