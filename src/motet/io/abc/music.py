"""Lines of music: notes, chords, rests, tuplets, ties, slurs, bar lines and marks of one voice.

Over 400 lines because one state machine reads every sign that can stand in a line.

Source: The abc music standard 2.1, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from motet.io.abc.bar_line import parse_numbers
from motet.io.abc.decoration import short_name
from motet.io.abc.sign import SignReader
from motet.io.abc.voice import ALTER, ARTICULATIONS, DURATION, ONSET, TIES, Record, Voice
from motet.io.kern.ledger import LineLedger
from motet.io.kern.track import UNITS_PER_QN
from motet.theory.pitch import transpose_spelling

__all__ = ["MAX_NOTES", "MAX_SIGNS", "MusicReader"]

_TOKEN = re.compile(
    r"""(?P<note>(\^\^?|__?|=)?([A-Ga-g])([',]*)(\d*)(/*)(\d*))
    |(?P<space>[ \t`]+)
    |(?P<bar>(?:\.(?=\|)|\[(?=\|)|[|:]|(?<=[|:])\])+)(?P<number>\d[\d,.x-]*|\s*\["(?:\d[^"]*|[A-Za-z. ]{4,40})")?
    |(?P<rest>[zxZX]\d*/*\d*)
    |(?P<spacer>y[\d/]*)
    |"(?P<quote>[^"]*)"
    |(?P<field>\[[A-Za-z]:[^\]]{0,500}\])
    |\[(?P<ending>\d[\d,.-]*)
    |(?P<open>\[)
    |(?P<close>\]\d*/*\d*)
    |!(?P<deco>[^!|\[\]:\s][^!|\[\]:\s]{0,40})!
    |\+(?P<plus>[A-Za-z.]{2,20})\+
    |\{(?P<grace>/?)
    |(?P<ungrace>\})
    |\((?P<tuplet>\d(?::\d*){0,2})
    |\.?(?P<slur>[()])
    |(?P<broken>[<>]+)
    |\.?(?P<tie>-)
    |(?P<overlay>&)
    |(?P<short>[.~H-Wh-w])
    |(?P<skip>[$\\*!;?@]|\#+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ALTERS = {"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0}
_SIGNS = {0: "", 1: "#", 2: "##", -1: "b", -2: "bb"}
_FIFTHS_OF_SEMI = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)
_MAX_BARS = 10_000
_MAX_LINES = 100_000
MAX_NOTES = 100_000
"""Most notes of a tune: a second of reading."""
MAX_SIGNS = 400_000
"""Most signs, syllables and lines of a tune, blanks left out; a note is one, a bar line 2 to 5, a text in
quotes 5, a field 10: about what each costs."""


class MusicReader:
    """Reads lines of music into voices.

    Parameters
    ----------
    ledger : LineLedger
    on_field : callable
        Takes an inline field (letter, text, line) and may change the current voice.

    Examples
    --------
    >>> reader = MusicReader(LineLedger(), lambda letter, text, line: None)
    >>> voice = Voice("1")
    >>> reader.read(voice, "C2 [EG]", 1)
    >>> [(record[0] * 8 // UNITS_PER_QN, record[2]) for record in voice.records]
    [(0, 60), (8, 64), (8, 67)]
    """

    def __init__(
        self, ledger: LineLedger, on_field: Callable[[str, str, int], Voice | None]
    ) -> None:
        self.ledger = ledger
        self.symbols: dict[str, str] = {}
        self.n_notes = 0
        self.n_signs = 0
        self._on_field = on_field
        self._line = 0
        self._lengths: dict[tuple[object, ...], int] = {}
        self._chord: list[tuple[Record, int, tuple[str, int], bool]] | None = None
        self._grace: str = ""
        self._signs = SignReader(ledger)

    def read(self, voice: Voice, line: str, number: int) -> None:
        """Read a line into a voice."""
        self._line = number
        for match in _TOKEN.finditer(line):
            kind = match.lastgroup
            if kind == "space":
                continue
            self.n_signs += 1
            if kind == "note":
                self._note(voice, match)
            elif self.n_signs > MAX_SIGNS:
                self.count(0, number)
            elif kind == "spacer" or kind == "skip":
                continue
            elif kind == "bar" or kind == "number":
                self.n_signs += len(match["bar"])
                self._bar(voice, match["bar"], match["number"])
            elif kind == "field":
                text = match["field"]
                other = self._on_field(text[1], text[3:-1].strip(), number)
                if other is not None and other is not voice:
                    self._finish(voice)
                    voice = other
            else:
                self._rest_of(voice, kind or "", match)
        self._finish(voice)

    def count(self, n_signs: int, line: int) -> None:
        """Count signs that stand elsewhere; refuse a tune that has more than any music."""
        self.n_signs += n_signs
        if self.n_signs > MAX_SIGNS:
            raise self.ledger.refusal(
                line,
                0,
                f"the tune has more than {MAX_SIGNS:,} signs and words; that many are not read",
                f"曲子的记号与文字超过 {MAX_SIGNS:,} 个,不予读取",
            )

    def _finish(self, voice: Voice) -> None:
        """Close what a line left open."""
        if self._chord is not None:
            self._tell("{n} chords without a closing bracket", "{n} 个和弦缺少右方括号")
            self._close_chord(voice, UNITS_PER_QN, UNITS_PER_QN)
        if self._grace:
            self._tell("{n} grace notes without a closing brace", "{n} 处装饰音缺少右花括号")
            self._grace = ""

    def _tell(self, en: str, zh: str) -> None:
        self.ledger.mend(self._line, 0, en, zh)

    def _rest_of(self, voice: Voice, kind: str, match: re.Match[str]) -> None:
        """Take any token but a note, a blank, a bar line or a field."""
        if kind == "rest":
            self._rest(voice, match["rest"])
        elif kind == "quote":
            self.count(4, self._line)
            self._signs.quote(voice, match["quote"], self._line)
        elif kind == "ending":
            voice.endings.append((voice.time, parse_numbers(match["ending"])))
        elif kind == "open":
            if self._chord is not None:
                self._finish(voice)
            self._chord = []
        elif kind == "close":
            length = self._length(voice, match["close"][1:])
            self._close_chord(voice, length, self._length(voice, ""))
        elif kind in ("deco", "plus"):
            self._signs.decorate(voice, match[kind], self._line)
        elif kind == "grace":
            self._grace = "acciaccatura" if match["grace"] else "appoggiatura"
        elif kind == "ungrace":
            self._grace = ""
        elif kind == "tuplet":
            self._tuplet(voice, match["tuplet"])
        elif kind == "slur":
            self._slur(voice, match["slur"])
        elif kind == "broken":
            self._broken(voice, match["broken"])
        elif kind == "tie":
            self._tie(voice)
        elif kind == "overlay":
            if self._chord is None:
                voice.bar_end = max(voice.bar_end, voice.time)
                voice.time = voice.bar_start
                voice.overlay = min(voice.overlay + 1, 99)
                voice.accidentals = {}
                voice.ties = {}
        elif kind == "short":
            sign = match["short"]
            name = self.symbols.get(sign)
            if name is None:
                name = short_name(sign)
            self._signs.decorate(voice, name, self._line) if name else self._unknown()
        else:
            self._unknown()

    def _unknown(self) -> None:
        self._tell(
            "{n} characters that mean nothing in music were ignored",
            "忽略了 {n} 个在乐谱中无意义的字符",
        )

    def _length(self, voice: Voice, tail: str) -> int:
        """Return the units of a length such as ``3/2``, ``/`` or nothing."""
        key = (tail, voice.unit.numerator, voice.unit.denominator)
        known = self._lengths.get(key)
        if known is not None:
            return known
        found = re.match(r"(\d*)(/*)(\d*)", tail)
        up, slashes, down = found.groups() if found else ("", "", "")
        if len(up) > 5 or len(slashes) > 8 or len(down) > 5:
            self._tell("{n} lengths beyond reason became 1", "{n} 个过大的时值改为 1")
            up = slashes = down = ""
        over = int(up or 1)
        under = int(down or 1) * 2 ** (len(slashes) - 1) if down and slashes else 2 ** len(slashes)
        if not over or not under:
            self._tell("{n} lengths of zero became 1", "{n} 个为零的时值改为 1")
            over = under = 1
        units = UNITS_PER_QN * 4 * over * voice.unit.numerator
        value: int = units // (under * voice.unit.denominator)
        if len(self._lengths) < 10_000:
            self._lengths[key] = value
        return value

    def _note(self, voice: Voice, match: re.Match[str]) -> None:
        _, sign, name, marks, *_ = match.groups()[:4]
        tail = match.string[match.end(4) : match.end()]
        self.n_notes += 1
        if self.n_notes > MAX_NOTES:
            raise self.ledger.refusal(
                self._line,
                0,
                f"the tune has more than {MAX_NOTES:,} notes; that many are not read",
                f"曲子超过 {MAX_NOTES:,} 个音符,不予读取",
            )
        letter = name.upper()
        octave = 5 if name != letter else 4
        if marks:
            octave += marks.count("'") - marks.count(",")
        place = (letter, octave)
        tied = None if self._grace else voice.ties.get(place)
        if sign:
            alter = _ALTERS[sign]
            voice.accidentals[place] = alter
        elif tied is not None:
            alter = tied[ALTER]
        else:
            held = voice.accidentals.get(place)
            alter = voice.key.alters.get(letter, 0) if held is None else held
        pitch = 12 * (octave + 1) + _STEPS[letter] + alter
        spelling = letter + _SIGNS[alter]
        shift = voice.shift_semi
        if shift:
            pitch += shift
            if shift % 12:
                spelling = transpose_spelling(spelling, shift_fifths=_FIFTHS_OF_SEMI[shift % 12])
        if not 0 <= pitch <= 127:
            self._tell(
                "{n} notes out of range were moved by octaves", "{n} 个超出音域的音符移动了八度"
            )
            pitch = pitch % 12 if pitch < 0 else 116 + (pitch - 116) % 12
        length = self._length(voice, tail)
        grace = self._grace
        duration = 0 if grace else length
        if not grace and self._chord is None:
            duration = self._scale(voice, length)
        record: Record = [
            voice.time, duration, pitch, spelling, voice.overlay, None,
            tuple(voice.marks), tuple(voice.ornaments), grace, alter,
        ]  # fmt: skip
        if grace:
            voice.records.append(record)
            return
        if self._chord is not None:
            self._chord.append((record, length, place, False))
            return
        if voice.marks or voice.ornaments:
            voice.marks, voice.ornaments = [], []
        self._place(voice, [(record, duration, place, False)], duration)

    def _scale(self, voice: Voice, length: int) -> int:
        """Return a length under the tuplets and the broken rhythm that wait for it."""
        if voice.broken is not None:
            over, under = voice.broken
            length = length * over // under
            voice.broken = None
        if voice.tuplets:
            for tuplet in voice.tuplets:
                length = length * tuplet[1] // tuplet[0]
                tuplet[2] -= 1
            voice.tuplets = [one for one in voice.tuplets if one[2] > 0]
        return length

    def _place(
        self, voice: Voice, members: list[tuple[Record, int, tuple[str, int], bool]], step: int
    ) -> None:
        """Put notes that begin together into the voice, joined to those tied to them."""
        ties, voice.ties = voice.ties, {}
        placed: list[tuple[Record, int]] = []
        for record, duration, place, is_tied in members:
            before = ties.pop(place, None) if ties else None
            if before is not None and before[ONSET] + before[DURATION] == voice.time:
                if before[TIES] is None:
                    before[TIES] = []
                before[TIES].append(voice.time)
                before[DURATION] += duration
                if record[ARTICULATIONS]:
                    before[ARTICULATIONS] += record[ARTICULATIONS]
                record = before
            else:
                voice.records.append(record)
            placed.append((record, duration))
            if is_tied:
                voice.ties[place] = record
        for before in ties.values():
            self._tell(
                "{n} ties between different notes became slurs", "{n} 条连接不同音的延音线改为连线"
            )
            if before[ONSET] + before[DURATION] == voice.time:
                voice.spans.append(("slur", before[ONSET], voice.time + step, voice.overlay))
        voice.slots.append((voice.time, voice.n_bars))
        voice.places = [place for _, _, place, _ in members]
        voice.last = (step, placed)
        voice.time += step

    def _lose_ties(self, n: int) -> None:
        for _ in range(n):
            self._tell(
                "{n} ties lead to no note and were dropped", "{n} 条延音线没有后续音符,已删除"
            )

    def _close_chord(self, voice: Voice, length: int, one: int) -> None:
        members, self._chord = self._chord, None
        if not members:
            if members is None:
                self._unknown()
            return
        first = members[0][1]
        step = self._scale(voice, first * length // one)
        scaled = []
        seen: set[tuple[str, int]] = set()
        for record, own, place, is_tied in members:
            if place in seen:
                continue
            seen.add(place)
            duration = step if own == first else max(1, own * step // first)
            record[DURATION] = duration
            scaled.append((record, duration, place, is_tied))
        voice.marks, voice.ornaments = [], []
        self._place(voice, scaled, step)

    def _rest(self, voice: Voice, text: str) -> None:
        sign, tail = text[0], text[1:]
        if self._chord is not None:
            return
        if sign in "ZX":
            count = re.match(r"\d{0,6}", tail)
            bars = int((count and count[0]) or 1)
            if bars > _MAX_BARS:
                raise self.ledger.refusal(
                    self._line,
                    0,
                    f"a rest of {bars:,} bars; at most {_MAX_BARS:,} are read",
                    f"休止 {bars:,} 小节;最多读取 {_MAX_BARS:,} 小节",
                )
            step = voice.bar_units
            for k in range(bars - 1):
                voice.barlines.append((voice.time + (k + 1) * step, "|"))
            step *= bars
            voice.n_bars += bars - 1
        else:
            step = self._scale(voice, self._length(voice, tail))
        if voice.ties:
            self._lose_ties(len(voice.ties))
            voice.ties = {}
        voice.marks, voice.ornaments = [], []
        voice.last = (step, [])
        voice.time += step

    def _tie(self, voice: Voice) -> None:
        if self._chord is not None:
            if self._chord:
                record, length, place, _ = self._chord[-1]
                self._chord[-1] = (record, length, place, True)
        elif voice.last is None or not voice.last[1]:
            self._lose_ties(1)
        elif not self._grace:
            pairs = zip(voice.places, voice.last[1], strict=True)
            voice.ties = {place: record for place, (record, _) in pairs}

    def _broken(self, voice: Voice, signs: str) -> None:
        if voice.last is None or self._chord is not None or len(set(signs)) > 1 or len(signs) > 4:
            self._unknown()
            return
        under = 2 ** len(signs)
        long, short = (2 * under - 1, under), (1, under)
        now, then = (long, short) if signs[0] == ">" else (short, long)
        step, placed = voice.last
        new = []
        for record, duration in placed:
            changed = duration * now[0] // now[1]
            record[DURATION] += changed - duration
            new.append((record, changed))
        changed = step * now[0] // now[1]
        voice.time += changed - step
        voice.last = (changed, new)
        voice.broken = then

    def _tuplet(self, voice: Voice, sign: str) -> None:
        text = sign.split(":")
        actual = int(text[0])
        is_compound = voice.metre.denominator >= 8 and voice.metre.numerator in (6, 9, 12, 15, 18)
        usual = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}.get(actual, 3 if is_compound else 2)
        given = [int(one) if one and len(one) < 3 else 0 for one in text[1:]]
        normal = (given[0] if given else 0) or usual
        count = (given[1] if len(given) > 1 else 0) or actual
        if actual < 2 or len(voice.tuplets) >= 4:
            self._tell("{n} tuplets that cannot be were ignored", "忽略了 {n} 个无法成立的连音")
            return
        voice.tuplets.append([actual, normal, count])

    def _slur(self, voice: Voice, sign: str) -> None:
        if self._grace or self._chord is not None:
            return
        if sign == "(":
            if len(voice.slurs) < 16:
                voice.slurs.append(voice.time)
        elif not voice.slurs:
            self._tell("{n} slurs without a beginning were dropped", "删除了 {n} 条没有起点的连线")
        else:
            start = voice.slurs.pop()
            if voice.time > start:
                voice.spans.append(("slur", start, voice.time, voice.overlay))

    def _bar(self, voice: Voice, text: str, number: str | None) -> None:
        if self._chord is not None:
            self._finish(voice)
        if "|" not in text and text != "::":
            self._unknown()
            return
        voice.time = max(voice.time, voice.bar_end)
        voice.overlay = 1
        voice.bar_end = 0
        voice.accidentals = {}
        if voice.broken or voice.tuplets:
            self._tell(
                "{n} tuplets or dotted pairs end at a bar line",
                "{n} 个连音或附点节奏在小节线处中断",
            )
            voice.broken, voice.tuplets = None, []
        if voice.time > voice.bar_start:
            voice.n_bars += 1
        voice.bar_start = voice.time
        voice.barlines.append((voice.time, text))
        if number:
            voice.endings.append((voice.time, parse_numbers(number)))
        voice.last = None if voice.last is None else (0, voice.last[1])
        if len(voice.barlines) > _MAX_LINES:
            raise self.ledger.refusal(
                self._line,
                0,
                f"the tune has more than {_MAX_LINES:,} bar lines; that many are not read",
                f"曲子的小节线超过 {_MAX_LINES:,} 条,不予读取",
            )
