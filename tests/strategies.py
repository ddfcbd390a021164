"""Hypothesis strategies: scores with every kind of event in them.

Use: ``from strategies import scores, full_score``; ``pythonpath = ["tests"]`` makes it importable.
"""

from __future__ import annotations

from hypothesis import strategies as st

from motet.score import (
    BarLength,
    ChordSymbol,
    Clef,
    Control,
    Dynamic,
    Ending,
    KeySignature,
    Lyric,
    Metre,
    Note,
    Part,
    RawEvent,
    Repeat,
    Score,
    Section,
    Span,
    Tempo,
    Text,
)

__all__ = ["full_score", "notes", "parts", "scores"]

_NAMES = {
    0: ("C", "B#", "Dbb"),
    1: ("C#", "Db"),
    2: ("D", "C##"),
    3: ("D#", "Eb"),
    4: ("E", "Fb"),
    5: ("F", "E#"),
    6: ("F#", "Gb"),
    7: ("G", "Abb"),
    8: ("G#", "Ab"),
    9: ("A", "G##"),
    10: ("A#", "Bb"),
    11: ("B", "Cb"),
}


@st.composite
def notes(draw: st.DrawFn, *, resolution: int, end_tick: int) -> Note:
    """One note before `end_tick`, often on a sixteenth, sometimes anywhere, sometimes long."""
    onset = draw(st.integers(0, end_tick - 1))
    if draw(st.booleans()):
        step = max(1, resolution // 4)
        onset -= onset % step
    pitch = draw(st.integers(36, 84))
    duration = draw(st.sampled_from((1, resolution // 4 or 1, resolution, 5 * resolution)))
    return Note(
        onset_tick=onset,
        duration_tick=duration,
        pitch=pitch,
        velocity=draw(st.integers(1, 127)),
        spelling=draw(st.sampled_from(("", *_NAMES[pitch % 12]))),
        voice=draw(st.integers(1, 2)),
        ties_tick=(resolution,) if duration > resolution and draw(st.booleans()) else (),
        articulations=draw(st.sampled_from(((), ("staccato",), ("accent", "tenuto")))),
    )


@st.composite
def parts(draw: st.DrawFn, *, resolution: int, end_tick: int, is_drums: bool = False) -> Part:
    """A part with up to a dozen notes and a few controllers, lyrics, dynamics and slurs."""
    ticks = st.integers(0, end_tick - 1)
    controls = draw(
        st.lists(
            st.builds(
                Control,
                tick=ticks,
                kind=st.just("cc"),
                number=st.sampled_from((7, 64)),
                value=st.sampled_from((0, 100, 127)),
            ),
            max_size=3,
        )
    )
    lyrics = draw(st.lists(st.builds(Lyric, tick=ticks, text=st.just("la")), max_size=2))
    marks = st.sampled_from(("p", "f"))
    dynamics = draw(st.lists(st.builds(Dynamic, tick=ticks, mark=marks), max_size=2))
    spans = []
    if draw(st.booleans()):
        low, high = sorted((draw(ticks), draw(ticks)))
        spans.append(Span(kind="slur", start_tick=low, end_tick=high + 1))
    return Part(
        name=draw(st.sampled_from(("Flute", "Alto", "Piano"))) if not is_drums else "Drums",
        notes=tuple(draw(st.lists(notes(resolution=resolution, end_tick=end_tick), max_size=12))),
        program=draw(st.sampled_from((0, 40, 73))) if not is_drums else 0,
        is_drums=is_drums,
        channel=9 if is_drums else -1,
        controls=tuple(sorted(controls, key=lambda event: event.tick)),
        lyrics=tuple(sorted(lyrics, key=lambda event: event.tick)),
        dynamics=tuple(sorted(dynamics, key=lambda event: event.tick)),
        spans=tuple(spans),
    )


@st.composite
def scores(draw: st.DrawFn, *, max_parts: int = 3) -> Score:
    """A score of up to six full bars: any metre, pickup, change of metre, keys, chords, tempos."""
    resolution = draw(st.sampled_from((24, 96, 480)))
    upper, lower = draw(st.sampled_from(((4, 4), (3, 4), (6, 8), (7, 8), (5, 4))))
    full = upper * 4 * resolution // lower
    n_bars = draw(st.integers(1, 6))
    pickup = draw(st.sampled_from((0, 0, resolution)))
    end_tick = pickup + full * n_bars
    metres = [Metre(tick=0, numerator=upper, denominator=lower)]
    if n_bars > 2 and draw(st.booleans()):
        metres.append(Metre(tick=pickup + full, numerator=2, denominator=4))
    keys = [KeySignature(tick=0, fifths=draw(st.integers(-7, 7)))] if draw(st.booleans()) else []
    if keys and n_bars > 1 and draw(st.booleans()):
        keys.append(KeySignature(tick=pickup + full, fifths=draw(st.integers(-7, 7)), mode="minor"))
    tempos = [Tempo(tick=0, quarter_us=500_000)] if draw(st.booleans()) else []
    if draw(st.booleans()):
        tempos.append(Tempo(tick=end_tick // 2, quarter_us=600_000))
    symbols = st.sampled_from(("C", "F#m7b5/E", "Bbmaj7", "N.C.", "G6/9"))
    chords = draw(
        st.lists(
            st.builds(ChordSymbol, tick=st.integers(0, end_tick - 1), symbol=symbols),
            max_size=3,
            unique_by=lambda chord: chord.tick,
        )
    )
    n_parts = draw(st.integers(1, max_parts))
    with_drums = draw(st.booleans())
    return Score(
        parts=tuple(
            draw(
                parts(
                    resolution=resolution,
                    end_tick=end_tick,
                    is_drums=with_drums and k == n_parts - 1,
                )
            )
            for k in range(n_parts)
        ),
        resolution=resolution,
        tempos=tuple(tempos),
        metres=tuple(metres),
        keys=tuple(keys),
        bar_lengths=(BarLength(tick=0, duration_tick=pickup),) if pickup else (),
        chords=tuple(chords),
        sections=(Section(tick=0, label="A"),) if draw(st.booleans()) else (),
        length_tick=end_tick,
    )


def full_score() -> Score:
    """A score of three 4/4 bars at 480 with every kind of event, those of bar 1 at tick 1920."""
    part = Part(
        name="Piano",
        notes=(
            Note(onset_tick=0, duration_tick=480, pitch=60, spelling="C"),
            Note(onset_tick=480, duration_tick=2400, pitch=64, spelling="E", ties_tick=(1440,)),
            Note(onset_tick=1920, duration_tick=0, pitch=66, spelling="F#", grace="acciaccatura"),
            Note(onset_tick=1920, duration_tick=960, pitch=67, spelling="G", staff=2, voice=2),
            Note(onset_tick=3840, duration_tick=1920, pitch=72, spelling="C"),
        ),
        n_staves=2,
        clefs=(
            Clef(tick=0, sign="G"),
            Clef(tick=0, sign="F", line=4, staff=2),
            Clef(tick=1920, sign="G", staff=2),
        ),
        controls=(
            Control(tick=0, kind="cc", number=64, value=127),
            Control(tick=1920, kind="cc", number=64, value=0),
            Control(tick=2400, kind="bend", number=0, value=100),
        ),
        lyrics=(Lyric(tick=0, text="la"), Lyric(tick=1920, text="lu")),
        dynamics=(Dynamic(tick=0, mark="p"), Dynamic(tick=1920, mark="f")),
        spans=(Span(kind="slur", start_tick=480, end_tick=2400),),
        texts=(Text(tick=1920, text="dolce"),),
        raw=(RawEvent(tick=1920, kind="meta-7F", data=b"\x01"),),
    )
    drums = Part(
        name="Drums",
        notes=tuple(Note(onset_tick=t, duration_tick=240, pitch=36) for t in (0, 1920, 3840)),
        is_drums=True,
        channel=9,
    )
    return Score(
        parts=(part, drums),
        tempos=(Tempo(tick=0, quarter_us=500_000), Tempo(tick=1920, quarter_us=400_000)),
        metres=(Metre(tick=0, numerator=4, denominator=4),),
        keys=(KeySignature(tick=0, fifths=0), KeySignature(tick=1920, fifths=1)),
        bar_lengths=(BarLength(tick=3840, duration_tick=1920),),
        chords=(ChordSymbol(tick=0, symbol="C"), ChordSymbol(tick=1920, symbol="G/B")),
        sections=(Section(tick=0, label="A"), Section(tick=1920, label="B")),
        repeats=(Repeat(tick=1920, kind="start"), Repeat(tick=3840, kind="end")),
        endings=(Ending(start_tick=1920, end_tick=3840, numbers=(1,)),),
        texts=(Text(tick=1920, text="Allegro"),),
        raw=(
            RawEvent(tick=0, kind="sysex", data=b"\x7e"),
            RawEvent(tick=1920, kind="meta-7F", data=b"\x02"),
        ),
        title="All",
        length_tick=5760,
    )
