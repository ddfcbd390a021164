"""MusicXML to pages: sizes, limits, and an engraver that may die without taking us along."""

import re
import sys
from collections.abc import Callable

import pytest

from motet.errors import BusyError, FormatError, ParameterError
from motet.io.musicxml_write import write_musicxml
from motet.render.engrave import PAGES, engrave
from motet.score import Score, Section, make_score

_A4 = PAGES["a4"]


def _first_staff_line_mm(svg: str, *, height_mm: float) -> float:
    inner = re.search(r'class="definition-scale"[^>]*viewBox="0 0 (\d+) (\d+)"', svg)
    staff = re.search(r'class="staff"[^>]*><path d="M\d+ (\d+)', svg)
    margin = re.search(r'class="page-margin" transform="translate\(\d+, (\d+)\)"', svg)
    assert inner
    assert staff
    assert margin
    return (int(staff.group(1)) + int(margin.group(1))) / int(inner.group(2)) * height_mm


def _staff_height_mm(svg: str, *, height_mm: float) -> float:
    inner = re.search(r'class="definition-scale"[^>]*viewBox="0 0 (\d+) (\d+)"', svg)
    staff = re.search(r'class="staff"[^>]*>((?:<path[^>]*/>){5})', svg)
    assert inner
    assert staff
    lines = [int(y) for y in re.findall(r"M\d+ (\d+)", staff.group(1))]
    return (lines[-1] - lines[0]) / int(inner.group(2)) * height_mm


@pytest.mark.parametrize("name", ["a4", "letter"])
def test_page_and_staff_have_the_size_asked_for(name: str) -> None:
    page = PAGES[name]
    (svg,) = engrave(write_musicxml(make_score("C4:4")), page=page, staff_mm=6.0)
    assert f'width="{page.width_mm:g}mm" height="{page.height_mm:g}mm"' in svg
    assert _staff_height_mm(svg, height_mm=page.height_mm) == pytest.approx(6.0, rel=0.03)


@pytest.mark.parametrize("staff_mm", [3.2, 7.0])
def test_room_for_a_header_is_kept_free_and_empty(staff_mm: float) -> None:
    music = write_musicxml(make_score("C4:4"))
    places = []
    for header_mm in (0.0, 10.0, 30.0):
        (svg,) = engrave(music, page=_A4, staff_mm=staff_mm, header_mm=header_mm)
        assert "pgHead" not in svg
        places.append(_first_staff_line_mm(svg, height_mm=297.0))
    assert places[1] - places[0] == pytest.approx(10.0, abs=1.5)
    assert places[2] - places[1] == pytest.approx(20.0, abs=1.5)


def test_chinese_words_get_the_room_they_need() -> None:
    def box_width(label: str) -> float:
        score = make_score("C4:4 D4:4")
        score = Score(parts=score.parts, sections=(Section(tick=0, label=label),))
        (svg,) = engrave(write_musicxml(score), page=_A4, staff_mm=7.0)
        mark = re.search(r'class="reh".*?</g>', svg, re.DOTALL)
        assert mark
        assert "\u200b" not in svg
        width = re.search(r'<rect[^>]* width="(\d+)"', mark.group())
        assert width
        return float(width.group(1))

    one, four = box_width("前"), box_width("前奏前奏")
    # Three letters more, each as wide as the type is high (405 units at this size).
    assert four - one == pytest.approx(3 * 405, rel=0.1)


def test_forty_pages() -> None:
    score = make_score("C4:1 D4:1 E4:1 F4:1 " * 160)
    pages = engrave(write_musicxml(score), page=_A4, staff_mm=20.0)
    assert len(pages) >= 40
    assert sum(page.count('class="measure"') for page in pages) == 160


@pytest.mark.parametrize("data", [b"", b"no music", b"<score-partwise/>", b"\xff\xfe\x00"])
def test_what_is_no_score_is_a_format_error(data: bytes) -> None:
    with pytest.raises(FormatError, match="cannot be engraved"):
        engrave(data, page=_A4, staff_mm=7.0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_dying_engraver_is_an_error_not_our_end() -> None:
    music = write_musicxml(make_score("C4:4"))
    with pytest.raises(FormatError, match="the engraver stopped"):
        engrave(music, page=_A4, staff_mm=7.0, memory_limit_bytes=30 << 20)


def test_too_long_is_a_busy_error(make_song: Callable[[int], Score]) -> None:
    with pytest.raises(BusyError, match="longer than"):
        engrave(write_musicxml(make_song(64)), page=_A4, staff_mm=4.6, time_limit_s=0.02)


def test_staff_size_is_checked() -> None:
    with pytest.raises(ParameterError, match="staff_mm"):
        engrave(b"", page=_A4, staff_mm=0.1)
