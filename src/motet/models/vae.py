"""A variational autoencoder of phrases: two, four or sixteen bars as one point in a space of music.

Conventions: tokens are those of `motet.phrases.step_codec`, shape (b, bars, 16, voices); a *state* is
what a voice has sounded up to a step (rest, a new note, a held one). Nats unless said otherwise.
Shape letters: b batch, s bars, t steps of a bar, v voices, z latent, d width, c context.

How it works: a bidirectional GRU reads the phrase beat by beat; its ends and its mean give mean and
variance of a Gaussian. From a point of it a *conductor*, a GRU with a step a bar, makes a context for
each bar; a second GRU writes the steps of the bar from that context and from what sounded before. The
flat decoder, kept for comparison, has no conductor: one GRU runs through all steps of the phrase.
The loss is reconstruction + beta * max(0, KL - free nats), beta rising from 0. Inputs of the decoder are
dropped at random, so that it has to listen to z. A linear head tells the sliders from z.

Offers `Vae`, `VaeConfig`, `VAE_SIZES`.

Sources: Kingma and Welling, "Auto-Encoding Variational Bayes", 2014; Roberts et al., "A Hierarchical
Latent Vector Model for Learning Long-Term Structure in Music" (MusicVAE), ICML 2018; Bowman et al.,
"Generating Sentences from a Continuous Space", 2016 (dropped inputs, annealed KL).
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from motet.models.learner import Graph, Learner
from motet.models.vae_config import VAE_SIZES, VaeConfig
from motet.models.vae_steps import gru_step, next_state, states_of
from motet.phrases.kinds import Batch
from motet.phrases.sliders import SLIDERS
from motet.phrases.step_codec import BAR_STEPS, HOLD

__all__ = ["VAE_SIZES", "Vae", "VaeConfig"]

_BEAT: Final = 4
_SLIDER_WEIGHT: Final = 1.0
"""Nats a squared standard deviation: enough to line z up with the sliders, tuned on melody-2."""


class Vae(Learner):
    """The model; see the module's text.

    Parameters
    ----------
    config : VaeConfig

    Examples
    --------
    >>> model = Vae(VAE_SIZES["tiny"])
    >>> tokens, n_steps = torch.zeros(3, 2, 16, 1, dtype=torch.long), torch.full((3,), 16)
    >>> mean, log_variance = model.encode(tokens, n_steps)
    >>> tuple(mean.shape), tuple(model.decode(mean, n_steps).shape)
    ((3, 8), (3, 2, 16, 1))
    """

    metrics: ClassVar[dict[str, str]] = {
        "objective": "low",
        "elbo": "high",
        "accuracy_forced": "high",
        "accuracy_free": "high",
    }

    def __init__(self, config: VaeConfig) -> None:
        super().__init__()
        self.config = config
        c, e, v = config, config.embed, len(config.voices)
        self.read = nn.ModuleList(nn.Embedding(one.n_tokens + 1, e) for one in c.voices)
        self.read_metre = nn.Embedding(BAR_STEPS + 1, e)
        self.beat = nn.Linear(_BEAT * e * v + e, c.encoder)
        self.encoder = nn.GRU(c.encoder, c.encoder, batch_first=True, bidirectional=True)
        self.moments = nn.Linear(4 * c.encoder, 2 * c.latent)
        self.bar = nn.Embedding(c.bars, e)
        self.metre = nn.Embedding(BAR_STEPS + 1, e)
        if c.decoder == "hierarchical":
            self.begin = nn.Linear(c.latent, c.conductor)
            self.conduct = nn.GRU(2 * e + c.latent, c.conductor, batch_first=True)
            source = c.conductor
        else:
            source = c.latent
        self.to_context = nn.Linear(source, c.context)
        self.to_state = nn.Linear(source, c.width)
        self.write = nn.ModuleList(nn.Embedding(one.n_states, e) for one in c.voices)
        self.place = nn.Embedding(BAR_STEPS, e)
        self.step = nn.GRU(e * v + c.context + e, c.width, batch_first=True)
        self.heads = nn.ModuleList(nn.Linear(c.width, one.n_tokens) for one in c.voices)
        self.slider = nn.Linear(c.latent, len(SLIDERS))
        self.drop = nn.Dropout(c.dropout)
        nn.init.constant_(self.moments.bias[c.latent :], -2.0)

    def begin_with(self, weights: dict[str, Tensor]) -> None:
        """Take what fits of the weights of another phrase autoencoder: shorter phrases teach steps."""
        mine = self.state_dict()
        fitting = {
            name: w for name, w in weights.items() if name in mine and mine[name].shape == w.shape
        }
        if not any(name.startswith("step.") for name in fitting):
            raise RuntimeError("its decoder has another width, or other voices")
        self.load_state_dict(fitting, strict=False)

    def encode(self, tokens: Tensor, n_steps: Tensor) -> tuple[Tensor, Tensor]:
        """Return mean and logarithm of the variance of the posterior, shape (b, z)."""
        b, s = tokens.shape[:2]
        steps = torch.arange(BAR_STEPS, device=tokens.device)
        past = (steps >= n_steps[:, None])[:, None]  # (b, 1, t)
        rows = []
        for k, embed in enumerate(self.read):
            end = self.config.voices[k].n_tokens
            rows.append(embed(tokens[..., k].masked_fill(past, end)))  # (b, s, t, e)
        x = torch.cat(rows, dim=-1).reshape(b, s * BAR_STEPS // _BEAT, -1)  # (b, beats, 4ev)
        metre = self.read_metre(n_steps)[:, None].expand(-1, x.shape[1], -1)
        x = functional.silu(self.beat(torch.cat((x, metre), dim=-1)))  # (b, beats, d)
        y, _ = self.encoder(self.drop(x))  # (b, beats, 2d)
        d = self.config.encoder
        ends = torch.cat((y[:, -1, :d], y[:, 0, d:], y.mean(1)), dim=-1)  # (b, 4d)
        mean, log_variance = self.moments(ends).chunk(2, dim=-1)
        return mean, log_variance.clamp(-10, 2)

    def conductor(self, z: Tensor, n_steps: Tensor) -> tuple[Tensor, Tensor]:
        """Return the context of each bar (b, s, c) and the state it begins with (b, s, d)."""
        s = self.config.bars
        if self.config.decoder == "flat":
            context = self.to_context(z)[:, None].expand(-1, s, -1)
            return context, torch.tanh(self.to_state(z))[:, None].expand(-1, s, -1)
        metre = self.metre(n_steps)
        state = torch.tanh(self.begin(z))
        rows = []
        for k in range(s):
            bar = self.bar.weight[k].expand(z.shape[0], -1)
            state = gru_step(self.conduct, torch.cat((bar, metre, z), dim=-1), state)
            rows.append(state)
        y = torch.stack(rows, dim=1)  # (b, s, d)
        return self.to_context(y), torch.tanh(self.to_state(y))

    def foretell(self, z: Tensor, tokens: Tensor, n_steps: Tensor) -> list[Tensor]:
        """Return the logits of every step given the steps before it; one (b, s, t, n) a voice."""
        b, s = tokens.shape[:2]
        context, begin = self.conductor(z, n_steps)
        states = states_of(tokens, n_steps, self.config.voices)  # (b, s, t, v)
        if self.training and self.config.word_dropout:
            hidden = torch.rand(states.shape[:3], device=states.device) < self.config.word_dropout
            for k, voice in enumerate(self.config.voices):
                states[..., k] = states[..., k].masked_fill(hidden, voice.start)
        rows = [embed(states[..., k]) for k, embed in enumerate(self.write)]
        place = self.place.weight.expand(b, s, -1, -1)
        rows += [context[:, :, None].expand(-1, -1, BAR_STEPS, -1), place]
        x = torch.cat(rows, dim=-1)  # (b, s, t, ev + c + e)
        if self.config.decoder == "flat":
            y, _ = self.step(x.flatten(1, 2), begin[:, 0].contiguous()[None])
        else:
            y, _ = self.step(x.flatten(0, 1), begin.reshape(1, b * s, -1))
        y = self.drop(y.reshape(b, s, BAR_STEPS, -1))  # (b, s, t, d)
        return [head(y) for head in self.heads]

    def one_step(
        self, state: Tensor, place: Tensor, context: Tensor, memory: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the logits of one step, voices side by side, and the memory after it."""
        rows = [embed(state[:, k]) for k, embed in enumerate(self.write)]
        x = torch.cat([*rows, context, self.place(place)], dim=-1)
        memory = gru_step(self.step, x, memory)
        return torch.cat([head(memory) for head in self.heads], dim=-1), memory

    @torch.no_grad()
    def decode(
        self,
        z: Tensor,
        n_steps: Tensor,
        *,
        temperature: float = 0.0,
        generator: torch.Generator | None = None,
    ) -> Tensor:
        """Return tokens written freely from z, shape (b, s, 16, v); temperature 0 takes the likeliest."""
        b, voices = len(z), self.config.voices
        context, begin = self.conductor(z, n_steps)
        tokens = n_steps.new_zeros(b, self.config.bars, BAR_STEPS, len(voices), dtype=torch.long)
        state = n_steps.new_tensor([one.start for one in voices]).long().expand(b, -1).clone()
        memory = begin[:, 0]
        is_flat = self.config.decoder == "flat"
        longest = BAR_STEPS if is_flat else int(n_steps.max())
        for s in range(self.config.bars):
            if not is_flat:
                memory = begin[:, s]
            for t in range(longest):
                place = torch.full((b,), t, device=z.device)
                logits, after = self.one_step(state, place, context[:, s], memory)
                real = (t < n_steps)[:, None]
                chosen = []
                at = 0
                for k, voice in enumerate(voices):
                    row = logits[:, at : at + voice.n_tokens]
                    at += voice.n_tokens
                    if not voice.is_drums:
                        silent = (state[:, k] == 0) | (state[:, k] == voice.start)
                        row = row.clone()
                        row[:, HOLD] = row[:, HOLD].masked_fill(silent, -torch.inf)
                    if temperature > 0:
                        p = (row / temperature).softmax(-1).cpu()  # where the generator is
                        drawn = torch.multinomial(p, 1, generator=generator)[:, 0]
                        chosen.append(drawn.to(z.device))
                    else:
                        chosen.append(row.argmax(-1))
                token = torch.stack(chosen, dim=-1)  # (b, v)
                tokens[:, s, t] = token * real
                state = torch.where(real, next_state(state, token, voices), state)
                memory = after if is_flat else torch.where(real, after, memory)
        return tokens

    def _terms(
        self, batch: dict[str, Tensor], noise: Tensor | None
    ) -> tuple[Tensor, Tensor, list[Tensor], Tensor, Tensor, Tensor]:
        """Return nats of each phrase, KL, logits, tokens, which steps are real, and the mean of z."""
        tokens, n_steps = batch["tokens"].long(), batch["n_steps"].long()
        mean, log_variance = self.encode(tokens, n_steps)
        eps = torch.randn_like(mean) if noise is None else noise
        z = mean + eps * (0.5 * log_variance).exp()
        logits = self.foretell(z, tokens, n_steps)
        steps = torch.arange(BAR_STEPS, device=tokens.device)
        real = (steps < n_steps[:, None])[:, None].expand(tokens.shape[:3])  # (b, s, t)
        nats = torch.zeros(len(tokens), device=tokens.device)
        for k, row in enumerate(logits):
            each = functional.cross_entropy(
                row.flatten(0, 2), tokens[..., k].flatten(), reduction="none"
            )
            nats = nats + (each.view(real.shape) * real).sum((1, 2))
        kl = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(-1)
        return nats, kl, logits, tokens, real, z

    def loss(
        self,
        batch: dict[str, Tensor],
        *,
        player: str = "model",  # noqa: ARG002
        step: int = 0,  # noqa: ARG002
        progress: float = 0.0,
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Return the loss a step of a phrase, and its parts to log."""
        nats, kl, _, _, real, z = self._terms(batch, None)
        beta = self.config.beta * min(1.0, progress / self.config.anneal)
        weighed = beta * (kl - self.config.free_nats).clamp(min=0)
        miss = (self.slider(z) - batch["sliders"].float()).square().sum(-1)
        total = (nats + weighed + _SLIDER_WEIGHT * miss).mean() / real.sum((1, 2)).float().mean()
        return total, {
            "elbo": -(nats + kl).mean().detach(),
            "reconstruction": nats.mean().detach(),
            "kl": kl.mean().detach(),
            "beta": torch.tensor(beta),
            "slider_miss": miss.mean().detach(),
        }

    @torch.no_grad()
    def measure(self, batch: dict[str, Tensor]) -> dict[str, tuple[float, float]]:
        """Return sums and counts of the figures of a validation batch; noise is the same each time."""
        generator = torch.Generator().manual_seed(0)
        b = len(batch["tokens"])
        noise = torch.randn(b, self.config.latent, generator=generator)
        noise = noise.to(batch["tokens"].device)
        nats, kl, logits, tokens, real, z = self._terms(batch, noise)
        objective = nats + self.config.beta * (kl - self.config.free_nats).clamp(min=0)
        n_steps = batch["n_steps"].long()
        free = self.decode(z, n_steps, temperature=1.0, generator=generator)
        greedy = self.decode(z, n_steps)
        miss = (self.slider(z) - batch["sliders"].float()).square().mean(-1)
        n = float(real.sum())
        found: dict[str, tuple[float, float]] = {
            "objective": (float(objective.sum()), b),
            "elbo": (-float((nats + kl).sum()), b),
            "reconstruction": (float(nats.sum()), b),
            "kl": (float(kl.sum()), b),
            "slider_miss": (float(miss.sum()), b),
        }
        right = {
            "forced": [row.argmax(-1) == tokens[..., k] for k, row in enumerate(logits)],
            "free": [free[..., k] == tokens[..., k] for k in range(len(logits))],
            "greedy": [greedy[..., k] == tokens[..., k] for k in range(len(logits))],
        }
        for how, rows in right.items():
            counts = [float((row & real).sum()) for row in rows]
            found[f"accuracy_{how}"] = (sum(counts), n * len(rows))
            if len(rows) > 1:
                for voice, count in zip(self.config.voices, counts, strict=True):
                    found[f"accuracy_{how}_{voice.role}"] = (count, n)
        return found

    def graphs(self) -> tuple[Graph, ...]:
        """Return what a bundle runs: encoder, conductor, one step, sliders."""
        c = self.config
        tokens = torch.zeros(2, c.bars, BAR_STEPS, len(c.voices), dtype=torch.long)
        n_steps, z = torch.full((2,), BAR_STEPS), torch.zeros(2, c.latent)
        state = torch.zeros(2, len(c.voices), dtype=torch.long)
        place, context = torch.zeros(2, dtype=torch.long), torch.zeros(2, c.context)
        memory = torch.zeros(2, c.width)
        phrase = {"tokens": tokens, "n_steps": n_steps}
        written = {"state": state, "place": place, "context": context, "memory": memory}
        return (
            Graph(name="encode", module=_Call(self, "encode"), inputs=phrase,
                  outputs=("mean", "log_variance")),
            Graph(name="conduct", module=_Call(self, "conductor"),
                  inputs={"z": z, "n_steps": n_steps}, outputs=("context", "memory")),
            Graph(name="step", module=_Call(self, "one_step"), inputs=written,
                  outputs=("logits", "memory_after")),
            Graph(name="sliders", module=_Call(self, "slider"), inputs={"z": z},
                  outputs=("sliders",)),
        )  # fmt: skip

    @torch.no_grad()
    def sample_arrays(self, n: int, *, seed: int) -> Batch:
        """Return phrases in 4/4 from the prior."""
        generator = torch.Generator().manual_seed(seed)
        z = torch.randn(n, self.config.latent, generator=generator).to(self.slider.weight.device)
        n_steps = torch.full((n,), BAR_STEPS, device=z.device)
        tokens = self.decode(z, n_steps, temperature=1.0, generator=generator)
        kind = np.uint8 if self.config.content == "melody" else np.uint16
        return {
            "tokens": tokens.cpu().numpy().astype(kind),
            "n_steps": n_steps.cpu().numpy().astype(np.uint8),
            "sliders": self.slider(z).cpu().numpy().astype(np.float32),
        }


class _Call(nn.Module):
    """One method of a model as a module of its own, for export."""

    def __init__(self, model: Vae, name: str) -> None:
        super().__init__()
        self.model, self.name = model, name

    def forward(self, *inputs: Tensor) -> Any:
        return getattr(self.model, self.name)(*inputs)
