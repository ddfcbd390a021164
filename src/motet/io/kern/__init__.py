"""Humdrum kern: scores from spines of text. `read` has the reader, `text` tells kern apart.

Nothing is imported here, so that telling formats apart stays cheap.
"""

__all__: list[str] = []
