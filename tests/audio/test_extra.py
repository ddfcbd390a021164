import sys
import types

import pytest

from motet.audio.extra import need
from motet.errors import ParameterError


def test_an_installed_package_comes_back() -> None:
    assert need("soundfile").__name__ == "soundfile"


def test_a_missing_package_is_named_in_both_languages() -> None:
    with pytest.raises(ParameterError, match=r"pip install 'motet\[audio\]'") as caught:
        need("no_such_package")
    assert caught.value.localised("zh").startswith("未安装 no_such_package")


def test_a_missing_system_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_spec(name: str, *_: object) -> None:
        if name == "needs_portaudio":
            raise OSError("PortAudio library not found\nmore")

    monkeypatch.setattr(sys, "meta_path", [types.SimpleNamespace(find_spec=find_spec)])
    with pytest.raises(ParameterError, match=r"cannot start here: PortAudio library not found;"):
        need("needs_portaudio")
