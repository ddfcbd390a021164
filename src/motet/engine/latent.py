"""A phrase autoencoder out of its bundle: phrases to points, points to phrases, and ways between them.

Conventions: tokens as in `motet.phrases.step_codec`, shape (n, bars, 16, voices); points float32, shape
(n, z), of which those of people's phrases lie about as if drawn from a standard normal distribution.
Nothing here imports torch.

Offers `LatentModel`, `Written`, `open_latent`, `blend_points`, `draw_points`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.engine.graph import open_graphs
from motet.engine.random import CellRandom
from motet.errors import BundleError
from motet.phrases.step_codec import BAR_STEPS, HOLD, Voice
from motet.phrases.steps import StepOptions

__all__ = ["LatentModel", "Written", "blend_points", "draw_points", "open_latent"]

Points = npt.NDArray[np.float32]
Tokens = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_NEVER = np.float32(-1e9)


@dataclass(frozen=True, eq=False, slots=True)
class Written:
    """Phrases that a decoder wrote.

    Parameters
    ----------
    tokens : int64, shape (n, bars, 16, voices)
    fit : float32, shape (n,)
        Logarithm of the share of what the decoder wanted that was allowed, a step on average: 0 where
        nothing bound it.
    """

    tokens: Tokens
    fit: Points


class LatentModel:
    """The graphs of a bundle whose interface is ``latent``, open.

    Parameters
    ----------
    bundle : Bundle

    Raises
    ------
    BundleError
        The bundle is of another interface.

    Examples
    --------
    >>> LatentModel.__name__
    'LatentModel'
    """

    def __init__(self, bundle: Bundle) -> None:
        if bundle.interface != "latent":
            raise BundleError(
                f"the bundle {bundle.name!r} runs by {bundle.interface!r}; a phrase autoencoder runs by "
                "'latent': take one whose name begins with vae-",
                zh=f"模型包 {bundle.name!r} 的接口为 {bundle.interface!r};乐句自编码器的接口为 'latent':"
                "请使用名称以 vae- 开头的模型包",
            )
        self.name = bundle.name
        self.options = StepOptions(**bundle.data)
        self._graphs = open_graphs(bundle)
        self.n_latent = int(self._graphs["sliders"].zeros("z").shape[1])

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The voices of its phrases."""
        return self.options.voices

    def encode(self, tokens: npt.NDArray[Any], n_steps: npt.NDArray[Any]) -> tuple[Points, Points]:
        """Return mean and standard deviation of the posterior of each phrase."""
        found = self._graphs["encode"].run(
            {"tokens": tokens.astype(np.int64), "n_steps": n_steps.astype(np.int64)}
        )
        return found["mean"], np.exp(0.5 * found["log_variance"])

    def measure(self, z: Points) -> Points:
        """Return the sliders that the model foretells of points, shape (n, 5)."""
        found: Points = self._graphs["sliders"].run({"z": z.astype(np.float32)})["sliders"]
        return found

    def directions(self) -> Points:
        """Return for each slider the shortest way that raises it by 1 and no other, shape (5, z)."""
        zero = np.zeros((1, self.n_latent), np.float32)
        slopes = (self.measure(np.eye(self.n_latent, dtype=np.float32)) - self.measure(zero)).T
        gram = slopes @ slopes.T
        ways = np.linalg.solve(gram + 1e-4 * np.eye(len(gram)) * np.trace(gram), slopes)
        found: Points = ways.astype(np.float32)
        return found

    def decode(
        self,
        z: Points,
        n_steps: npt.NDArray[Any],
        *,
        allowed: Sequence[Mask | None] | None = None,
        temperature: float = 0.0,
        seed: int = 0,
    ) -> Written:
        """Return phrases written from points.

        Parameters
        ----------
        z : float32, shape (n, z)
        n_steps : integers, shape (n,)
        allowed : sequence of (bool, shape (n, bars, 16, tokens), or None), optional
            For each voice what it may say.
        temperature : float, >= 0
            0 takes the likeliest.
        seed : int
            Of the temperature; each row has random numbers of its own.
        """
        n, voices = len(z), self.voices
        steps = np.asarray(n_steps, np.int64)
        made = self._graphs["conduct"].run({"z": z.astype(np.float32), "n_steps": steps})
        context, begin = made["context"], made["memory"]
        tokens = np.zeros((n, self.options.bars, BAR_STEPS, len(voices)), np.int64)
        state = np.tile(np.array([one.start for one in voices]), (n, 1))
        fit = np.zeros(n)
        for s in range(self.options.bars):
            memory = begin[:, s]
            dice = [[CellRandom(seed, row, s, k) for k in range(len(voices))] for row in range(n)]
            for t in range(int(steps.max(initial=0))):
                real = t < steps
                logits, after = self._step(state, t, context[:, s], memory)
                memory = np.where(real[:, None], after, memory)
                at = 0
                said = np.zeros((n, len(voices)), np.int64)
                for k, voice in enumerate(voices):
                    row = logits[:, at : at + voice.n_tokens].copy()
                    at += voice.n_tokens
                    if not voice.is_drums:
                        silent = (state[:, k] == 0) | (state[:, k] == voice.start)
                        row[silent, HOLD] = _NEVER
                    mask = allowed[k] if allowed is not None else None
                    if mask is not None:
                        fit += np.where(real, _log_share(row, mask[:, s, t]), 0)
                        if not voice.is_drums:
                            row = _keep_notes(row, mask[:, s, t])
                        row = np.where(mask[:, s, t], row, _NEVER)
                    said[:, k] = _choose(row, temperature, [one[k].at(t) for one in dice])
                tokens[:, s, t] = np.where(real[:, None], said, 0)
                state = np.where(real[:, None], _after(state, said, voices), state)
        total = np.maximum(steps * self.options.bars * len(voices), 1)
        return Written(tokens, (fit / total).astype(np.float32))

    def foretell(
        self, z: Points, tokens: npt.NDArray[Any], n_steps: npt.NDArray[Any]
    ) -> tuple[Points, Mask]:
        """Return how surprising phrases are step by step, and which tokens are the likeliest.

        Parameters
        ----------
        z : float32, shape (n, z)
        tokens : integers, shape (n, bars, 16, voices)
            Every step is foretold from the true ones before it.
        n_steps : integers, shape (n,)

        Returns
        -------
        float32, shape (n,), nats
            Of each phrase.
        bool, shape (n, bars, 16, voices)
            Whether the likeliest token is the true one; False past the end of a bar.
        """
        n, voices = len(z), self.voices
        steps = np.asarray(n_steps, np.int64)
        made = self._graphs["conduct"].run({"z": z.astype(np.float32), "n_steps": steps})
        state = np.tile(np.array([one.start for one in voices]), (n, 1))
        nats, right = np.zeros(n), np.zeros(tokens.shape, np.bool_)
        for s in range(self.options.bars):
            memory = made["memory"][:, s]
            for t in range(int(steps.max(initial=0))):
                real = t < steps
                said = np.where(real[:, None], tokens[:, s, t].astype(np.int64), 0)
                logits, after = self._step(state, t, made["context"][:, s], memory)
                memory = np.where(real[:, None], after, memory)
                at = 0
                for k, voice in enumerate(voices):
                    row = logits[:, at : at + voice.n_tokens].astype(np.float64)
                    at += voice.n_tokens
                    row -= row.max(-1, keepdims=True)
                    mine = np.take_along_axis(row, said[:, k : k + 1], 1)[:, 0]
                    nats += np.where(real, np.log(np.exp(row).sum(-1)) - mine, 0)
                    right[:, s, t, k] = real & (row.argmax(-1) == said[:, k])
                state = np.where(real[:, None], _after(state, said, voices), state)
        return nats.astype(np.float32), right

    def _step(
        self, state: Tokens, t: int, context: Points, memory: Points
    ) -> tuple[Points, Points]:
        """Return logits of one step, voices side by side, and the memory after it."""
        found = self._graphs["step"].run(
            {"state": state, "place": np.full(len(state), t), "context": context, "memory": memory}
        )
        return found["logits"], found["memory_after"]


@lru_cache(maxsize=8)
def open_latent(bundle: Bundle) -> LatentModel:
    """Return a bundle's model, opened once.

    Parameters
    ----------
    bundle : Bundle

    Returns
    -------
    LatentModel

    Raises
    ------
    BundleError
        The bundle is of another interface.

    Examples
    --------
    >>> open_latent.__name__
    'open_latent'
    """
    return LatentModel(bundle)


def blend_points(a: Points, b: Points, share: float) -> Points:
    """Return points on the great circles from some points to others.

    Parameters
    ----------
    a, b : float32, shape (n, z)
    share : float, 0 to 1
        How far from `a`.

    Returns
    -------
    float32, shape (n, z)
        Their length goes evenly from one to the other, as points of high dimension lie on a shell; a
        straight line would pass through its inside, where no phrase lies.

    Source
    ------
    Shoemake, "Animating Rotation with Quaternion Curves", SIGGRAPH 1985.

    Examples
    --------
    >>> a, b = np.array([[2.0, 0.0]], np.float32), np.array([[0.0, 2.0]], np.float32)
    >>> blend_points(a, b, 0.5).round(3).tolist()
    [[1.4140000343322754, 1.4140000343322754]]
    """
    long_a = np.maximum(np.linalg.norm(a, axis=-1, keepdims=True), 1e-6)
    long_b = np.maximum(np.linalg.norm(b, axis=-1, keepdims=True), 1e-6)
    cosine = np.clip((a / long_a * (b / long_b)).sum(-1, keepdims=True), -1, 1)
    angle = np.arccos(cosine)
    sine = np.sin(angle)
    straight = sine < 1e-4
    safe = np.where(straight, 1, sine)
    first = np.where(straight, 1 - share, np.sin((1 - share) * angle) / safe)
    second = np.where(straight, share, np.sin(share * angle) / safe)
    unit = first * a / long_a + second * b / long_b
    found: Points = (unit * ((1 - share) * long_a + share * long_b)).astype(np.float32)
    return found


def draw_points(n: int, n_latent: int, *, seed: int, stream: int = 0) -> Points:
    """Return points of the standard normal distribution, counted by seed and stream.

    Parameters
    ----------
    n, n_latent : int
    seed, stream : int, >= 0

    Returns
    -------
    float32, shape (n, z)

    Examples
    --------
    >>> bool((draw_points(2, 4, seed=1) == draw_points(2, 4, seed=1)).all())
    True
    """
    word = (1 << 64) - 1
    rng = np.random.Generator(
        np.random.Philox(key=np.array([seed & word, stream & word], np.uint64))
    )
    return rng.standard_normal((n, n_latent)).astype(np.float32)


def _keep_notes(row: npt.NDArray[Any], mask: Mask) -> npt.NDArray[Any]:
    """Return logits under which a note is as likely as it was before pitches were taken away."""
    notes = row[:, HOLD + 1 :].astype(np.float64)
    p = np.exp(notes - notes.max(axis=-1, keepdims=True))
    left = (p * mask[:, HOLD + 1 :]).sum(axis=-1, keepdims=True)
    lift = np.log(p.sum(axis=-1, keepdims=True) / np.maximum(left, 1e-6 * p.sum(-1, keepdims=True)))
    return np.concatenate((row[:, : HOLD + 1], notes + lift), axis=-1).astype(row.dtype)


def _log_share(row: npt.NDArray[Any], mask: Mask) -> npt.NDArray[np.float64]:
    """Return the logarithm of the probability that lies within a mask."""
    p = np.exp(row - row.max(-1, keepdims=True))
    share: npt.NDArray[np.float64] = np.log(np.maximum((p * mask).sum(-1) / p.sum(-1), 1e-6))
    return share


def _choose(row: npt.NDArray[Any], temperature: float, numbers: list[float]) -> Tokens:
    """Return a token a row: the likeliest, or drawn."""
    if temperature <= 0:
        likeliest: Tokens = row.argmax(-1)
        return likeliest
    p = np.exp(((row - row.max(-1, keepdims=True)) / temperature).astype(np.float64))
    total = np.cumsum(p, axis=-1)
    reach = np.array(numbers)[:, None] * total[:, -1:]
    found: Tokens = np.minimum((total <= reach).sum(-1), row.shape[-1] - 1)
    return found


def _after(state: Tokens, said: Tokens, voices: tuple[Voice, ...]) -> Tokens:
    """Return the states after a step, as `motet.models.vae_steps.next_state` does."""
    rows = []
    for k, voice in enumerate(voices):
        if voice.is_drums:
            rows.append(said[:, k])
            continue
        now, p = state[:, k], voice.n_tokens - 2
        held = np.where((now > 0) & (now < voice.start), np.where(now <= p, now + p, now), 0)
        rows.append(np.where(said[:, k] == HOLD, held, np.maximum(said[:, k] - 1, 0)))
    return np.stack(rows, axis=-1)
