"""The fused loss is the plain one."""

from __future__ import annotations

import torch
from torch.nn.functional import cross_entropy

from motet.train.loss import fused_cross_entropy

torch.set_num_threads(1)


def test_value_and_gradients_agree_with_the_plain_way() -> None:
    torch.manual_seed(0)
    hidden = torch.randn(23, 8, requires_grad=True)
    weight = torch.randn(50, 8, requires_grad=True)
    targets, scale = torch.randint(0, 50, (23,)), torch.rand(23)
    plain_each = cross_entropy(hidden @ weight.T, targets, reduction="none")
    plain = (plain_each * scale).sum() * 3
    expected = torch.autograd.grad(plain, (hidden, weight))
    total, each = fused_cross_entropy(hidden, weight, targets, scale=scale, chunk=7)
    found = torch.autograd.grad(total * 3, (hidden, weight))
    assert torch.allclose(each, plain_each, atol=1e-5)
    assert torch.allclose(total * 3, plain, atol=1e-4)
    for one, two in zip(found, expected, strict=True):
        assert torch.allclose(one, two, atol=1e-4)


def test_a_scale_of_zero_leaves_a_token_out() -> None:
    hidden, weight = torch.randn(2, 4, requires_grad=True), torch.randn(9, 4)
    total, _ = fused_cross_entropy(
        hidden, weight, torch.tensor([3, 4]), scale=torch.tensor([1.0, 0.0])
    )
    (grad,) = torch.autograd.grad(total, (hidden,))
    assert grad[0].abs().sum() > 0
    assert grad[1].abs().sum() == 0
