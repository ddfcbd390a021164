"""Titles, people, parts and instruments."""

from musicxml_text import note, read_bars, texts


def test_titles_and_people():
    head = (
        "<work><work-title>Six Songs</work-title></work><movement-title>Air</movement-title>"
        '<identification><creator type="composer">A. B.</creator><creator type="poet">C. D.</creator>'
        '<creator type="arranger">E.</creator><rights>CC0</rights></identification>'
    )
    loaded = read_bars(note("C4", 8), head=head)
    score = loaded.score
    assert (score.title, score.subtitle) == ("Air", "Six Songs")
    assert (score.composer, score.lyricist, score.copyright) == ("A. B.", "C. D.", "CC0")
    assert "other than composer" in texts(loaded)[0]


def test_the_printed_head_wins_for_the_title():
    head = (
        "<movement-title>untitled</movement-title><credit><credit-type>title</credit-type>"
        "<credit-words>Spring</credit-words></credit><credit><credit-type>subtitle</credit-type>"
        "<credit-words>for flute</credit-words></credit><credit><credit-words>Grade 2</credit-words></credit>"
    )
    loaded = read_bars(note("C4", 8), head=head)
    assert (loaded.score.title, loaded.score.subtitle) == ("Spring", "for flute")
    assert texts(loaded) == ["1 other lines of the printed head were left out"]


def test_instruments_have_program_channel_bank_volume_and_pan():
    names = (
        '<score-part id="P1"><part-name>Solo</part-name><part-abbreviation>S.</part-abbreviation>'
        '<midi-instrument id="P1-I1"><midi-channel>3</midi-channel><midi-bank>130</midi-bank>'
        "<midi-program>41</midi-program><volume>50</volume><pan>-45</pan></midi-instrument></score-part>"
    )
    part = read_bars(note("C4", 8), part_list=names).score.parts[0]
    assert (part.name, part.abbreviation, part.program, part.channel, part.bank) == (
        "Solo",
        "S.",
        40,
        2,
        129,
    )
    assert [(c.number, c.value) for c in part.controls] == [(7, 64), (10, 32)]


def test_a_part_without_a_program_takes_that_of_its_name():
    assert read_bars(note("C4", 8)).score.parts[0].program == 73


def test_values_out_of_range_are_not_believed():
    names = (
        '<score-part id="P1"><part-name>x</part-name><midi-instrument id="i"><midi-channel>99</midi-channel>'
        "<midi-program>0</midi-program><midi-bank>nan</midi-bank></midi-instrument></score-part>"
    )
    part = read_bars(note("C4", 8), part_list=names).score.parts[0]
    assert (part.channel, part.program, part.bank) == (-1, 0, 0)


def test_parts_outside_the_list_are_read_and_told():
    loaded = read_bars(
        note("C4", 8), part_list='<score-part id="P9"><part-name>x</part-name></score-part>'
    )
    assert [len(part.notes) for part in loaded.score.parts] == [0, 1]
    assert any("not in the part list" in text for text in texts(loaded))
