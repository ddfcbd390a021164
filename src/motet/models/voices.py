"""Which pitch each voice of a frame takes, told by how far it is from the voice's last one.

Conventions: rolls have shape (b, t, k, p), voices from the top; the voices of a frame are decided in that
order. All that a voice sees is laid out around its own last pitch, so that what is learnt holds in every key.

Offers `VoiceHead`.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from motet.models.roll_features import average_past, delay, find_ages, fold_octaves

__all__ = ["VoiceHead"]

_REACH: Final = 30
_LAGS: Final = (4, 8, 16, 32)
_N_MAPS: Final = 8 + len(_LAGS)
_N_FACTS: Final = 4


class VoiceHead(nn.Module):
    """Logits of each voice's pitch and of its rest.

    Parameters
    ----------
    n_parts, n_copies, d, hidden : int
    dropout : float

    Examples
    --------
    >>> head = VoiceHead(n_parts=2, n_copies=1, d=8, hidden=16, dropout=0.0)
    >>> logits, rest = head(torch.zeros(1, 5, 2, 9), torch.zeros(1, 5, 8), torch.zeros(1, 5, 1, 2, 9))
    >>> logits.shape, rest.shape
    (torch.Size([1, 5, 2, 9]), torch.Size([1, 5, 2]))
    """

    def __init__(self, *, n_parts: int, n_copies: int, d: int, hidden: int, dropout: float) -> None:
        super().__init__()
        span = 2 * _REACH + 1
        self.p_drop = dropout
        self.around = nn.Linear((_N_MAPS + n_copies) * span + _N_FACTS, hidden, bias=False)
        self.told = nn.Linear(d, n_parts * hidden)
        self.mix = nn.Linear(hidden, hidden)
        self.moves = nn.Linear(hidden, span + 1)

    def forward(self, roll: Tensor, x: Tensor, copied: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits of pitches, shape (b, t, k, p), and of rests, shape (b, t, k).

        Parameters
        ----------
        roll : float, shape (b, t, k, p)
        x : float, shape (b, t, d)
            What is known of the frames before.
        copied : float, shape (b, t, n, k, p)
            What may come back.
        """
        b, t, k, p = roll.shape
        centre = _find_centres(roll)  # (b, t, k)
        maps, facts = _describe(roll)  # (b, t, k, f, p + margins), (b, t, k, g)
        wings = (_REACH, _REACH)
        maps = torch.cat(
            (maps, functional.pad(copied.transpose(2, 3).to(maps.dtype), wings)), dim=3
        )
        places = centre[..., None] + torch.arange(
            2 * _REACH + 1, device=roll.device
        )  # (b, t, k, s)
        index = places[:, :, :, None].expand(-1, -1, -1, maps.shape[3], -1)
        seen = maps.gather(4, index).flatten(3)
        y = self.around(torch.cat((seen, facts), dim=-1)) + self.told(x).view(b, t, k, -1)
        y = functional.silu(y)  # (b, t, k, hidden)
        y = y + functional.silu(self.mix(functional.dropout(y, self.p_drop, self.training)))
        moves = self.moves(functional.dropout(y, self.p_drop, self.training)).float()
        spread = torch.zeros(b, t, k, p + 2 * _REACH, device=roll.device)
        spread = spread.scatter(3, places, moves[..., :-1])
        return spread[..., _REACH : _REACH + p], moves[..., -1]


@torch.no_grad()
def _find_centres(roll: Tensor) -> Tensor:
    """Return the pitch that each voice had last before each frame; the middle before its first."""
    past = delay(roll, 1)
    sounds = past.any(-1)  # (b, t, k)
    steps = torch.arange(1, roll.shape[1] + 1, device=roll.device)[:, None]  # (t, 1)
    last = torch.where(sounds, steps, 0).cummax(dim=1).values  # (b, t, k)
    pitches = past.argmax(-1).gather(1, (last - 1).clamp(min=0))
    return torch.where(last > 0, pitches, roll.shape[3] // 2)


@torch.no_grad()
def _describe(roll: Tensor) -> tuple[Tensor, Tensor]:
    """Return maps of what sounds around, and plain facts, of each voice before it is decided.

    Maps have so many pitches more on either side as a voice sees, so that octaves fold there too.
    """
    roll = functional.pad(roll, (_REACH, _REACH))
    past = delay(roll, 1)
    ages, _ = find_ages(past)
    others = past.sum(2, keepdim=True) - past
    earlier = roll.cumsum(2) - roll
    moved = (roll - past).clamp(min=0).sum(-1)  # (b, t, k)
    moving = moved.cumsum(2) - moved
    recent = average_past(past, 16.0)
    maps = [
        past,
        others,
        earlier,
        _shift_parts(roll, 1),  # the voice above, now
        _shift_parts(past, 1),
        _shift_parts(past, -1),
        recent,
        fold_octaves(recent.sum(2, keepdim=True)).expand_as(past) / 4,
        *(delay(roll, lag) for lag in _LAGS),
    ]
    rests = 1 - past.sum(-1)
    n_earlier = torch.arange(roll.shape[2], device=roll.device).expand_as(rests)
    held = n_earlier - earlier.sum(-1)  # voices above that rest
    facts = [ages.sum(-1), rests, moving / 2, held.to(roll.dtype)]
    return torch.stack(maps, dim=3), torch.stack(facts, dim=3)


def _shift_parts(x: Tensor, by: int) -> Tensor:
    """Return for each voice what its neighbour above (1) or below (-1) has."""
    return functional.pad(x, (0, 0, by, -by))
