"""A project drawn in text."""

from __future__ import annotations

import re

from motet.cli.project_table import draw_proposal, draw_table, draw_tree, tell_step
from motet.project import Candidate, Node, Project, Proposal
from motet.score import make_score, transpose
from project_files import small_score


def test_the_table_shows_who_and_what_is_locked() -> None:
    project = Project.start(small_score())
    project.lock("Tune:1-2")
    project.lock("Bass", layer="rhythm")
    project.lock("3", layer="harmony")
    assert draw_table(project) == [
        "Bar       1",
        "Tune      hhhh",
        "  locked  ==",
        "Bass      hhhh",
        "  locked  rrrr",
        "Chords    ..=.",
        "h human; = locked, r rhythm locked",
    ]
    assert "锁定节奏" in draw_table(project, language="zh")[-1]


def test_long_pieces_take_several_rows() -> None:
    project = Project.start(make_score(" ".join(["C4:4"] * 100)))
    rows = [line for line in draw_table(project) if line.startswith("Part 1")]
    assert [row.split(None, 2)[2].replace(" ", "").count("h") for row in rows] == [48, 48, 4]
    heads = [line for line in draw_table(project) if line.startswith("Bar")]
    assert [head.split()[1] for head in heads] == ["1", "49", "97"]


def test_the_tree_shows_forks() -> None:
    project = Project.start(make_score("C4:4"))
    for shift in (1, 2):
        project.take_back(transpose(project.score_of("1"), shift_semi=shift), note=f"{shift}.mid")
        project.go("1")
    project.branch("high")
    project.take_back(transpose(project.score, shift_semi=9))
    lines = [re.sub(r"  [\d-]{10} [\d:]{5}$", "", line) for line in draw_tree(project)]
    assert lines == [
        "  1  read in",
        "* | 4  edited by hand: Part 1:1  <high>",
        "  | 3  edited by hand: Part 1:1 [2.mid]  <main>",
        "  2  edited by hand: Part 1:1 [1.mid]",
    ]


def test_words_of_steps_and_candidates() -> None:
    node = Node(id="2", task="restyle", cells=tuple(f"P{k}:1" for k in range(8)))
    assert tell_step(node).endswith("P5:1 and 2 more")
    assert tell_step(node, language="zh").startswith("换风格:P0:1")
    bad = Candidate(score="", total=0.5, is_met=False, missed=("bars",))
    told = draw_proposal(Proposal(id="p1", base="1", task="harmonise", candidates=(bad,)))
    assert told[1] == "  1  50 %  chords  (pruned)  not met: bars"
    assert (
        "未满足"
        in draw_proposal(Proposal(id="p1", base="1", task="x", candidates=(bad,)), language="zh")[1]
    )
