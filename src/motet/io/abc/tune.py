"""The lines of one tune: its fields, directives and words; music goes to `MusicReader`.

Source: The abc music standard 2.1, sections 3, 4 and 11.
"""

from __future__ import annotations

import re
from fractions import Fraction

from motet.io.abc.field import Properties, parse_length, parse_metre, parse_tempo, split_words
from motet.io.abc.key_field import KeyField, parse_key
from motet.io.abc.macro import Macros
from motet.io.abc.music import MusicReader
from motet.io.abc.text import Line
from motet.io.abc.voice import Voice
from motet.io.abc.words import lay_syllables
from motet.io.kern.ledger import LineLedger
from motet.io.limits import MAX_PARTS
from motet.score import Metre

__all__ = ["TuneReader"]

_FIELD = re.compile(r"([A-Za-z+]):(?![|:])(.*)", re.DOTALL)
_WORDS = re.compile(r"([wWTCNPV]):(.*)", re.DOTALL)
_BODY = frozenset("IKLMmNPQRrsTUVWwX")
_COMMENT = re.compile(r"(?<!\\)%.*")
_MAX_WORDS = 2000
_MAX_VERSES = 99


class TuneReader:
    """Reads the lines of a tune.

    Examples
    --------
    >>> tune = TuneReader(LineLedger())
    >>> tune.read([(1, "X:1"), (2, "T:Air"), (3, "M:3/4"), (4, "K:G"), (5, "G2A2B2|")])
    >>> tune.words["T"], [record[2] for record in tune.voices[0].records]
    (['Air'], [67, 69, 71])
    """

    def __init__(self, ledger: LineLedger) -> None:
        self.ledger = ledger
        self.words: dict[str, list[str]] = {}
        self.voices: list[Voice] = []
        self.layout = ""
        self._named: dict[str, Voice] = {}
        self._music = MusicReader(ledger, self._inline)
        self._macros = Macros()
        self._metre: Metre | None = None
        self._unit: Fraction | None = None
        self._key: KeyField | None = None
        self._tempo: tuple[str, int] | None = None
        self._programs: dict[int, int] = {}
        self._program: int | None = None
        self._current: Voice | None = None
        self._is_body = False
        self._verse = 0
        self._skip_until = ""
        self._first_line = 0

    def read(self, lines: list[Line]) -> None:
        """Read header and body."""
        for number, line in _joined(lines):
            self._first_line = self._first_line or number
            self._read_line(line, number)
        if not self._is_body:
            self.ledger.mend(
                lines[-1][0] if lines else 0, 0, "the tune has no K: field", "曲子没有 K: 字段"
            )
            self._begin_body()
        for voice in self.voices:
            voice.time = max(voice.time, voice.bar_end)
            if voice.ties:
                self.ledger.mend(
                    voice.line,
                    0,
                    "{n} ties lead to no note and were dropped",
                    "{n} 条延音线没有后续音符,已删除",
                )
        for channel, program in self._programs.items():
            if channel <= len(self.voices) and self.voices[channel - 1].program is None:
                self.voices[channel - 1].program = program

    def _read_line(self, line: str, number: int) -> None:
        self._music.count(1, number)
        bare = line.strip()
        if self._skip_until:
            if bare.lower().startswith(self._skip_until):
                self._skip_until = ""
            return
        if bare.startswith("%%"):
            self._directive(bare[2:].strip(), number)
            return
        if "%" in bare:
            bare = _COMMENT.sub("", bare).rstrip().replace("\\%", "%")
        if not bare:
            return
        found = _FIELD.match(bare) or _WORDS.match(bare)
        if found and (not self._is_body or found[1] in _BODY):
            self._field(found[1], found[2].strip(), number)
            return
        if not self._is_body:
            if self._key is None and "|" not in bare:
                self.ledger.mend(
                    number, 0, "{n} odd header lines were ignored", "忽略了 {n} 行异常的文件头"
                )
                return
            self.ledger.mend(number, 0, "the tune has no K: field", "曲子没有 K: 字段")
            self._begin_body()
        elif found and len(bare) > 2 and "|" not in bare:
            self._leave(found[1], number)
            return
        voice = self._voice(number)
        if self._verse:
            voice.slots, self._verse = [], 0
        text = self._macros.expand(bare)
        self._music.read(voice, text, number)

    def _leave(self, letter: str, number: int) -> None:
        self.ledger.tell(
            number,
            0,
            f"{{n}} {letter}: fields are not kept",
            f"未保留 {{n}} 个 {letter}: 字段",
        )

    def _field(self, letter: str, text: str, number: int) -> None:
        self._music.count(9, number)
        if letter == "w":
            self._lyrics(text, number)
        elif letter in "TCW":
            self._note_words(letter, text)
        elif letter == "V":
            self._switch(text, number)
        elif letter == "m":
            if not self._macros.add(text):
                self.ledger.mend(number, 0, "{n} macros were not understood", "{n} 个宏无法理解")
        elif letter == "U":
            sign, equals, name = text.partition("=")
            if equals and len(sign.strip()) == 1:
                self._music.symbols[sign.strip()] = name.strip().strip("!+")[:40]
        elif letter == "I":
            self._directive(text, number)
        elif letter == "s":
            self.ledger.mend(
                number, 0, "{n} symbol lines (s:) are not read", "未读取 {n} 行符号行(s:)"
            )
        elif letter in "KLMQP":
            self._musical(letter, text, number)
        elif letter == "Z" and "copyright" in text.lower():
            self._note_words("copyright", re.sub(r"^abc-copyright\s*", "", text))
        elif letter == "r" or letter == "X":
            return
        else:
            self._leave(letter, number)

    def _note_words(self, letter: str, text: str) -> None:
        known = self.words.setdefault(letter, [])
        if text and len(known) < _MAX_WORDS:
            known.append(" ".join(text.split())[:500])

    def _inline(self, letter: str, text: str, number: int) -> Voice | None:
        """Take an inline field and return the voice that goes on."""
        if letter in "KLMQPVIUmNrR":
            self._field(letter, text, number)
        else:
            self._leave(letter, number)
        return self._current

    def _musical(self, letter: str, text: str, number: int) -> None:
        """Take a field that changes how music is read."""
        voice = self._voice(number) if self._is_body else None
        if letter == "M":
            metre = parse_metre(text)
            if metre is None:
                self._refuse_field("M", number)
            elif voice is None:
                self._metre = metre
            else:
                voice.metre = metre
                voice.metres.append((voice.time, metre))
        elif letter == "L":
            unit = parse_length(text)
            if unit is None:
                self._refuse_field("L", number)
            elif voice is None:
                self._unit = unit
            else:
                voice.unit = unit
        elif letter == "Q":
            if voice is None:
                self._tempo = (text, number)
            else:
                self._set_tempo(voice, text, number)
        elif letter == "P":
            if voice is None:
                self._leave("P", number)
            elif text:
                voice.sections.append((voice.time, text.strip('"')[:80]))
        elif voice is None:
            self._key = self._parse_key(text, number)
            self._begin_body()
        else:
            self._set_key(voice, self._parse_key(text, number))

    def _parse_key(self, text: str, number: int) -> KeyField:
        key = parse_key(text)
        if not key.is_known:
            self._refuse_field("K", number)
        return key

    def _refuse_field(self, letter: str, number: int) -> None:
        self.ledger.mend(
            number,
            0,
            f"{{n}} {letter}: fields were not understood",
            f"{{n}} 个 {letter}: 字段无法理解",
        )

    def _set_key(self, voice: Voice, key: KeyField) -> None:
        if key.fifths is not None:
            voice.key = key
            voice.keys.append((voice.time, key))
            voice.accidentals = {}
        self._set_properties(voice, key.properties)

    def _set_properties(self, voice: Voice, given: Properties) -> None:
        if given.clef is not None:
            voice.clefs.append((voice.time, given.clef))
            voice.clef_octaves = given.clef.octave
            if given.clef.sign == "percussion":
                voice.is_drums = True
        if given.transpose_semi is not None:
            voice.transpose_semi = max(-36, min(36, given.transpose_semi))
        if given.octave is not None:
            voice.octaves = max(-4, min(4, given.octave))
        voice.title = given.name or voice.title
        voice.short_title = given.short_name or voice.short_title

    def _set_tempo(self, voice: Voice, text: str, number: int) -> None:
        mark = parse_tempo(text, voice.unit)
        if mark is None:
            self._refuse_field("Q", number)
        else:
            voice.tempos.append((voice.time, mark.qpm, mark.text))

    def _begin_body(self) -> None:
        self._is_body = True
        self._key = self._key or KeyField()
        for voice in self.voices:
            self._prepare(voice)
        self._current = None

    def _prepare(self, voice: Voice) -> None:
        """Give a voice what the header says."""
        key = self._key or KeyField()
        given = voice.clefs[:]
        octaves, octave = voice.clef_octaves, voice.octaves
        transpose_semi, is_drums = voice.transpose_semi, voice.is_drums
        if self._metre is not None:
            voice.metre = self._metre
            voice.metres.append((0, self._metre))
        free = self._metre is None or self._metre.symbol == "none"
        is_short = not free and voice.metre.bar_qn < 3
        voice.unit = self._unit or Fraction(1, 16 if is_short else 8)
        self._set_key(voice, key)
        if given:
            voice.clefs, voice.clef_octaves, voice.is_drums = given, octaves, is_drums
        voice.octaves = octave or voice.octaves
        voice.transpose_semi = transpose_semi or voice.transpose_semi
        if voice.program is None:
            voice.program = self._program
        if self._tempo is not None and voice is self.voices[0]:
            self._set_tempo(voice, *self._tempo)

    def _voice(self, number: int) -> Voice:
        """Return the voice that music goes to."""
        if self._current is None:
            self._current = self.voices[0] if self.voices else self._new("1", number)
        return self._current

    def _new(self, name: str, number: int) -> Voice:
        if len(self.voices) >= MAX_PARTS:
            raise self.ledger.refusal(
                number,
                0,
                f"the tune has more than {MAX_PARTS:,} voices; that many are not read",
                f"曲子超过 {MAX_PARTS:,} 个声部,不予读取",
            )
        voice = Voice(name, line=number)
        self.voices.append(voice)
        self._named[name] = voice
        if self._is_body:
            self._prepare(voice)
        return voice

    def _switch(self, text: str, number: int) -> None:
        name, _, rest = text.partition(" ")
        if not name:
            self._refuse_field("V", number)
            return
        voice = self._named.get(name[:80]) or self._new(name[:80], number)
        if rest.strip():
            self._set_properties(voice, split_words(rest))
        if self._verse and voice is not self._current:
            if self._current is not None:
                self._current.slots = []
            self._verse = 0
        self._current = voice

    def _lyrics(self, text: str, number: int) -> None:
        if not self._is_body:
            self._refuse_field("w", number)
            return
        voice = self._voice(number)
        self._verse += 1
        if self._verse > _MAX_VERSES:
            self.ledger.tell(
                number,
                0,
                f"{{n}} lines of words after verse {_MAX_VERSES} are not kept",
                f"未保留第 {_MAX_VERSES} 段之后的 {{n}} 行歌词",
            )
            return
        self._music.count(sum(map(text.count, " -_*|")), number)
        lost = lay_syllables(voice, text, self._verse)
        for _ in range(lost):
            self.ledger.mend(
                number,
                0,
                "{n} syllables had no note and were dropped",
                "{n} 个音节没有对应的音符,已删除",
            )

    def _directive(self, text: str, number: int) -> None:
        words = text.split(None, 1)
        if not words:
            return
        name, rest = words[0].lower(), words[1] if len(words) > 1 else ""
        if name in ("begintext", "beginps", "beginsvg"):
            self._skip_until = "%%end"
        elif name in ("score", "staves"):
            self.layout = self.layout or rest[:20_000]
            return
        elif name == "midi":
            self._midi(rest, number)
            return
        elif name in ("abc-copyright",):
            self._note_words("copyright", rest)
            return
        elif name.startswith("abc") or name in ("linebreak", "decoration", "end", "endtext"):
            return
        self.ledger.tell(
            number,
            0,
            "{n} directives of page layout or playback are not kept",
            "未保留 {n} 条版面或播放指令",
        )

    def _midi(self, text: str, number: int) -> None:
        words = text.split("%")[0].split()
        numbers = [int(word) for word in words[1:] if re.fullmatch(r"-?\d{1,5}", word)]
        voice = self._current
        kind = words[0].lower() if words else ""
        if kind == "program" and numbers and 0 <= numbers[-1] <= 127:
            if len(numbers) > 1:
                if 1 <= numbers[0] <= MAX_PARTS:
                    self._programs[numbers[0]] = numbers[-1]
            elif voice is not None:
                voice.program = voice.program if voice.program is not None else numbers[0]
            else:
                self._program = numbers[0]
        elif kind == "transpose" and numbers and voice is not None:
            voice.midi_semi = max(-48, min(48, numbers[0]))
        elif kind == "channel" and numbers and numbers[0] == 10 and voice is not None:
            voice.is_drums = True
        else:
            self.ledger.tell(
                number,
                0,
                "{n} directives of page layout or playback are not kept",
                "未保留 {n} 条版面或播放指令",
            )


def _joined(lines: list[Line]) -> list[Line]:
    """Return the lines with ``+:`` put behind the field that it continues."""
    out: list[tuple[int, list[str]]] = []
    for number, line in lines:
        if line.startswith("+:") and out and _WORDS.match(out[-1][1][0]):
            out[-1][1].append(line[2:].strip())
        else:
            out.append((number, [line]))
    return [(number, " ".join(texts)) for number, texts in out]
