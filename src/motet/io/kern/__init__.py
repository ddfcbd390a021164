"""Humdrum kern: reading scores from spines of text."""

from motet.io.kern.read import read_kern
from motet.io.kern.text import is_kern

__all__ = ["is_kern", "read_kern"]
