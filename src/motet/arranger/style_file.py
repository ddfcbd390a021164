"""Reading style files: TOML to `Style`, with every mistake named by file, key and place.

Conventions: built-in styles lie in ``styles/*.toml`` beside this module; a user's own lie in
``<config folder>/motet/styles`` or are given by path, and win over built-in ones of the same name.

Offers `load_style`, `find_style`, `list_styles`, `parse_style`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from motet.arranger.pattern import BASS_SIGNS, CHORD_SIGNS, DRUM_SIGNS, lay_steps, parse_pattern
from motet.arranger.style import Fill, Groove, Layer, MelodySpec, PartSpec, Style
from motet.errors import FormatError, ParameterError
from motet.theory.general_midi import drum_key
from motet.theory.instrument import find_instrument
from motet.theory.pitch import parse_pitch

__all__ = ["find_style", "list_styles", "load_style", "parse_metre", "parse_style"]

_FOLDER = Path(__file__).parent / "styles"
_KEY = re.compile(r"^(?P<owner>[^:@]+)(:(?P<layer>[^@]+))?(@(?P<levels>\d(-\d)?))?$")
_TOP = {
    "style", "title", "title_zh", "group", "metre", "qpm", "keys", "form", "colour", "ending",
    "feel_ms", "progressions", "melody", "part", "groove", "fill",
}  # fmt: skip
_PART = {
    "name", "name_zh", "role", "instrument", "voicing", "voices", "range", "level", "delay_ms",
    "velocity", "plays",
}  # fmt: skip
_GROOVE = {
    "name", "title", "title_zh", "metre", "groups", "for", "swing", "swing_unit", "drums", "parts",
}  # fmt: skip
_ROLES = {"melody", "bass", "drums", "comping", "pad", "strings", "horns", "counter", "percussion"}
_VOICINGS = {
    "close", "open", "drop2", "drop3", "shell", "rootless", "quartal", "power", "triad", "spread",
    "guitar",
}  # fmt: skip


class _Reader:
    """Reads one style's table; knows the path for its errors."""

    def __init__(self, path: str) -> None:
        self.path = path

    def fail(self, en: str, zh: str, place: str = "") -> FormatError:
        return FormatError(en, zh=zh, path=self.path, place=place)

    def check_keys(self, table: dict[str, Any], known: set[str], place: str) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, sorted(known), n=1)
                hint = near[0] if near else ", ".join(sorted(known))
                raise self.fail(
                    f"unknown key {key!r}; did you mean {hint}?",
                    f"未知的键 {key!r};是否想写 {hint}?",
                    place,
                )

    def need(self, table: dict[str, Any], key: str, place: str) -> Any:
        if key not in table:
            raise self.fail(f"{key!r} is missing", f"缺少 {key!r}", place)
        return table[key]

    def patterns(
        self, value: Any, signs: frozenset[str], place: str, bar_qn: Any = None
    ) -> tuple[tuple[str, ...], ...]:
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise self.fail(
                "a pattern is a text, or a list of texts", "节奏型应为文本或文本列表", place
            )
        try:
            found = tuple(parse_pattern(text, signs=signs, place=place) for text in texts)
        except ParameterError as error:
            raise self.fail(error.en, error.zh) from error
        for bars in found:
            for bar in bars:
                if bar_qn is not None:
                    lay_steps(bar, bar_qn=bar_qn)
        return found

    def levels(self, value: Any, place: str) -> tuple[int, int]:
        if isinstance(value, list) and len(value) == 2 and all(v in range(1, 6) for v in value):
            return int(value[0]), int(value[1])
        raise self.fail(
            f"level must be two numbers from 1 to 5, got {value!r}",
            f"level 应为 1 到 5 的两个数,收到 {value!r}",
            place,
        )

    def rows(
        self, table: dict[str, Any], place: str, signs: frozenset[str] | None
    ) -> tuple[Layer, ...]:
        rows = []
        for key, value in table.items():
            match = _KEY.match(key)
            if match is None:
                raise self.fail(
                    f"{key!r} should look like name, name@2-4 or name:bass",
                    f"{key!r} 应写作 名称、名称@2-4 或 名称:bass",
                    place,
                )
            text = match["levels"] or "1-5"
            low, high = int(text[0]), int(text[-1])
            layer = match["layer"] or ""
            used = signs or (BASS_SIGNS if layer == "bass" else CHORD_SIGNS)
            rows.append(
                Layer(
                    owner=match["owner"].strip(),
                    layer=layer,
                    levels=(low, high),
                    patterns=self.patterns(value, used, f"{place}, {key}"),
                )
            )
        return tuple(rows)

    def drum_rows(self, table: dict[str, Any], place: str) -> tuple[Layer, ...]:
        rows = self.rows(table, place, DRUM_SIGNS)
        for row in rows:
            try:
                drum_key(row.owner)
            except ParameterError as error:
                raise self.fail(error.en, error.zh, place) from error
        return rows

    def part(self, table: dict[str, Any]) -> PartSpec:
        name = str(self.need(table, "name", "[[part]]"))
        place = f"part {name!r}"
        self.check_keys(table, _PART, place)
        role = str(self.need(table, "role", place))
        if role not in _ROLES:
            raise self.fail(
                f"role must be one of {', '.join(sorted(_ROLES))}, got {role!r}",
                f"role 应为 {', '.join(sorted(_ROLES))} 之一,收到 {role!r}",
                place,
            )
        voicing = str(table.get("voicing", "close"))
        if voicing not in _VOICINGS:
            raise self.fail(
                f"voicing must be one of {', '.join(sorted(_VOICINGS))}, got {voicing!r}",
                f"voicing 应为 {', '.join(sorted(_VOICINGS))} 之一,收到 {voicing!r}",
                place,
            )
        try:
            instrument = find_instrument(str(self.need(table, "instrument", place)))
        except ParameterError as error:
            raise self.fail(error.en, error.zh, place) from error
        low, high = instrument.low, instrument.high
        if "range" in table:
            low, high = self.range(table["range"], place)
        return PartSpec(
            name=name,
            name_zh=str(table.get("name_zh", name)),
            role=role,
            instrument=instrument.name,
            program=instrument.program,
            voicing=voicing,
            n_voices=int(table.get("voices", 4)),
            low=low,
            high=high,
            levels=self.levels(table.get("level", [1, 5]), place),
            delay_ms=float(table.get("delay_ms", 0.0)),
            velocity=int(table.get("velocity", 0)),
            plays=str(table.get("plays", "pattern")),
        )

    def range(self, value: Any, place: str) -> tuple[int, int]:
        try:
            low, high = (parse_pitch(str(name))[0] for name in value)
        except (ParameterError, ValueError, TypeError) as error:
            raise self.fail(
                f"range must be two pitches such as ['E2', 'E4'], got {value!r}",
                f"range 应为两个音高,如 ['E2', 'E4'],收到 {value!r}",
                place,
            ) from error
        return low, high

    def groove(self, table: dict[str, Any], parts: tuple[PartSpec, ...]) -> Groove:
        name = str(self.need(table, "name", "[[groove]]"))
        place = f"groove {name!r}"
        self.check_keys(table, _GROOVE, place)
        numerator, denominator = self.metre(self.need(table, "metre", place), place)
        roles = {part.name: part.role for part in parts}
        layers: list[Layer] = []
        for key, value in table.get("parts", {}).items():
            owner = key.split("@")[0].split(":")[0].strip()
            if owner not in roles:
                near = difflib.get_close_matches(owner, sorted(roles), n=1)
                raise self.fail(
                    f"no [[part]] is named {owner!r}; did you mean {near[0] if near else sorted(roles)}?",
                    f"没有名为 {owner!r} 的 [[part]];是否想写 {near[0] if near else sorted(roles)}?",
                    place,
                )
            signs = BASS_SIGNS if roles[owner] == "bass" else None
            layers.extend(self.rows({key: value}, place, signs))
        return Groove(
            name=name,
            title=str(table.get("title", name)),
            title_zh=str(table.get("title_zh", table.get("title", name))),
            numerator=numerator,
            denominator=denominator,
            groups=tuple(int(count) for count in table.get("groups", ())),
            sections=tuple(str(section) for section in table.get("for", ())),
            swing=float(table.get("swing", 0.5)),
            swing_unit=int(table.get("swing_unit", 8)),
            drums=self.drum_rows(table.get("drums", {}), place),
            layers=tuple(layers),
        )

    def metre(self, value: Any, place: str) -> tuple[int, int]:
        try:
            return parse_metre(str(value))
        except ParameterError as error:
            raise self.fail(error.en, error.zh, place) from error

    def fill(self, table: dict[str, Any]) -> Fill:
        place = "[[fill]]"
        numerator, denominator = self.metre(self.need(table, "metre", place), place)
        rows = {key: value for key, value in table.items() if key not in {"metre", "level"}}
        return Fill(
            numerator=numerator,
            denominator=denominator,
            levels=self.levels(table.get("level", [1, 5]), place),
            rows=self.drum_rows(rows, place),
        )

    def melody(self, table: dict[str, Any]) -> MelodySpec:
        place = "[melody]"
        self.check_keys(
            table, {"instrument", "name_zh", "range", "scale", "rhythms", "cadences"}, place
        )
        try:
            instrument = find_instrument(str(table.get("instrument", "flute")))
        except ParameterError as error:
            raise self.fail(error.en, error.zh, place) from error
        low, high = self.range(table.get("range", ["C4", "F5"]), place)
        signs = frozenset("x-.")
        return MelodySpec(
            instrument=instrument.name,
            program=instrument.program,
            name=instrument.name,
            name_zh=instrument.name_zh,
            low=low,
            high=high,
            scale=str(table.get("scale", "")),
            rhythms=self.rhythms(table.get("rhythms", {}), signs),
            cadences=self.rhythms(table.get("cadences", {}), signs),
        )

    def rhythms(self, table: dict[str, Any], signs: frozenset[str]) -> dict[str, tuple[str, ...]]:
        found = {}
        for metre, texts in table.items():
            bars = self.patterns(texts, signs, f"[melody], {metre}")
            found[metre] = tuple("".join(bar) for bar in bars)
        return found


def parse_metre(text: str) -> tuple[int, int]:
    """Return numerator and denominator of a metre written like ``"6/8"``.

    Raises
    ------
    ParameterError
        It is not a metre with 1 to 32 beats of a half to a sixteenth note.

    Examples
    --------
    >>> parse_metre("7/8")
    (7, 8)
    """
    match = re.fullmatch(r"\s*(\d{1,2})\s*/\s*(\d{1,2})\s*", text)
    if match:
        numerator, denominator = int(match[1]), int(match[2])
        if 1 <= numerator <= 32 and denominator in (2, 4, 8, 16):
            return numerator, denominator
    raise ParameterError(
        f"a metre looks like 3/4, 6/8 or 7/8 (lower number 2, 4, 8 or 16), got {text!r}",
        zh=f"拍号应写作 3/4、6/8 或 7/8(下方数字为 2、4、8 或 16),收到 {text!r}",
    )


def parse_style(text: str, *, path: str = "") -> Style:
    """Return the style that a TOML text describes.

    Parameters
    ----------
    text : str
        The content of a style file.
    path : str
        Named in errors.

    Raises
    ------
    FormatError
        The text is not TOML, or a field is unknown, missing or wrong; the place is named.

    Examples
    --------
    >>> parse_style("style = 'x'")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: 'qpm' is missing
    """
    reader = _Reader(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise reader.fail(f"not valid TOML: {error}", f"不是有效的 TOML:{error}") from error
    reader.check_keys(table, _TOP, "")
    name = str(reader.need(table, "style", ""))
    qpm = reader.need(table, "qpm", "")
    if not (isinstance(qpm, list) and len(qpm) == 3 and 20 <= qpm[0] <= qpm[1] <= qpm[2] <= 400):
        raise reader.fail(
            f"qpm must be three rising tempos (slowest, usual, fastest), got {qpm!r}",
            f"qpm 应为由慢到快的三个速度(最慢、常用、最快),收到 {qpm!r}",
        )
    parts = tuple(reader.part(entry) for entry in table.get("part", []))
    grooves = tuple(reader.groove(entry, parts) for entry in table.get("groove", []))
    if not grooves:
        raise reader.fail("there is no [[groove]]", "缺少 [[groove]]")
    return Style(
        name=name,
        title=str(table.get("title", name)),
        title_zh=str(table.get("title_zh", table.get("title", name))),
        group=str(table.get("group", "own")),
        qpm=(float(qpm[0]), float(qpm[1]), float(qpm[2])),
        metre=str(table.get("metre", f"{grooves[0].numerator}/{grooves[0].denominator}")),
        keys=tuple(str(key) for key in table.get("keys", ["C"])),
        form=str(table.get("form", "A8 B8")),
        colour=str(table.get("colour", "triads")),
        ending=str(table.get("ending", "hold")),
        feel_ms={str(k): float(v) for k, v in table.get("feel_ms", {}).items()},
        progressions={
            str(key): tuple([texts] if isinstance(texts, str) else texts)
            for key, texts in table.get("progressions", {}).items()
        },
        melody=reader.melody(table.get("melody", {})),
        parts=parts,
        grooves=grooves,
        fills=tuple(reader.fill(entry) for entry in table.get("fill", [])),
    )


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

    paths = {path.stem: path for path in sorted(_FOLDER.glob("*.toml"))}
    own = user_config_path("motet") / "styles"
    if own.is_dir():
        paths.update({path.stem: path for path in sorted(own.glob("*.toml"))})
    return paths


def list_styles() -> tuple[Style, ...]:
    """Return all styles, built-in and the user's own, by name.

    Examples
    --------
    >>> "bossa" in [style.name for style in list_styles()]
    True
    """
    return tuple(load_style(path) for path in _style_paths().values())


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
    wish = str(name).strip().lower().replace(" ", "-").replace("_", "-")
    if wish in paths:
        return load_style(paths[wish])
    for style in list_styles():
        names = {
            style.title.lower().replace(" ", "-"),
            style.title_zh,
            *(g.name for g in style.grooves),
        }
        if wish in names or str(name).strip() in names:
            return style
    near = difflib.get_close_matches(wish, sorted(paths), n=3, cutoff=0.4) or sorted(paths)
    raise ParameterError(
        f"style {name!r} is unknown; did you mean {', '.join(near)}? (`motet styles` lists all)",
        zh=f"未知的风格 {name!r};是否想写 {', '.join(near)}?(`motet styles` 列出全部)",
    )
