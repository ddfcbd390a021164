"""Small parts of the phrase autoencoder: what has sounded at each step, and one step of a GRU.

Conventions: as `motet.models.vae`.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from motet.phrases.step_codec import BAR_STEPS, HOLD, REST, Voice

__all__ = ["gru_step", "next_state", "states_of"]


def gru_step(gru: nn.GRU, x: Tensor, state: Tensor) -> Tensor:
    """Return the next state of a GRU of one layer.

    Written out, so that a bundle holds plain matrices that it can store in 8 bits.

    Parameters
    ----------
    gru : nn.GRU
    x : float32, shape (b, i)
    state : float32, shape (b, d)

    Returns
    -------
    float32, shape (b, d)

    Examples
    --------
    >>> gru = nn.GRU(3, 5, batch_first=True)
    >>> x = torch.ones(2, 3)
    >>> torch.allclose(gru_step(gru, x, torch.zeros(2, 5)), gru(x[:, None])[0][:, 0], atol=1e-6)
    True
    """
    weights = dict(gru.named_parameters())
    given = functional.linear(x, weights["weight_ih_l0"], weights["bias_ih_l0"])  # (b, 3d)
    kept = functional.linear(state, weights["weight_hh_l0"], weights["bias_hh_l0"])  # (b, 3d)
    r1, u1, n1 = given.chunk(3, dim=-1)
    r2, u2, n2 = kept.chunk(3, dim=-1)
    update = torch.sigmoid(u1 + u2)
    new = torch.tanh(n1 + torch.sigmoid(r1 + r2) * n2)
    return new + update * (state - new)


def next_state(state: Tensor, token: Tensor, voices: tuple[Voice, ...]) -> Tensor:
    """Return the states after a step in which the voices say their tokens.

    Parameters
    ----------
    state, token : int64, shape (b, v)
    voices : tuple of Voice

    Returns
    -------
    int64, shape (b, v)

    Examples
    --------
    >>> from motet.phrases.step_codec import VOICES
    >>> next_state(torch.tensor([[0], [5], [0]]), torch.tensor([[2], [1], [1]]), VOICES["melody"])[:, 0]
    tensor([ 1, 53,  0])
    """
    rows = []
    for k, voice in enumerate(voices):
        now, said = state[:, k], token[:, k]
        if voice.is_drums:
            rows.append(said)
            continue
        p = voice.n_tokens - 2
        sounding = (now > 0) & (now < voice.start)
        held = torch.where(sounding, torch.where(now <= p, now + p, now), torch.zeros_like(now))
        rows.append(torch.where(said == HOLD, held, (said - 1).clamp(min=0)))
    return torch.stack(rows, dim=-1)


def states_of(tokens: Tensor, n_steps: Tensor, voices: tuple[Voice, ...]) -> Tensor:
    """Return the states before each step: what a decoder knows when it writes it.

    Parameters
    ----------
    tokens : int64, shape (b, s, 16, v)
    n_steps : int64, shape (b,)
    voices : tuple of Voice

    Returns
    -------
    int64, shape (b, s, 16, v)
        Steps past the end of a bar pass on the state of the last step before them.

    Examples
    --------
    >>> from motet.phrases.step_codec import VOICES
    >>> tokens = torch.tensor([2, 1, 0, 0] * 4).view(1, 1, 16, 1)
    >>> states_of(tokens, torch.tensor([16]), VOICES["melody"])[0, 0, :4, 0]
    tensor([97,  1, 49,  0])
    """
    b, s = tokens.shape[:2]
    total = s * BAR_STEPS
    real = torch.arange(BAR_STEPS, device=tokens.device) < n_steps[:, None]  # (b, t)
    real = real[:, None].expand(b, s, BAR_STEPS).reshape(b, total)
    index = torch.arange(total, device=tokens.device).expand(b, -1)
    rows = []
    for k, voice in enumerate(voices):
        flat = tokens[..., k].reshape(b, total)
        event = real if voice.is_drums else real & (flat != HOLD)
        last = torch.where(event, index, torch.full_like(index, -1)).cummax(1).values
        said = flat.gather(1, last.clamp(min=0))
        if voice.is_drums:
            after = said
        else:
            p = voice.n_tokens - 2
            sounds = (last >= 0) & (said > HOLD)
            here = (said - 1).clamp(min=0)
            newest = (last == index) | ((index - last) < _gap(n_steps, index, last))
            after = torch.where(newest, here, here + p)
            after = torch.where(sounds, after, torch.full_like(after, REST))
        start = torch.full((b, 1), voice.start, dtype=after.dtype, device=after.device)
        rows.append(torch.cat((start, after[:, :-1]), dim=1).view(b, s, BAR_STEPS))
    return torch.stack(rows, dim=-1)


def _gap(n_steps: Tensor, index: Tensor, last: Tensor) -> Tensor:
    """Return how far a step lies behind the last real one, plus 1, where that one is its event."""
    place = index % BAR_STEPS
    beyond = (place - n_steps[:, None] + 2).clamp(min=0)
    at_end = (last % BAR_STEPS) == n_steps[:, None] - 1
    same_bar = (index // BAR_STEPS) == (last // BAR_STEPS)
    return torch.where(
        at_end & same_bar & (place >= n_steps[:, None]), beyond, torch.zeros_like(beyond)
    )
