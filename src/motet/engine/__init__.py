"""Writing notes with a bundle: loading it, running it, sampling under constraints.

Conventions: ONNX Runtime only, never a training framework. Ids are int32, logits float32 of shape
(b, v), masks bool of the same shape; times are grid positions, pitches key-normalised.
"""

from motet.engine.bundle import Bundle, list_bundles, load_bundle
from motet.engine.foretell import logits
from motet.engine.generate import generate
from motet.engine.graph import Runner, open_graphs
from motet.engine.phrase_ask import PhraseAsk
from motet.engine.rules import CellRules, check_rules, link_rules
from motet.engine.sample import Sampling
from motet.engine.session import Session
from motet.engine.write import Cancel, Written, write_cells

__all__ = [
    "Bundle",
    "Cancel",
    "CellRules",
    "PhraseAsk",
    "Runner",
    "Sampling",
    "Session",
    "Written",
    "check_rules",
    "generate",
    "link_rules",
    "list_bundles",
    "load_bundle",
    "logits",
    "open_graphs",
    "write_cells",
]
