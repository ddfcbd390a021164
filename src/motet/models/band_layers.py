"""What generator and critic of a band hear: chords as planes, rolls relative to the chord, motion, returns.

Conventions: the arrays of `motet.phrases.band`, rolls unpacked as float 0 to 1, shape (b, 5, 64, 48), attacks
(b, 5, 64); t = 64 slots of 4 bars, q = 16 quarter notes, k = 5 tracks.

Offers `Condition`, `Conditions`, `chord_relative`, `hear_motion`, `hear_returns`, `last_attack`,
`slot_mask`, `unpack_batch`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn

from motet.phrases.band import N_BARS, N_PITCHES, N_SLOTS, TRACKS, metre_steps
from motet.tokens.harmony import chord_pcs

__all__ = [
    "PITCHED",
    "Condition",
    "Conditions",
    "chord_relative",
    "hear_motion",
    "hear_returns",
    "last_attack",
    "slot_mask",
    "unpack_batch",
]

PITCHED: Final = tuple(at for at, name in enumerate(TRACKS) if name != "drums")
_N_CHORDS: Final = 241
_N_STYLES: Final = 81
_REACH: Final = 12
QUARTER_WIDTH: Final = 13 + 12 + 12 + 13


def unpack_batch(packed: Tensor) -> Tensor:
    """Return the roll of packed bytes as float32 (the twin of `motet.phrases.band.unpack_roll`).

    Examples
    --------
    >>> unpack_batch(torch.tensor([[128, 0, 0, 0, 0, 1]], dtype=torch.uint8)).nonzero()[:, 1].tolist()
    [0, 47]
    """
    places = torch.arange(7, -1, -1, device=packed.device, dtype=torch.uint8)
    bits = (packed.to(torch.uint8).unsqueeze(-1) >> places) & 1  # (b, k, t, 6, 8)
    return bits.flatten(-2).float()  # (b, k, t, 48)


def _chord_tables() -> tuple[Tensor, Tensor, Tensor]:
    """Return root (241,), pitch classes (241, 12) and those above the root (241, 12); last row no chord."""
    root = torch.full((_N_CHORDS,), 12, dtype=torch.long)
    tones, above = torch.zeros(_N_CHORDS, 12), torch.zeros(_N_CHORDS, 12)
    for value in range(_N_CHORDS - 1):
        root[value] = value // 20
        for pc in chord_pcs(value):
            tones[value, pc] = 1
            above[value, (pc - value // 20) % 12] = 1
    return root, tones, above


def slot_mask() -> Tensor:
    """Return which slots each metre fills, float32 (4, 64).

    Examples
    --------
    >>> slot_mask().sum(dim=1).tolist()
    [64.0, 48.0, 48.0, 32.0]
    """
    bar = torch.arange(N_SLOTS) % (N_SLOTS // N_BARS)
    return torch.stack([(bar < metre_steps(metre)).float() for metre in range(4)])


@dataclass(frozen=True)
class Condition:
    """What a phrase is to be: ``quarter`` (b, q, 50), ``static`` (b, s), ``turn`` (b, q, 12, 12), ``mask``
    (b, t), ``present`` (b, k), ``metre`` (b,).
    """

    quarter: Tensor
    static: Tensor
    turn: Tensor
    mask: Tensor
    present: Tensor
    metre: Tensor


class Conditions(nn.Module):
    """Conditions of a batch as planes.

    Parameters
    ----------
    style_width : int
    """

    root: Tensor
    tones: Tensor
    above: Tensor
    turns: Tensor
    slots: Tensor
    eye13: Tensor
    eye8: Tensor
    eye4: Tensor

    def __init__(self, style_width: int) -> None:
        super().__init__()
        root, tones, above = _chord_tables()
        self.style = nn.Embedding(_N_STYLES, style_width)
        turns = torch.zeros(13, 12, 12)
        for at in range(13):
            for pc in range(12):
                turns[at, pc, (pc - at % 12) % 12] = 1
        for name, table in (
            ("root", root), ("tones", tones), ("above", above), ("turns", turns),
            ("slots", slot_mask()), ("eye13", torch.eye(13)), ("eye8", torch.eye(8)),
            ("eye4", torch.eye(4)),
        ):  # fmt: skip
            self.register_buffer(name, table, persistent=False)
        self.static_width = style_width + 8 + 4 + len(TRACKS)

    def forward(
        self,
        chord: Tensor,
        bass: Tensor,
        style: Tensor,
        mode: Tensor,
        metre: Tensor,
        present: Tensor,
    ) -> Condition:
        """Return the planes of integer conditions and the tracks that are present (b, 5)."""
        value = torch.where(chord < 0, _N_CHORDS - 1, chord)
        root = self.root[value]  # (b, q)
        low = torch.where(bass < 0, root, bass)
        quarter = torch.cat(
            [self.eye13[root], self.tones[value], self.above[value], self.eye13[low]], -1
        )  # (b, q, 50)
        styled = self.style(torch.where(style < 0, _N_STYLES - 1, style))
        static = torch.cat([styled, self.eye8[mode], self.eye4[metre], present], -1)
        return Condition(quarter, static, self.turns[root], self.slots[metre], present, metre)


def chord_relative(pcs: Tensor, turn: Tensor) -> Tensor:
    """Return pitch classes (b, k, t, 12) counted from the root of the chord that sounds.

    Examples
    --------
    >>> chord_relative(torch.zeros(2, 4, 64, 12), torch.zeros(2, 16, 12, 12)).shape
    torch.Size([2, 4, 64, 12])
    """
    k, t = (int(size) for size in pcs.shape[1:3])  # b stays open in a traced graph
    grouped = pcs.reshape(-1, k, 16, t // 16, 12).transpose(1, 2).reshape(-1, 16, k * t // 16, 12)
    turned = grouped @ turn  # (b, q, k * 4, 12)
    return turned.reshape(-1, 16, k, t // 16, 12).transpose(1, 2).reshape(-1, k, t, 12)


def last_attack(attack: Tensor, *, before: bool = False) -> Tensor:
    """Return the slot of the last attack at or before each slot, -1 for none: int64, (..., t).

    Examples
    --------
    >>> last_attack(torch.tensor([0.0, 1.0, 0.0])).tolist()
    [-1, 1, 1]
    """
    t = attack.shape[-1]
    place = torch.arange(t, device=attack.device)
    reach = place[:, None] > place if before else place[:, None] >= place  # (t, t)
    hit = reach & (attack > 0.5).unsqueeze(-2)
    return torch.where(hit, place, -1).amax(-1)


def hear_motion(roll: Tensor, attack: Tensor) -> Tensor:
    """Return how far a line moves at each attack, -12 to 12 semitones: (b, t, 25) of (b, t, 48).

    Examples
    --------
    >>> hear_motion(torch.zeros(2, 64, 48), torch.zeros(2, 64)).shape
    torch.Size([2, 64, 25])
    """
    last = last_attack(attack, before=True).clamp(min=0)
    before = torch.gather(roll, 1, last.unsqueeze(-1).expand(-1, -1, N_PITCHES))
    now = roll * attack.unsqueeze(-1)
    wide = nn.functional.pad(before, (_REACH, _REACH))
    if torch.onnx.is_in_onnx_export():  # ONNX cannot unfold an axis whose length it does not know
        windows = [wide[..., k : k + N_PITCHES] for k in range(2 * _REACH + 1)]
        spans = torch.stack(windows, dim=2)  # (b, t, 25, 48)
    else:
        spans = wide.unfold(-1, N_PITCHES, 1)
    return (now.unsqueeze(-2) * spans).sum(-1)


def hear_returns(planes: Tensor) -> Tensor:
    """Return how alike each two of the four bars are: (b, k * 6) of (b, k, t, c).

    Examples
    --------
    >>> hear_returns(torch.ones(1, 1, 64, 1)).shape
    torch.Size([1, 6])
    """
    b, k, _, _c = planes.shape
    bars = planes.reshape(b, k, N_BARS, -1)
    alike = bars @ bars.transpose(-1, -2)  # (b, k, 4, 4)
    size = bars.square().sum(-1)
    pairs = [(first, second) for first in range(N_BARS) for second in range(first)]
    rows = [alike[:, :, i, j] / (0.5 * (size[:, :, i] + size[:, :, j]) + 1.0) for i, j in pairs]
    return torch.stack(rows, -1).flatten(1)
