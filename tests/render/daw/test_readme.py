"""The README of a hand-off."""

from __future__ import annotations

from motet.render.daw.readme import Contents, readme_text

CONTENTS = Contents(
    title="Air",
    files=[("air.mid", "the notes", "音符")],
    parts=[("Flute", 1, 1, 74, False), ("Kit", 10, 2, 1, True)],
    tempos=[(1, "90"), (9, "120")],
    metres=[(1, "3/4")],
    keys=[(1, "D minor")],
    sections=[(1, "verse")],
    remarks=[("1 grace note", "1 个装饰音")],
    sample_rate_hz=48000,
)


def test_it_tells_everything_in_both_languages() -> None:
    text = readme_text(CONTENTS)
    for words in (
        "- air.mid: the notes",
        "- air.mid: 音符",
        "bar 1: 90; bar 9: 120",
        "第 1 小节:90;第 9 小节:120",
        "- Flute: channel 1, program 74",
        "- Kit: channel 10, port 2, drums",
        "Changed for the MIDI",
        "48000 Hz",
        "motet verify",
    ):
        assert words in text
    for name in (
        "Reaper",
        "Ableton Live",
        "Logic Pro",
        "Cubase",
        "FL Studio",
        "GarageBand",
        "LMMS",
    ):
        assert text.count(f"- {name}: ") == 2


def test_long_tempo_maps_are_cut() -> None:
    many = Contents(
        title="", files=[], parts=[], metres=[], keys=[], sections=[],
        tempos=[(k, "90") for k in range(1, 200)],
    )  # fmt: skip
    text = readme_text(many)
    assert "and 139 more in the MIDI" in text
    assert "Untitled" in text
    assert "Stems are 24-bit" not in text
