"""Where lyrics, programs and stray messages go."""

from motet.io.midi_parts import Draft, assign_lyrics, channel_programs, make_part, spread_messages
from motet.io.midi_read import read_midi
from motet.io.midi_write import write_midi
from motet.score import Note, Score


def draft(channel=0, onsets=(0,), messages=(), port=0):
    notes = tuple(Note(onset_tick=tick, duration_tick=10, pitch=60) for tick in onsets)
    return Draft(port, channel, notes, list(messages))


def test_lyrics_go_to_the_part_that_sings_at_their_ticks():
    piano, voice = draft(onsets=(0, 5, 10)), draft(1, onsets=(0, 100, 200))
    assert assign_lyrics([piano, voice], [(0, "a"), (100, "b")]) == []
    assert [lyric.text for lyric in make_part(voice, {}).lyrics] == ["a", "b"]
    assert piano.lyrics == []


def test_a_part_without_a_program_takes_that_of_its_channel():
    first = draft(2, messages=[(0, 0xC2, 33, 0, 0)])
    second, third = draft(2, onsets=(50,)), draft(2, port=1)
    drafts = [first, second, third]
    assert [make_part(one, channel_programs(drafts)).program for one in drafts] == [33, 33, 0]


def test_a_program_after_the_first_note_is_a_change():
    part = make_part(draft(messages=[(5, 0xC0, 33, 0, 0)]), {})
    assert (part.program, part.controls[0].kind, part.controls[0].value) == (0, "program", 33)


def test_names_fall_back_to_the_instrument():
    assert make_part(draft(9), {}).name == "Drums"
    assert make_part(draft(), {}).name == make_part(draft(1), {}).name != ""
    named = draft()
    named.track_name, named.instrument = "Solo", "Steinway"
    assert make_part(named, {}).name == "Solo"
    named.track_name = ""
    assert make_part(named, {}).name == "Steinway"


def test_strays_prefer_the_part_on_their_port():
    one, two = draft(3), draft(3, port=1)
    assert spread_messages([one, two], [(1, 3, [(0, 0xB3, 7, 1, 0)])]) == []
    assert (one.messages, two.messages) == ([], [(0, 0xB3, 7, 1, 0)])


def test_messages_without_a_part_come_back_in_one_order():
    def setup(channel):
        return [(0, 0xB0 | channel, 101, 0, 0), (5, 0xB0 | channel, 6, 2, 0)]

    raw = spread_messages([], [(0, 3, setup(3)), (0, 1, setup(1)), (0, 3, setup(3))])
    assert [(event.tick, event.data[0]) for event in raw] == [
        (0, 0xB1),
        (0, 0xB3),
        (0, 0xB3),
        (5, 0xB1),
        (5, 0xB3),
        (5, 0xB3),
    ]
    score = Score(raw=tuple(raw))
    assert read_midi(write_midi(score)).score.raw == score.raw
