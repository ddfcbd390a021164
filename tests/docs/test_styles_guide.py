"""The guide to styles: its example plays, and it names every field, role, voicing and sign."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motet.arranger import ArrangeRequest, parse_style, write_piece
from motet.arranger.pattern import BASS_SIGNS, CHORD_SIGNS, DRUM_SIGNS
from motet.errors import FormatError

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "guides"
PAGES = ["styles.md", "styles.zh.md"]


def example(page: str) -> str:
    text = (GUIDES / page).read_text(encoding="utf-8")
    (found,) = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    return str(found)


@pytest.mark.parametrize("page", PAGES)
def test_the_example_plays(page: str, tmp_path: Path) -> None:
    path = tmp_path / "my-waltz.toml"
    path.write_text(example(page), encoding="utf-8")
    score = write_piece("| G | C | D7 | G |", ArrangeRequest(style=str(path), seed=1)).score
    assert [part.name for part in score.parts] == ["Melody", "Accordion", "Bass", "Drums"]
    assert score.metres[0].numerator == 3
    assert write_piece(None, ArrangeRequest(style=str(path), seed=1)).score.n_bars == 32


def test_both_languages_have_the_same_example() -> None:
    one, two = (re.sub(r" *#.*", "", example(page)) for page in PAGES)
    assert one == two


def known_keys(text: str) -> set[str]:
    """The keys that the reader knows at a place, from what it says about one that it does not."""
    with pytest.raises(FormatError, match="unknown key") as caught:
        parse_style(text)
    listed = re.search(r"did you mean (.*)\?", str(caught.value))
    assert listed is not None
    return set(listed[1].split(", "))


@pytest.mark.parametrize("page", PAGES)
def test_every_field_is_explained(page: str) -> None:
    text = (GUIDES / page).read_text(encoding="utf-8")
    start = 'style = "x"\nqpm = [60, 70, 80]\n'
    known = known_keys('"??" = 1')
    groove = '[[groove]]\nname = "A"\nmetre = "4/4"\n'
    known |= known_keys(f'{start}{groove}[melody]\n"??" = 1')
    known |= known_keys(f'{start}[[part]]\nname = "A"\n"??" = 1')
    known |= known_keys(f'{start}[[groove]]\nname = "A"\n"??" = 1')
    assert len(known) > 30
    for key in known:
        assert re.search(rf"[`.\[]{key}[`\]]", text), key


@pytest.mark.parametrize("page", PAGES)
def test_every_sign_is_explained(page: str) -> None:
    rows = (GUIDES / page).read_text(encoding="utf-8").splitlines()
    signs = [row for row in rows if row.startswith("|") and ("`X`" in row or "`R`" in row)]
    for allowed, row in zip((DRUM_SIGNS, CHORD_SIGNS, BASS_SIGNS), signs, strict=True):
        named = set("".join(re.findall(r"`(.)`", row)))
        between = set("2345") if allowed is CHORD_SIGNS else set()
        assert allowed - {".", "-"} - between == named
