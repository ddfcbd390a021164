"""A Markov chain of steps: the cheapest rival of a phrase autoencoder.

Conventions: what a voice says at a step depends on what it sounded before and on the place in the bar;
pairs never met fall back on what it sounded alone. Voices do not hear each other.

Offers `StepChain`, `learn_steps`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from motet.phrases.step_codec import BAR_STEPS, HOLD, VOICES, Voice

__all__ = ["StepChain", "learn_steps"]

Tokens = npt.NDArray[np.int64]


class StepChain:
    """Counts of steps, of one content.

    Examples
    --------
    >>> chain = StepChain("melody")
    >>> chain.learn(np.tile([14, 1], 8).reshape(1, 1, 16, 1), np.array([16]))
    >>> chain.foretell(np.tile([14, 1], 8).reshape(1, 1, 16, 1), np.array([16])).tolist()
    [1.0]
    """

    def __init__(self, content: str) -> None:
        self.voices = VOICES[content]
        self._counts = [
            np.zeros((one.n_states, BAR_STEPS, one.n_tokens), np.float32) for one in self.voices
        ]

    def learn(self, tokens: Tokens, n_steps: npt.NDArray[Any]) -> None:
        """Count phrases."""
        for k, voice in enumerate(self.voices):
            for state, place, said in _walk(tokens[..., k], n_steps, voice):
                np.add.at(self._counts[k], (state, place, said), 1)

    def foretell(self, tokens: Tokens, n_steps: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Return for each voice the share of the steps at which its likeliest token is the true one."""
        shares = []
        for k, voice in enumerate(self.voices):
            right = total = 0
            for state, place, said in _walk(tokens[..., k], n_steps, voice):
                right += int((self._weigh(k, state, place).argmax(-1) == said).sum())
                total += len(said)
            shares.append(right / max(1, total))
        return np.array(shares)

    def surprise(self, tokens: Tokens, n_steps: npt.NDArray[Any]) -> float:
        """Return nats a step of a voice, on average."""
        nats = total = 0.0
        for k, voice in enumerate(self.voices):
            for state, place, said in _walk(tokens[..., k], n_steps, voice):
                p = self._weigh(k, state, place)
                mine = p[np.arange(len(said)), said] / p.sum(-1)
                nats -= float(np.log(mine).sum())
                total += len(said)
        return nats / max(1.0, total)

    def write(self, n: int, bars: int, rng: np.random.Generator) -> Tokens:
        """Return phrases in 4/4 that the chain drew."""
        tokens = np.zeros((n, bars, BAR_STEPS, len(self.voices)), np.int64)
        for k, voice in enumerate(self.voices):
            state = np.full(n, voice.start)
            for at in range(bars * BAR_STEPS):
                bar, place = divmod(at, BAR_STEPS)
                p = self._weigh(k, state, np.full(n, place)).astype(np.float64)
                total = np.cumsum(p, axis=-1)
                said = (total <= rng.random((n, 1)) * total[:, -1:]).sum(-1)
                tokens[:, bar, place, k] = said
                state = _next(state, said, voice)
        return tokens

    def _weigh(self, k: int, state: Tokens, place: Tokens) -> npt.NDArray[np.float32]:
        """Return weights of the tokens: of this place, and a little of any place."""
        counts = self._counts[k]
        found: npt.NDArray[np.float32] = counts[state, place] + 0.05 * counts[state].sum(1) + 1e-6
        return found


def learn_steps(content: str, tokens: Tokens, n_steps: npt.NDArray[Any]) -> StepChain:
    """Return the chain of some phrases.

    Parameters
    ----------
    content : str
    tokens : int64, shape (n, bars, 16, voices)
    n_steps : integers, shape (n,)

    Returns
    -------
    StepChain

    Examples
    --------
    >>> learn_steps("drums", np.ones((1, 1, 16, 1), int), np.array([16])).write(
    ...     2, 1, np.random.default_rng(0)).shape
    (2, 1, 16, 1)
    """
    chain = StepChain(content)
    chain.learn(tokens, n_steps)
    return chain


def _next(state: Tokens, said: Tokens, voice: Voice) -> Tokens:
    """Return the states after a step."""
    if voice.is_drums:
        return said
    p = voice.n_tokens - 2
    held = np.where((state > 0) & (state < voice.start), np.where(state <= p, state + p, state), 0)
    found: Tokens = np.where(said == HOLD, held, np.maximum(said - 1, 0))
    return found


def _walk(tokens: Tokens, n_steps: npt.NDArray[Any], voice: Voice) -> Any:
    """Yield state, place and token of each step, of all phrases whose bars reach it."""
    state = np.full(len(tokens), voice.start)
    for bar in range(tokens.shape[1]):
        for place in range(BAR_STEPS):
            real = np.asarray(n_steps) > place
            said = tokens[:, bar, place].astype(np.int64)
            yield state[real], np.full(int(real.sum()), place), said[real]
            state = np.where(real, _next(state, said, voice), state)
