"""Performance: the band swings together, and what was drawn stays."""

from __future__ import annotations

import numpy as np

from motet.brief import Brief
from motet.tasks.notes import put_cells
from motet.tasks.perform import perform
from motet.tasks.plan import plan_brief


def test_the_models_part_swings_with_the_band() -> None:
    plan = plan_brief(Brief(style="swing", bars=2, parts="flute,drums", humanise=0.0, metre="4/4"))
    flute = plan_brief(plan.brief, has_model=False).score.parts[0]
    score = plan.score.with_parts(flute, plan.score.parts[1])
    played = perform(plan, score)
    assert len(played.parts[0].notes) == len(flute.notes)
    offbeats = [n for n in played.parts[1].notes if n.onset_tick % 480 not in (0, 240)]
    assert offbeats
    straight = perform(plan_brief(plan.brief.with_(swing=0.0)), score)
    assert straight.parts[0].notes == flute.notes


def test_a_drawn_rhythm_is_not_swung() -> None:
    wish = [{"instrument": "flute", "rhythm": "x-x-x-x-"}, {"instrument": "drums"}]
    plan = plan_brief(Brief(style="swing", bars=2, parts=wish, metre="4/4"))
    score = put_cells(plan.score, plan.grid, [], key=plan.key)
    assert perform(plan, score).parts[0] == score.parts[0]


def test_a_human_hand_moves_the_ground_only_a_little() -> None:
    plan = plan_brief(Brief(style="pop", bars=2, parts="flute,piano", seed=4))
    played = perform(plan, plan.score)
    assert len(played.parts[1].notes) == len(plan.score.parts[1].notes)
    assert played.parts[1] != plan.score.parts[1]


def test_swing_and_feel_never_make_a_single_line_overlap() -> None:
    from motet.engine.chance import write_by_chance
    from motet.tasks.measure import part_polyphony

    for seed, feel in enumerate(("shuffle", "pushed", "laid-back", "swing")):
        brief = Brief(parts="flute,piano", bars=4, style="pop", feel=feel, seed=seed)
        plan = plan_brief(brief, has_model=True)
        rng = np.random.default_rng(seed)
        grid = write_by_chance(plan.grid, plan.open_cells, rules=plan.rules, rng=rng)
        played = perform(plan, put_cells(plan.score, grid, plan.open_cells, key=plan.key))
        assert part_polyphony(played, 0) == 1, feel
