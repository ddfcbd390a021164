"""Restyle: a score in another style; what is asked for stays, the rest is written anew.

Offers `restyle`.
"""

from motet.tasks.restyle.task import restyle

__all__ = ["restyle"]
