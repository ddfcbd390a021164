"""Directions of a bar: tempo, words, rehearsal marks, chord symbols, dynamics, hairpins, pedal.

Conventions: a `Mark` stands at a place of the score (units); its XML has `OFFSET` where an offset
element goes. Tempo numbers are rounded for the eye; ``<sound tempo>`` keeps them.

Source: MusicXML 4.0, element direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from motet.io.notation.grid import ReadingGrid
from motet.io.notation.harmony import harmony_xml
from motet.io.notation.writing import Transposition, key_in_force
from motet.score import Metre, Part, Score, Tempo

__all__ = ["OFFSET", "Mark", "chord_marks", "part_marks", "score_marks"]

OFFSET = "\x00"
"""Stands in a mark's XML where the offset element belongs."""

_DYNAMICS = frozenset(
    [
        "p",
        "pp",
        "ppp",
        "pppp",
        "ppppp",
        "f",
        "ff",
        "fff",
        "ffff",
        "fffff",
        "mp",
        "mf",
        "sf",
        "sfp",
        "sfpp",
        "fp",
        "rf",
        "rfz",
        "sfz",
        "sffz",
        "fz",
        "n",
        "pf",
        "sfzp",
    ]
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something written above or below a staff at one place."""

    place: int
    order: int
    xml: str


def _direction(
    body: str,
    *,
    placement: str = "above",
    staff: int = 0,
    sound: str = "",
    is_of_score: bool = False,
) -> str:
    where = f' placement="{placement}"' if placement else ""
    where += ' system="only-top"' if is_of_score else ""
    tail = f"<staff>{staff}</staff>" if staff else ""
    return f"<direction{where}>{body}{OFFSET}{tail}{sound}</direction>"


def _words(text: str, style: str = "") -> str:
    return f"<direction-type><words{style}>{escape(text)}</words></direction-type>"


def score_marks(score: Score, grid: ReadingGrid) -> list[Mark]:
    """Return what stands above the top staff of the score: tempo, sections, words, jumps.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", qpm=90)
    >>> ["<per-minute>90<" in mark.xml for mark in score_marks(score, ReadingGrid(score))]
    [True]
    """
    out: list[Mark] = []
    swing_texts = {text.text for text in score.texts if _is_swing(text.text) and text.tick == 0}
    out += _tempo_marks(score, grid, sorted(swing_texts))
    for section in score.sections:
        body = f"<direction-type><rehearsal>{escape(_title(section.label))}</rehearsal></direction-type>"
        out.append(Mark(_bar_place(score, grid, section.tick), 0, _direction(body)))
    for text in score.texts:
        if text.kind in ("copyright", "cue") or text.text in swing_texts or not text.text.strip():
            continue
        style = ' font-style="italic"' if text.kind == "expression" else ""
        words = _direction(_words(text.text, style), is_of_score=True)
        out.append(Mark(grid.snap(text.tick), 2, words))
    for repeat in score.repeats:
        mark = _jump(repeat.kind, {one.kind for one in score.repeats})
        if mark:
            place = grid.snap(repeat.tick)
            if repeat.kind not in ("segno", "coda") and place > 0:
                place -= 1  # belongs to the bar that ends there
            out.append(Mark(place, 3, mark))
    return sorted(out, key=lambda mark: (mark.place, mark.order))


def chord_marks(score: Score, grid: ReadingGrid, transposition: Transposition) -> list[Mark]:
    """Return the chord symbols, as the part that they stand above writes them.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", chords="C:4")
    >>> [mark.xml[:26] for mark in chord_marks(score, ReadingGrid(score), Transposition(2))]
    ['<harmony><root><root-step>']
    """
    seen: dict[int, Mark] = {}
    for chord in score.chords:
        place = grid.snap(chord.tick)
        if place >= grid.end:
            continue
        fifths = key_in_force(score.keys, chord.tick)
        xml = harmony_xml(chord.symbol, transposition=transposition, fifths=fifths, offset=OFFSET)
        seen[place] = Mark(place, 4, xml)
    # A section begins with its chord, even when it is the one that sounds already.
    for section in score.sections:
        place = _bar_place(score, grid, section.tick)
        before = max((at for at in seen if at < place), default=None)
        if place not in seen and before is not None and score.chord_at(section.tick) is not None:
            xml = seen[before].xml
            if xml.startswith("<harmony>"):
                seen[place] = Mark(place, 4, xml)
    return [seen[place] for place in sorted(seen)]


def _title(label: str) -> str:
    """Return a label that begins with a capital."""
    return label[:1].upper() + label[1:]


def _bar_place(score: Score, grid: ReadingGrid, tick: int) -> int:
    """Return the start of the bar that a section begins, if it is near, else its own place."""
    place = grid.place(tick)
    frame = grid.frame_at(min(place, grid.end - 1))
    near = score.resolution and 420
    if place - frame.start <= near:
        return frame.start
    return frame.end if frame.end - place <= near and frame.end < grid.end else grid.snap(tick)


def _is_swing(text: str) -> bool:
    return "swing" in text.lower() or "shuffle" in text.lower()


def _jump(kind: str, present: set[str]) -> str:
    """Return a jump; one without its sign is words only."""
    if kind in ("segno", "coda"):
        return _direction(
            f"<direction-type><{kind}/></direction-type>", sound=f'<sound {kind}="{kind}"/>'
        )
    words = {
        "to-coda": ("To Coda", 'tocoda="coda"'),
        "da-capo": ("D.C.", 'dacapo="yes"'),
        "dal-segno": ("D.S.", 'dalsegno="segno"'),
        "fine": ("Fine", 'fine="yes"'),
    }
    if kind not in words:
        return ""
    text, sound = words[kind]
    aim = {"to-coda": "coda", "dal-segno": "segno"}.get(kind)
    played = f"<sound {sound}/>" if aim is None or aim in present else ""
    return _direction(_words(text), sound=played)


def _tempo_marks(score: Score, grid: ReadingGrid, swing_texts: list[str]) -> list[Mark]:
    """Return tempo marks: a run of small changes reads as one word, not as many numbers."""
    out: list[Mark] = []
    tempos = list(score.tempos)
    words = swing_texts[0] if swing_texts else "Swing" if grid.swing else ""
    if not tempos or tempos[0].tick > 0:
        if words:
            out.append(Mark(0, 1, _direction(_words(words, ' font-weight="bold"'))))
        words = ""
    shown_qpm = tempos[0].qpm if tempos else 120.0
    before_ramp: float | None = None
    for k, tempo in enumerate(tempos):
        place = grid.snap(tempo.tick)
        sound = f'<sound tempo="{_number(tempo)}"/>'
        metre = score.metre_at(tempo.tick)
        if k == 0:
            text = tempo.text or words
            if text and words and not _is_swing(text):
                text = f"{text} ({words})"
            out.append(Mark(place, 1, _direction(_tempo_body(tempo, metre, text), sound=sound)))
            continue
        frame = grid.frame_at(place)
        following = grid.place(tempos[k + 1].tick) if k + 1 < len(tempos) else grid.end
        is_brief = following - grid.place(tempo.tick) < frame.duration and k + 1 < len(tempos)
        change = tempo.qpm / tempos[k - 1].qpm
        if tempo.text:
            out.append(
                Mark(place, 1, _direction(_tempo_body(tempo, metre, tempo.text), sound=sound))
            )
            shown_qpm, before_ramp = tempo.qpm, None
        elif is_brief:
            body = ""
            if before_ramp is None and abs(change - 1) > 0.005:
                before_ramp = shown_qpm
                body = _words("rit." if change < 1 else "accel.", ' font-style="italic"')
            out.append(Mark(place, 1, _direction(body, sound=sound) if body else f"{sound}"))
        elif before_ramp is not None and abs(tempo.qpm / before_ramp - 1) < 0.01:
            body = _words("a tempo", ' font-style="italic"')
            out.append(Mark(place, 1, _direction(body, sound=sound)))
            before_ramp = None
        elif abs(tempo.qpm / shown_qpm - 1) >= 0.02 and before_ramp is None:
            out.append(Mark(place, 1, _direction(_tempo_body(tempo, metre, ""), sound=sound)))
            shown_qpm = tempo.qpm
        elif (
            before_ramp is not None and following - place >= frame.duration and k + 1 < len(tempos)
        ):
            out.append(Mark(place, 1, _direction(_tempo_body(tempo, metre, ""), sound=sound)))
            shown_qpm, before_ramp = tempo.qpm, None
        else:
            out.append(Mark(place, 1, sound))
    return out


def _number(tempo: Tempo) -> str:
    """Return the shortest number from which the tempo comes back exactly."""
    texts = [f"{tempo.qpm:.{digits}f}" for digits in range(12)]
    exact = (text for text in texts if float(text) and _is_tempo(float(text), tempo.quarter_us))
    return next(exact, texts[-1])


def _is_tempo(qpm: float, quarter_us: int) -> bool:
    return round(60_000_000 / qpm) == quarter_us


def _tempo_body(tempo: Tempo, metre: Metre, text: str) -> str:
    """Return words and metronome mark in one direction."""
    beat = metre.beats_qn[0]
    unit, dot, qn = "quarter", "", 1.0
    if metre.denominator >= 8 and beat * 2 == 3:
        dot, qn = "<beat-unit-dot/>", 1.5
    elif metre.symbol == "cut" or (metre.denominator == 2 and metre.numerator <= 4):
        unit, qn = "half", 2.0
    number = f"{tempo.qpm / qn:.0f}"
    words = _words(text, ' font-weight="bold"') if text else ""
    return (
        f"{words}<direction-type><metronome><beat-unit>{unit}</beat-unit>{dot}"
        f"<per-minute>{number}</per-minute></metronome></direction-type>"
    )


def part_marks(part: Part, grid: ReadingGrid, n_staves: int) -> list[Mark]:
    """Return what stands at a part's own staves.

    Examples
    --------
    >>> from motet.score import Dynamic, make_score
    >>> from dataclasses import replace
    >>> score = make_score("C4:4")
    >>> part = replace(score.parts[0], dynamics=(Dynamic(tick=0, mark="mf"),))
    >>> [mark.xml.split(OFFSET)[0] for mark in part_marks(part, ReadingGrid(score), 1)]
    ['<direction placement="below"><direction-type><dynamics><mf/></dynamics></direction-type>']
    """
    out: list[Mark] = []

    def staff_of(number: int) -> int:
        return min(number, n_staves) if n_staves > 1 else 0

    for dynamic in part.dynamics:
        name = f"<{dynamic.mark}/>"
        if dynamic.mark not in _DYNAMICS:
            name = f"<other-dynamics>{escape(dynamic.mark)}</other-dynamics>"
        body = f"<direction-type><dynamics>{name}</dynamics></direction-type>"
        xml = _direction(body, placement="below", staff=staff_of(dynamic.staff))
        out.append(Mark(grid.snap(dynamic.tick), 5, xml))
    for text in part.texts:
        if text.kind in ("copyright", "cue") or not text.text.strip():
            continue
        if text.tick == 0 and _is_swing(text.text):
            continue
        style = ' font-style="italic"' if text.kind == "expression" else ""
        xml = _direction(_words(text.text, style), staff=staff_of(1))
        out.append(Mark(grid.snap(text.tick), 5, xml))
    wedges = 0
    for span in sorted(part.spans, key=lambda one: (one.start_tick, one.kind)):
        start, end = grid.snap(span.start_tick), grid.snap(span.end_tick)
        if end <= start:
            end = min(start + 1680, grid.end)
        number, first, last, placement = 1, "", "", "below"
        if span.kind in ("crescendo", "diminuendo"):
            wedges += 1
            number = wedges % 6 + 1
            first = f'<wedge type="{span.kind}" number="{number}"/>'
            last = f'<wedge type="stop" number="{number}"/>'
        elif span.kind == "pedal":
            first = '<pedal type="start" line="no" sign="yes"/>'
            last = '<pedal type="stop" line="no" sign="yes"/>'
        elif span.kind in ("octave-up", "octave-down"):
            way = "down" if span.kind == "octave-up" else "up"
            placement = "above" if way == "down" else "below"
            first = f'<octave-shift type="{way}" size="8"/>'
            last = '<octave-shift type="stop" size="8"/>'
        if not first or start >= grid.end:
            continue
        staff = staff_of(n_staves if span.kind == "pedal" else span.staff)
        stop = end - 1 if end == grid.end or grid.frame_at(end).start == end else end
        for place, body in ((start, first), (max(start, stop), last)):
            xml = _direction(
                f"<direction-type>{body}</direction-type>", placement=placement, staff=staff
            )
            out.append(Mark(place, 6 if body == first else 7, xml))
    return sorted(out, key=lambda mark: (mark.place, mark.order))
