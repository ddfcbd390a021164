"""The two networks of a band GAN: a generator of five tracks, and the critic that hears them.

Conventions: `motet.phrases.band` says what a phrase is. The generator works out the bars, then the
quarter notes, then the sixteenths, from noise that all tracks share; each track then goes on alone, with
noise of its own. It says where a track attacks, whether it sounds, and which pitches; attacks and pitches
are binary while training too (forward a threshold, backward a sigmoid that grows steeper), and a pitch
holds until the next attack by construction.

Offers `Generator`, `Critic`, `realise`, `hear`, `GanConfig`, `GAN_SIZES`.

Sources: Dong et al., "MuseGAN", 2018 (shared and private noise, bar by bar); Dong and Yang, "Convolutional
Generative Adversarial Networks with Binary Neurons for Polyphonic Music Generation", 2018 (deterministic
binary neurons, slope annealing).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from motet.models.band_layers import (
    PITCHED,
    QUARTER_WIDTH,
    Condition,
    Conditions,
    chord_relative,
    hear_motion,
    hear_returns,
    last_attack,
)
from motet.phrases.band import N_BARS, N_PITCHES, N_SLOTS, TRACKS

__all__ = ["GAN_SIZES", "Critic", "GanConfig", "Generator", "hear", "realise"]

N_TRACKS: Final = len(TRACKS)
DRUMS: Final = TRACKS.index("drums")
N_KINDS: Final = 12
_LINES: Final = [TRACKS.index("melody"), TRACKS.index("bass")]
_CHORDS: Final = [TRACKS.index("chords"), TRACKS.index("strings")]


@dataclass(frozen=True, slots=True, kw_only=True)
class GanConfig:
    """Sizes of a band GAN, and what weighs how much in training.

    Parameters
    ----------
    width : int
        Channels of the shared trunk and of the critic.
    track_width : int
        Channels of each private generator.
    noise, bar_noise, track_noise, track_bar_noise : int
        Numbers drawn for the phrase, a bar, a track, and a bar of a track.
    style_width : int
    riff : int
        Channels, for each track, of what all four bars have in common.
    critic_steps : int
        Moves of the critic for one of the generator.
    penalty : float
        Weight of the gradient penalty.
    match : float
        Weight of feature matching beside the critic, for the generator.
    dropout : float
        Not used; every family has it.

    Examples
    --------
    >>> GanConfig(width=32).noise_width
    304
    """

    width: int = 64
    track_width: int = 40
    noise: int = 32
    bar_noise: int = 8
    track_noise: int = 16
    track_bar_noise: int = 8
    style_width: int = 16
    riff: int = 10
    critic_steps: int = 1
    penalty: float = 10.0
    match: float = 1.0
    dropout: float = 0.0

    @property
    def noise_width(self) -> int:
        """How many numbers the generator takes."""
        return (
            self.noise
            + N_BARS * self.bar_noise
            + N_TRACKS * (self.track_noise + N_BARS * self.track_bar_noise)
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the fields."""
        return asdict(self)


GAN_SIZES: Final = {
    "tiny": GanConfig(
        width=12, track_width=6, noise=4, bar_noise=2, track_noise=2, track_bar_noise=2,
        style_width=4, riff=3,
    ),
    "small": GanConfig(),
}  # fmt: skip


def _norm(x: Tensor) -> Tensor:
    """Return channels of mean square 1."""
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-6)


class Generator(nn.Module):
    """Attacks, soundings and pitches of five tracks, as logits, from noise and conditions.

    Parameters
    ----------
    config : GanConfig
    """

    def __init__(self, config: GanConfig) -> None:
        super().__init__()
        c, w = config.width, config.track_width
        self.config = config
        self.conditions = Conditions(config.style_width)
        static = self.conditions.static_width
        self.chord = nn.Conv1d(QUARTER_WIDTH, c // 2, 1)
        self.bar_in = nn.Conv1d(config.noise + config.bar_noise + static + 4 * (c // 2), 2 * c, 1)
        self.bar_place = nn.Parameter(0.3 * torch.randn(2 * c, N_BARS))
        self.bar_conv = nn.Conv1d(2 * c, 2 * c, 3, padding=1)
        self.to_quarters = nn.ConvTranspose1d(2 * c, c, 4, 4)
        self.quarter_conv = nn.Conv1d(c + c // 2, c, 3, padding=1)
        self.to_slots = nn.ConvTranspose1d(c, c, 4, 4)
        self.slot_place = nn.Parameter(0.3 * torch.randn(4, c, N_SLOTS // N_BARS))
        self.slot_conv = nn.Conv1d(c + c // 2, c, 5, padding=2)
        private = config.track_noise + config.track_bar_noise
        self.track_in = nn.Conv1d(c, N_TRACKS * w, 3, padding=1)
        self.track_noise = nn.Conv1d(N_TRACKS * private, N_TRACKS * w, 1, groups=N_TRACKS)
        self.riff = nn.Linear(
            config.noise + static + N_TRACKS * config.track_noise,
            N_TRACKS * config.riff * (N_SLOTS // N_BARS),
        )
        self.track_riff = nn.Conv1d(N_TRACKS * config.riff, N_TRACKS * w, 1, groups=N_TRACKS)
        self.track_static = nn.Linear(static, N_TRACKS * w)
        self.track_place = nn.Parameter(0.3 * torch.randn(4, N_TRACKS * w, N_SLOTS // N_BARS))
        self.track_near = nn.Conv1d(N_TRACKS * w, N_TRACKS * w, 5, padding=2, groups=N_TRACKS)
        self.track_far = nn.Conv2d(
            N_TRACKS * w, N_TRACKS * w, (3, 1), padding=(1, 0), groups=N_TRACKS
        )
        self.track_last = nn.Conv1d(N_TRACKS * w, N_TRACKS * w, 5, padding=2, groups=N_TRACKS)
        self.head = nn.Conv1d(N_TRACKS * w, N_TRACKS * (2 + N_PITCHES + 12), 1, groups=N_TRACKS)

    def forward(
        self,
        noise: Tensor,
        chord: Tensor,
        bass: Tensor,
        style: Tensor,
        mode: Tensor,
        metre: Tensor,
        present: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return attack (b, k, t), sound (b, k, t) and pitch logits (b, k, t, 48)."""
        b, one = noise.shape[0], self.config
        whole, bars, tracks, cells = torch.split(
            noise,
            [
                one.noise,
                N_BARS * one.bar_noise,
                N_TRACKS * one.track_noise,
                N_TRACKS * N_BARS * one.track_bar_noise,
            ],
            1,
        )
        condition = self.conditions(chord, bass, style, mode, metre, present)
        chords = functional.leaky_relu(
            self.chord(condition.quarter.transpose(1, 2)), 0.2
        )  # (b, c/2, q)
        by_bar = chords.reshape(b, -1, N_BARS, 4).transpose(2, 3).reshape(b, -1, N_BARS)
        still = torch.cat([whole, condition.static], 1).unsqueeze(-1).expand(-1, -1, N_BARS)
        x = self.bar_in(torch.cat([still, bars.reshape(b, -1, N_BARS), by_bar], 1))  # (b, 2c, 4)
        x = functional.leaky_relu(_norm(x + self.bar_place), 0.2)
        x = functional.leaky_relu(_norm(x + self.bar_conv(x)), 0.2)
        x = functional.leaky_relu(_norm(self.to_quarters(x)), 0.2)  # (b, c, q)
        x = functional.leaky_relu(_norm(x + self.quarter_conv(torch.cat([x, chords], 1))), 0.2)
        x = self.to_slots(x) + self.slot_place[metre].repeat(1, 1, N_BARS)  # (b, c, t)
        x = functional.leaky_relu(_norm(x), 0.2)
        near = chords.repeat_interleave(4, dim=2)
        x = functional.leaky_relu(_norm(x + self.slot_conv(torch.cat([x, near], 1))), 0.2)
        riff = self.riff(torch.cat([whole, condition.static, tracks], 1))  # (b, k * riff * 16)
        return self._play_tracks(x, tracks, cells, riff, condition)

    def _play_tracks(
        self, x: Tensor, tracks: Tensor, cells: Tensor, riff: Tensor, condition: Condition
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return what each track makes of the shared plan."""
        b = x.shape[0]
        own = tracks.reshape(b, N_TRACKS, -1, 1).expand(-1, -1, -1, N_BARS)
        noise = torch.cat([own, cells.reshape(b, N_TRACKS, -1, N_BARS)], 2).flatten(1, 2)
        private = self.track_noise(noise).repeat_interleave(16, dim=2)  # (b, k*w, t)
        place = self.track_place[condition.metre].repeat(1, 1, N_BARS)
        riffs = functional.leaky_relu(riff.reshape(b, -1, N_SLOTS // N_BARS), 0.2)
        private = private + self.track_riff(riffs).repeat(1, 1, N_BARS)
        y = self.track_in(x) + private + place + self.track_static(condition.static).unsqueeze(-1)
        y = functional.leaky_relu(self._norm_tracks(y), 0.2)
        y = functional.leaky_relu(self._norm_tracks(y + self.track_near(y)), 0.2)
        other_bars = self.track_far(y.reshape(b, -1, N_BARS, N_SLOTS // N_BARS)).flatten(2)
        y = functional.leaky_relu(self._norm_tracks(y + other_bars), 0.2)
        y = functional.leaky_relu(self._norm_tracks(y + self.track_last(y)), 0.2)
        out = self.head(y).reshape(b, N_TRACKS, -1, N_SLOTS)
        above = out[:, :, 2 + N_PITCHES :].transpose(2, 3)  # (b, k, t, 12) above the root
        turned = chord_relative(above, condition.turn.transpose(-1, -2))
        pitch = out[:, :, 2 : 2 + N_PITCHES].transpose(2, 3) + turned.repeat(1, 1, 1, 4)
        return out[:, :, 0], out[:, :, 1], pitch

    def _norm_tracks(self, y: Tensor) -> Tensor:
        """Return each track's channels of mean square 1."""
        b, _, t = y.shape
        split = y.reshape(b * N_TRACKS, -1, t)
        return _norm(split).reshape(b, -1, t)


def _through(hard: Tensor, soft: Tensor) -> Tensor:
    """Return the hard values, with the gradient of the soft ones."""
    return soft + (hard - soft).detach()


def _top(pitch: Tensor) -> Tensor:
    """Return 1 at the best pitch, else 0."""
    return functional.one_hot(pitch.argmax(-1), N_PITCHES).float()


def realise(
    attack: Tensor, sound: Tensor, pitch: Tensor, condition: Condition, *, slope: float = 1.0
) -> tuple[Tensor, Tensor]:
    """Return binary roll (b, k, t, 48) and attacks (b, k, t) of logits; gradients pass.

    Parameters
    ----------
    attack, sound, pitch : Tensor
        As `Generator` gives them.
    condition : Condition
    slope : float
        How steep the sigmoid of the backward pass is.

    Examples
    --------
    >>> net = Generator(GAN_SIZES["tiny"])
    >>> none = torch.zeros(1, dtype=torch.long)
    >>> given = torch.zeros(1, 16, dtype=torch.long), -torch.ones(1, 16, dtype=torch.long), none, none, none
    >>> out = net(torch.zeros(1, net.config.noise_width), *given, torch.ones(1, 5))
    >>> roll, attack = realise(*out, net.conditions(*given, torch.ones(1, 5)))
    >>> roll.shape, attack.shape
    (torch.Size([1, 5, 64, 48]), torch.Size([1, 5, 64]))
    """
    open_slot = condition.mask.unsqueeze(1) * condition.present.unsqueeze(-1)  # (b, k, t)
    drums = pitch[:, DRUMS, :, :N_KINDS]
    hits = _through((drums > 0).float(), torch.sigmoid(slope * drums))
    struck = hits.amax(-1)
    begins = _through((attack > 0).float(), torch.sigmoid(slope * attack))
    begins = torch.cat([begins[:, :DRUMS], struck.unsqueeze(1), begins[:, DRUMS + 1 :]], 1)
    begins = begins * open_slot
    last = last_attack(begins)
    lasts = _through((sound > 0).float(), torch.sigmoid(slope * sound))
    lasts = torch.maximum(lasts, begins) * open_slot * (last >= 0)
    lasts = torch.cat([lasts[:, :DRUMS], begins[:, DRUMS : DRUMS + 1], lasts[:, DRUMS + 1 :]], 1)
    kit = functional.pad(hits, (0, N_PITCHES - N_KINDS))
    lines, chords = pitch[:, _LINES], pitch[:, _CHORDS]
    single = _through(_top(lines), torch.softmax(lines, -1))
    many = _through(
        torch.maximum((chords > 0).float(), _top(chords)), torch.sigmoid(slope * chords)
    )
    chosen = torch.stack([single[:, 0], many[:, 0], single[:, 1], kit, many[:, 1]], 1)
    at = last.clamp(min=0).unsqueeze(-1).expand(-1, -1, -1, N_PITCHES)
    return torch.gather(chosen, 2, at) * lasts.unsqueeze(-1), begins


def hear(roll: Tensor, attack: Tensor, condition: Condition) -> tuple[Tensor, Tensor]:
    """Return what is heard at each slot (b, t, features), and how the bars return (b, 60).

    Examples
    --------
    >>> known = Conditions(2)
    >>> none = torch.zeros(1, dtype=torch.long)
    >>> condition = known(none.expand(1, 16), none.expand(1, 16), none, none, none, torch.ones(1, 5))
    >>> [one.shape[-1] for one in hear(torch.zeros(1, 5, 64, 48), torch.zeros(1, 5, 64), condition)]
    [131, 60]
    """
    b = roll.shape[0]
    pitched = roll[:, PITCHED]  # (b, 4, t, 48)
    struck = attack[:, PITCHED].unsqueeze(-1)
    above = chord_relative(pitched.reshape(b, -1, N_SLOTS, 4, 12).sum(-2), condition.turn)
    begun = above * struck
    motion = hear_motion(roll[:, 0], attack[:, 0])
    sound = roll.amax(-1)
    flat = [one.transpose(1, 2).reshape(b, N_SLOTS, -1) for one in (above, begun)]
    steps = torch.cat([*flat, motion, attack.transpose(1, 2), sound.transpose(1, 2)], -1)
    kit = roll[:, DRUMS : DRUMS + 1, :, :N_KINDS]
    planes = (attack.unsqueeze(-1), begun, kit)
    returns = torch.cat([hear_returns(one) for one in planes], 1)
    return steps, returns


_HEARD: Final = 2 * len(PITCHED) * 12 + 25 + 2 * N_TRACKS
_RETURNS: Final = 6 * (N_TRACKS + len(PITCHED) + 1)


class Critic(nn.Module):
    """How much a phrase sounds like those that were learned, given its conditions.

    Parameters
    ----------
    config : GanConfig
    """

    def __init__(self, config: GanConfig) -> None:
        super().__init__()
        c = config.width
        self.conditions = Conditions(config.style_width)
        static = self.conditions.static_width
        self.look = nn.Linear(N_TRACKS * N_PITCHES + _HEARD, c)
        self.chord = nn.Linear(QUARTER_WIDTH, c)
        self.place = nn.Parameter(0.3 * torch.randn(4, c, N_SLOTS // N_BARS))
        self.near = nn.Conv1d(c, c, 5, padding=2)
        self.to_quarters = nn.Conv1d(c, c + c // 2, 4, 4)
        self.quarters = nn.Conv1d(c + c // 2, c + c // 2, 3, padding=1)
        self.to_bars = nn.Conv1d(c + c // 2, 2 * c, 4, 4)
        self.bars = nn.Conv1d(2 * c, 2 * c, 3, padding=1)
        self.whole = nn.Linear(2 * c * N_BARS + _RETURNS + static, 2 * c)
        self.last = nn.Linear(2 * c, 1)
        self.agree = nn.Linear(static, 2 * c)

    def forward(
        self,
        roll: Tensor,
        attack: Tensor,
        chord: Tensor,
        bass: Tensor,
        style: Tensor,
        mode: Tensor,
        metre: Tensor,
        present: Tensor,
    ) -> Tensor:
        """Return a score (b,); higher is more like music that was learned."""
        condition = self.conditions(chord, bass, style, mode, metre, present)
        return self.judge(roll, condition, hear(roll, attack, condition))

    def judge(self, roll: Tensor, condition: Condition, heard: tuple[Tensor, Tensor]) -> Tensor:
        """Return the score of what is heard."""
        b = roll.shape[0]
        steps, returns = heard
        flat = roll.transpose(1, 2).reshape(b, N_SLOTS, -1)
        x = self.look(torch.cat([flat, steps], -1))  # (b, t, c)
        x = x + self.chord(condition.quarter).repeat_interleave(4, dim=1)
        x = x.transpose(1, 2) + self.place[condition.metre].repeat(1, 1, N_BARS)
        x = functional.leaky_relu(x, 0.2)
        x = functional.leaky_relu(x + self.near(x), 0.2)
        x = functional.leaky_relu(self.to_quarters(x), 0.2)
        x = functional.leaky_relu(x + self.quarters(x), 0.2)
        x = functional.leaky_relu(self.to_bars(x), 0.2)
        x = functional.leaky_relu(x + self.bars(x), 0.2)
        x = self.whole(torch.cat([x.flatten(1), returns, condition.static], 1))
        x = functional.leaky_relu(x, 0.2)
        score: Tensor = self.last(x).squeeze(-1) + (x * self.agree(condition.static)).mean(1)
        return score
