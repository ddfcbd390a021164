"""From trained weights to a bundle that the engine runs: graph, quantising, parity, card.

Conventions: weights are float32 arrays under the names of `motet.models`; one bundle is one folder.
"""

from motet.export.bundle import add_facts, read_weights, write_bundle
from motet.export.card import Card, read_card
from motet.export.parity import reference_logits

__all__ = [
    "Card",
    "add_facts",
    "read_card",
    "read_weights",
    "reference_logits",
    "write_bundle",
]
