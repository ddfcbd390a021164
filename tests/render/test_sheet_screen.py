"""Pages for a screen: every note is found, nothing needs a style sheet."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import motet
from motet.render.sheet_screen import screen_pages
from motet.score import Lyric, Score, Section, Text, make_score


def _names(pages: tuple[str, ...]) -> set[str]:
    return set(re.findall(r'id="(n-[^"]*)"', "".join(pages)))


def _wanted(score: Score, parts: set[int] | None = None) -> set[str]:
    return {
        f"n-{k}-{note.onset_tick}-{note.pitch}"
        for k, part in enumerate(score.parts)
        for note in part.notes
        if parts is None or k in parts
    }


def test_each_note_of_an_arranged_piece_is_named_on_the_page() -> None:
    score = motet.arrange("| Dm7 | G7 | Cmaj7 | A7 |", style="swing", bars=8, seed=3).score
    pages = screen_pages(score)
    heads = {re.sub(r"^(n-\d+-\d+-\d+)-\d+$", r"\1", name) for name in _names(pages)}
    assert heads == _wanted(score)
    found = re.findall(r'id="([^"]*)"', pages[0])
    assert len(found) == len(set(found))


def test_a_tied_note_has_a_name_at_each_head() -> None:
    pages = screen_pages(make_score("C4:6 E4:2"))
    assert _names(pages) == {"n-0-0-60", "n-0-0-60-2", "n-0-2880-64"}


def test_a_lead_sheet_names_the_part_that_it_shows() -> None:
    score = make_score("C3:4", "E4:4", chords="C:4")
    parts = (score.parts[0], replace(score.parts[1], role="melody"))
    lead = screen_pages(replace(score, parts=parts), layout="lead")
    assert _names(lead) == {"n-1-0-64"}


def test_pages_need_no_style_sheet_and_take_the_colour_around_them() -> None:
    score = make_score("F#4:4 C4:4", chords="C:8")
    score = replace(score, title="Evening <1> 晚风")
    (page,) = screen_pages(score)
    assert "<style" not in page
    assert " style=" not in page
    assert "#000" not in page
    assert "#fff" not in page
    assert 'color="black"' not in page
    assert "晚风" in page
    assert page.count("currentColor") >= 3
    assert 'class="measure"' in page
    assert "b-1" in re.findall(r'id="(b-\d+)" class="measure"', page)


def test_words_of_a_score_stay_words() -> None:
    evil = '<script>alert(1)</script><a href="javascript:x" onclick="y">'
    score = make_score("C4:4 D4:4", chords="C:8")
    part = replace(
        score.parts[0],
        name=evil,
        lyrics=(Lyric(tick=0, text=evil),),
        texts=(Text(tick=0, text=evil),),
    )
    section = Section(tick=0, label=evil)
    score = replace(score, title=evil, composer=evil, parts=(part,), sections=(section,))
    for page in screen_pages(score):
        tree = ElementTree.fromstring(page)
        tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
        assert tags <= {"svg", "g", "defs", "path", "use", "text", "tspan", "rect", "polygon",
                        "polyline", "ellipse"}  # fmt: skip
        names = {name for element in tree.iter() for name in element.attrib}
        assert not {name for name in names if name.startswith("on")}
        assert "alert(1)" in "".join(tree.itertext())
