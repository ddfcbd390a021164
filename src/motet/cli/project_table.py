"""A project drawn in text: parts by bars with who wrote what and what is locked; the tree of steps.

Conventions: one letter a bar, four bars a group, as many as fit into a row.
"""

from __future__ import annotations

from motet.language import Language, count_columns, pad_columns, say
from motet.project import WRITERS, Node, Project, Proposal
from motet.project.lock import find_locked
from motet.provenance.record import TASK_WORDS

__all__ = ["draw_proposal", "draw_table", "draw_tree", "tell_step"]

_ROW_BARS = 48
_SIGNS = {"all": "=", "rhythm": "r", "pitch": "p"}
_LAYERS = {
    "all": ("locked", "锁定"), "rhythm": ("rhythm locked", "锁定节奏"),
    "pitch": ("pitches locked", "锁定音高"),
}  # fmt: skip


def _grouped(row: str, start: int) -> str:
    """Return letters in groups of four."""
    own = row[start : start + _ROW_BARS]
    return " ".join(own[k : k + 4] for k in range(0, len(own), 4)).rstrip()


def draw_table(project: Project, *, language: Language = "en") -> list[str]:
    """Return the piece as it is now: a row for each part, a letter for each bar.

    Parameters
    ----------
    project : Project
    language : Language

    Returns
    -------
    list of str

    Examples
    --------
    >>> from motet.score import make_score
    >>> project = Project.start(make_score("C4:4 D4:4 E4:4 F4:4 G4:4"))
    >>> project.lock("2-3", layer="rhythm")
    >>> print("\\n".join(draw_table(project)))
    Bar       1    5
    Part 1    hhhh h
      locked   rr
    h human; r rhythm locked
    """
    score = project.score
    cells, harmony = find_locked(score, project.locks)
    locked = say("  locked", "  锁定", language=language)
    head = say("Bar", "小节", language=language)
    rows: list[tuple[str, str]] = []
    for k, part in enumerate(score.parts):
        rows.append((part.name, project.current.written[k]))
        signs = "".join(
            _SIGNS[next(iter(cells[bar, k]))] if (bar, k) in cells else " "
            for bar in range(score.n_bars)
        )
        rows += [(locked, signs)] if signs.strip() else []
    if harmony:
        chords = say("Chords", "和弦", language=language)
        rows.append((chords, "".join("=" if b in harmony else "." for b in range(score.n_bars))))
    width = max(count_columns(name) for name, _ in (*rows, (locked, ""))) + 2
    lines: list[str] = []
    for start in range(0, score.n_bars, _ROW_BARS):
        numbers = ""
        for k in range(start, min(score.n_bars, start + _ROW_BARS), 4):
            numbers += f"{score.bars[k].number:<5}"
        lines.append((pad_columns(head, width) + numbers).rstrip())
        lines += [pad_columns(name, width) + _grouped(row, start) for name, row in rows]
    return [*lines, _legend(project, language)]


def _legend(project: Project, language: Language) -> str:
    """Return what the letters and signs mean, those that occur."""
    k = 1 if language == "zh" else 0
    letters = {letter for row in project.current.written for letter in row}
    told = [f"{one} {WRITERS[one][k]}" for one in WRITERS if one in letters]
    layers = {one.layer for one in project.locks}
    signs = [f"{_SIGNS[one]} {_LAYERS[one][k]}" for one in _LAYERS if one in layers]
    comma = say(", ", "、", language=language)
    return say("; ", ";", language=language).join(
        comma.join(group) for group in (told, signs) if group
    )


def tell_step(node: Node, *, language: Language = "en") -> str:
    """Return a step in words: what was done, where, from which candidate.

    Parameters
    ----------
    node : Node
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> tell_step(Node(id="2", task="infill", cells=("Bass:5-8",), proposal="p1", candidate=2))
    'written anew: Bass:5-8 (p1.2)'
    """
    text = say(*TASK_WORDS.get(node.task, (node.task, node.task)), language=language)
    if node.task == "import" and node.parent:
        text = say("edited by hand", "人工修改", language=language)
    if node.cells:
        text += say(": ", ":", language=language) + say("; ", ";", language=language).join(
            node.cells[:6]
        )
        text += say(f" and {len(node.cells) - 6} more", f" 等 {len(node.cells)} 处",
                    language=language) if len(node.cells) > 6 else ""  # fmt: skip
    if node.candidate:
        text += f" ({node.proposal}.{node.candidate})"
    return f"{text} [{node.note}]" if node.note else text


def draw_tree(project: Project, *, language: Language = "en") -> list[str]:
    """Return the history as a tree: one step a line, ``*`` where the piece is now.

    Parameters
    ----------
    project : Project
    language : Language

    Returns
    -------
    list of str

    Examples
    --------
    >>> from motet.score import make_score
    >>> project = Project.start(make_score("C4:4"))
    >>> draw_tree(project)[0][:12]
    '* 1  read in'
    """
    names: dict[str, list[str]] = {}
    for name, tip in project.state.branches.items():
        names.setdefault(tip, []).append(name)
    lines: list[str] = []
    waiting: list[tuple[Node, int]] = [(one, 0) for one in project.state.children("")]
    while waiting:
        node, depth = waiting.pop()
        mark = "*" if node.id == project.current.id else " "
        tips = f"  <{', '.join(names[node.id])}>" if node.id in names else ""
        when = node.time[:16].replace("T", " ")
        text = tell_step(node, language=language)
        lines.append(f"{mark} {'| ' * depth}{node.id}  {text}{tips}  {when}".rstrip())
        first, *others = project.state.children(node.id) or (None,)
        if first is not None:
            waiting.append((first, depth))
        waiting += [(one, depth + 1) for one in others if one is not None]
    return lines


def draw_proposal(proposal: Proposal, *, language: Language = "en") -> list[str]:
    """Return a proposal: a line for each candidate, the best first.

    Parameters
    ----------
    proposal : Proposal
    language : Language

    Returns
    -------
    list of str

    Examples
    --------
    >>> from motet.project import Candidate
    >>> one = Candidate(score="a", total=0.875, cells=("Bass:5-8",))
    >>> draw_proposal(Proposal(id="p1", base="1", task="infill", candidates=(one,)))[1]
    '  1  88 %  Bass:5-8'
    """
    states = {
        "open": ("open", "待定"), "accepted": ("accepted", "已采用"), "discarded": ("discarded", "已放弃")
    }  # fmt: skip
    state = say(*states.get(proposal.state, states["open"]), language=language)
    task = say(*TASK_WORDS.get(proposal.task, (proposal.task,) * 2), language=language)
    lines = [
        say(f"Proposal {proposal.id} for step {proposal.base}: {task}, {state}",
            f"提案 {proposal.id}(依据第 {proposal.base} 步):{task},{state}", language=language)
    ]  # fmt: skip
    for place, one in enumerate(proposal.candidates, start=1):
        cells = say("; ", ";", language=language).join(one.cells[:6]) or say(
            "chords", "和弦", language=language
        )
        gone = say("  (pruned)", "  (已清除)", language=language) if not one.score else ""
        missed = ""
        if not one.is_met:
            missed = say(f"  not met: {', '.join(one.missed[:3])}", "  有要求未满足",
                         language=language)  # fmt: skip
        lines.append(f"  {place}  {100 * one.total:2.0f} %  {cells}{gone}{missed}")
    return lines
