"""Header, page number and fonts on an engraved page."""

import re
import xml.etree.ElementTree as ET

from motet.render.engrave import PAGES
from motet.render.sheet_page import dress_page, header_height_mm
from motet.score import Score

_BLANK = '<svg xmlns="http://www.w3.org/2000/svg"><text font-family="Times, serif">{}</text></svg>'
_FULL = Score(
    title="月光 & <Moon>", subtitle="Sub", composer="A", lyricist="词", copyright="© someone"
)


def _texts(number: int, n_pages: int, score: Score = _FULL, words: str = "x") -> dict[str, str]:
    svg = dress_page(_BLANK.format(words), score, page=PAGES["a4"], number=number, n_pages=n_pages)
    return {
        text.text or "": text.get("text-anchor", "")
        for text in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    }


def test_first_page_has_title_names_and_copyright() -> None:
    texts = _texts(1, 1)
    assert texts["月光 & <Moon>"] == texts["Sub"] == texts["© someone"] == "middle"
    assert (texts["词"], texts["A"]) == ("start", "end")
    assert "1" not in texts


def test_other_pages_have_a_number_and_the_title_below() -> None:
    texts = _texts(3, 4)
    assert texts["3"] == "middle"
    assert texts["月光 & <Moon>"] == "start"
    assert "A" not in texts


def test_a_long_title_is_made_to_fit() -> None:
    svg = dress_page(
        _BLANK.format(""), Score(title="很长的标题" * 12), page=PAGES["a4"], number=1, n_pages=1
    )
    text = next(ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g"))[0]
    assert 60 * float(text.get("font-size", "0")) <= 2100 - 2 * 140 + 1


def test_header_grows_with_what_it_says() -> None:
    assert header_height_mm(Score()) == 0
    only_title = header_height_mm(Score(title="A"))
    assert 0 < only_title < header_height_mm(_FULL) < 40


def test_music_font_is_embedded_only_where_signs_stand() -> None:
    for words, is_there in (("plain", False), ("\ueca5", True)):
        svg = dress_page(_BLANK.format(words), Score(), page=PAGES["a4"], number=1, n_pages=1)
        assert ("@font-face" in svg) == is_there
        assert "Motet Sans" in svg


def test_tempo_words_stand_clear_of_the_metronome_note() -> None:
    tempo = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g class="tempo"><text><tspan><tspan>Swing</tspan>'
        '</tspan><tspan><tspan font-family="Bravura">\ueca5</tspan></tspan></text></g></svg>'
    )
    svg = dress_page(tempo, Score(), page=PAGES["a4"], number=1, n_pages=1)
    assert ">Swing\u00a0\u00a0</tspan>" in svg


def test_rights_stand_at_the_foot() -> None:
    svg = dress_page(_BLANK.format("x"), _FULL, page=PAGES["a4"], number=1, n_pages=2)
    places = dict(re.findall(r'<text x="[\d.]+" y="([\d.]+)"[^>]*>([^<]*)<', svg))
    (rights,) = (float(y) for y, text in places.items() if text == "© someone")
    assert rights > 2800
    assert all(float(y) < 500 for y, text in places.items() if text in ("Sub", "A", "词"))


def test_chord_symbols_are_large_and_section_boxes_above_them() -> None:
    svg = (
        '<svg><g id="s" class="system">'
        '<g id="a" class="reh"><rect x="0" y="500" height="400" width="9" /></g>'
        '<g id="b" class="harm"><text x="1" y="900" font-size="0px"><tspan><tspan '
        'font-size="400px">C</tspan></tspan></text></g></g></svg>'
    )
    out = dress_page(svg, Score(), page=PAGES["a4"], number=1, n_pages=1)
    assert 'font-size="480px">C' in out
    # The capitals reach from 900 up to 516; the box ended at 900.
    assert 'class="reh" transform="translate(0, -384)"' in out
