"""General MIDI names and drum keys."""

import pytest

from motet.errors import ParameterError
from motet.theory.general_midi import DRUM_KEYS, GM_FAMILIES, GM_PROGRAMS, drum_key, program_family


@pytest.mark.parametrize(
    ("program", "name"),
    [
        (0, "Acoustic Grand Piano"),
        (24, "Acoustic Guitar (nylon)"),
        (32, "Acoustic Bass"),
        (40, "Violin"),
        (56, "Trumpet"),
        (65, "Alto Sax"),
        (73, "Flute"),
        (87, "Lead 8 (bass + lead)"),
        (110, "Fiddle"),
        (127, "Gunshot"),
    ],
)
def test_programs_have_their_names(program, name):
    assert GM_PROGRAMS[program] == name


def test_the_lists_are_whole():
    assert len(GM_PROGRAMS) == len(set(GM_PROGRAMS)) == 128
    assert len(GM_FAMILIES) == 16
    assert sorted(DRUM_KEYS) == list(range(35, 82))
    assert program_family(33) == "bass"


_DRUMS = """
kick:36 snare:38 rim:37 side_stick:37 clap:39 closed_hat:42 open_hat:46 pedal_hat:44 low_tom:45
mid_tom:47 high_tom:50 floor_tom:41 ride:51 ride_bell:53 crash:49 china:52 splash:55 tambourine:54
cowbell:56 shaker:70 cabasa:69 conga_high:63 conga_low:64 conga_mute:62 bongo_high:60 bongo_low:61
timbale_high:65 timbale_low:66 guiro_short:73 guiro_long:74 claves:75 woodblock_high:76
woodblock_low:77 cuica_mute:78 cuica_open:79 triangle:81 triangle_mute:80 agogo_high:67
agogo_low:68 surdo:41
"""


@pytest.mark.parametrize("pair", _DRUMS.split())
def test_drums_have_their_keys(pair):
    name, key = pair.split(":")
    assert drum_key(name) == int(key)


def test_drums_are_found_by_any_name():
    assert drum_key("Closed Hi-Hat") == drum_key("closed hat") == drum_key("闭镲") == 42
    assert drum_key(36) == drum_key("36") == 36


@pytest.mark.parametrize("bad", ["snair", "", 200])
def test_other_drums_are_refused_with_the_nearest(bad):
    with pytest.raises(ParameterError, match="did you mean 'snare'"):
        drum_key(bad)


def test_programs_have_a_range():
    with pytest.raises(ParameterError, match="0 to 127"):
        program_family(128)
