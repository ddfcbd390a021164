"""Token ids as grids.

Conventions: the reverse of `motet.tokens.encode`. What tokens do not say is left at its default:
names of parts, the confidence of chords (1), and the shift of pitches unless it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NoReturn

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.tokens.layout import (
    DEFAULT_VELOCITY,
    DRUM_POSITIONS,
    GRID_BAR,
    GRID_CHORD,
    GRID_NOTE,
    NO_KEY,
    GridPart,
    GridScore,
    metre_length,
    sort_notes,
    tempo_of,
)
from motet.tokens.vocab import (
    DRUM_PROGRAM,
    FAMILIES,
    FAMILY_NAMES,
    FAMILY_OF,
    ROLES,
    VALUE_OF,
    VOCAB_SIZE,
    token_name,
)

__all__ = ["decode"]

_LENGTHS: Final = tuple(metre_length(value) for value in range(FAMILIES["METRE"].size))
_N_POS: Final = FAMILIES["POS"].size
_N_DUR: Final = FAMILIES["DUR"].size
_FIRST_KEY: Final = 27
_NAMES: Final = [FAMILY_NAMES[family] for family in FAMILY_OF.tolist()]
_VALUES: Final = VALUE_OF.tolist()


def decode(
    ids: Sequence[int] | npt.NDArray[np.integer], *, is_whole: bool = True, shift_semi: int = 0
) -> GridScore:
    """Return the grid of a document.

    Parameters
    ----------
    ids : sequence of int, 0 to 1535
        From BOS; padding after EOS is not read.
    is_whole : bool
        Whether it must end in EOS with every hole answered; else it may break off anywhere after
        NOTES, and a note that is not finished is left out.
    shift_semi : int, semitones
        Normalised minus sounding pitch, for `GridScore.shift_semi`.

    Returns
    -------
    GridScore

    Raises
    ------
    ParameterError
        A token does not make sense where it stands, or the end is missing.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import encode, score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 E4:1 G4:2", "drums 36:2 38:2", chords="C:4")).grid
    >>> decode(encode(grid)).equals(grid)
    True
    """
    return _Reader(ids, is_whole=is_whole).read(shift_semi)


class _Reader:
    """A document, and how far it has been read."""

    def __init__(self, ids: Sequence[int] | npt.NDArray[np.integer], *, is_whole: bool) -> None:
        tokens = [int(token) for token in ids]
        for at, token in enumerate(tokens):
            if not 0 <= token < VOCAB_SIZE:
                raise ParameterError(
                    f"a token is 0 to {VOCAB_SIZE - 1}, got {token} at place {at}",
                    zh=f"token 为 0 到 {VOCAB_SIZE - 1},位置 {at} 为 {token}",
                )
        self.ids = tokens
        self.is_whole = is_whole
        self.at = 0
        self.said: dict[str, int] = {}
        self.slots: list[int] = []  # in header order
        self.parts: dict[int, GridPart] = {}
        self.bars: list[tuple[int, int, int]] = []
        self.chords: list[tuple[int, int, int, int, float]] = []
        self.notes: list[tuple[int, int, int, int, int, int]] = []  # part is a slot
        self.holes: list[tuple[int, int]] = []

    def refuse(self) -> NoReturn:
        """Raise the error that says which token does not fit."""
        if self.at >= len(self.ids):
            raise ParameterError(
                f"the document breaks off after {len(self.ids)} tokens; "
                "pass is_whole=False to read what there is",
                zh=f"文档在 {len(self.ids)} 个 token 后中断;如要读取已有内容,请传 is_whole=False",
            )
        name = token_name(self.ids[self.at])
        raise ParameterError(
            f"{name} does not fit at place {self.at} of the document; find_error says what may come",
            zh=f"文档位置 {self.at} 不能出现 {name};find_error 会说明此处可以出现什么",
        )

    def peek(self) -> str:
        """Return the family of the next token, empty at the end."""
        return _NAMES[self.ids[self.at]] if self.at < len(self.ids) else ""

    def take(self, family: str) -> int:
        """Return the value of the next token, which must be of a family."""
        if self.peek() != family:
            self.refuse()
        self.at += 1
        return int(_VALUES[self.ids[self.at - 1]])

    def take_if(self, family: str, default: int = -1) -> int:
        """Return the value of the next token if it is of a family."""
        return self.take(family) if self.peek() == family else default

    def position(self) -> int:
        """Return the position that the next tokens say."""
        return (self.take_if("POSX") + 1) * _N_POS + self.take("POS")

    def read(self, shift_semi: int) -> GridScore:
        """Return the grid."""
        self.read_header()
        self.read_plan()
        self.read_bars()
        order = sorted(self.slots)
        index = {slot: k for k, slot in enumerate(order)}
        rows = [(bar, index[slot], *rest) for bar, slot, *rest in self.notes]
        notes = sort_notes(np.array(rows, GRID_NOTE))
        if len(notes) != len(rows):
            raise ParameterError(
                "the document says one pitch twice at one onset of a part; find_error says where",
                zh="文档在同一声部的同一起点把一个音高写了两次;find_error 会指出位置",
            )
        return GridScore(
            parts=tuple(self.parts[slot] for slot in order),
            notes=notes,
            bars=np.array(self.bars, GRID_BAR),
            chords=np.array(self.chords, GRID_CHORD),
            key=self.said.get("KEY", NO_KEY),
            shift_semi=shift_semi,
            qpm=tempo_of(self.said.get("TEMPO", -1)),
            style=self.said.get("STYLE", -1),
            emotion=self.said.get("EMOTION", -1),
            difficulty=self.said.get("DIFFICULTY", -1),
            extent=self.said.get("EXTENT", -1),
        )

    def read_header(self) -> None:
        """Read to PLAN."""
        self.take("BOS")
        for name in ("EXTENT", "STYLE", "EMOTION", "DIFFICULTY", "TEMPO"):
            self.said[name] = self.take_if(name)
        self.said["KEY"] = self.take("KEY")
        while True:
            slot = self.take("PART")
            if slot in self.parts:
                self.at -= 1
                self.refuse()
            program = self.take("PROG")
            role = self.take_if("ROLE")
            if role >= len(ROLES):
                self.at -= 1
                self.refuse()
            for name in ("RANGE", "DENSITY", "POLY"):
                self.take_if(name)
            self.slots.append(slot)
            self.parts[slot] = GridPart(
                slot=slot, program=program, role=ROLES[role] if role >= 0 else ""
            )
            if self.peek() == "PLAN":
                break
        self.take("PLAN")

    def read_plan(self) -> None:
        """Read to NOTES."""
        metre = -1
        while True:
            self.take("PBAR")
            section = self.take_if("SECTION")
            metre = self.take_if("METRE", metre)
            if metre < 0:
                self.refuse()
            length = _LENGTHS[metre]
            if self.take_if("BARLEN") >= 0:
                length = self.position()
                if not length:
                    self.at -= 1
                    self.refuse()
            last = -1
            while self.peek() in ("POSX", "POS", "CHORD", "NOCHORD"):
                pos = self.position() if self.peek() in ("POSX", "POS") else 0
                if not last < pos < length:
                    self.refuse()
                chord = self.take_if("CHORD")
                bass = -1
                if chord < 0:
                    self.take("NOCHORD")
                else:
                    bass = self.take_if("BASS")
                self.chords.append((len(self.bars), pos, chord, bass, 1.0))
                last = pos
            self.bars.append((length, metre, section))
            if self.peek() == "NOTES":
                break
        self.take("NOTES")

    def read_bars(self) -> None:
        """Read to the end."""
        for bar in range(len(self.bars)):
            if self.ends():
                return
            self.take("BAR")
            self.read_cells(bar)
        if self.ends():
            return
        if self.holes:
            self.take("FILL")
            for bar, slot in self.holes:
                if self.ends():
                    return
                at = self.at
                if self.take("BARREF") != bar or (not self.ends() and self.take("PART") != slot):
                    self.at = at
                    self.refuse()
                self.read_cell(bar, slot)
                if self.ends():
                    return
                self.take("EOH")
        if not self.ends():
            self.take("EOS")

    def ends(self) -> bool:
        """Return whether a broken-off document ends here."""
        return not self.is_whole and self.at >= len(self.ids)

    def read_cells(self, bar: int) -> None:
        """Read the cells of a bar."""
        rank = -1
        while self.peek() == "PART":
            slot = self.take("PART")
            if slot not in self.slots[rank + 1 :]:
                self.at -= 1
                self.refuse()
            rank = self.slots.index(slot)
            if self.take_if("HOLE") >= 0:
                self.holes.append((bar, slot))
                continue
            before = len(self.notes)
            self.read_cell(bar, slot)
            if len(self.notes) == before and not self.ends():
                self.refuse()

    def read_cell(self, bar: int, slot: int) -> None:
        """Read the notes of a cell."""
        is_drums = self.parts[slot].program == DRUM_PROGRAM
        length = self.bars[bar][0]
        ids, names, values, notes = self.ids, _NAMES, _VALUES, self.notes
        at, end = self.at, len(self.ids)
        cursor, onset, dur, vel = 0, -1, DRUM_POSITIONS if is_drums else 0, DEFAULT_VELOCITY
        pos, pos_extra, dur_extra = -1, 0, 0
        while at < end:
            token = ids[at]
            name, value = names[token], values[token]
            if name == "POS":
                pos = pos_extra + value
                pos_extra = 0
                if not onset < pos < length:
                    break
            elif name == "DUR" and not is_drums:
                dur = dur_extra + value + 1
                dur_extra = 0
            elif name == "VEL":
                vel = value
            elif name == "PITCH" and not is_drums:
                onset = cursor if pos < 0 else pos
                if not dur or onset >= length:
                    break
                notes.append((bar, slot, onset, dur, value, vel))
                cursor, pos = onset + dur, -1
            elif name == "ADD" and not is_drums:
                if onset < 0 or pos >= 0:
                    break
                notes.append((bar, slot, onset, dur, value, vel))
                cursor = onset + dur
            elif name == "DRUM" and is_drums:
                onset = onset if pos < 0 else pos
                if onset < 0:
                    break
                notes.append((bar, slot, onset, dur, value + _FIRST_KEY, vel))
                pos = -1
            elif name == "POSX":
                pos_extra = (value + 1) * _N_POS
            elif name == "DURX" and not is_drums:
                dur_extra = (value + 1) * _N_DUR
            else:
                break
            at += 1
        self.at = at
        if at < end and names[ids[at]] in _INSIDE:
            self.refuse()


_INSIDE: Final = frozenset(("POSX", "POS", "DURX", "DUR", "VEL", "PITCH", "ADD", "DRUM"))
