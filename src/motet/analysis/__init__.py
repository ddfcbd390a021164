"""Facts about a score: what key it is in.

Conventions: a score goes in, a frozen fact comes out; None where a fact has no ground (no notes).
"""

from motet.analysis.key import KeyEstimate, estimate_key

__all__ = ["KeyEstimate", "estimate_key"]
