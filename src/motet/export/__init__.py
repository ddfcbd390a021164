"""From trained weights to a bundle that the engine runs: graph, quantising, parity, card.

Conventions: weights are float32 arrays under the names of `motet.models`; one bundle is one folder.
"""
