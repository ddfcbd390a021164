"""A model of piano rolls: which pitches sound in each frame, given all frames before it.

Conventions: a roll is 0 or 1, shape (b, t, k, p): rows, frames, parts, pitches. One part holds any
number of pitches at once; of several parts each holds one pitch or none. The first frames of a roll
that goes on from earlier ones serve as memory only. Shape letters besides: d width, h heads, c channels.

How it works: a Transformer over frames reads the past; a few *copying heads* find earlier frames whose
past looked alike and hand over what followed there; a small network that is the same at every pitch
looks around each pitch (what sounds there now, for how long, how often, what was copied, which lower
pitches the new frame has so far) and says yes or no, from low to high. Of several parts each, from the
first, is told by its distance from its last pitch (`motet.models.voices`). So moving music up or down
changes little, and dependence inside a frame is exact, not assumed away.

Offers `RollModel`, `RollConfig`, `ROLL_SIZES`.

Sources: rotary positions: Su et al., "RoFormer", 2021; conditionals in order within a frame:
Boulanger-Lewandowski et al., ICML 2012 (RNN-NADE); one network for all pitches: Johnson, "Generating
Polyphonic Music Using Tied Parallel Networks", 2017.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from motet.errors import ParameterError
from motet.models.roll_features import average_past, delay, find_ages, fold_octaves
from motet.models.voices import VoiceHead

__all__ = ["ROLL_SIZES", "RollConfig", "RollModel"]

_LAGS: Final = (2, 3, 4, 6, 8, 12, 16, 24, 32)
_MEANS: Final = (4.0, 16.0, 64.0)
_CYCLES: Final = (2, 4, 8, 16, 32, 3, 6, 12, 24)
_NEAR: Final = 12
_BELOW: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RollConfig:
    """The shape of a `RollModel`.

    Parameters
    ----------
    n_pitches, n_parts : int
        With one part any pitches sound together; with more, one pitch or none in each.
    context : int, frames
        Longest roll.
    n_layers, width, n_heads : int
        Of the Transformer over frames; `width` is a multiple of 2 × `n_heads`.
    n_copies : int
        Copying heads.
    channels : int
        Width of the network at each pitch; of a voice's network, eight times as wide.
    dropout : float, [0, 1)

    Raises
    ------
    ParameterError
        The numbers do not fit each other.

    Examples
    --------
    >>> RollConfig(n_pitches=88, n_parts=1).context
    256
    """

    n_pitches: int
    n_parts: int
    context: int = 256
    n_layers: int = 3
    width: int = 192
    n_heads: int = 4
    n_copies: int = 6
    channels: int = 48
    dropout: float = 0.1

    def __post_init__(self) -> None:
        values = asdict(self)
        sizes = [value for name, value in values.items() if name != "dropout"]
        if not (min(sizes) > 0 and 0 <= self.dropout < 1 and self.width % (2 * self.n_heads) == 0):
            raise ParameterError(
                f"a RollModel needs sizes above 0, a dropout in [0, 1) and a width that 2 × n_heads "
                f"divides; got {values}",
                zh=f"RollModel 的各项尺寸须大于 0,dropout 在 [0, 1) 内,且 width 能被 2 × n_heads 整除;"
                f"收到 {values}",
            )

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain values, as weight files store them."""
        return asdict(self)


ROLL_SIZES: Final[dict[str, RollConfig]] = {
    "tiny": RollConfig(
        n_pitches=88, n_parts=1, context=64, n_layers=1, width=32, n_copies=2, channels=8
    ),
    "small": RollConfig(n_pitches=88, n_parts=1),
}
"""Named sizes: 0.05 and 1.5 million parameters."""


class _Block(nn.Module):
    """Attention to earlier frames, then feed-forward."""

    def __init__(self, config: RollConfig) -> None:
        super().__init__()
        d = config.width
        self.h, self.p_drop = config.n_heads, config.dropout
        self.norm1, self.norm2 = nn.RMSNorm(d), nn.RMSNorm(d)
        self.qkv = nn.Linear(d, 3 * d, bias=False)
        self.o = nn.Linear(d, d, bias=False)
        self.up, self.down = nn.Linear(d, 3 * d), nn.Linear(3 * d, d)

    def forward(self, x: Tensor, angles: tuple[Tensor, Tensor]) -> Tensor:
        qkv = self.qkv(self.norm1(x)).unflatten(-1, (3, self.h, -1))  # (b, t, 3, h, d/h)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)  # (b, h, t, d/h)
        y = functional.scaled_dot_product_attention(
            _rotate(q, *angles), _rotate(k, *angles), v, is_causal=True
        )
        y = self.o(y.transpose(1, 2).flatten(2))  # (b, t, d)
        x = x + functional.dropout(y, self.p_drop, self.training)
        y = self.down(functional.silu(self.up(self.norm2(x))))  # (b, t, d)
        return x + functional.dropout(y, self.p_drop, self.training)


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Return heads turned by their positions."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1)


class _Copier(nn.Module):
    """Heads that fetch the frames which followed where the past looked like the present one."""

    def __init__(self, config: RollConfig) -> None:
        super().__init__()
        self.n, self.size = config.n_copies, 32
        self.q = nn.Linear(config.width, self.n * self.size, bias=False)
        self.k = nn.Linear(config.width, self.n * self.size, bias=False)
        self.near = nn.Parameter(torch.zeros(self.n, config.context))
        self.nothing = nn.Parameter(torch.zeros(self.n))

    def forward(self, x: Tensor, roll: Tensor) -> Tensor:
        """Return shape (b, t, n, k, p); head by head what it copies for each frame."""
        t = x.shape[1]
        q = self.q(x).unflatten(-1, (self.n, -1)).transpose(1, 2)  # (b, n, t, 32)
        k = self.k(x).unflatten(-1, (self.n, -1)).transpose(1, 2)  # (b, n, t, 32)
        steps = torch.arange(t, device=x.device)
        gap = steps[:, None] - steps  # (t, t)
        scores = q @ k.transpose(-1, -2) * self.size**-0.5 + self.near[:, gap.clamp(min=0)]
        scores = scores.masked_fill(gap <= 0, -torch.inf)  # a frame may not copy itself
        none = self.nothing[:, None, None].expand(len(x), -1, t, 1)
        weights = torch.cat((none, scores), dim=-1).softmax(-1)[..., 1:]  # (b, n, t, t)
        copied: Tensor = weights @ roll.flatten(2)[:, None]  # (b, n, t, k * p)
        return copied.transpose(1, 2).reshape(*roll.shape[:2], self.n, *roll.shape[2:])


class _PitchHead(nn.Module):
    """The network at each pitch of a roll of one part: yes or no, from low to high."""

    def __init__(self, config: RollConfig) -> None:
        super().__init__()
        c = config.channels
        n_narrow = 2 + len(_LAGS) + len(_MEANS) + config.n_copies
        self.wide = nn.Conv1d(4, c, 2 * _NEAR + 1, padding=_NEAR)
        self.narrow = nn.Conv1d(n_narrow, c, 3, padding=1, bias=False)
        self.now = nn.Conv1d(1, c, _BELOW, bias=False)
        self.count = nn.Conv1d(3, c, 1, bias=False)
        self.turn = nn.Linear(config.width, 2 * c)
        self.mix = nn.Linear(c, c)
        self.last = nn.Linear(c, 1)
        nn.init.constant_(self.last.bias, -2.0)

    def forward(self, roll: Tensor, x: Tensor, copied: Tensor) -> Tensor:
        """Return a logit for each pitch, shape (b, t, 1, p)."""
        b, t, _, p = roll.shape
        wide, narrow, now, counts = _describe(roll[:, :, 0])
        narrow = torch.cat((narrow, copied[:, :, :, 0]), dim=2)  # (b, t, f, p)
        y = self.wide(wide.flatten(0, 1)) + self.narrow(narrow.flatten(0, 1))  # (bt, c, p)
        y = y + self.now(now.flatten(0, 1)) + self.count(counts.flatten(0, 1))
        y = y.transpose(1, 2)  # (bt, p, c)
        shift, scale = self.turn(x).view(b * t, 1, -1).chunk(2, dim=-1)
        y = functional.silu(torch.addcmul(shift, y, 1 + scale))
        y = y + functional.silu(self.mix(y))
        found: Tensor = self.last(y).view(b, t, 1, p)
        return found


@torch.no_grad()
def _describe(roll: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return what is known around each pitch of one part, shapes (b, t, features, p or more).

    What tells of the frame itself stands in the last two, apart from what a kernel may look around in.
    """
    past = delay(roll, 1)
    ages, recent = find_ages(past)
    means = [average_past(past, frames) for frames in _MEANS]
    wide = [past, (past - delay(roll, 2)).clamp(min=0), means[1], fold_octaves(means[1]) / 4]
    narrow = [ages, recent, *(delay(roll, lag) for lag in _LAGS), *means]
    total = past.sum(-1, keepdim=True)
    under = past.cumsum(-1) - past
    n_below = (roll.cumsum(-1) - roll) / 4
    counts = [n_below, n_below - under / 4, (total - under) / 4]
    now = functional.pad(roll, (_BELOW, -1))[:, :, None]  # only lower pitches
    return torch.stack(wide, dim=2), torch.stack(narrow, dim=2), now, torch.stack(counts, dim=2)


class RollModel(nn.Module):
    """The model; see the module's text.

    Parameters
    ----------
    config : RollConfig

    Examples
    --------
    >>> model = RollModel(ROLL_SIZES["tiny"]).eval()
    >>> model(torch.zeros(1, 5, 1, 88), torch.zeros(1, dtype=torch.long)).shape
    torch.Size([1, 5])
    """

    def __init__(self, config: RollConfig) -> None:
        super().__init__()
        self.config = config
        k, p, d, c = config.n_parts, config.n_pitches, config.width, config.channels
        self.embed_roll = nn.Linear(2 * k * p, d)
        self.embed_clock = nn.ModuleList(nn.Embedding(n, d) for n in _CYCLES)
        self.embed_start = nn.Parameter(torch.zeros(d))
        self.blocks = nn.ModuleList(_Block(config) for _ in range(config.n_layers))
        self.norm = nn.RMSNorm(d)
        self.copier = _Copier(config)
        self.near: nn.Module = (
            _PitchHead(config)
            if k == 1
            else VoiceHead(
                n_parts=k, n_copies=config.n_copies, d=d, hidden=8 * c, dropout=config.dropout
            )
        )
        self.embed_out = nn.Linear(d, k * (p + (k > 1)))
        half = d // config.n_heads // 2
        self.wave: Tensor
        self.register_buffer("wave", 1000.0 ** -(torch.arange(half) / half), persistent=False)
        self.reset()

    def reset(self) -> None:
        """Draw fresh weights."""
        for name, weight in self.named_parameters():
            if name.startswith("embed_clock"):
                nn.init.normal_(weight, std=0.02)
            elif name.endswith(("down.weight", "o.weight", "embed_out.weight", "turn.weight")):
                nn.init.normal_(weight, std=0.01)

    def read(self, roll: Tensor, start: Tensor) -> Tensor:
        """Return what the Transformer makes of the frames before each one, shape (b, t, d).

        Parameters
        ----------
        roll : float, shape (b, t, k, p)
        start : int64, shape (b,), frames
            Place of the first frame in its piece; 0 is its beginning.
        """
        past = delay(roll, 1)
        ages = find_ages(past)[0]
        x = self.embed_roll(torch.cat((past, ages), dim=2).flatten(2))  # (b, t, d)
        place = start[:, None] + torch.arange(roll.shape[1], device=roll.device)  # (b, t)
        for table in self.embed_clock:
            x = x + table(place % table.num_embeddings)  # type: ignore[operator]
        x = x + (place == 0).to(x.dtype)[..., None] * self.embed_start
        x = functional.dropout(x, self.config.dropout, self.training)
        turns = torch.arange(roll.shape[1], device=roll.device)[:, None] * self.wave  # (t, d/2h)
        angles = (turns.cos(), turns.sin())
        for block in self.blocks:
            x = block(x, angles)
        y: Tensor = self.norm(x)
        return y

    def logits(self, roll: Tensor, start: Tensor) -> tuple[Tensor, Tensor | None]:
        """Return a logit for each pitch of each frame given what comes before it.

        Returns
        -------
        float, shape (b, t, k, p)
            Before it come all earlier frames, the earlier parts of its own frame and, when there is
            one part, the lower pitches.
        float, shape (b, t, k), or None
            The logit of silence, when there are several parts.
        """
        b, t, k, p = roll.shape
        x = self.read(roll, start)
        copied = self.copier(x, roll)  # (b, t, n, k, p)
        direct = self.embed_out(functional.dropout(x, self.config.dropout, self.training))
        direct = direct.view(b, t, k, -1)  # (b, t, k, p or p + 1)
        if k == 1:
            return self.near(roll, x, copied) + direct, None
        found, rest = self.near(roll, x, copied)
        return found + direct[..., :p], rest + direct[..., p]

    def forward(self, roll: Tensor, start: Tensor) -> Tensor:
        """Return the nats that each frame costs, shape (b, t).

        Parameters
        ----------
        roll : float, shape (b, t, k, p)
        start : int64, shape (b,), frames
        """
        logits, silence = self.logits(roll, start)
        logits = logits.float()
        if silence is None:
            nats = functional.binary_cross_entropy_with_logits(logits, roll, reduction="none")
            return nats.sum(dim=(2, 3))
        silence = silence.float()
        chosen = (logits * roll).sum(-1) + silence * (1 - roll.sum(-1))  # (b, t, k)
        every = torch.cat((logits, silence[..., None]), dim=-1).logsumexp(-1)  # (b, t, k)
        return (every - chosen).sum(-1)
