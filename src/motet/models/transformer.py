"""The composer: a decoder-only Transformer over grid tokens.

Conventions: shape letters are b rows, t tokens, d width, h heads, g key-value heads, c head width,
v vocabulary. A packed row holds several documents; `segments` numbers them, attention never crosses
them, and positions restart at 0 in each. Weight names are a contract with `motet.export`.

Offers `Transformer`, `TransformerConfig`, `SIZES`, `Cache`, `Reach`, `attend`.

Sources: rotary positions: Su et al., "RoFormer", 2021 (half-split layout); RMSNorm: Zhang and
Sennrich, 2019; SwiGLU: Shazeer, "GLU Variants Improve Transformer", 2020; grouped queries: Ainslie et
al., "GQA", 2023.
"""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from motet.errors import ParameterError
from motet.tokens.vocab import VOCAB_SIZE

__all__ = ["SIZES", "Cache", "Reach", "Transformer", "TransformerConfig", "attend"]

Runs = list[list[tuple[int, int]]]
"""For each row the half-open spans of its documents."""

NORM_EPS: Final = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformerConfig:
    """The shape of a Transformer.

    Parameters
    ----------
    n_layers, width, n_heads, n_kv_heads, ffn_width : int
        `n_heads` divides `width` into an even head width; `n_kv_heads` divides `n_heads`.
    vocab_size : int
    rope_theta : float
        Base of the rotary wavelengths.
    dropout : float, [0, 1)
        On the output of each attention and feed-forward block, while training.

    Raises
    ------
    ParameterError
        The numbers do not fit each other.

    Examples
    --------
    >>> TransformerConfig(n_layers=2, width=64, n_heads=4, n_kv_heads=2, ffn_width=192).head_width
    16
    """

    n_layers: int
    width: int
    n_heads: int
    n_kv_heads: int
    ffn_width: int
    vocab_size: int = VOCAB_SIZE
    rope_theta: float = 10_000.0
    dropout: float = 0.0

    def __post_init__(self) -> None:
        sizes = (self.n_layers, self.width, self.n_heads, self.n_kv_heads, self.ffn_width)
        fits = min(*sizes, self.vocab_size) > 0 and 0 <= self.dropout < 1 and self.rope_theta > 1
        if not (fits and self.width % (2 * self.n_heads) == 0):
            raise ParameterError(
                f"a Transformer needs sizes above 0, a dropout in [0, 1) and a width that 2 × n_heads "
                f"divides; got {asdict(self)}",
                zh=f"Transformer 的各项尺寸须大于 0,dropout 在 [0, 1) 内,且 width 能被 2 × n_heads 整除;"
                f"收到 {asdict(self)}",
            )
        if self.n_heads % self.n_kv_heads:
            raise ParameterError(
                f"n_kv_heads must divide n_heads, got {self.n_kv_heads} and {self.n_heads}",
                zh=f"n_kv_heads 须整除 n_heads,收到 {self.n_kv_heads} 和 {self.n_heads}",
            )

    @property
    def head_width(self) -> int:
        """Numbers in one head."""
        return self.width // self.n_heads

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain values, as bundles and weight files store them."""
        return asdict(self)


SIZES: Final[dict[str, TransformerConfig]] = {
    name: TransformerConfig(
        n_layers=layers, width=width, n_heads=heads, n_kv_heads=kv_heads, ffn_width=ffn
    )
    for name, (layers, width, heads, kv_heads, ffn) in {
        "tiny": (2, 64, 4, 2, 192),
        "small": (5, 256, 8, 2, 704),
        "medium": (6, 384, 6, 2, 1056),
        "base": (8, 512, 8, 2, 1408),
    }.items()
}
"""Named sizes: 0.2, 3.9, 10 and 24 million parameters."""


@dataclass(slots=True)
class Cache:
    """Keys and values of the tokens so far, one pair a layer; grows with each call of the model."""

    layers: list[tuple[Tensor, Tensor]]

    @classmethod
    def empty(cls) -> Cache:
        """Return a cache of no tokens."""
        return cls([])

    @property
    def length(self) -> int:
        """Tokens held."""
        return int(self.layers[0][0].shape[2]) if self.layers else 0


class _RMSNorm(nn.Module):
    """Scale to unit root mean square, then by a learnt weight."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return functional.rms_norm(x, self.weight.shape, self.weight.to(x.dtype), NORM_EPS)


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Return heads turned by their positions; the two halves of a head are the coordinates."""
    first, second = x.chunk(2, dim=-1)  # (b, h, t, c/2)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1)


@dataclass(slots=True)
class Reach:
    """What a token may see: everything before it, a mask, or the documents of its row."""

    mask: Tensor | None = None
    runs: Runs | None = None


def attend(q: Tensor, k: Tensor, v: Tensor, reach: Reach) -> Tensor:
    """Return what each query reads.

    Parameters
    ----------
    q : float, shape (b, h, t, c)
    k, v : float, shape (b, g, t, c)
        Each of the g heads serves h / g queries.
    reach : Reach
        What may be seen.

    Returns
    -------
    float, shape (b, h, t, c)

    Examples
    --------
    >>> one = torch.ones(1, 2, 3, 4)
    >>> attend(one, one, one, Reach()).shape
    torch.Size([1, 2, 3, 4])
    """
    if reach.runs is None:
        return functional.scaled_dot_product_attention(
            q, k, v, attn_mask=reach.mask, is_causal=reach.mask is None, enable_gqa=True
        )
    kind = q.dtype
    # In float32: kernels for bfloat16 are compiled anew for each length (measured 12 % slower).
    q, k, v = q.float(), k.float(), v.float()
    rows = []
    for i, spans in enumerate(reach.runs):  # a document at a time: no mask, and nothing in vain
        parts = [
            functional.scaled_dot_product_attention(
                q[i : i + 1, :, start:end],
                k[i : i + 1, :, start:end],
                v[i : i + 1, :, start:end],
                is_causal=True,
                enable_gqa=True,
            )
            for start, end in spans
        ]
        rows.append(torch.cat(parts, dim=2) if len(parts) > 1 else parts[0])  # (1, h, t, c)
    return torch.cat(rows).to(kind)


def _find_runs(starts: Tensor) -> Runs:
    """Return the documents of each row from the places where they start."""
    t = starts.shape[1]
    runs = []
    for row in starts:
        edges = [*row.nonzero()[:, 0].tolist(), t]
        runs.append(list(itertools.pairwise(edges)))
    return runs


class _Attention(nn.Module):
    """Causal self-attention with grouped key-value heads."""

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__()
        self.h, self.g, self.c = config.n_heads, config.n_kv_heads, config.head_width
        self.q = nn.Linear(config.width, self.h * self.c, bias=False)
        self.k = nn.Linear(config.width, self.g * self.c, bias=False)
        self.v = nn.Linear(config.width, self.g * self.c, bias=False)
        self.o = nn.Linear(self.h * self.c, config.width, bias=False)

    def forward(
        self,
        x: Tensor,
        angles: tuple[Tensor, Tensor],
        reach: Reach,
        past: tuple[Tensor, Tensor] | None,
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        b, t, _ = x.shape
        q = self.q(x).view(b, t, self.h, self.c).transpose(1, 2)  # (b, h, t, c)
        k = self.k(x).view(b, t, self.g, self.c).transpose(1, 2)  # (b, g, t, c)
        v = self.v(x).view(b, t, self.g, self.c).transpose(1, 2)  # (b, g, t, c)
        q, k = _rotate(q, *angles), _rotate(k, *angles)
        if past is not None:
            k, v = torch.cat((past[0], k), dim=2), torch.cat((past[1], v), dim=2)
        y = attend(q, k, v, reach)  # (b, h, t, c)
        return self.o(y.transpose(1, 2).reshape(b, t, self.h * self.c)), (k, v)


class _SwiGLU(nn.Module):
    """The gated feed-forward block."""

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__()
        self.gate = nn.Linear(config.width, config.ffn_width, bias=False)
        self.up = nn.Linear(config.width, config.ffn_width, bias=False)
        self.down = nn.Linear(config.ffn_width, config.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.down(functional.silu(self.gate(x)) * self.up(x))
        return y


class _Block(nn.Module):
    """Attention, then feed-forward, each added to the stream."""

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__()
        self.norm1, self.attn = _RMSNorm(config.width), _Attention(config)
        self.norm2, self.mlp = _RMSNorm(config.width), _SwiGLU(config)
        self.p_drop = config.dropout

    def forward(
        self,
        x: Tensor,
        angles: tuple[Tensor, Tensor],
        reach: Reach,
        past: tuple[Tensor, Tensor] | None,
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        y, present = self.attn(self.norm1(x), angles, reach, past)
        x = x + functional.dropout(y, self.p_drop, self.training)  # (b, t, d)
        x = x + functional.dropout(self.mlp(self.norm2(x)), self.p_drop, self.training)  # (b, t, d)
        return x, present


class Transformer(nn.Module):
    """A decoder-only Transformer; embeddings are tied with the output.

    Parameters
    ----------
    config : TransformerConfig

    Examples
    --------
    >>> model = Transformer(SIZES["tiny"])
    >>> model(torch.zeros(1, 5, dtype=torch.long)).shape
    torch.Size([1, 5, 1536])
    """

    def __init__(self, config: TransformerConfig) -> None:
        super().__init__()
        self.config = config
        self.embed = nn.Embedding(config.vocab_size, config.width)
        self.blocks = nn.ModuleList(_Block(config) for _ in range(config.n_layers))
        self.norm = _RMSNorm(config.width)
        self.wave: Tensor
        half = config.head_width // 2
        steps = torch.arange(half, dtype=torch.float32) / half
        self.register_buffer("wave", config.rope_theta**-steps, persistent=False)
        self.reset()

    def reset(self) -> None:
        """Draw fresh weights: normal, 0.02 wide, what ends a block narrower by its depth."""
        depth = (2 * self.config.n_layers) ** -0.5
        for name, weight in self.named_parameters():
            if "norm" in name:
                nn.init.ones_(weight)
            else:
                ends = name.endswith(("attn.o.weight", "mlp.down.weight"))
                nn.init.normal_(weight, std=0.02 * (depth if ends else 1.0))

    def hidden(
        self, ids: Tensor, *, segments: Tensor | None = None, cache: Cache | None = None
    ) -> Tensor:
        """Return the normalised stream before the output layer, shape (b, t, d).

        Parameters
        ----------
        ids : int64, shape (b, t)
        segments : integer, shape (b, t), or None
            Document of each token, in unbroken runs; None means one document a row.
        cache : Cache or None
            What came before `ids`; it is extended. Not together with `segments`.
        """
        start = cache.length if cache is not None else 0
        t = ids.shape[1]
        steps = torch.arange(start, start + t, device=ids.device)  # (t,)
        reach = Reach()
        if segments is not None:
            starts = torch.ones_like(segments, dtype=torch.bool)
            starts[:, 1:] = segments[:, 1:] != segments[:, :-1]
            offset = torch.where(starts, steps, 0).cummax(dim=1).values  # (b, t)
            turns = (steps - offset)[:, None, :, None] * self.wave  # (b, 1, t, c/2)
            if ids.device.type == "cpu":
                reach.runs = _find_runs(starts)
            else:
                same = segments[:, None, :, None] == segments[:, None, None, :]
                reach.mask = same.tril()  # (b, 1, t, t)
        else:
            turns = steps[:, None] * self.wave  # (t, c/2)
            if start:
                reach.mask = torch.arange(start + t, device=ids.device) <= steps[:, None]
        x = self.embed(ids)  # (b, t, d)
        angles = (turns.cos().to(x.dtype), turns.sin().to(x.dtype))
        presents = []
        for i, block in enumerate(self.blocks):
            past = cache.layers[i] if cache is not None and cache.layers else None
            x, present = block(x, angles, reach, past)
            presents.append(present)
        if cache is not None:
            cache.layers = presents
        y: Tensor = self.norm(x)
        return y

    def forward(
        self, ids: Tensor, *, segments: Tensor | None = None, cache: Cache | None = None
    ) -> Tensor:
        """Return logits of the next token at each place, shape (b, t, v); see `hidden`."""
        return functional.linear(
            self.hidden(ids, segments=segments, cache=cache), self.embed.weight
        )
