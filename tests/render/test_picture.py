"""SVG to PNG and PDF: real pixels, real pages, nothing half-written."""

import struct
from pathlib import Path

import pytest

from motet.errors import FormatError, ParameterError
from motet.render.picture import svg_size_pt, svg_to_pdf, svg_to_png


def _page(body: str, *, width: str = "200", height: str = "100") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 200 100">{body}</svg>'
    )


def _png_size(path: Path) -> tuple[int, int]:
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


def _pixels(path: Path):
    image = pytest.importorskip("PIL.Image")
    with image.open(path) as opened:
        return opened.convert("RGB").copy()


@pytest.mark.parametrize("width_px", [1, 37, 200, 1600])
def test_png_has_the_width_asked_for_and_the_shape_of_the_page(
    tmp_path: Path, width_px: int
) -> None:
    path = svg_to_png(_page(""), tmp_path / "a.png", width_px=width_px)
    width, height = _png_size(path)
    assert width == width_px
    assert height == max(1, round(width_px / 2))


def test_png_shows_what_the_svg_says(tmp_path: Path) -> None:
    left = (
        '<rect width="200" height="100" fill="#fff"/><rect width="100" height="100" fill="#f00"/>'
    )
    pixels = _pixels(svg_to_png(_page(left), tmp_path / "a.png", width_px=200))
    assert pixels.getpixel((50, 50)) == (255, 0, 0)
    assert pixels.getpixel((150, 50)) == (255, 255, 255)


def test_chinese_shows_without_system_fonts(tmp_path: Path) -> None:
    def ink(text: str) -> bytes:
        words = (
            '<rect width="200" height="100" fill="#fff"/>'
            f'<text x="10" y="70" font-size="60" font-family="\'Motet Sans\'">{text}</text>'
        )
        return _pixels(svg_to_png(_page(words), tmp_path / "a.png", width_px=200)).tobytes()

    # Were the glyphs missing, all would be the same box.
    assert len({ink("月"), ink("光"), ink("臺"), ink("")}) == 4


def test_pdf_has_every_page_at_its_own_size(tmp_path: Path) -> None:
    pages = [_page("", width="210mm", height="297mm")] * 39 + [
        _page("", width="297mm", height="210mm")
    ]
    data = svg_to_pdf(pages, tmp_path / "a.pdf").read_bytes()
    assert data[:5] == b"%PDF-"
    assert b"/Type/Pages/Count 40/" in data
    assert data.count(b"[0 0 595.27") == 39
    assert data.count(b"[0 0 841.88") == 1


def test_same_svg_gives_the_same_bytes(tmp_path: Path) -> None:
    page = _page('<text x="5" y="50" font-size="20">月光 B♭7</text>')
    for kind in ("png", "pdf"):
        one, two = tmp_path / f"1.{kind}", tmp_path / f"2.{kind}"
        for path in (one, two):
            if kind == "png":
                svg_to_png(page, path, width_px=300)
            else:
                svg_to_pdf([page], path)
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('<svg width="210mm" height="297mm"/>', (595.2756, 841.8898)),
        ('<svg width="96px" height="48"/>', (72.0, 36.0)),
        ("<svg viewBox='0 0 400 200'/>", (300.0, 150.0)),
        ('<svg width="100%" height="100%" viewBox="0,0,400,200"/>', (300.0, 150.0)),
    ],
)
def test_size_comes_from_the_root(root: str, size: tuple[float, float]) -> None:
    assert svg_size_pt(root) == pytest.approx(size, abs=1e-3)


@pytest.mark.parametrize("text", ["", "<html/>", "<svg/>", '<svg width="0" height="0"/>'])
def test_no_size_is_a_format_error(text: str) -> None:
    with pytest.raises(FormatError, match="svg"):
        svg_size_pt(text)


def test_broken_svg_is_a_format_error_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be drawn"):
        svg_to_png(_page("<rect"), tmp_path / "a.png", width_px=100)
    assert list(tmp_path.iterdir()) == []


def test_bad_arguments_are_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="width_px"):
        svg_to_png(_page(""), tmp_path / "a.png", width_px=0)
    with pytest.raises(ParameterError, match="at least one page"):
        svg_to_pdf([], tmp_path / "a.pdf")
    with pytest.raises(ParameterError, match="cannot write"):
        svg_to_png(_page(""), tmp_path / "no" / "a.png", width_px=10)
    tall = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="100"/>'
    with pytest.raises(ParameterError, match="high"):
        svg_to_png(tall, tmp_path / "a.png", width_px=1000)
