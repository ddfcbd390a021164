"""A project: a piece with its history as a tree, what is locked, and what is proposed for the rest.

Conventions: steps are named by numbers as text; candidates by their place, 1 the best (``2`` of the newest
proposal, ``"p1.2"`` of an earlier one). Nothing is lost: what is undone or discarded stays in the tree and
among the proposals until `prune` is asked for. Locks hold from step to step until they are lifted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from motet.errors import ParameterError
from motet.io import read, write
from motet.io.record_mark import get_mark, put_mark
from motet.language import Language
from motet.project.accept import choose_cells, pick
from motet.project.author import changed_cells, mark_cells, write_down
from motet.project.compare import Comparison, compare_scores
from motet.project.edit import take_back
from motet.project.hand import judge_edit
from motet.project.history import History, no_proposal
from motet.project.lock import Lock, add_lock, find_cells, read_layer, remove_lock, tell_cells
from motet.project.name import find_names, give_names
from motet.project.node import Node, Proposal, is_plain
from motet.project.propose import Made, Request, make_candidates
from motet.project.state import State, now
from motet.project.upgrade import dump
from motet.score import Score, part_indices
from motet.tasks.given import chord_symbols, find_key

__all__ = ["Project"]

_MOST = 8
_USUAL = ("bundle", "language", "on_bar", "cancel", "originality")


class _Written(Protocol):
    """A composition or an arrangement: whatever has a score."""

    @property
    def score(self) -> Score: ...


class Project(History):
    """A piece in the making.

    Examples
    --------
    >>> from motet.score import make_score
    >>> project = Project.start(make_score("C4:4 D4:4", "E3:4 F3:4"), title="Two bars")
    >>> project.lock("Part 2:1")
    >>> project.current.id, project.locks[0].where
    ('1', 'Part 2:1')
    """

    @classmethod
    def start(
        cls, source: _Written | Score, *, title: str = "", may_be_empty: bool = False
    ) -> Project:
        """Return a new project around a composition, an arrangement or a score.

        Raises
        ------
        ParameterError
            The score has no note, and it may not be empty.
        """
        score = source if isinstance(source, Score) else source.score
        if not score.n_notes and not may_be_empty:
            raise ParameterError(
                "a project starts from a score with notes; this one has none",
                zh="工程须从有音符的乐谱开始;此乐谱没有音符",
            )
        score = give_names(score)
        writers = getattr(source, "writers", None)
        if writers is None:
            who = "human" if isinstance(source, Score) else "arranger"
            writers = (who,) * len(score.parts)
        written = write_down(score, writers)
        if isinstance(source, Score) and get_mark(source):
            from motet.provenance import record_of

            written = tuple(row.replace("g", "h") for row in record_of(score).written)
        brief = getattr(source, "brief", None)
        project = cls(State(title=title or score.title, created=now()), {})
        project._add(
            score, task=getattr(source, "task", "import"), written=written,
            brief=brief.to_dict() if brief is not None else {},
            seed=brief.seed if brief is not None else None,
            bundle=getattr(source, "bundle", ""), bundle_digest=getattr(source, "bundle_digest", ""),
        )  # fmt: skip
        return project

    @property
    def language(self) -> Language:
        """Of words in pictures of it."""
        return "en"

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What is locked."""
        return self.state.locks

    def writers(self) -> dict[tuple[int, int], str]:
        """Return who wrote each cell that is not silent: (bar, part) to a letter of `WRITERS`."""
        return {
            (bar, k): letter
            for k, row in enumerate(self.current.written)
            for bar, letter in enumerate(row)
            if letter != "."
        }

    def lock(self, where: str = "", *, layer: str = "all") -> None:
        """Keep cells, parts or bars, wholly or one layer: ``lock("Bass:5-8", layer="rhythm")``.

        Raises
        ------
        ParameterError
            There is no such part, bar or layer, or no chord symbol whose harmony could be kept.
        """
        locks = add_lock(self.score, self.locks, where, read_layer(layer))
        self.state = replace(self.state, locks=locks)

    def unlock(self, where: str = "", *, layer: str | None = None) -> None:
        """Lift locks from cells, parts or bars; everything where nothing is named.

        Raises
        ------
        ParameterError
            There is no such part, bar or layer.
        """
        wanted = read_layer(layer) if layer is not None else None
        self.state = replace(self.state, locks=remove_lock(self.score, self.locks, where, wanted))

    def propose(
        self,
        task: str = "infill",
        *,
        n: int = 4,
        bars: str | int | None = None,
        parts: Iterable[str] | None = None,
        seed: int = 0,
        **options: Any,
    ) -> Proposal:
        """Return up to so many candidates for a task, the best first; nothing changes until one is accepted.

        Parameters
        ----------
        task : str
            ``"infill"`` writes all unlocked cells of the selection anew; others are `TASKS`.
        n : int, 1 to 8
        bars, parts : str and iterable of str, or None
            The selection; None is everything. For ``"continue"`` bars is how many.
        seed : int, >= 0
        **options
            Of the task; ``bundle``, ``language``, ``on_bar``, ``cancel``, ``originality`` too.

        Raises
        ------
        ParameterError
            There is no such task, part, bar or option.
        ConstraintError
            Everything is locked, or a lock could not be kept.
        """
        if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= _MOST:
            raise ParameterError(
                f"n must be a whole number 1 to {_MOST}, got {n!r}; try 4",
                zh=f"n 必须是 1 到 {_MOST} 的整数,收到 {n!r};可试 4",
            )
        request = self.request(task, n=n, bars=bars, parts=parts, seed=seed, **options)
        return self.add_proposal(
            request, make_candidates(self.score, self.current.written, request)
        )

    def request(
        self,
        task: str = "infill",
        *,
        n: int = 4,
        bars: str | int | None = None,
        parts: Iterable[str] | None = None,
        seed: int = 0,
        **options: Any,
    ) -> Request:
        """Return what `propose` would ask for, so that another process can make the candidates."""
        usual = {name: options.pop(name) for name in _USUAL if name in options}
        names = None
        if parts is not None:
            chosen = find_names(self.score, parts)
            names = [self.score.parts[k].name for k in part_indices(self.score, chosen)]
        return Request(
            task=task, n=n, bars=None if bars is None else str(bars), parts=names,
            locks=self.locks, seed=seed, options=options, usual=usual,
        )  # fmt: skip

    def add_proposal(self, request: Request, made: Sequence[Made], *, base: str = "") -> Proposal:
        """Return a new proposal of candidates that were made for a request, at the current step or `base`."""
        asked = {
            "bars": request.bars, "parts": request.parts, "n": request.n, "seed": request.seed,
            **request.options,
        }  # fmt: skip
        proposal = Proposal(
            id=f"p{len(self.state.proposals) + 1}",
            base=base or self.current.id,
            task=request.task,
            options={key: one for key, one in asked.items() if is_plain(one)},
            time=now(),
            locks=tuple(f"{one.where or '*'} ({one.layer})" for one in request.locks),
            candidates=tuple(replace(x.candidate, score=self._store(x.score)) for x in made),
        )
        self.state = replace(self.state, proposals=(*self.state.proposals, proposal))
        return proposal

    def accept(
        self,
        candidate: int | str = 1,
        *,
        bars: str | int | None = None,
        parts: Iterable[str] | None = None,
    ) -> Node:
        """Take a candidate, or some of its cells, and return the new step.

        Parameters
        ----------
        candidate : int or str
            Its place in the newest proposal, or ``"p1.2"``.
        bars, parts : str and iterable of str, or None
            Which cells. None takes all that were not taken from another candidate of the proposal.

        Raises
        ------
        ParameterError
            There is no such candidate, or it changes nothing there.
        ConstraintError
            What it would change is locked.
        """
        proposal, place = self._candidate(str(candidate))
        told = proposal.candidates[place]
        made, base = self.score_of(f"{proposal.id}.{place + 1}"), self.score_of(proposal.base)
        names = None if parts is None else find_names(made, parts)
        chosen = choose_cells(made, bars=bars, parts=names)
        picked = pick(
            self.score, self.current.written, made, told, base=base, chosen=chosen,
            taken=self._taken(proposal, made), locks=self.locks,
        )  # fmt: skip
        node = self._add(
            picked.score, task=proposal.task, written=picked.written,
            cells=tell_cells(picked.score, picked.cells), proposal=proposal.id,
            candidate=place + 1, chosen=tell_cells(made, chosen or ()), brief=told.brief,
            options=proposal.options, seed=told.seed,
            bundle=told.bundle, bundle_digest=told.bundle_digest,
        )  # fmt: skip
        self._mark(proposal.id, "accepted")
        return node

    def discard(self, proposal: str | None = None) -> None:
        """Put a proposal aside, the newest where none is named; its candidates stay until pruned.

        Raises
        ------
        ParameterError
            There is no such proposal.
        """
        found = self.proposal if proposal is None else self._proposal(proposal)
        if found is None:
            raise no_proposal()
        self._mark(found.id, "discarded")

    def prune(self) -> int:
        """Forget the candidates that were not accepted, those of open proposals apart; return how many."""
        used = {(one.proposal, one.candidate) for one in self.tree}
        count = 0
        proposals = []
        for one in self.state.proposals:
            kept = []
            for place, candidate in enumerate(one.candidates, start=1):
                is_gone = one.state != "open" and (one.id, place) not in used and candidate.score
                count += bool(is_gone)
                kept.append(replace(candidate, score="") if is_gone else candidate)
            proposals.append(replace(one, candidates=tuple(kept)))
        self.state = replace(self.state, proposals=tuple(proposals))
        self._scores = {name: self._scores[name] for name in self.state.digests()}
        return count

    def compare(self, before: str | int, after: str | int | None = None) -> Comparison:
        """Return two steps, branches or candidates bar by bar.

        Where one step is named, it is beside the current one; a candidate comes after the current step.

        Raises
        ------
        ParameterError
            There is no such step, branch or candidate.
        """
        one, two = self.score_of(before), self.score if after is None else self.score_of(after)
        if after is None and "." in str(before):
            one, two = two, one
        return compare_scores(one, two)

    def take_back(self, source: str | Path | Score, *, note: str = "") -> Node:
        """Take in the piece as it was edited elsewhere, as a human edit, and return the new step.

        Raises
        ------
        ParameterError
            Nothing differs, or the file has no note.
        FormatError
            The file cannot be read.
        """
        edited = source if isinstance(source, Score) else read(source).score
        made = put_mark(take_back(self.score, edited), get_mark(self.score))
        found = compare_scores(self.score, made)
        if found.is_same:
            raise ParameterError(
                "nothing differs from the current step; there is nothing to take in",
                zh="与当前步骤没有不同,无需读入",
            )
        cells = changed_cells(self.score, made)
        written = mark_cells(made, self.current.written, self.score, dict.fromkeys(cells, "h"))
        name = note or ("" if isinstance(source, Score) else Path(source).name)
        return self._add(
            made, task="import", written=written, cells=tell_cells(made, cells), note=name,
            edits=tuple(found.tell()[:200]),
        )  # fmt: skip

    def edit(
        self,
        made: Score,
        *,
        base: Score | None = None,
        written: Sequence[str] | None = None,
        locks: tuple[Lock, ...] | None = None,
        moved: Mapping[str, Sequence[int]] | None = None,
        note: str = "",
    ) -> Node:
        """Take in the piece as it was changed by hand, and return the new step; see `judge_edit`.

        `locks` are those of the new bars and parts, where whoever changed it has checked them already;
        `moved` tells where these came from, see `motet.project.carry`.
        """
        rows = self.current.written if written is None else written
        held = self.locks if locks is None else ()
        named, who, cells = judge_edit(self.score, made, rows, base=base, locks=held)
        told = {"moved": {name: list(rows) for name, rows in moved.items()}} if moved else {}
        node = self._add(named, task="edit", written=who, cells=cells, options=told, note=note)
        self.state = replace(self.state, locks=self.locks if locks is None else locks)
        return node

    def write_harmony(self) -> Node:
        """Write down the chords that the notes make, so that harmony can be locked, as a new step.

        Raises
        ------
        ParameterError
            There are chord symbols already, or no chord can be made out.
        """
        score = self.score
        chords = () if score.chords else chord_symbols(score, key=find_key(score))
        if not chords:
            raise ParameterError(
                "there are chord symbols already, or the notes make no chord that is sure enough",
                zh="已有和弦记号,或从音符中辨认不出足够确定的和弦",
            )
        return self._add(
            replace(score, chords=chords), task="harmony", written=self.current.written
        )

    def export(self, folder: str | Path, *, stem: str = "song") -> list[Path]:
        """Write the notes as MIDI, MusicXML and JSON into a folder; `motet.save` takes a project too.

        Raises
        ------
        ParameterError
            The folder cannot be written.
        """
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        files = [place / f"{stem}.{ending}" for ending in ("mid", "musicxml", "json")]
        from motet.provenance import embed, record_of

        score = embed(self.score, record_of(self))
        for file in files:
            write(score, file)
        return files

    def _beside(self) -> dict[str, bytes]:
        """Return the record of how the piece came to be, for `motet.verify`."""
        from motet.provenance import record_of

        return {"provenance.json": dump(record_of(self).to_dict(), indent=None)}

    def _taken(self, proposal: Proposal, made: Score) -> set[tuple[int, int]]:
        """Return the cells that came from a proposal on the way from its base to the current step."""
        found: set[tuple[int, int]] = set()
        for node in self.steps:
            if node.proposal == proposal.id:
                found |= find_cells(made, (*node.cells, *node.chosen))
        return found
