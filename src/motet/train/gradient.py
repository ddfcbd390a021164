"""Gradients of a batch: micro-batches shared among workers, each on one core.

Conventions: workers with a core each meet once a step, so that no operation waits for the slower core
(see docs/training.md for what was measured beside other programs). Gradients
are summed in the order of the micro-batches, so the result does not depend on who was faster.

Offers `Engine`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from motet.train.config import RunConfig
from motet.train.data import Rows
from motet.train.label import KINDS, PITCH_KIND, label_rows
from motet.train.loss import fused_cross_entropy

__all__ = ["Engine"]


class Engine:
    """Losses and gradients of one model on one device.

    Parameters
    ----------
    model : Module
        With `hidden(ids, segments=...)` and an `embed.weight` tied to the output. Frozen weights take no
        gradient.
    config : RunConfig
    device : torch.device
    """

    def __init__(self, model: nn.Module, config: RunConfig, device: torch.device) -> None:
        self.model, self.config, self.device = model, config, device
        self._weights = [weight for weight in model.parameters() if weight.requires_grad]
        is_cpu = device.type == "cpu"
        self._pool = ThreadPoolExecutor(max_workers=config.threads if is_cpu else 1)
        hidden: Any = model.hidden
        self._hidden = torch.compile(hidden, dynamic=False) if config.compile_model else hidden

    def _run(self, ids: Tensor, *, bf16: bool) -> tuple[Tensor, Tensor, Tensor]:
        """Return the stream, the tokens that follow and their kinds."""
        segments, kinds = label_rows(ids)
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=bf16):
            hidden = self._hidden(ids[:, :-1], segments=segments[:, :-1])  # (b, t, d)
        return hidden, ids[:, 1:], kinds[:, 1:]

    def _to_device(self, rows: Rows) -> Tensor:
        return torch.from_numpy(rows.astype(np.int32)).to(self.device, non_blocking=True).long()

    def _micro(self, rows: Rows, weigh: Tensor, total: float) -> tuple[list[Tensor], Tensor]:
        """Return the gradients of some rows, and nats and tokens by kind, shape (2, kinds)."""
        if self.device.type == "cpu":
            torch.set_num_threads(1)
        hidden, targets, kinds = self._run(self._to_device(rows), bf16=self.config.bf16)
        if self.config.bf16:
            hidden = hidden.bfloat16()
        flat = kinds.reshape(-1).long()  # (b * t,)
        loss, nats = fused_cross_entropy(
            hidden.reshape(len(flat), -1),
            self.model.embed.weight,  # type: ignore[arg-type,union-attr]
            targets.reshape(-1),
            scale=weigh[flat] / total,
        )
        grads = torch.autograd.grad(loss, self._weights)
        by_kind = torch.zeros(2, len(KINDS), device=self.device)
        by_kind[0].index_add_(0, flat, nats)
        by_kind[1].index_add_(0, flat, torch.ones_like(nats))
        return list(grads), by_kind

    def fill_gradients(self, rows: Rows) -> dict[str, float]:
        """Set the gradients of the model to those of a batch, and return nats a note by kind."""
        weigh = torch.ones(len(KINDS), device=self.device)
        weigh[0], weigh[1] = 0.0, self.config.header_weight
        counts = (rows[:, 1:] != 0).sum()
        size = self.config.micro_rows
        parts = [rows[start : start + size] for start in range(0, len(rows), size)]
        results = self._pool.map(lambda part: self._micro(part, weigh, float(counts)), parts)
        by_kind = torch.zeros(2, len(KINDS), device=self.device)
        sums: list[Tensor] | None = None
        for grads, counted in results:
            by_kind += counted
            if sums is None:
                sums = grads
            else:
                torch._foreach_add_(sums, grads)
        for weight, grad in zip(self._weights, sums or [], strict=True):
            weight.grad = grad
        nats, tokens = by_kind.cpu().tolist()
        n_notes = max(1.0, tokens[PITCH_KIND])
        found = {name: nats[kind] / n_notes for kind, name in enumerate(KINDS) if kind}
        found["nats_per_token"] = sum(nats[1:]) / max(1.0, sum(tokens[1:]))
        return found

    @torch.no_grad()
    def losses(self, rows: Rows) -> npt.NDArray[np.float32]:
        """Return nats of each token after the first, shape (b, t - 1); full precision on the CPU."""
        half = max(1, len(rows) // max(1, self.config.threads))
        parts = [rows[start : start + half] for start in range(0, len(rows), half)]
        self.model.eval()
        try:
            return np.concatenate(list(self._pool.map(self._losses, parts)))
        finally:
            self.model.train()

    @torch.no_grad()
    def _losses(self, rows: Rows) -> npt.NDArray[np.float32]:
        if self.device.type == "cpu":
            torch.set_num_threads(1)
        bf16 = self.config.bf16 and self.device.type != "cpu"
        hidden, targets, _ = self._run(self._to_device(rows), bf16=bf16)
        flat = targets.reshape(-1)
        weight: Any = self.model.embed.weight  # type: ignore[union-attr]
        nats = fused_cross_entropy(
            hidden.reshape(len(flat), -1).float(), weight, flat, scale=torch.ones_like(flat).float()
        )[1]
        return nats.reshape(targets.shape).cpu().numpy()

    def close(self) -> None:
        """End the workers."""
        self._pool.shutdown()
