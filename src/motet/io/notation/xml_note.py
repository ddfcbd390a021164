"""Notes and rests of one voice in one bar as MusicXML elements.

Source: MusicXML 4.0, element note and the order of its children (W3C Music Notation Community
Group).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from motet.io.notation.engrave import Piece, VoiceBar
from motet.io.notation.percussion import KIT, OTHER
from motet.io.notation.rhythm import Symbol
from motet.io.notation.writing import Accidentals, WrittenPitch
from motet.score import Note

__all__ = ["VoiceWriter", "shown_accidentals", "xml_voice_number"]

_ARTICULATIONS = {
    "staccato": "<staccato/>", "staccatissimo": "<staccatissimo/>", "tenuto": "<tenuto/>",
    "accent": "<accent/>", "marcato": '<strong-accent type="up"/>',
    "portato": "<detached-legato/>", "scoop": "<scoop/>", "plop": "<plop/>", "doit": "<doit/>",
    "fall": "<falloff/>", "breath": "<breath-mark/>", "caesura": "<caesura/>",
}  # fmt: skip
_AT_END = frozenset({"doit", "fall", "breath", "caesura", "fermata"})
_TECHNICAL = {
    "up-bow": "<up-bow/>", "down-bow": "<down-bow/>", "open-string": "<open-string/>",
    "harmonic": "<harmonic/>", "stopped": "<stopped/>", "snap-pizzicato": "<snap-pizzicato/>",
    "pizzicato": "<other-technical>pizz.</other-technical>",
}  # fmt: skip
_ORNAMENTS = {
    "trill": "<trill-mark/>", "mordent": "<mordent/>", "inverted-mordent": "<inverted-mordent/>",
    "turn": "<turn/>", "inverted-turn": "<inverted-turn/>", "shake": "<shake/>",
    "schleifer": "<schleifer/>", "tremolo-1": '<tremolo type="single">1</tremolo>',
    "tremolo-2": '<tremolo type="single">2</tremolo>',
    "tremolo-3": '<tremolo type="single">3</tremolo>',
}  # fmt: skip


def xml_voice_number(staff: int, voice: int) -> int:
    """Return the voice number that is unique in its part.

    Examples
    --------
    >>> xml_voice_number(2, 1)
    5
    """
    return (staff - 1) * 4 + voice


@dataclass(slots=True)
class VoiceWriter:
    """Writes the symbols of a voice; one is made for each part and bar.

    Parameters
    ----------
    part_id : str
    is_drums : bool
    n_staves : int
    divisions_of : callable
        Units to MusicXML divisions.
    pitch_of : callable
        A note's written pitch.
    name_of : callable or None
        A note's ``id`` in the document, new at each call; None writes none.
    """

    part_id: str
    is_drums: bool
    n_staves: int
    divisions_of: Callable[[int], int]
    pitch_of: Callable[[Note], WrittenPitch]
    name_of: Callable[[Note], str] | None = None

    def write(
        self,
        bar: VoiceBar,
        shown: dict[tuple[int, int, int], str],
        *,
        has_two_voices: bool,
        between: Callable[[int, int], Sequence[str]],
    ) -> list[str]:
        """Return the elements of a voice.

        Parameters
        ----------
        bar : VoiceBar
        shown : dict
            Accidentals by (voice bar's identity, symbol, note), from `accidentals`.
        has_two_voices : bool
            Whether the staff has another voice in this bar: stems then say which is which.
        between : callable
            Directions to write before a symbol that lasts from one unit to another; called with the
            bar's end twice after the last one.
        """
        out: list[str] = []
        number = xml_voice_number(bar.staff, bar.voice)
        stem = ""
        if has_two_voices or self.is_drums:
            is_up = bar.voice % 2 == 1
            stem = f"<stem>{'up' if is_up else 'down'}</stem>"
        tail = f"<staff>{bar.staff}</staff>" if self.n_staves > 1 else ""
        symbols = bar.symbols
        for k, symbol in enumerate(symbols):
            out += between(symbol.start, symbol.end)
            if symbol.span < 0:
                out.append(self._rest(symbol, number, tail, self._tuplet_marks(symbols, k)))
                continue
            piece = bar.pieces[symbol.span]
            is_first = not (symbol.tie_in or piece.tie_in)
            if is_first:
                out += self._graces(piece, number, stem, tail)
            marks = self._tuplet_marks(symbols, k)
            for j, note in enumerate(piece.event.notes):
                accidental = shown.get((id(bar), k, j), "")
                out.append(
                    self._note(
                        note,
                        symbol,
                        piece,
                        j,
                        number,
                        stem,
                        tail,
                        accidental,
                        marks if j == 0 else "",
                    )
                )
        out += between(symbols[-1].end, symbols[-1].end)
        return out

    def _tuplet_marks(self, symbols: Sequence[Symbol], k: int) -> str:
        symbol = symbols[k]
        if not symbol.tuplet:
            return ""
        marks = ""
        if k == 0 or symbols[k - 1].tuplet != symbol.tuplet:
            group = [one for one in symbols if one.tuplet == symbol.tuplet]
            has_beam = all(one.beams for one in group)
            bracket = "no" if has_beam else "yes"
            marks += f'<tuplet type="start" bracket="{bracket}" show-number="actual"/>'
        if k == len(symbols) - 1 or symbols[k + 1].tuplet != symbol.tuplet:
            marks += '<tuplet type="stop"/>'
        return marks

    def _rest(self, symbol: Symbol, voice: int, tail: str, marks: str) -> str:
        duration = self.divisions_of(symbol.duration)
        if symbol.is_bar_rest:
            return (
                f'<note><rest measure="yes"/><duration>{duration}</duration>'
                f"<voice>{voice}</voice>{tail}</note>"
            )
        notations = f"<notations>{marks}</notations>" if marks else ""
        if symbol.is_hidden:
            return f"<forward><duration>{duration}</duration><voice>{voice}</voice></forward>"
        return (
            f"<note><rest/><duration>{duration}</duration><voice>{voice}</voice>"
            f"{_value(symbol)}{tail}{notations}</note>"
        )

    def _head(self, note: Note) -> tuple[str, str, str]:
        """Return the pitch, the instrument and the note head of a note."""
        if self.is_drums:
            stroke = KIT.get(note.pitch, OTHER)
            where = (
                f"<unpitched><display-step>{stroke.step[0]}</display-step>"
                f"<display-octave>{stroke.step[1]}</display-octave></unpitched>"
            )
            instrument = f'<instrument id="{self.part_id}-I{note.pitch + 1}"/>'
            return where, instrument, stroke.head
        written = self.pitch_of(note)
        alter = f"<alter>{written.alter}</alter>" if written.alter else ""
        octave = min(max(0, written.octave), 9)
        where = f"<pitch><step>{written.letter}</step>{alter}<octave>{octave}</octave></pitch>"
        return where, "", "normal"

    def _identity(self, note: Note) -> str:
        """Return the attribute that names a note."""
        return f' id="{self.name_of(note)}"' if self.name_of is not None else ""

    def _graces(self, piece: Piece, voice: int, stem: str, tail: str) -> list[str]:
        out = []
        graces = piece.event.graces
        name = "eighth" if len(graces) == 1 else "16th"
        for k, note in enumerate(graces):
            where, instrument, head = self._head(note)
            slash = ' slash="yes"' if note.grace != "appoggiatura" and len(graces) == 1 else ""
            beam = ""
            if len(graces) > 1:
                word = "begin" if k == 0 else "end" if k == len(graces) - 1 else "continue"
                beam = f'<beam number="1">{word}</beam><beam number="2">{word}</beam>'
            heads = f"<notehead>{head}</notehead>" if head != "normal" else ""
            out.append(
                f"<note{self._identity(note)}><grace{slash}/>{where}{instrument}<voice>{voice}</voice>"
                f"<type>{name}</type>{stem}{heads}{tail}{beam}</note>"
            )
        return out

    def _note(
        self,
        note: Note,
        symbol: Symbol,
        piece: Piece,
        place: int,
        voice: int,
        stem: str,
        tail: str,
        accidental: str,
        marks: str,
    ) -> str:
        where, instrument, head = self._head(note)
        tie_in = symbol.tie_in or piece.tie_in or note.pitch in piece.event.tied_in
        tie_out = symbol.tie_out or piece.tie_out or note.pitch in piece.event.tied_out
        ties = ('<tie type="stop"/>' if tie_in else "") + ('<tie type="start"/>' if tie_out else "")
        is_ghost = note.pitch in piece.event.ghosts or "ghost" in note.articulations
        heads = ""
        if head != "normal" or is_ghost:
            brackets = ' parentheses="yes"' if is_ghost else ""
            heads = f"<notehead{brackets}>{head}</notehead>"
        beams = ""
        if place == 0:
            beams = "".join(
                f'<beam number="{level}">{word}</beam>'
                for level, word in enumerate(symbol.beams, 1)
            )
        shown = f"<accidental>{accidental}</accidental>" if accidental else ""
        is_start = not (symbol.tie_in or piece.tie_in)
        is_end = not (symbol.tie_out or piece.tie_out)
        tied = ('<tied type="stop"/>' if tie_in else "") + (
            '<tied type="start"/>' if tie_out else ""
        )
        notations = self._notations(piece, place, tied, is_start, is_end, marks)
        lyrics = _lyrics(piece) if place == 0 and is_start else ""
        loudness = f"{note.velocity * 100 / 90:.2f}"
        return (
            f'<note{self._identity(note)} dynamics="{loudness}">{"<chord/>" if place else ""}{where}'
            f"<duration>{self.divisions_of(symbol.duration)}</duration>{ties}{instrument}"
            f"<voice>{voice}</voice>{_value(symbol, shown)}{stem}{heads}{tail}{beams}"
            f"{notations}{lyrics}</note>"
        )

    def _notations(
        self, piece: Piece, place: int, tied: str, is_start: bool, is_end: bool, marks: str
    ) -> str:
        event = piece.event
        out = [tied]
        names: list[str] = []
        ornaments: list[str] = []
        if place == 0:
            if is_end:
                out += [f'<slur type="stop" number="{number}"/>' for number in event.slur_stops]
            if is_start:
                out += [f'<slur type="start" number="{number}"/>' for number in event.slur_starts]
            out.append(marks)
            everything = {mark for one in event.struck for mark in one.articulations}
            if event.is_staccato:
                everything.add("staccato")
            if self.is_drums and any(
                KIT.get(one.pitch, OTHER).mark == "open" for one in event.notes
            ):
                everything.add("open-string")
            names = [
                mark for mark in sorted(everything) if (is_end if mark in _AT_END else is_start)
            ]
            if is_start:
                ornaments = sorted({mark for one in event.struck for mark in one.ornaments})
        for tag, table, chosen in (
            ("ornaments", _ORNAMENTS, ornaments),
            ("technical", _TECHNICAL, names),
            ("articulations", _ARTICULATIONS, names),
        ):
            body = "".join(table[mark] for mark in chosen if mark in table)
            if body:
                out.append(f"<{tag}>{body}</{tag}>")
        if "fermata" in names:
            out.append("<fermata/>")
        if is_start and any("arpeggio" in one.ornaments for one in event.struck):
            out.append("<arpeggiate/>")
        body = "".join(out)
        return f"<notations>{body}</notations>" if body else ""


def _value(symbol: Symbol, accidental: str = "") -> str:
    """Return type, dots, accidental and time modification."""
    out = f"<type>{symbol.name}</type>{'<dot/>' * symbol.dots}{accidental}"
    if symbol.tuplet:
        out += (
            f"<time-modification><actual-notes>{symbol.actual}</actual-notes>"
            f"<normal-notes>{symbol.normal}</normal-notes></time-modification>"
        )
    return out


def _lyrics(piece: Piece) -> str:
    out = ""
    for lyric in sorted(piece.event.lyrics, key=lambda one: one.verse):
        extend = "<extend/>" if lyric.extend else ""
        out += (
            f'<lyric number="{lyric.verse}"><syllabic>{lyric.syllabic}</syllabic>'
            f"<text>{escape(lyric.text)}</text>{extend}</lyric>"
        )
    return out


def shown_accidentals(
    bars: Sequence[VoiceBar],
    pitch_of: Callable[[Note], WrittenPitch],
    alters: dict[str, int],
) -> dict[tuple[int, int, int], str]:
    """Return the accidentals to print in one bar, all staves and voices in order of time.

    Parameters
    ----------
    bars : sequence of VoiceBar
        The voices of one part in one bar.
    pitch_of : function
        How a note is written.
    alters : dict
        Of the key signature, as `motet.io.notation.writing.key_alters` gives them.

    Returns
    -------
    dict of (id of the voice's bar, index of the symbol, index of the note) to str

    Examples
    --------
    >>> from motet.io.notation.engrave import engrave_part
    >>> from motet.io.notation.grid import ReadingGrid
    >>> from motet.io.notation.writing import write_pitch
    >>> from motet.score import make_score
    >>> score = make_score("F#4:1 F#4:1 F4:2")
    >>> (voices,) = engrave_part(score.parts[0], ReadingGrid(score)).bars
    >>> list(shown_accidentals(voices, write_pitch, {}).values())
    ['sharp', 'natural']
    """
    order = sorted(
        (bar.staff, symbol.start, bar.voice, k, b)
        for b, bar in enumerate(bars)
        for k, symbol in enumerate(bar.symbols)
        if symbol.span >= 0
    )
    states: dict[int, Accidentals] = {}
    shown: dict[tuple[int, int, int], str] = {}
    for staff, _, _, k, b in order:
        bar = bars[b]
        symbol = bar.symbols[k]
        piece = bar.pieces[symbol.span]
        is_tied = symbol.tie_in or piece.tie_in
        state = states.setdefault(staff, Accidentals(alters))
        for j, note in enumerate(piece.event.notes):
            is_held = is_tied or note.pitch in piece.event.tied_in
            name = state.show(pitch_of(note), is_tied=is_held)
            if name:
                shown[id(bar), k, j] = name
    return shown
