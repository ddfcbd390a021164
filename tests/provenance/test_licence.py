"""The licence file: what holds for these very files, in both languages."""

from __future__ import annotations

from pathlib import Path

from motet.provenance import Record, Step, licence_text, write_licence

MADE = Record(
    version="0.1.0",
    title="Air",
    steps=(Step(task="compose", model="small", digest="ab" * 32),),
    parts=("Flute",),
    written=("mm",),
    training=({"name": "Hymns", "licence": "CC BY 4.0", "attribution": "A. Person"},),
)


def test_it_names_sources_with_licence_and_makers_in_both_languages() -> None:
    text = licence_text(MADE)
    assert text.count("- Hymns: CC BY 4.0; A. Person") == 2
    assert "claim nothing in the notes" in text
    assert "不主张任何权利" in text
    assert "sound font" not in text


def test_sound_brings_the_licence_of_its_font() -> None:
    assert "MIT licence" in licence_text(MADE, kinds={"mid", "wav"})
    own = licence_text(MADE, kinds={"wav"}, font="Big.sf2")
    assert "your sound font Big.sf2" in own
    assert "FluidR3" not in own


def test_what_people_gave_keeps_its_rights() -> None:
    given = licence_text(Record(parts=("Flute",), written=("gg",)))
    assert "keeps the rights that it had" in given
    assert "claim nothing" not in given
    assert "learned from" not in given


def test_it_is_written_whole(tmp_path: Path) -> None:
    path = write_licence(tmp_path, MADE)
    assert path.read_text(encoding="utf-8") == licence_text(MADE)
