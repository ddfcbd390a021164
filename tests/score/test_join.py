"""Two scores end to end: nothing leaks over the seam."""

from motet.score import (
    ChordSymbol,
    Control,
    KeySignature,
    Metre,
    Note,
    Part,
    Score,
    Tempo,
    make_score,
)
from motet.score.join import join_scores
from strategies import full_score

TONE = Part(notes=(Note(onset_tick=0, duration_tick=1920, pitch=60),))


def test_everything_of_both_is_there():
    score = full_score()
    both = join_scores(score, score, pairs=[0, 1])
    assert both.n_bars == 6
    assert both.n_notes == 2 * score.n_notes
    for name in ("sections", "repeats", "endings", "texts", "raw", "chords"):
        assert len(getattr(both, name)) == 2 * len(getattr(score, name)), name
    for name in ("lyrics", "dynamics", "clefs", "controls", "spans", "texts", "raw"):
        assert len(getattr(both.parts[0], name)) >= 2 * len(getattr(score.parts[0], name)), name
    assert both.parts[0].lyrics[2].tick == 5760


def test_the_second_starts_with_its_own_defaults():
    first = Score(
        parts=(TONE,),
        tempos=(Tempo(tick=960, quarter_us=300_000),),
        metres=(Metre(tick=0, numerator=2, denominator=4),),
        keys=(KeySignature(tick=0, fifths=3),),
        chords=(ChordSymbol(tick=0, symbol="A"),),
    )
    both = join_scores(first, Score(parts=(TONE,)), pairs=[0])
    assert [(t.tick, t.quarter_us) for t in both.tempos] == [(960, 300_000), (1920, 500_000)]
    assert [bar.duration_tick for bar in both.bars] == [960, 960, 1920]
    assert both.key_at(1920).mode == ""
    assert both.chord_at(1920).symbol == "N.C."


def test_defaults_are_not_said_for_nothing():
    both = join_scores(Score(parts=(TONE,)), Score(parts=(TONE,)), pairs=[0])
    assert (both.tempos, both.metres, both.keys, both.chords) == ((), (), (), ())
    same = join_scores(make_score("C4:4"), make_score("C4:4"), pairs=[0])
    assert (len(same.tempos), len(same.metres)) == (1, 1)


def test_a_held_pedal_and_a_bend_are_let_go():
    held = (
        Control(tick=0, kind="cc", number=64, value=127),
        Control(tick=0, kind="bend", number=0, value=50),
    )
    first = Score(parts=(Part(notes=TONE.notes, controls=held),))
    both = join_scores(first, Score(parts=(TONE,)), pairs=[0])
    assert [(c.tick, c.kind, c.value) for c in both.parts[0].controls[2:]] == [
        (1920, "cc", 0),
        (1920, "bend", 0),
    ]


def test_a_bar_cut_short_by_a_metre_change_stays_short():
    cut = Score(
        parts=(Part(notes=(Note(onset_tick=0, duration_tick=2400, pitch=60),)),),
        metres=(
            Metre(tick=0, numerator=4, denominator=4),
            Metre(tick=960, numerator=3, denominator=4),
        ),
    )
    both = join_scores(cut, cut, pairs=[0])
    assert [bar.duration_tick for bar in both.bars] == [960, 1440, 960, 1440]


def test_unpaired_parts_are_added():
    both = join_scores(make_score("C4:4"), make_score("D4:4"), pairs=[None])
    assert [[n.onset_tick for n in part.notes] for part in both.parts] == [[0], [1920]]
