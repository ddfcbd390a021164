"""The head of voices: the same around every pitch, and laid out around each voice's last one."""

from __future__ import annotations

import torch

from motet.models.voices import VoiceHead

torch.set_num_threads(1)


def _make() -> VoiceHead:
    torch.manual_seed(2)
    return VoiceHead(n_parts=3, n_copies=1, d=8, hidden=16, dropout=0.0).eval()


def test_moving_the_music_moves_the_answer() -> None:
    head = _make()
    roll = torch.zeros(1, 12, 3, 60)
    roll.scatter_(3, torch.randint(20, 30, (1, 12, 3, 1)), 1.0)
    roll[0, 5, 1] = 0  # a rest
    copied = torch.zeros(1, 12, 1, 3, 60)
    x = torch.randn(1, 12, 8)
    with torch.no_grad():
        logits, rest = head(roll, x, copied)
        moved, moved_rest = head(roll.roll(12, dims=3), x, copied)
    sounding = slice(1, None)  # before the first frame the middle stands for a last pitch
    assert torch.allclose(logits[:, sounding, :, :48], moved[:, sounding, :, 12:], atol=1e-5)
    assert torch.allclose(rest[:, sounding], moved_rest[:, sounding], atol=1e-5)


def test_pitches_out_of_reach_get_no_say() -> None:
    head = _make()
    roll = torch.zeros(1, 4, 3, 90)
    roll[..., 10] = 1
    with torch.no_grad():
        logits, _ = head(roll, torch.zeros(1, 4, 8), torch.zeros(1, 4, 1, 3, 90))
    assert logits[0, 2, :, 41:].abs().max() == 0
    assert logits[0, 2, :, :41].abs().min() > 0
