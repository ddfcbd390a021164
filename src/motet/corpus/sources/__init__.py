"""What each source holds: one module a kind of source; `motet.corpus.catalogue` knows them all.

Conventions: each function takes a source's name and the folder of its archive's content, and gives the
pieces as `Item`, in any order.
"""

__all__: list[str] = []
