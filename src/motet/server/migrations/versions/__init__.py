"""One file a step."""

__all__: list[str] = []
