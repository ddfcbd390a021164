"""The band's networks: what they give is binary, within its slots and tracks, and gradients pass."""

from __future__ import annotations

import torch

from motet.models.gan_nets import GAN_SIZES, Critic, GanConfig, Generator, hear, realise
from motet.phrases.band import TRACKS

torch.set_num_threads(1)
TINY = GAN_SIZES["tiny"]


def _given(n: int, *, metre: int = 0, drums: bool = True) -> tuple[torch.Tensor, ...]:
    present = torch.ones(n, 5)
    present[:, 3] = float(drums)
    return (
        torch.full((n, 16), 44), torch.full((n, 16), -1), torch.full((n,), 3),
        torch.zeros(n, dtype=torch.long), torch.full((n,), metre), present,
    )  # fmt: skip


def _make(metre: int = 0, *, drums: bool = True) -> tuple[torch.Tensor, torch.Tensor, Generator]:
    torch.manual_seed(3)
    net = Generator(TINY)
    given = _given(3, metre=metre, drums=drums)
    out = net(torch.randn(3, TINY.noise_width), *given)
    roll, attack = realise(*out, net.conditions(*given))
    return roll, attack, net


def test_what_is_made_is_binary_and_gradients_pass() -> None:
    roll, attack, net = _make()
    assert set(roll.unique().tolist()) <= {0.0, 1.0}
    assert set(attack.unique().tolist()) <= {0.0, 1.0}
    (roll.sum() + attack.sum()).backward()
    moved = [one.grad for one in net.parameters() if one.grad is not None]
    assert len(moved) > 20
    assert all(torch.isfinite(one).all() for one in moved)
    assert any(bool(one.abs().sum() > 0) for one in moved)


def test_lines_sound_one_pitch_and_pitches_hold_until_the_next_attack() -> None:
    roll, attack, _ = _make()
    for track in (TRACKS.index("melody"), TRACKS.index("bass")):
        assert roll[:, track].sum(dim=-1).max() <= 1
    held = roll[:, :, 1:].bool() & roll[:, :, :-1].any(dim=-1, keepdim=True)
    no_attack = (attack[:, :, 1:] == 0).unsqueeze(-1)
    assert bool((held & no_attack <= roll[:, :, :-1].bool()).all())


def test_slots_outside_the_metre_and_absent_tracks_are_silent() -> None:
    roll, attack, _ = _make(1, drums=False)
    outside = torch.arange(64) % 16 >= 12
    assert not attack[:, :, outside].any()
    assert not roll[:, :, outside].any()
    assert not roll[:, 3].any()


def test_the_critic_hears_every_track() -> None:
    torch.manual_seed(0)
    roll, attack, net = _make()
    critic = Critic(TINY)
    given = _given(3)
    before = critic(roll, attack, *given)
    assert before.shape == (3,)
    for track in range(len(TRACKS)):
        other = roll.detach().clone()
        other[:, track, ::8, 5] = 1 - other[:, track, ::8, 5]
        assert not torch.allclose(critic(other, attack, *given), before), TRACKS[track]
    steps, returns = hear(roll, attack, net.conditions(*given))
    assert (steps.shape[:2], returns.shape) == ((3, 64), (3, 60))


def test_sizes_say_how_much_noise_they_take() -> None:
    assert GanConfig().noise_width == 304
    assert GanConfig(**GAN_SIZES["tiny"].to_dict()) == GAN_SIZES["tiny"]
