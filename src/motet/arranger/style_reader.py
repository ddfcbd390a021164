"""TOML to `Style`: every mistake is named by file, place and key, with the nearest right word.

Conventions: nothing is passed over in silence: unknown keys, wrong kinds of value, unknown
instruments, drums, scales and chords, ranges and levels that are upside down are all errors.

Offers `parse_style`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from typing import Any

from motet.arranger.form import SECTION_KINDS, parse_form
from motet.arranger.metre import parse_metre
from motet.arranger.pattern import BASS_SIGNS, CHORD_SIGNS, DRUM_SIGNS, parse_pattern
from motet.arranger.style import Fill, Groove, Layer, MelodySpec, PartSpec, Style
from motet.arranger.style_value import TableReader
from motet.score import Metre
from motet.theory.general_midi import drum_key
from motet.theory.instrument import find_instrument
from motet.theory.progression import parse_progression
from motet.theory.scale import SCALES, Key, parse_key

__all__ = ["parse_style"]

_KEY = re.compile(r"^(?P<owner>[^:@]+)(:(?P<layer>[^@]+))?(@(?P<levels>[1-5](-[1-5])?))?$")
_TOP = {
    "style", "title", "title_zh", "group", "metre", "qpm", "keys", "form", "colour", "ending",
    "feel_ms", "progressions", "melody", "part", "groove", "fill",
}  # fmt: skip
_PART = {
    "name", "name_zh", "role", "instrument", "voicing", "voices", "range", "level", "velocity",
}  # fmt: skip
_GROOVE = {
    "name", "title", "title_zh", "metre", "groups", "for", "swing", "swing_unit", "drums", "parts",
}  # fmt: skip
_MELODY = {"instrument", "name_zh", "range", "scale", "rhythms", "cadences"}
_ROLES = ("bass", "drums", "comping", "pad", "strings", "horns", "counter")
_VOICINGS = (
    "close", "open", "drop2", "drop3", "shell", "rootless", "quartal", "power", "triad", "spread",
    "guitar",
)  # fmt: skip
_COLOURS = ("triads", "sevenths", "ninths", "blues")
_ENDINGS = ("hold", "stab", "ritard")
_MELODY_SIGNS = frozenset("x-.")


class _StyleReader(TableReader):
    """Reads one style's table."""

    def patterns(
        self, value: Any, signs: frozenset[str], place: str
    ) -> tuple[tuple[str, ...], ...]:
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            texts = []
        if not texts:
            raise self.fail(
                "a pattern is a text, or a list of texts", "节奏型应为文本或文本列表", place
            )
        with self.at(place):
            return tuple(parse_pattern(text, signs=signs) for text in texts)

    def levels(self, table: dict[str, Any], place: str) -> tuple[int, int]:
        value = table.get("level", [1, 5])
        if (
            isinstance(value, list)
            and len(value) == 2
            and all(type(level) is int for level in value)
            and 1 <= value[0] <= value[1] <= 5
        ):
            return value[0], value[1]
        raise self.fail(
            f"level must be two rising numbers from 1 to 5, such as [2, 5], got {value!r}",
            f"level 应为 1 到 5 的两个递增数,如 [2, 5],收到 {value!r}",
            place,
        )

    def row(self, key: str, value: Any, place: str, signs: frozenset[str] | None) -> Layer:
        match = _KEY.match(key)
        text = (match["levels"] if match else "") or "1-5"
        low, high = int(text[0]), int(text[-1])
        if match is None or low > high:
            raise self.fail(
                f"{key!r} should look like name, name@2-4 or name:bass (levels 1 to 5)",
                f"{key!r} 应写作 名称、名称@2-4 或 名称:bass(强度 1 到 5)",
                place,
            )
        layer = match["layer"] or ""
        used = signs or (BASS_SIGNS if layer == "bass" else CHORD_SIGNS)
        return Layer(
            owner=match["owner"].strip(),
            layer=layer,
            levels=(low, high),
            patterns=self.patterns(value, used, f"{place}, {key}"),
        )

    def drum_rows(self, table: dict[str, Any], place: str) -> tuple[Layer, ...]:
        rows = tuple(self.row(key, value, place, DRUM_SIGNS) for key, value in table.items())
        for row in rows:
            with self.at(place):
                drum_key(row.owner)
        return rows

    def metre(self, table: dict[str, Any], place: str) -> tuple[int, int]:
        text = self.text(table, "metre", place)
        with self.at(place):
            return parse_metre(text)

    def part(self, table: dict[str, Any]) -> PartSpec:
        name = self.text(table, "name", "[[part]]")
        place = f"part {name!r}"
        self.check_keys(table, _PART, place)
        role = self.choice(table, "role", _ROLES, place)
        with self.at(place):
            instrument = find_instrument(self.text(table, "instrument", place))
        low, high = instrument.low, instrument.high
        if "range" in table:
            low, high = self.range(table, place)
        return PartSpec(
            name=name,
            name_zh=self.text(table, "name_zh", place, default=name),
            role=role,
            instrument=instrument.name,
            program=instrument.program,
            voicing=self.choice(table, "voicing", _VOICINGS, place, default="close"),
            n_voices=self.whole(table, "voices", place, default=4, low=1, high=8),
            low=low,
            high=high,
            levels=self.levels(table, place),
            velocity=self.whole(table, "velocity", place, default=0, low=-60, high=60),
        )

    def groove(self, table: dict[str, Any], parts: tuple[PartSpec, ...]) -> Groove:
        name = self.text(table, "name", "[[groove]]")
        place = f"groove {name!r}"
        self.check_keys(table, _GROOVE, place)
        numerator, denominator = self.metre(table, place)
        roles = {part.name: part.role for part in parts}
        layers: list[Layer] = []
        for key, value in self.table(table, "parts", place).items():
            owner = key.split("@")[0].split(":")[0].strip()
            if owner not in roles:
                near = difflib.get_close_matches(owner, sorted(roles), n=1) or sorted(roles)
                raise self.fail(
                    f"no [[part]] is named {owner!r}; did you mean {', '.join(near)}?",
                    f"没有名为 {owner!r} 的 [[part]];是否想写 {', '.join(near)}?",
                    place,
                )
            signs = BASS_SIGNS if roles[owner] == "bass" else None
            layers.append(self.row(key, value, place, signs))
        return Groove(
            name=name,
            title=self.text(table, "title", place, default=name),
            title_zh=self.text(
                table, "title_zh", place, default=self.text(table, "title", place, default=name)
            ),
            numerator=numerator,
            denominator=denominator,
            groups=self.groups(table, numerator, place),
            sections=self.sections(table, place),
            swing=self.number(table, "swing", place, default=0.5, low=0.5, high=0.8),
            swing_unit=int(self.choice(table, "swing_unit", ("8", "16"), place, default="8")),
            drums=self.drum_rows(self.table(table, "drums", place), place),
            layers=tuple(layers),
        )

    def groups(self, table: dict[str, Any], numerator: int, place: str) -> tuple[int, ...]:
        groups = table.get("groups", [])
        is_list = isinstance(groups, list) and all(type(n) is int and n > 0 for n in groups)
        if not is_list or (groups and sum(groups) != numerator):
            raise self.fail(
                f"groups must be whole numbers that sum to {numerator}, got {groups!r}",
                f"groups 应为整数,且总和为 {numerator},收到 {groups!r}",
                place,
            )
        return tuple(groups)

    def sections(self, table: dict[str, Any], place: str) -> tuple[str, ...]:
        names = self.texts(table, "for", place)
        for name in names:
            self.check_choice(name, "for", SECTION_KINDS, place)
        return names

    def fill(self, table: dict[str, Any], number: int) -> Fill:
        place = f"fill {number}"
        numerator, denominator = self.metre(table, place)
        rows = {key: value for key, value in table.items() if key not in {"metre", "level"}}
        return Fill(
            numerator=numerator,
            denominator=denominator,
            levels=self.levels(table, place),
            rows=self.drum_rows(rows, place),
        )

    def melody(self, table: dict[str, Any]) -> MelodySpec:
        place = "[melody]"
        self.check_keys(table, _MELODY, place)
        with self.at(place):
            instrument = find_instrument(self.text(table, "instrument", place, default="flute"))
        low, high = self.range(table, place) if "range" in table else (60, 77)
        scale = self.text(table, "scale", place, default="")
        if scale:
            self.check_choice(scale, "scale", tuple(SCALES), place)
        return MelodySpec(
            instrument=instrument.name,
            program=instrument.program,
            name=instrument.name,
            name_zh=self.text(table, "name_zh", place, default=instrument.name_zh),
            low=low,
            high=high,
            scale=scale,
            rhythms=self.rhythms(table, "rhythms"),
            cadences=self.rhythms(table, "cadences"),
        )

    def rhythms(self, melody: dict[str, Any], key: str) -> dict[str, tuple[str, ...]]:
        found = {}
        for metre, texts in self.table(melody, key, "[melody]").items():
            place = f"[melody.{key}], {metre}"
            with self.at(place):
                parse_metre(metre)
            bars = self.patterns(texts, _MELODY_SIGNS, place)
            for text, bar in zip([texts] if isinstance(texts, str) else texts, bars, strict=True):
                if len(bar) != 1 or "x" not in bar[0]:
                    raise self.fail(
                        f"each rhythm is one bar with at least one x, got {text!r}",
                        f"每条节奏为一小节,至少有一个 x,收到 {text!r}",
                        place,
                    )
            found[metre] = tuple(bar[0] for bar in bars)
        return found

    def progressions(self, table: dict[str, Any], metre: str) -> dict[str, tuple[str, ...]]:
        known = {f"{mode}{kind}" for mode in ("major", "minor") for kind in _kinds()}
        self.check_keys(table, known, "[progressions]")
        numerator, denominator = parse_metre(metre)
        beats_qn = Metre(tick=0, numerator=numerator, denominator=denominator).beats_qn
        found = {}
        for name in table:
            place = f"[progressions], {name}"
            texts = self.texts(table, name, place)
            if not texts:
                raise self.fail("write at least one progression", "至少写一个和弦进行", place)
            with self.at(place):
                key = Key("C", "minor" if name.startswith("minor") else "major")
                for text in texts:
                    parse_progression(text, beats_qn=beats_qn, key=key)
            found[name] = texts
        return found

    def keys(self, table: dict[str, Any]) -> tuple[str, ...]:
        keys = self.texts(table, "keys", "") or ("C",)
        for key in keys:
            with self.at("keys"):
                parse_key(key)
        return keys

    def tempos(self, table: dict[str, Any]) -> tuple[float, float, float]:
        qpm = self.need(table, "qpm", "")
        is_three = isinstance(qpm, list) and len(qpm) == 3
        if is_three and all(type(value) in (int, float) for value in qpm):
            slow, usual, fast = qpm
            if 20 <= slow <= usual <= fast <= 400:
                return float(slow), float(usual), float(fast)
        raise self.fail(
            f"qpm must be three rising tempos (slowest, usual, fastest), got {qpm!r}",
            f"qpm 应为由慢到快的三个速度(最慢、常用、最快),收到 {qpm!r}",
        )

    def once(self, names: list[str], what: str, what_zh: str) -> None:
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise self.fail(
                f"two {what} are named {twice[0]!r}; give each a name of its own",
                f"有两个{what_zh}都叫 {twice[0]!r};请各取一个名字",
            )

    def style(self, table: dict[str, Any]) -> Style:
        self.check_keys(table, _TOP, "")
        name = self.text(table, "style", "")
        title = self.text(table, "title", "", default=name)
        qpm = self.tempos(table)
        parts = tuple(self.part(entry) for entry in self.tables(table, "part"))
        grooves = tuple(self.groove(entry, parts) for entry in self.tables(table, "groove"))
        if not grooves:
            raise self.fail("there is no [[groove]]", "缺少 [[groove]]")
        self.once([part.name for part in parts], "parts", "声部")
        self.once([groove.name for groove in grooves], "grooves", "律动")
        first = f"{grooves[0].numerator}/{grooves[0].denominator}"
        metre = self.text(table, "metre", "", default=first)
        form = self.text(table, "form", "", default="A8 B8")
        with self.at("metre"):
            parse_metre(metre)
        with self.at("form"):
            parse_form(form)
        feel = self.table(table, "feel_ms", "")
        self.check_keys(feel, {*_ROLES, "melody"}, "feel_ms")
        return Style(
            name=name,
            title=title,
            title_zh=self.text(table, "title_zh", "", default=title),
            group=self.text(table, "group", "", default="own"),
            qpm=qpm,
            metre=metre,
            keys=self.keys(table),
            form=form,
            colour=self.choice(table, "colour", _COLOURS, "", default="triads"),
            ending=self.choice(table, "ending", _ENDINGS, "", default="hold"),
            feel_ms={
                role: self.number(feel, role, "feel_ms", default=0, low=-100, high=100)
                for role in feel
            },
            progressions=self.progressions(self.table(table, "progressions", ""), metre),
            melody=self.melody(self.table(table, "melody", "")),
            parts=parts,
            grooves=grooves,
            fills=tuple(
                self.fill(entry, k) for k, entry in enumerate(self.tables(table, "fill"), start=1)
            ),
        )


def _kinds() -> tuple[str, ...]:
    return ("", *(f"_{kind}" for kind in SECTION_KINDS))


def parse_style(text: str, *, path: str = "") -> Style:
    """Return the style that a TOML text describes.

    Parameters
    ----------
    text : str
        The content of a style file; docs/guides/styles.md explains every field.
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
    reader = _StyleReader(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise reader.fail(f"not valid TOML: {error}", f"不是有效的 TOML:{error}") from error
    return reader.style(table)
