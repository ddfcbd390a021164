"""Style files: where they lie, loading them, finding one by any of its names.

Conventions: built-in styles lie in ``styles/*.toml`` beside this module; a user's own lie in
``<config folder>/motet/styles`` or are given by path, and win over built-in ones of the same name.
A user's file that cannot be read is left out of `list_styles`, told by `list_broken_styles`, and
raised by `find_style` when it is asked for by its name.

Offers `load_style`, `find_style`, `list_styles`, `list_broken_styles`.
"""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path

from motet.arranger.style import Style
from motet.arranger.style_reader import parse_style
from motet.errors import FormatError, ParameterError

__all__ = ["find_style", "list_broken_styles", "list_styles", "load_style"]

_USUAL = ("pop", "bossa", "swing")
_FOLDER = Path(__file__).parent / "styles"


@lru_cache(maxsize=128)
def _load(path: str, changed_ns: int) -> Style:
    del changed_ns
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(
            f"cannot read the style file: {error}", zh=f"无法读取风格文件:{error}", path=path
        ) from error
    return parse_style(text, path=path)


def load_style(path: str | Path) -> Style:
    """Return the style in a TOML file.

    Raises
    ------
    FormatError
        The file cannot be read or is not a style.

    Examples
    --------
    >>> load_style(_FOLDER / "bossa.toml").title
    'Bossa nova'
    """
    place = Path(path)
    changed_ns = place.stat().st_mtime_ns if place.exists() else 0
    return _load(str(place), changed_ns)


def _style_paths() -> dict[str, Path]:
    from platformdirs import user_config_path

    own = user_config_path("motet") / "styles"
    files = [*sorted(_FOLDER.glob("*.toml")), *sorted(own.glob("*.toml"))]
    return {_plain(path.stem): path for path in files}


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "-").replace("_", "-")


def list_styles() -> tuple[Style, ...]:
    """Return all styles that can be read, built-in and the user's own.

    Examples
    --------
    >>> "bossa" in [style.name for style in list_styles()]
    True
    """
    return _load_all()[0]


def list_broken_styles() -> tuple[FormatError, ...]:
    """Return what is wrong with style files that cannot be used, one error a file, by file name.

    Examples
    --------
    >>> list_broken_styles()
    ()
    """
    return _load_all()[1]


def _load_all() -> tuple[tuple[Style, ...], tuple[FormatError, ...]]:
    styles: list[Style] = []
    errors: list[FormatError] = []
    for path in _style_paths().values():
        try:
            styles.append(load_style(path))
        except FormatError as error:
            errors.append(error)
    return tuple(styles), tuple(errors)


def find_style(name: str | Style | Path) -> Style:
    """Return a style by name (either language), groove name, path of a TOML file, or itself.

    Raises
    ------
    ParameterError
        No style has that name; the nearest ones are offered.

    Examples
    --------
    >>> find_style("bossa").name
    'bossa'
    >>> find_style("波萨诺瓦").name
    'bossa'
    """
    if isinstance(name, Style):
        return name
    if isinstance(name, Path) or str(name).endswith(".toml"):
        return load_style(name)
    paths = _style_paths()
    wish = _plain(str(name))
    if wish in paths:
        return load_style(paths[wish])
    for style in list_styles():
        names = {
            *(_plain(text) for text in (style.name, style.title)),
            style.title_zh,
            *(_plain(groove.name) for groove in style.grooves),
        }
        if wish in names or str(name).strip() in names:
            return style
    near = difflib.get_close_matches(wish, sorted(paths), n=3, cutoff=0.4)
    near = near or [one for one in _USUAL if one in paths]
    raise ParameterError(
        f"style {str(name)!r} is unknown; did you mean {', '.join(near)}? (`motet styles` lists all)",
        zh=f"未知的风格 {name!r};是否想写 {', '.join(near)}?(`motet styles` 列出全部)",
    )
