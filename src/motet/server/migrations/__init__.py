"""How the tables of the database came to be, step by step; run by `motet.server.store`."""

__all__: list[str] = []
