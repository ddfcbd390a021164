"""A sentence in English or Chinese becomes a brief: what was understood, assumed, contradictory, unread.

Conventions: everything works offline; a language model of the user's own may be asked besides.
"""

from motet.sentence.endpoint import Endpoint, read_endpoint
from motet.sentence.read import understand
from motet.sentence.understanding import Found, Understanding

__all__ = ["Endpoint", "Found", "Understanding", "read_endpoint", "understand"]
