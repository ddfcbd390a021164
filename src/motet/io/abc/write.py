"""Scores to ABC text as people write it: four bars a line, spaces between beats.

Conventions: one ABC voice for each voice of a part; repeats and endings stay as such. What ABC
cannot say is told by `abc_losses`.

Source: The abc music standard 2.1 (December 2011).
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from motet.io.abc.line import LineWriter, Marks
from motet.io.abc.loss import abc_losses
from motet.io.abc.plan import Strand, cut_bars, lay_strands, settle
from motet.io.abc.spell import key_text, length_text, metre_text, tempo_text
from motet.io.abc.tail import bar_marks, syllables
from motet.io.atomic import write_whole
from motet.io.kern.instrument import name_program
from motet.score import Clef, Part, Score

__all__ = ["abc_losses", "write_abc"]

_BARS_A_LINE = 4
_FIFTHS_OF_SEMI = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)
_CLEFS = {
    ("G", 2): "treble", ("F", 4): "bass", ("C", 3): "alto", ("C", 4): "tenor",
    ("C", 1): "alto1", ("C", 2): "alto2", ("F", 3): "bass3",
}  # fmt: skip
_OPENERS = {
    "crescendo": ("!<(!", "!<)!"), "diminuendo": ("!>(!", "!>)!"),
    "trill-line": ("!trill(!", "!trill)!"), "octave-up": ("!8va(!", "!8va)!"),
    "octave-down": ("!8vb(!", "!8vb)!"), "pedal": ("!ped!", "!ped-up!"),
}  # fmt: skip
_HEAD_JUMPS = {"segno": "!segno!", "coda": "!coda!"}


def write_abc(score: Score, path: str | Path | None = None) -> bytes:
    """Return a score as ABC text in UTF-8, and write it to a file if a path is given.

    Parameters
    ----------
    score : Score
    path : str, Path or None

    Returns
    -------
    bytes
        The same for the same score.

    Raises
    ------
    ParameterError
        The place cannot be written.

    Source
    ------
    The abc music standard 2.1 (December 2011).

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("G4:1 A4:0.5 B4:0.5 C5:2", fifths=1)
    >>> print(write_abc(score).decode(), end="")
    %abc-2.1
    X:1
    M:4/4
    L:1/8
    Q:1/4=120
    V:1 name="Part 1"
    K:G
    G2 AB c4 |]
    """
    settled, _ = settle(score)
    data = _Tune(settled).text().encode()
    if path is not None:
        write_whole(path, data)
    return data


def _plain(text: str) -> str:
    return " ".join(text.replace("%", "\\%").split())


class _Voice:
    """A strand with the name it has in the file."""

    def __init__(self, name: str, part: Part, strand: Strand) -> None:
        self.name, self.part, self.strand = name, part, strand
        self.is_first_of_staff = False


class _Tune:
    def __init__(self, score: Score) -> None:
        self.score = score
        self.unit = _choose_unit(score)
        self.voices: list[_Voice] = []
        self.layout: list[str] = []
        for part in score.parts or (Part(),):
            names: dict[int, list[str]] = {}
            for strand in lay_strands(part):
                voice = _Voice(str(len(self.voices) + 1), part, strand)
                voice.is_first_of_staff = strand.staff not in names
                names.setdefault(strand.staff, []).append(voice.name)
                self.voices.append(voice)
            staves = [f"({' '.join(one)})" if len(one) > 1 else one[0] for one in names.values()]
            self.layout.append(f"{{{' | '.join(staves)}}}" if len(staves) > 1 else staves[0])

    def text(self) -> str:
        lines = self._head()
        bars = self.score.bars
        ends, starts = bar_marks(self.score)
        written = [self._bars(voice, first=k == 0) for k, voice in enumerate(self.voices)]
        words = [syllables(voice.part, voice.strand, slots) for voice, (_, slots) in
                 zip(self.voices, written, strict=True)]  # fmt: skip
        at = 0
        while at < len(bars):
            stop = min(at + _BARS_A_LINE, len(bars))
            if at == 0 and bars[0].number == 0:
                stop = min(stop + 1, len(bars))
            for voice, (texts, _), lyric in zip(self.voices, written, words, strict=True):
                head = f"[V:{voice.name}] " if len(self.voices) > 1 else ""
                opening = starts[at] if at == 0 else ends[at - 1][1]
                music = "".join(_joined(texts[k], *ends[k], k + 1 < stop) for k in range(at, stop))
                lines.append(f"{head}{opening}{music}".rstrip())
                lines += [f"w: {line}" for line in lyric(at, stop)]
            at = stop
        lines += [f"W:{_plain(text.text)}" for text in self.score.texts if text.kind == "cue"]
        return "\n".join(lines) + "\n"

    def _head(self) -> list[str]:
        score = self.score
        metre = score.metre_at(0)
        lines = ["%abc-2.1", "X:1"]
        lines += [f"T:{_plain(one)}" for one in (score.title, score.subtitle) if one.strip()]
        if score.composer:
            lines.append(f"C:{_plain(score.composer)}")
        if score.lyricist:
            lines.append(f"C:Words: {_plain(score.lyricist)}")
        if score.copyright:
            lines.append(f"Z:abc-copyright {_plain(score.copyright)}")
        if score.metres:
            lines.append(f"M:{metre_text(metre)}")
        lines.append(f"L:{self.unit.numerator}/{self.unit.denominator}")
        lines += [f"Q:{tempo_text(one, metre)}" for one in score.tempos if one.tick == 0][-1:]
        if any(name[0] in "({" for name in self.layout):
            lines.append(f"%%score {' | '.join(self.layout)}")
        key = next((one for one in reversed(score.keys) if one.tick == 0), None)
        for voice in self.voices:
            lines += self._declaration(voice)
        lines.append(f"K:{key_text(key)}")
        return lines

    def _declaration(self, voice: _Voice) -> list[str]:
        part = voice.part
        words = []
        is_head = voice.is_first_of_staff and voice.strand.staff == 1
        if is_head and part.name:
            words.append(f'name="{_quoted(part.name)}"')
        if is_head and part.abbreviation:
            words.append(f'snm="{_quoted(part.abbreviation)}"')
        clef = _first_clef(part, voice.strand.staff)
        if part.is_drums:
            words.append("clef=perc")
        elif clef is not None and clef.sign != "percussion":
            words.append(f"clef={_clef_text(clef)}")
        if part.transposition_semi and not part.is_drums:
            words.append(f"transpose={part.transposition_semi}")
        lines = []
        is_told = part.program or name_program(part.name) is not None if part.name else part.program
        if len(self.voices) > 1 or words or is_told or part.is_drums:
            lines.append(" ".join([f"V:{voice.name}", *words]))
        if part.is_drums:
            lines.append("%%MIDI channel 10")
        elif is_told:
            lines.append(f"%%MIDI program {part.program}")
        return lines

    def _bars(
        self, voice: _Voice, *, first: bool
    ) -> tuple[list[str], list[list[tuple[int, bool]]]]:
        """Return the text of each bar and the notes of each bar that can bear a syllable."""
        part, strand, score = voice.part, voice.strand, self.score
        turn = 0 if part.is_drums else _FIFTHS_OF_SEMI[part.transposition_semi % 12]
        marks, cuts = self._marks(voice, first=first, turn=turn)
        clef = _first_clef(part, strand.staff)
        octave = 0 if clef is None or part.is_drums else clef.octave
        transpose_semi = 0 if part.is_drums else part.transposition_semi
        key = score.key_at(0)
        writer = LineWriter(
            score.resolution,
            self.unit,
            marks,
            {tick: notes[:] for tick, notes in strand.graces.items()},
            fifths=key.fifths if key else 0,
            transpose_semi=transpose_semi,
            shift_semi=transpose_semi + 12 * octave,
            written_turn=turn,
        )
        texts, slots = [], []
        for bar, pieces in zip(score.bars, cut_bars(strand, score.bars, cuts), strict=True):
            writer.slots = []
            is_last = bar.index + 1 == len(score.bars)
            texts.append(writer.bar(bar, pieces) + (writer.rest_of_graces() if is_last else ""))
            slots.append(writer.slots)
        return texts, slots

    def _marks(self, voice: _Voice, *, first: bool, turn: int) -> tuple[Marks, list[int]]:
        """Return what stands at ticks of a voice, and where its notes are cut for that."""
        score, part, strand = self.score, voice.part, voice.strand
        marks = Marks()
        before: dict[int, list[tuple[int, str]]] = {}

        def put(tick: int, order: int, text: str) -> None:
            before.setdefault(tick, []).append((order, text))

        cuts: set[int] = set()
        for metre in score.metres:
            if metre.tick:
                put(metre.tick, 0, f"[M:{metre_text(metre)}]")
        for key in score.keys:
            if key.tick or turn:
                put(key.tick, 1, f"[K:{key_text(key, shift_fifths=-turn)}]")
                marks.keys[key.tick] = key.fifths
                cuts.add(key.tick)
        if first:
            for section in score.sections:
                put(section.tick, 2, f"[P:{_plain(section.label).replace(']', ')')}]")
                cuts.add(section.tick)
            for tempo in score.tempos:
                if tempo.tick:
                    metre = score.metre_at(tempo.tick)
                    put(tempo.tick, 3, f"[Q:{tempo_text(tempo, metre).replace(']', ')')}]")
                    cuts.add(tempo.tick)
            for chord in score.chords:
                put(chord.tick, 5, f'"{_quoted(chord.symbol)}"')
                cuts.add(chord.tick)
            for repeat in score.repeats:
                if repeat.kind in _HEAD_JUMPS:
                    put(repeat.tick, 4, _HEAD_JUMPS[repeat.kind])
        if voice.is_first_of_staff:
            for text in part.texts:
                if strand.staff == 1 and text.text.strip():
                    put(text.tick, 6, f'"^{_quoted(text.text)}"')
            for dynamic in part.dynamics:
                if dynamic.staff == strand.staff:
                    put(dynamic.tick, 7, f"!{dynamic.mark}!")
        for span in part.spans:
            if span.staff != strand.staff:
                continue
            if span.kind == "slur":
                if span.voice == strand.voice and strand.is_first:
                    self._slur(marks, strand, span.start_tick, span.end_tick)
            elif span.kind in _OPENERS and voice.is_first_of_staff:
                opening, closing = _OPENERS[span.kind]
                put(span.start_tick, 9, opening)
                put(span.end_tick, 8, closing)
        marks.before = {
            tick: [text for _, text in sorted(texts, key=lambda one: one[0])]
            for tick, texts in before.items()
        }
        return marks, sorted(cuts)

    def _slur(self, marks: Marks, strand: Strand, start: int, end: int) -> None:
        ticks = {notes[0].onset_tick for notes in strand.chords}
        ends = {notes[0].end_tick for notes in strand.chords}
        ends |= {notes[0].onset_tick + tie for notes in strand.chords for tie in notes[0].ties_tick}
        if start in ticks and end in ends:
            marks.slur_starts[start] = marks.slur_starts.get(start, 0) + 1
            marks.slur_ends[end] = marks.slur_ends.get(end, 0) + 1


def _quoted(text: str) -> str:
    return _plain(text).replace('"', "'")


def _joined(text: str, line: str, number: str, is_followed: bool) -> str:
    """Return a bar with its bar line; an ending that begins the next line is written there."""
    if not is_followed:
        return f"{text} {line}"
    return f"{text} {line}{number.lstrip('[') if line.endswith('|') else number}".rstrip() + " "


def _first_clef(part: Part, staff: int) -> Clef | None:
    return next((clef for clef in part.clefs if clef.staff == staff and clef.tick == 0), None)


def _clef_text(clef: Clef) -> str:
    name = _CLEFS.get((clef.sign, clef.line), "treble")
    shift = {1: "+8", -1: "-8", 2: "+15", -2: "-15"}.get(clef.octave, "")
    return name + shift


def _choose_unit(score: Score) -> Fraction:
    """Return the unit length that makes the shortest text; 1/8 among equals."""
    counts: dict[int, int] = {}
    for part in score.parts:
        for note in part.notes:
            if note.duration_tick:
                counts[note.duration_tick] = counts.get(note.duration_tick, 0) + 1
    best = (0, Fraction(1, 8))
    for k, unit in enumerate((Fraction(1, 8), Fraction(1, 4), Fraction(1, 16))):
        size = 0
        for duration, count in counts.items():
            length = Fraction(duration, score.resolution * 4) / unit
            odd = length.denominator // (length.denominator & -length.denominator)
            size += count * len(length_text(length * Fraction(odd * 2, 3) if odd == 3 else length))
        if k == 0 or size < best[0]:
            best = (size, unit)
    return best[1]
