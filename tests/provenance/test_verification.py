"""`verify`: every changed note is named, in every format, and nothing else is."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import motet
from motet.errors import FormatError, ParameterError
from motet.io import read, write
from motet.io.record_mark import put_mark
from motet.project import Project
from motet.provenance import verify
from motet.provenance.verification import compare_pieces
from motet.score import ChordSymbol, Lyric, Note, Part, Score, Tempo, make_score

KINDS = ("mid", "json", "musicxml", "mxl")


@pytest.fixture(scope="module")
def piece() -> motet.Arrangement:
    return motet.arrange("| Dm7 G7 | Cmaj7 A7 |", style="bossa", bars=6, seed=1)


def change(path: Path, edit: Callable[[Score], Score]) -> None:
    """Read a file, change its score, and write it again with the record that it had."""
    write(edit(read(path).score), path)


def with_notes(score: Score, k: int, notes: tuple[Note, ...]) -> Score:
    parts = list(score.parts)
    parts[k] = replace(parts[k], notes=notes)
    return score.with_parts(*parts)


@pytest.mark.parametrize("kind", [*KINDS, "motet"])
def test_what_was_just_written_is_intact(
    piece: motet.Arrangement, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "motet":
        Project.start(piece).save(path)
    else:
        motet.save(piece, path)
    found = verify(path)
    assert (found.status, found.findings, found.exit_code) == ("intact", (), 0)
    assert found.record is not None
    assert found.record.counts() == {"arranger": sum(found.record.counts().values())}


@pytest.mark.parametrize("kind", KINDS)
def test_one_changed_pitch_is_named(piece: motet.Arrangement, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    motet.save(piece, path)
    told: list[tuple[str, int]] = []

    def higher(score: Score) -> Score:
        k = next(i for i, one in enumerate(score.parts) if "Bass" in one.name)
        notes = list(score.parts[k].notes)
        one = notes[7]
        told.append((score.parts[k].name, score.bars[score.bar_at(one.onset_tick)].number))
        notes[7] = replace(one, pitch=one.pitch + 1, spelling="")
        return with_notes(score, k, tuple(notes))

    change(path, higher)
    found = verify(path)
    assert found.status == "changed"
    assert [(x.kind, x.part, x.bar) for x in found.findings] == [("pitch", *told[0])]
    assert found.findings[0].beat >= 1
    assert found.findings[0].pitch


@pytest.mark.parametrize("kind", ["mid", "json"])
@pytest.mark.parametrize("edit", ["added", "removed", "rhythm", "moved", "velocity"])
def test_each_kind_of_change_is_named(
    piece: motet.Arrangement, tmp_path: Path, kind: str, edit: str
) -> None:
    path = tmp_path / f"a.{kind}"
    motet.save(piece, path)

    def edited(score: Score) -> Score:
        notes = list(score.parts[0].notes)
        one = notes[3]
        if edit == "added":
            notes.append(replace(one, pitch=one.pitch - 24))
        elif edit == "removed":
            notes.pop(3)
        elif edit == "rhythm":
            notes[3] = replace(one, duration_tick=one.duration_tick - 7)
        elif edit == "moved":
            notes[3] = replace(one, onset_tick=one.onset_tick + 3)
        else:
            notes[3] = replace(one, velocity=one.velocity - 1)
        return with_notes(score, 0, tuple(notes))

    change(path, edited)
    found = verify(path)
    assert found.status == "changed"
    assert [x.kind for x in found.findings] == [edit]


def test_every_single_note_of_a_part_is_watched(tmp_path: Path) -> None:
    score = make_score("C4:1 E4:1 G4:1 A4:1 | C5:2 B4:2", "C3:4 G2:4")
    path = tmp_path / "a.mid"
    motet.Project.start(score).export(tmp_path, stem="a")
    for k, part in enumerate(score.parts):
        for i, note in enumerate(part.notes):
            notes = list(part.notes)
            notes[i] = replace(note, pitch=note.pitch + 1, spelling="")
            held = read(tmp_path / "a.json").score
            write(with_notes(held, k, tuple(notes)), path)
            (found,) = verify(path, sidecar=None).findings
            bar = score.bar_at(note.onset_tick)
            beat = 1 + (note.onset_tick - score.bars[bar].start_tick) / score.resolution
            assert (found.part, found.bar, found.beat) == (part.name, bar + 1, beat)


def test_a_folder_is_authentic_and_sound_is_compared_as_bytes(
    piece: motet.Arrangement, tmp_path: Path
) -> None:
    files = motet.save_all(piece, tmp_path, formats=("mid", "musicxml", "json", "png"))
    for file in files:
        if not file.name.endswith(".provenance.json"):
            found = verify(file)
            assert (found.status, found.is_own_key) == ("authentic", True), file
    picture = tmp_path / "song.png"
    picture.write_bytes(picture.read_bytes() + b"\0")
    assert [x.kind for x in verify(picture).findings] == ["bytes"]
    assert verify(picture).exit_code == 1


def test_a_record_that_was_cut_out_does_not_help(piece: motet.Arrangement, tmp_path: Path) -> None:
    motet.save_all(piece, tmp_path, formats=("mid",))
    path = tmp_path / "song.mid"

    def without(score: Score) -> Score:
        notes = tuple(score.parts[0].notes[1:])
        return put_mark(with_notes(score, 0, notes), b"")

    change(path, without)
    found = verify(path)
    assert [x.kind for x in found.findings] == ["removed"]
    (tmp_path / "song.provenance.json").unlink()
    assert verify(path).status == "no-record"
    assert verify(path).exit_code == 8


def test_a_forged_record_inside_is_seen_beside_the_sidecar(
    piece: motet.Arrangement, tmp_path: Path
) -> None:
    motet.save_all(piece, tmp_path, formats=("mid",))
    other = replace(piece.score.parts[0].notes[0], pitch=40)
    score = with_notes(piece.score, 0, (other, *piece.score.parts[0].notes[1:]))
    from motet.provenance import embed, record_of

    write(embed(score, record_of(score)), tmp_path / "song.mid")
    found = verify(tmp_path / "song.mid")
    assert found.status == "changed"
    assert len(found.findings) == 1 or {x.kind for x in found.findings} == {"added", "removed"}
    assert any("the sidecar was taken" in en for en, _ in found.remarks)


def test_a_changed_sidecar_or_another_key_is_told(piece: motet.Arrangement, tmp_path: Path) -> None:
    motet.save_all(piece, tmp_path, formats=("mid",))
    path, sidecar = tmp_path / "song.mid", tmp_path / "song.provenance.json"
    mark = verify(path).facts()["key_fingerprint"]
    assert verify(path, key=mark).status == "authentic"
    assert verify(path, key="0" * 16).status == "bad-signature"
    body = json.loads(sidecar.read_text())
    body["record"]["written"][0] = "h" * len(body["record"]["written"][0])
    sidecar.write_text(json.dumps(body))
    assert verify(path).status == "bad-signature"
    assert verify(path).exit_code == 9


def test_a_key_is_asked_for_and_nothing_is_signed(piece: motet.Arrangement, tmp_path: Path) -> None:
    motet.save(piece, tmp_path / "a.mid")
    assert verify(tmp_path / "a.mid", key="0" * 16).status == "bad-signature"


def test_music_written_again_by_another_program_is_authentic(
    piece: motet.Arrangement, tmp_path: Path
) -> None:
    import mido

    motet.save_all(piece, tmp_path, formats=("mid",))
    path = tmp_path / "song.mid"
    file = mido.MidiFile(path)
    file.ticks_per_beat *= 2
    for track in file.tracks:
        for message in track:
            message.time *= 2
    file.save(path)
    found = verify(path)
    assert found.status == "authentic"
    assert any("written again" in en for en, _ in found.remarks)


def test_a_renamed_file_is_checked_with_a_named_sidecar(
    piece: motet.Arrangement, tmp_path: Path
) -> None:
    motet.save_all(piece, tmp_path / "a", formats=("mid",))
    (tmp_path / "b.mid").write_bytes((tmp_path / "a" / "song.mid").read_bytes())
    assert verify(tmp_path / "b.mid").status == "intact"
    sidecar = tmp_path / "a" / "song.provenance.json"
    assert verify(tmp_path / "b.mid", sidecar=sidecar).status == "authentic"


def test_a_lead_sheet_is_compared_with_the_lead_sheet(
    piece: motet.Arrangement, tmp_path: Path
) -> None:
    motet.save(piece, tmp_path / "lead.musicxml", layout="lead")
    assert verify(tmp_path / "lead.musicxml").status == "intact"


def test_abc_holds_no_record_but_is_checked_with_a_sidecar(tmp_path: Path) -> None:
    tune = motet.arrange("| C | G | F | C |", style="folk", parts=["melody"], bars=4, seed=2)
    motet.save_all(tune, tmp_path, formats=("abc", "mid"))
    assert verify(tmp_path / "song.abc").status == "authentic"
    text = (tmp_path / "song.abc").read_text()
    (tmp_path / "song.abc").write_text(text + "\n% a remark\n")
    assert verify(tmp_path / "song.abc").status == "authentic"


def test_a_note_changed_inside_a_project_file_is_named(
    piece: motet.Arrangement, tmp_path: Path
) -> None:
    path = tmp_path / "a.motet"
    Project.start(piece).save(path)
    with zipfile.ZipFile(path) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    name = json.loads(files["manifest.json"])["score"]
    body = json.loads(files[name])
    body["parts"][0]["notes"][2]["pitch"] += 12
    files[name] = json.dumps(body).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for one, data in files.items():
            how = zipfile.ZIP_STORED if one == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(one, data, how)
    found = verify(path)
    assert found.status == "changed"
    assert [x.kind for x in found.findings] == ["pitch"]


def test_a_damaged_record_inside_is_a_change(piece: motet.Arrangement, tmp_path: Path) -> None:
    motet.save(piece, tmp_path / "a.mid")
    change(tmp_path / "a.mid", lambda score: put_mark(score, b"1:no:record"))
    found = verify(tmp_path / "a.mid")
    assert (found.status, [x.kind for x in found.findings]) == ("changed", ["record"])


def test_a_plain_file_has_no_record(tmp_path: Path) -> None:
    write(make_score("C4:4"), tmp_path / "a.mid")
    assert verify(tmp_path / "a.mid").status == "no-record"


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ParameterError):
        verify(tmp_path / "nothing.mid")
    (tmp_path / "a.mid").write_bytes(b"MThd")
    with pytest.raises(FormatError):
        verify(tmp_path / "a.mid")


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        ({"title": "Mine"}, "title"),
        ({"tempos": (Tempo(tick=0, quarter_us=500_010),)}, "tempo"),
        ({"chords": (ChordSymbol(tick=0, symbol="Am"),)}, "chord"),
    ],
)
def test_what_stands_around_the_notes_is_compared(edit: dict[str, Any], kind: str) -> None:
    score = make_score("C4:4", chords="C:4", qpm=120)
    found = compare_pieces(score, replace(score, **edit))
    assert [one.kind for one in found] == [kind]


def test_names_programs_and_words_of_parts_are_compared() -> None:
    part = make_score("C4:4").parts[0]
    one = replace(part, lyrics=(Lyric(tick=0, text="la"),), name="Voice")
    two = replace(part, lyrics=(Lyric(tick=0, text="lo"),), name="Flute", program=73)
    found = compare_pieces(Score(parts=(one,)), Score(parts=(two,)))
    assert {x.kind: (x.before, x.after) for x in found} == {
        "name": ("Voice", "Flute"),
        "program": ("0", "73"),
        "lyric": ("la", "lo"),
    }
    assert compare_pieces(Score(parts=(one,)), Score(parts=(one, Part(name="New"))))


def test_a_folder_is_checked_whole(piece: motet.Arrangement, tmp_path: Path) -> None:
    files = motet.save_all(piece, tmp_path, formats=("mid", "json", "png"))
    assert verify(tmp_path).status == verify(files[-1]).status == "authentic"
    part = piece.score.parts[0]
    change(tmp_path / "song.mid", lambda s: with_notes(s, 0, s.parts[0].notes[1:]))
    (tmp_path / "song.png").unlink()
    found = verify(tmp_path)
    assert (found.status, found.exit_code) == ("changed", 1)
    assert {(one.kind, one.part) for one in found.findings} == {
        ("removed", f"song.mid: {part.name}"),
        ("bytes", "song.png"),
    }
    assert "song.png: the file is missing" in "\n".join(found.tell())
    assert "song.png:文件缺失" in "\n".join(found.tell("zh"))
    (tmp_path / "other.provenance.json").write_text("{}")
    with pytest.raises(ParameterError, match="several records"):
        verify(tmp_path)
    assert verify(tmp_path / "song.provenance.json").status == "changed"


def test_a_folder_without_a_record_has_none(tmp_path: Path) -> None:
    assert verify(tmp_path).status == "no-record"


def test_a_sidecar_leads_to_no_other_folder(piece: motet.Arrangement, tmp_path: Path) -> None:
    from motet.provenance import record_of, write_sidecar

    (tmp_path / "a").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    path, _ = write_sidecar(tmp_path / "a" / "s.provenance.json", record_of(piece), [])
    body = json.loads(path.read_text())
    body["files"] = {"../secret.txt": {"bytes": 1, "sha256": "00"}}
    body.update(key="", signature="")
    path.write_text(json.dumps(body))
    assert "missing" in verify(path).findings[0].text()
