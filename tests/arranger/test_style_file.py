"""Style files: built in, in the user's folder, by path; a broken one harms no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_config_path

from motet.arranger import find_style, list_broken_styles, list_styles, load_style
from motet.errors import FormatError, ParameterError

OWN = 'style = "{name}"\ntitle = "Own {name}"\ntitle_zh = "自己的"\nqpm = [60, 90, 120]\n' + (
    '[[groove]]\nname = "{name}-beat"\nmetre = "3/4"\n[groove.drums]\nkick = "x.."\n'
)


@pytest.fixture
def own_folder() -> Path:
    """The folder of the user's styles, inside the test's own home."""
    folder = user_config_path("motet") / "styles"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    "name", ["bossa", "Bossa", " BOSSA ", "Bossa nova", "bossa_nova", "波萨诺瓦", "bossa-light"]
)
def test_a_style_is_found_by_any_of_its_names(name: str) -> None:
    assert find_style(name).name == "bossa"


def test_a_style_is_itself() -> None:
    style = find_style("bossa")
    assert find_style(style) is style


def test_an_unknown_style_offers_near_ones_in_both_languages() -> None:
    with pytest.raises(ParameterError, match="did you mean bossa") as caught:
        find_style("bosa")
    assert "是否想写 bossa" in caught.value.zh


def test_a_style_by_path(tmp_path: Path) -> None:
    path = tmp_path / "tune.toml"
    path.write_text(OWN.format(name="tune"), encoding="utf-8")
    assert find_style(str(path)).title == find_style(path).title == "Own tune"
    path.write_text(OWN.format(name="other"), encoding="utf-8")
    assert load_style(path).name in ("other", "tune")


def test_a_missing_file_says_its_path(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.toml: cannot read the style file"):
        find_style(tmp_path / "none.toml")
    with pytest.raises(FormatError, match="cannot read"):
        load_style(tmp_path)


def test_a_file_that_is_no_text_says_its_path(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FormatError, match=r"bytes\.toml"):
        load_style(tmp_path / "bytes.toml")


def test_the_users_own_styles_are_listed_and_found(own_folder: Path) -> None:
    (own_folder / "My Tune.toml").write_text(OWN.format(name="tune"), encoding="utf-8")
    assert "tune" in [style.name for style in list_styles()]
    for name in ("tune", "my tune", "Own tune", "自己的", "tune-beat"):
        assert find_style(name).name == "tune"


def test_the_users_own_style_wins_over_a_built_in_one(own_folder: Path) -> None:
    (own_folder / "bossa.toml").write_text(OWN.format(name="bossa"), encoding="utf-8")
    assert find_style("bossa").title == "Own bossa"
    assert [style.name for style in list_styles()].count("bossa") == 1


def test_a_broken_file_breaks_no_other_style(own_folder: Path) -> None:
    (own_folder / "bad.toml").write_text('style = "bad"\nqpm = 3\n', encoding="utf-8")
    assert find_style("Bossa nova").name == "bossa"
    assert "bad" not in [style.name for style in list_styles()]
    (error,) = list_broken_styles()
    assert str(error).startswith(str(own_folder / "bad.toml"))
    assert "qpm" in error.localised("zh")
    with pytest.raises(FormatError, match="three rising tempos"):
        find_style("bad")


def test_nothing_is_broken_as_installed() -> None:
    assert list_broken_styles() == ()
    assert len(list_styles()) >= 16


@pytest.mark.parametrize("name", ["", "  ", "qqqq"])
def test_a_wish_like_no_style_offers_a_few_usual_ones(name: str) -> None:
    with pytest.raises(ParameterError, match="did you mean pop, bossa, swing") as caught:
        find_style(name)
    assert len(str(caught.value)) < 120
    assert "pop, bossa, swing" in caught.value.zh
