"""The package's public names."""

import motet.theory


def test_every_public_name_is_there():
    assert sorted(motet.theory.__all__) == sorted(set(motet.theory.__all__))
    for name in motet.theory.__all__:
        assert hasattr(motet.theory, name), name
