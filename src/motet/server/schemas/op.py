"""Single edits of a score; several in one request are one step.

Conventions: bars are indexes from 0, ranges half-open; parts are indexes from 0.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from motet.server.schemas.score import NoteRow

__all__ = [
    "AddPart",
    "ClearCells",
    "CopyCells",
    "DuplicateBars",
    "EditRequest",
    "FromCells",
    "InsertBars",
    "MovePart",
    "Op",
    "Quantise",
    "RemoveBars",
    "RemovePart",
    "SetChord",
    "SetKey",
    "SetMetre",
    "SetNotes",
    "SetPart",
    "SetSection",
    "SetTempo",
    "ToCell",
    "Transpose",
]

_Index = Annotated[int, Field(ge=0, le=100_000)]
_Part = Annotated[int, Field(ge=0, le=1023)]
_Tick = Annotated[int, Field(ge=0, le=2**31 - 1)]
_Name = Annotated[str, Field(max_length=200)]
_Parts = Annotated[list[_Part], Field(max_length=1024)]


class _Base(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SetNotes(_Base):
    """Replace the notes whose onset lies in some bars of a part; all of it without bars."""

    op: Literal["set_notes"]
    part: _Part
    start_bar: _Index | None = None
    end_bar: _Index | None = None
    notes: list[NoteRow] = Field(max_length=100_000)


class SetChord(_Base):
    """Write a chord symbol at a tick; an empty one takes it out."""

    op: Literal["set_chord"]
    tick: _Tick
    symbol: str = Field(max_length=40)


class SetSection(_Base):
    """Begin a section at a bar; an empty label takes it out."""

    op: Literal["set_section"]
    bar: _Index
    label: str = Field(max_length=60)
    n_bars: Annotated[int, Field(ge=1, le=100_000)] | None = None


class SetTempo(_Base):
    """Set the tempo from a tick on."""

    op: Literal["set_tempo"]
    tick: _Tick
    qpm: float = Field(ge=20, le=400)


class SetMetre(_Base):
    """Set the metre from a bar on; notes keep their places."""

    op: Literal["set_metre"]
    bar: _Index
    metre: str = Field(max_length=12)


class SetKey(_Base):
    """Set the key signature of the piece; notes stay."""

    op: Literal["set_key"]
    key: str = Field(max_length=40)


class SetPart(_Base):
    """Change what a part is called, who plays it, how loud and where it sits."""

    op: Literal["set_part"]
    part: _Part
    name: _Name | None = None
    program: int | None = Field(default=None, ge=0, le=127)
    volume: int | None = Field(default=None, ge=0, le=127)
    pan: int | None = Field(default=None, ge=0, le=127)
    role: str | None = Field(default=None, max_length=40)


class AddPart(_Base):
    """Add an empty part."""

    op: Literal["add_part"]
    name: _Name
    program: int = Field(default=0, ge=0, le=127)
    is_drums: bool = False
    at: _Part | None = None


class RemovePart(_Base):
    """Take a part out."""

    op: Literal["remove_part"]
    part: _Part


class MovePart(_Base):
    """Put a part at another place of the score."""

    op: Literal["move_part"]
    part: _Part
    to: _Part


class InsertBars(_Base):
    """Put empty bars before a bar, or at the end."""

    op: Literal["insert_bars"]
    at: _Index
    n: int = Field(ge=1, le=400)


class RemoveBars(_Base):
    """Take bars out; what follows moves up."""

    op: Literal["remove_bars"]
    start: _Index
    end: _Index


class DuplicateBars(_Base):
    """Put a copy of some bars before a bar; right after them where none is named."""

    op: Literal["duplicate_bars"]
    start: _Index
    end: _Index
    at: _Index | None = None


class FromCells(_Base):
    """Cells of one part."""

    part: _Part
    start_bar: _Index
    end_bar: _Index


class ToCell(_Base):
    """Where a copy begins."""

    part: _Part
    bar: _Index


class CopyCells(_Base):
    """Copy cells of a part over others."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    op: Literal["copy_cells"]
    source: FromCells = Field(alias="from")
    to: ToCell


class ClearCells(_Base):
    """Take the notes out of some cells."""

    op: Literal["clear_cells"]
    parts: _Parts | None = None
    start_bar: _Index
    end_bar: _Index


class Transpose(_Base):
    """Move pitches; without parts and bars keys and chords move too."""

    op: Literal["transpose"]
    shift_semi: int = Field(ge=-48, le=48)
    parts: _Parts | None = None
    start_bar: _Index | None = None
    end_bar: _Index | None = None


class Quantise(_Base):
    """Move onsets towards a grid."""

    op: Literal["quantise"]
    grid_qn: float = Field(ge=0.02, le=8)
    strength: float = Field(default=1.0, ge=0, le=1)
    parts: _Parts | None = None
    start_bar: _Index | None = None
    end_bar: _Index | None = None


Op = Annotated[
    SetNotes
    | SetChord
    | SetSection
    | SetTempo
    | SetMetre
    | SetKey
    | SetPart
    | AddPart
    | RemovePart
    | MovePart
    | InsertBars
    | RemoveBars
    | DuplicateBars
    | CopyCells
    | ClearCells
    | Transpose
    | Quantise,
    Field(discriminator="op"),
]
"""One edit, told apart by its ``op``."""


class EditRequest(BaseModel):
    """Edits that are one step, made on the revision that the page has."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "revision": 3,
                    "ops": [{"op": "set_chord", "tick": 0, "symbol": "Am7"}],
                    "note": "",
                }
            ]
        },
    )

    revision: int = Field(ge=0)
    ops: list[Op] = Field(min_length=1, max_length=500)
    note: str = Field(default="", max_length=200)
