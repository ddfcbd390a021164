"""TOML to styles: every field arrives, every mistake is a FormatError with file and place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.arranger import Style, parse_style
from motet.errors import FormatError
from motet.language import say_place

MakeStyle = Callable[..., Style]

FULL = """
style = "mine"
title = "Mine"
title_zh = "我的"
group = "own"
metre = "7/8"
qpm = [90, 110.5, 130]
keys = ["D minor", "G"]
form = "intro2 A8 outro2"
colour = "sevenths"
ending = "stab"
feel_ms = { bass = 5, melody = -3.5 }
[progressions]
major = ["I | IV", "I | V"]
minor_chorus = "i | bVII"
[melody]
instrument = "flute"
name_zh = "笛"
range = ["C4", "C6"]
scale = "dorian"
[melody.rhythms]
"7/8" = ["x-x-x-x------.", "x.x.x.x-x-x---"]
[melody.cadences]
"7/8" = "x-------------"
[[part]]
name = "Keys"
name_zh = "键盘"
role = "comping"
instrument = "electric piano"
voicing = "rootless"
voices = 3
range = ["E3", "E5"]
level = [2, 5]
velocity = -6
[[groove]]
name = "mine-7"
title = "Seven"
title_zh = "七拍"
metre = "7/8"
groups = [2, 2, 3]
for = ["chorus", "outro"]
swing = 0.6
swing_unit = 16
[groove.drums]
kick = "x.x.x.."
"ride@4-5" = ["xxxxxxx", "x.x.x.x"]
[groove.parts]
Keys = "x-x-x--"
"Keys:bass@3" = "R-5-R--"
[[fill]]
metre = "7/8"
level = [2, 4]
snare = "....xxx"
"""


def test_every_field_arrives() -> None:
    style = parse_style(FULL)
    assert (style.name, style.title, style.title_zh, style.group) == ("mine", "Mine", "我的", "own")
    assert style.qpm == (90, 110.5, 130)
    assert style.keys == ("D minor", "G")
    assert (style.form, style.colour, style.ending) == ("intro2 A8 outro2", "sevenths", "stab")
    assert style.feel_ms == {"bass": 5.0, "melody": -3.5}
    assert style.progressions == {"major": ("I | IV", "I | V"), "minor_chorus": ("i | bVII",)}
    melody = style.melody
    assert (melody.low, melody.high, melody.scale, melody.name_zh) == (60, 84, "dorian", "笛")
    assert melody.rhythms == {"7/8": ("x-x-x-x------.", "x.x.x.x-x-x---")}
    assert melody.cadences == {"7/8": ("x-------------",)}
    part = style.parts[0]
    assert (part.name, part.name_zh, part.role, part.voicing) == (
        "Keys",
        "键盘",
        "comping",
        "rootless",
    )
    assert (part.n_voices, part.low, part.high, part.levels) == (3, 52, 76, (2, 5))
    assert part.velocity == -6
    groove = style.grooves[0]
    assert (groove.numerator, groove.denominator, groove.groups) == (7, 8, (2, 2, 3))
    assert (groove.sections, groove.swing, groove.swing_unit) == (("chorus", "outro"), 0.6, 16)
    ride = groove.drums[1]
    assert (ride.owner, ride.levels, len(ride.patterns)) == ("ride", (4, 5), 2)
    left = groove.layers[1]
    assert (left.owner, left.layer, left.levels) == ("Keys", "bass", (3, 3))
    fill = style.fills[0]
    assert (fill.levels, fill.rows[0].owner) == ((2, 4), "snare")


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ('title = "Mine"', "title = ", "", "not valid TOML"),
        ('title = "Mine"', "title = 3", "", "title must be a text"),
        ('style = "mine"', 'styel = "mine"', "", "unknown key 'styel'; did you mean style"),
        ("qpm = [90, 110.5, 130]", "qpm = 90", "", "three rising tempos"),
        ("qpm = [90, 110.5, 130]", "qpm = [130, 110, 90]", "", "three rising tempos"),
        ("qpm = [90, 110.5, 130]", 'qpm = ["90", 1, 2]', "", "three rising tempos"),
        ("qpm = [90, 110.5, 130]", "", "", "'qpm' is missing"),
        ('"D minor"', '"H minor"', "keys", "key"),
        ("intro2 A8 outro2", "intro A8", "form", "a form is made of labels"),
        ('"sevenths"', '"seventh"', "", "did you mean sevenths"),
        ('"stab"', '"fade"', "", "ending must be one of hold, stab, ritard"),
        ("bass = 5", "bas = 5", "feel_ms", "did you mean bass"),
        ("bass = 5", 'bass = "late"', "feel_ms", "bass must be a number"),
        ("I | IV", "I | XX", "[progressions], major", "XX"),
        ("minor_chorus", "minor_refrain", "[progressions]", "unknown key"),
        ('"dorian"', '"dorain"', "[melody]", "did you mean dorian"),
        ("x-x-x-x------.", "x-x-|x-x------.", "[melody.rhythms], 7/8", "one bar"),
        ('"7/8" = "x----', '"7/9" = "x----', "[melody.cadences], 7/9", "a metre looks like"),
        ("x-x-x-x------.", "x-x-X-x------.", "[melody.rhythms], 7/8", "'X' in bar 1"),
        ('role = "comping"', 'role = "compng"', "part 'Keys'", "did you mean comping"),
        ('"electric piano"', '"electric pianoo"', "part 'Keys'", "electric"),
        ('"rootless"', '"rootles"', "part 'Keys'", "did you mean rootless"),
        ("voices = 3", 'voices = "three"', "part 'Keys'", "voices must be a whole number"),
        ("voices = 3", "voices = 0", "part 'Keys'", "from 1 to 8"),
        ('["E3", "E5"]', '["E5", "E3"]', "part 'Keys'", "range must rise"),
        ("level = [2, 5]", "level = [5, 2]", "part 'Keys'", "two rising numbers"),
        ("level = [2, 5]", "level = 3", "part 'Keys'", "two rising numbers"),
        ('name = "Keys"', "", "[[part]]", "'name' is missing"),
        ("[[part]]", "[part]", "part", "double brackets"),
        ("[[groove]]", "[[grove]]", "", "did you mean groove"),
        ("groups = [2, 2, 3]", "groups = [2, 2, 2]", "groove 'mine-7'", "sum to 7"),
        ('"chorus", "outro"', '"chorous"', "groove 'mine-7'", "did you mean chorus"),
        ("swing = 0.6", "swing = 60", "groove 'mine-7'", "0.5 to 0.8"),
        ("swing_unit = 16", "swing_unit = 12", "groove 'mine-7'", "swing_unit"),
        ('kick = "x.x.x.."', 'kik = "x.x.x.."', "groove 'mine-7'", "kik"),
        ('kick = "x.x.x.."', 'kick = "x.x.q.."', "groove 'mine-7', kick", "'q' in bar 1"),
        ('kick = "x.x.x.."', 'kick = "x. | | x"', "groove 'mine-7', kick", "bar 2"),
        ('kick = "x.x.x.."', "kick = []", "groove 'mine-7', kick", "a list of texts"),
        ('"ride@4-5"', '"ride@5-4"', "groove 'mine-7'", "name@2-4"),
        ('"ride@4-5"', '"ride@7"', "groove 'mine-7'", "name@2-4"),
        ('Keys = "x-', 'Keyz = "x-', "groove 'mine-7'", "did you mean Keys"),
        ("level = [2, 4]\nsnare", "level = [2, 4]\nsnaer", "fill 1", "snaer"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(old: str, new: str, place: str, message: str) -> None:
    assert old in FULL
    with pytest.raises(FormatError, match=re.escape(message)) as caught:
        parse_style(FULL.replace(old, new, 1), path="mine.toml")
    start = f"mine.toml, {place}: " if place else "mine.toml: "
    assert str(caught.value).startswith(start)
    chinese = caught.value.localised("zh")
    assert any("一" <= letter <= "鿿" for letter in chinese)
    where = ",".join(["mine.toml", *([say_place(place, language="zh")] if place else [])])
    assert chinese.startswith(f"{where}:")


def test_names_are_given_once(make_style: MakeStyle) -> None:
    with pytest.raises(FormatError, match="two parts are named 'Bass'"):
        make_style(('name = "Piano"', 'name = "Bass"'), ("Piano = ", '"Bass@1" = '))


def test_a_style_without_grooves_is_refused() -> None:
    with pytest.raises(FormatError, match=r"there is no \[\[groove\]\]"):
        parse_style(FULL[: FULL.index("[[groove]]")])


@given(st.data())
@settings(max_examples=60)
def test_any_damage_is_a_format_error_or_a_style(data: st.DataObject) -> None:
    lines = FULL.splitlines()
    index = data.draw(st.integers(0, len(lines) - 1))
    key = lines[index].split("=")[0]
    value = data.draw(
        st.sampled_from(("3", "[]", "{}", "[1, 2]", '"?"', "true", "-1.5", '[""]', ""))
    )
    lines[index] = f"{key} = {value}" if value and "=" in lines[index] else value
    try:
        style = parse_style("\n".join(lines))
    except FormatError:
        return
    assert style.name


def test_built_in_styles_can_all_be_read() -> None:
    folder = Path(__file__).parents[2] / "src" / "motet" / "arranger" / "styles"
    for path in sorted(folder.glob("*.toml")):
        assert parse_style(path.read_text(encoding="utf-8"), path=path.name).name == path.stem
