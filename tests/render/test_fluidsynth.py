from pathlib import Path

import numpy as np
import pytest

from motet.errors import MotetError
from motet.render.fluidsynth import find_fluidsynth, render_stem_fluidsynth
from motet.render.performance import Performance, Strike
from motet.render.soundfont import load_soundfont
from motet.render.stem import render_stem

RATE = 44100
needs_it = pytest.mark.skipif(not find_fluidsynth(), reason="fluidsynth is not installed")


@needs_it
@pytest.mark.parametrize(("bank", "program"), [(0, 0), (0, 33), (0, 48), (128, 0), (8, 0)])
def test_agrees_with_motet_s_own_engine(bank: int, program: int) -> None:
    strikes = (Strike(0.1, 0.8, 48, 100, bank, program), Strike(1.0, 1.6, 60, 70, bank, program))
    performance = Performance(strikes)
    font = load_soundfont()
    other = render_stem_fluidsynth(font.path, performance, n=2 * RATE, rate_hz=RATE)
    own = render_stem(font, performance, n=2 * RATE, rate_hz=RATE)
    for at in (0, RATE):
        a, b = (float(np.sqrt((x[:, at : at + RATE] ** 2).mean())) for x in (own, other))
        assert 20 * np.log10(a / b) == pytest.approx(0.0, abs=0.7)


@needs_it
def test_a_bad_soundfont_is_said(tmp_path: Path) -> None:
    path = tmp_path / "bad.sf2"
    path.write_bytes(b"nothing")
    strikes = (Strike(0.0, 0.1, 60, 90, 0, 0),)
    with pytest.raises(MotetError, match="fluidsynth failed"):
        render_stem_fluidsynth(path, Performance(strikes), n=4410, rate_hz=RATE)
