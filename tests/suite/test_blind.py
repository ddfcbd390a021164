"""The listening test: a page that plays, a key that fits it, nothing half-written."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest

from motet.errors import BundleError, CorpusError, FormatError, ParameterError
from motet.suite import Request
from motet.suite.blind import KINDS, pack_key, unpack_key, write_kit


@pytest.mark.slow
def test_page_and_key_belong_together(small_request: Request, tmp_path: Path) -> None:
    import soundfile

    page, key = write_kit(tmp_path / "kit", small_request)
    text, hidden = page.read_text(encoding="utf-8"), unpack_key(key.read_text(encoding="utf-8"))
    assert [tuple(sorted(pair["sources"])) for pair in hidden["pairs"]] == [
        tuple(sorted(kind)) for kind in KINDS[:2]
    ]
    for pair in hidden["pairs"]:
        assert f'id="{pair["id"]}"' in text
        assert all(clip in text for clip in pair["clips"])
        assert pair["piece"].startswith("made/")
    sounds = [
        soundfile.read(io.BytesIO(base64.b64decode(one)))
        for one in re.findall(r"base64,([A-Za-z0-9+/=]+)", text)
    ]
    lengths = [len(samples) for samples, _ in sounds]
    assert len(sounds) == 4
    assert lengths[0] == lengths[1]
    assert lengths[2] == lengths[3]
    assert all(abs(samples).max() > 0.02 for samples, _ in sounds)
    assert "made/" in text.split('id="credits"')[1]
    assert "human" not in key.read_text(encoding="utf-8")
    assert {path.name for path in (tmp_path / "kit").iterdir()} == {"listen.html", "key.json"}


def test_without_corpus_or_bundle_nothing_is_made(long_shards: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        write_kit(tmp_path / "kit", Request())
    with pytest.raises(BundleError):
        write_kit(tmp_path / "kit", Request(shards=long_shards, bundle="no-such"))
    assert not (tmp_path / "kit").exists()


def test_a_folder_that_is_a_file_is_told(small_request: Request, tmp_path: Path) -> None:
    (tmp_path / "kit").write_text("")
    with pytest.raises(ParameterError, match="cannot make the folder"):
        write_kit(tmp_path / "kit", small_request)


@pytest.mark.parametrize("text", ["", "[]", '{"key": "x"}', pack_key({"format": 2, "kit": "a"})])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r"key\.json"):
        unpack_key(text)
