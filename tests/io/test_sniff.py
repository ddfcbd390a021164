"""Reading by content, writing by name."""

import pytest

from motet.errors import FormatError, ParameterError
from motet.io import read, sniff, write, write_json, write_midi
from motet.score import make_score

SCORE = make_score("60:1 64:1")


def test_content_decides_and_not_the_name(tmp_path):
    (tmp_path / "wrong.json").write_bytes(write_midi(SCORE))
    (tmp_path / "wrong.mid").write_bytes(b"\xef\xbb\xbf\n" + write_json(SCORE))
    assert read(tmp_path / "wrong.json").score.n_notes == 2
    assert sniff((tmp_path / "wrong.mid").read_bytes()) == "json"
    assert read(write_midi(SCORE)).score.n_notes == 2


@pytest.mark.parametrize("name", ["a.mid", "b.MIDI", "c.json"])
def test_what_was_written_is_read(name, tmp_path):
    assert write(SCORE, tmp_path / name) == ()
    assert read(str(tmp_path / name)).score.n_notes == 2


def test_losses_are_told(tmp_path):
    (loss,) = write(make_score("F#4:1"), tmp_path / "a.mid")
    assert loss.n == 1
    assert loss.localised("zh").startswith("1 × 未写入音名拼写")
    assert write(make_score("F#4:1"), tmp_path / "a.json") == ()


def test_musicxml_is_written_and_told_apart(tmp_path):
    losses = write(SCORE, tmp_path / "a.musicxml")
    assert all(loss.n > 0 for loss in losses)
    assert sniff((tmp_path / "a.musicxml").read_bytes()) == "musicxml"
    write(SCORE, tmp_path / "a.mxl")
    assert sniff((tmp_path / "a.mxl").read_bytes()) == "musicxml"
    for name in ("a.musicxml", "a.mxl"):
        assert [note.pitch for note in read(tmp_path / name).score.parts[0].notes] == [60, 64]
    utf_16 = (tmp_path / "a.musicxml").read_text(encoding="utf-8").encode("utf-16")
    assert sniff(utf_16) == "musicxml"
    assert read(utf_16).score.n_notes == 2


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n"])
def test_unknown_content_is_refused(data):
    with pytest.raises(FormatError, match="can be read"):
        read(data)


def test_wrong_arguments_are_named(tmp_path):
    with pytest.raises(ParameterError, match="ends in"):
        write(SCORE, tmp_path / "a.wav")
    with pytest.raises(ParameterError, match="format must be"):
        read(b"MThd", format="abq")
    with pytest.raises(ParameterError, match=r"no\.mid"):
        read(tmp_path / "no.mid")
    with pytest.raises(ParameterError):
        read("a\0b")
    with pytest.raises(FormatError):
        read(b"{", format="midi")
