"""The shape of a phrase autoencoder, and how its losses are balanced.

Conventions: as `motet.models.vae`.

Offers `VaeConfig`, `VAE_SIZES`.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, Final

from motet.errors import ParameterError
from motet.phrases.step_codec import VOICES, Voice

__all__ = ["VAE_SIZES", "VaeConfig"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VaeConfig:
    """The shape of a `Vae`, and how its two losses are balanced.

    Parameters
    ----------
    bars : int
        2, 4 or 16 of a phrase.
    content : str
        ``melody``, ``drums`` or ``trio``.
    decoder : str
        ``hierarchical`` or ``flat``.
    latent : int
        Numbers of z.
    width, encoder, conductor : int
        Of the step decoder, of the encoder in each direction, of the conductor.
    embed, context : int
        Width of an embedded token, and of what the conductor tells of a bar.
    beta : float, >= 0
        Final weight of the KL.
    free_bits : float, bits a phrase
        KL that costs nothing.
    anneal : float, (0, 1]
        Share of the training in which the weight rises.
    word_dropout : float, [0, 1)
        Share of the decoder's inputs that training hides.
    dropout : float, [0, 1)

    Raises
    ------
    ParameterError
        A field is out of range.

    Examples
    --------
    >>> VaeConfig(bars=2, content="melody").latent
    96
    """

    bars: int = 2
    content: str = "melody"
    decoder: str = "hierarchical"
    latent: int = 96
    width: int = 224
    encoder: int = 192
    conductor: int = 192
    embed: int = 48
    context: int = 96
    beta: float = 0.2
    free_bits: float = 32.0
    anneal: float = 0.3
    word_dropout: float = 0.2
    dropout: float = 0.0

    def __post_init__(self) -> None:
        values = asdict(self)
        sizes = (self.bars, self.latent, self.width, self.encoder, self.conductor, self.embed)
        if (
            min(*sizes, self.context) < 1
            or self.content not in VOICES
            or self.decoder not in ("hierarchical", "flat")
            or min(self.beta, self.free_bits) < 0
            or not 0 < self.anneal <= 1
            or not (0 <= self.word_dropout < 1 and 0 <= self.dropout < 1)
        ):
            raise ParameterError(
                "a Vae needs sizes above 0, content melody, drums or trio, decoder hierarchical or "
                f"flat, beta and free_bits of 0 or more, dropouts in [0, 1); got {values}",
                zh="Vae 的尺寸须大于 0,content 为 melody、drums 或 trio,decoder 为 hierarchical 或 flat,"
                f"beta 与 free_bits 不小于 0,dropout 在 [0, 1) 内;收到 {values}",
            )

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The voices, in the order of the tokens' last axis."""
        return VOICES[self.content]

    @property
    def free_nats(self) -> float:
        """KL that costs nothing, in nats."""
        return self.free_bits * math.log(2)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain values, as weight files store them."""
        return asdict(self)


VAE_SIZES: Final[dict[str, VaeConfig]] = {
    "tiny": VaeConfig(latent=8, width=24, encoder=16, conductor=16, embed=8, context=8),
    "small": VaeConfig(),
    "long": VaeConfig(bars=16, latent=192, free_bits=192.0, conductor=256),
}
"""Named sizes: 0.02, 1.2 and 1.6 million weights for melodies; the last two share their steps."""
