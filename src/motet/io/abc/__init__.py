"""ABC: scores from text that folk musicians write. `read` has the reader, `write` the writer.

Nothing is imported here, so that telling formats apart stays cheap.
"""

__all__: list[str] = []
