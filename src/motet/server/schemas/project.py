"""Projects as a page sees them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from motet.server.schemas.score import ScoreView
from motet.server.schemas.told import Text

__all__ = [
    "AcceptRequest", "BranchRequest", "CandidateView", "CellChange", "ComparisonView", "ComposeRequest",
    "GoRequest", "LockRequest", "LockView", "NewPart", "NewProject", "NodeView", "PatchRequest", "ProjectInfo",
    "ProjectView", "ProposalRequest", "ProposalView",
]  # fmt: skip


class ProjectInfo(BaseModel):
    """A line of the list of projects."""

    id: str
    title: str
    updated: str
    revision: int
    n_bars: int = 0
    n_parts: int = 0
    style: str = ""
    thumbnail: list[list[tuple[int, int]]] = Field(
        default_factory=list, description="For up to four parts, (place 0 to 63, pitch) of notes."
    )


class NodeView(BaseModel):
    """A version: an accepted step."""

    id: str
    parent: str
    task: str
    time: str
    note: str = ""
    cells: list[str] = []
    who: str = Field(default="", description="A letter of who wrote what is new.")
    en: str = ""
    zh: str = ""


class LockView(BaseModel):
    """What is kept."""

    where: str
    layer: str
    cells: list[tuple[int, int]] = Field(description="(part, bar index).")


class CandidateView(BaseModel):
    """One way to do what was asked."""

    n: int
    version: str
    total: float
    is_met: bool
    missed: list[str] = []
    remarks: list[str] = []
    cells: list[tuple[int, int]] = Field(
        default_factory=list, description="(part, bar index) that differ; of open proposals."
    )
    seed: int | None = None


class ProposalView(BaseModel):
    """Candidates, the best first."""

    id: str
    base: str
    task: str
    state: Literal["open", "accepted", "discarded"]
    options: dict[str, Any] = {}
    candidates: list[CandidateView]


class ProjectView(BaseModel):
    """A project: its piece now, and all that is known of it."""

    id: str
    title: str
    revision: int
    updated: str
    current: str
    branch: str
    branches: dict[str, str]
    nodes: list[NodeView]
    can_undo: bool
    can_redo: bool
    locks: list[LockView]
    proposals: list[ProposalView]
    score: ScoreView
    writers: list[str] = Field(description="A text a part, a letter a bar: m a h b e or '.'.")
    brief: dict[str, Any] = {}
    view: dict[str, Any] = Field(default_factory=dict, description="Settings of the page.")


class NewPart(BaseModel):
    """A part of a new grid."""

    name: str = Field(min_length=1, max_length=120)
    program: int = Field(default=0, ge=0, le=127)
    is_drums: bool = False
    role: str = Field(default="", max_length=40)


class NewProject(BaseModel):
    """An empty grid to write in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"title": "Sketch", "bars": 8, "metre": "4/4", "qpm": 100,
                 "parts": [{"name": "Piano", "program": 0}]}
            ]
        },
    )  # fmt: skip

    title: str = Field(default="", max_length=200)
    bars: int = Field(default=8, ge=1, le=400)
    metre: str = Field(default="4/4", max_length=12)
    qpm: float = Field(default=100, ge=10, le=500)
    key: str = Field(default="", max_length=40)
    parts: list[NewPart] = Field(default_factory=lambda: [NewPart(name="Piano")], max_length=64)


class PatchRequest(BaseModel):
    """What is changed of a project beside its music."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = Field(default=None, min_length=1, max_length=200)
    view: dict[str, Any] | None = None


class GoRequest(BaseModel):
    """A version to go to."""

    node: str = Field(max_length=80)


class BranchRequest(BaseModel):
    """A branch to begin."""

    name: str = Field(min_length=1, max_length=80)


class LockRequest(BaseModel):
    """Cells to keep, or to let go."""

    model_config = ConfigDict(extra="forbid")

    cells: list[str] = Field(
        default_factory=list, max_length=2000, description='"Bass:5-8"; empty is all.'
    )
    layer: Literal["all", "rhythm", "pitch", "harmony"] = "all"
    locked: bool = True


class ComposeRequest(BaseModel):
    """A new piece: a sentence, a brief, or both, the brief's fields first."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "a calm waltz for piano", "language": "en"}]},
    )

    text: str = Field(default="", max_length=4000)
    brief: dict[str, Any] = Field(default_factory=dict)
    language: Literal["en", "zh"] = "en"
    title: str = Field(default="", max_length=200)
    seed: int | None = Field(default=None, ge=0, le=2**31)


class ProposalRequest(BaseModel):
    """What is asked of a task."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"task": "infill", "n": 4, "bars": "5-8", "parts": ["Bass"], "seed": 1}]
        },
    )

    task: str = Field(default="infill", max_length=40)
    n: int = Field(default=4, ge=1, le=8)
    bars: str | None = Field(default=None, max_length=400)
    parts: list[str] | None = Field(default=None, max_length=64)
    seed: int = Field(default=0, ge=0, le=2**31)
    options: dict[str, Any] = Field(default_factory=dict)
    feel: dict[Literal["energy", "brightness", "tension", "density", "surprise"], float] = Field(
        default_factory=dict
    )
    emotion: str | list[tuple[float, float, float]] | None = Field(
        default=None, description="A curve: (bar from 1, valence, arousal), or words."
    )
    language: Literal["en", "zh"] = "en"


class AcceptRequest(BaseModel):
    """Which candidate, and what of it."""

    model_config = ConfigDict(extra="forbid")

    candidate: int = Field(default=1, ge=1, le=8)
    bars: str | None = Field(default=None, max_length=400)
    parts: list[str] | None = Field(default=None, max_length=64)


class CellChange(BaseModel):
    """A cell that differs."""

    part: int
    bar: int
    kind: str


class ComparisonView(BaseModel):
    """Two versions beside each other."""

    is_same: bool
    counts: dict[str, int]
    lines: list[Text]
    cells: list[CellChange]
    facts: dict[str, Any]
