"""Printed scores: files, pages, layouts."""

import re
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from motet.errors import ParameterError
from motet.render.sheet import render_sheet, sheet_pages
from motet.score import Lyric, Score, make_score


@pytest.fixture(scope="module")
def lead_pages(song: Score) -> tuple[str, ...]:
    return sheet_pages(song, layout="lead")


def test_pdf_holds_all_pages(tmp_path: Path, song: Score) -> None:
    files = render_sheet(song, tmp_path / "a.pdf")
    assert files == (tmp_path / "a.pdf",)
    count = re.search(rb"/Type/Pages/Count (\d+)/", files[0].read_bytes())
    assert count
    assert int(count.group(1)) >= 2


def test_svg_and_png_pages_are_numbered(tmp_path: Path, song: Score) -> None:
    svgs = render_sheet(song, tmp_path / "a.svg")
    assert [path.name for path in svgs] == [f"a-{k + 1}.svg" for k in range(len(svgs))]
    assert "月光下的小路" in svgs[0].read_text(encoding="utf-8")
    pngs = render_sheet(song, tmp_path / "b.png", page="letter", layout="lead")
    width, height = struct.unpack(">II", pngs[0].read_bytes()[16:24])
    assert width / height == pytest.approx(215.9 / 279.4, abs=0.002)


def test_one_page_keeps_its_name(tmp_path: Path) -> None:
    assert render_sheet(make_score("C4:4"), tmp_path / "a.svg") == (tmp_path / "a.svg",)


def test_musicxml_is_written_too(tmp_path: Path, song: Score) -> None:
    (path,) = render_sheet(song, tmp_path / "a.musicxml")
    assert b"<score-partwise" in path.read_bytes()


def test_full_has_all_notes_and_lead_only_the_melody(
    song: Score, lead_pages: tuple[str, ...]
) -> None:
    full = sheet_pages(song)
    assert sum(page.count('class="measure"') for page in full) == 24
    assert len(lead_pages) < len(full)
    assert sum(page.count('class="measure"') for page in lead_pages) == 24
    assert lead_pages[0].count('class="harm"') == 24
    assert "Warm Pad" in full[0]
    assert "Warm Pad" not in lead_pages[0]


def test_chords_stay_when_the_melody_rests_for_whole_lines(song: Score) -> None:
    melody = song.parts[0]
    late = tuple(note for note in melody.notes if note.onset_tick >= 16 * 1920)
    keys = replace(song.parts[2], n_staves=2)
    score = song.with_parts(replace(melody, notes=late), song.parts[1], keys, song.parts[3])
    assert "".join(sheet_pages(score)).count('class="harm"') == 24


def test_sections_speak_the_language(song: Score, lead_pages: tuple[str, ...]) -> None:
    assert "Verse 1" in "".join(lead_pages)
    assert "主歌 1" in "".join(sheet_pages(song, layout="lead", language="zh"))


def test_chinese_lyrics_come_through(song: Score) -> None:
    melody = song.parts[0]
    lyrics = tuple(
        Lyric(tick=note.onset_tick, text="月光下"[k % 3]) for k, note in enumerate(melody.notes)
    )
    score = replace(song, parts=(replace(melody, lyrics=lyrics), *song.parts[1:]))
    text = "".join(sheet_pages(score, layout="lead"))
    assert len(re.findall(">[月光下]<", text)) >= len(melody.notes) - 1


def test_scale_changes_the_number_of_pages(make_song: Callable[[int], Score]) -> None:
    score = make_song(48)
    small, usual, big = (len(sheet_pages(score, layout="lead", scale=x)) for x in (0.6, 1.0, 1.8))
    assert small < usual < big


def test_same_score_gives_the_same_pages(song: Score, lead_pages: tuple[str, ...]) -> None:
    assert sheet_pages(song, layout="lead") == lead_pages


def test_empty_scores_are_printed() -> None:
    assert len(sheet_pages(Score())) == 1
    assert len(sheet_pages(make_score("drums 36:1 38:1 36:2"))) == 1


def test_wrong_options_are_named(tmp_path: Path, song: Score) -> None:
    for options, word in (
        ({"layout": "half"}, "layout"),
        ({"page": "a9"}, "page"),
        ({"scale": 9.0}, "scale"),
    ):
        with pytest.raises(ParameterError, match=word):
            render_sheet(song, tmp_path / "a.pdf", **options)
    with pytest.raises(ParameterError, match=r"\.svg, \.pdf"):
        render_sheet(song, tmp_path / "a.doc")
    assert list(tmp_path.iterdir()) == []
