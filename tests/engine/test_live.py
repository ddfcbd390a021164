"""A player without memory of its own: same state, same event; no limit is ever broken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from motet.engine.bundle import Bundle
from motet.engine.live import Limits, LiveEvent, LiveState, Player, Scene
from motet.engine.probe import practice_grid
from motet.errors import BundleError, ParameterError
from motet.models.rnn import Rnn, RnnConfig
from motet.phrases.event_codec import EVENT, PARTS, START, Ground
from motet.phrases.events import events_of
from motet.tokens.layout import GridScore

Bundles = dict[str, Bundle]
LOOP = Scene(practice_grid(0, 4), loops=True)


def _play(player: Player, n: int, seed: int = 0) -> tuple[list[LiveEvent], LiveState]:
    state, events = player.begin(seed=seed), []
    for _ in range(n):
        event, state = player.next(state)
        assert event is not None
        events.append(event)
    return events, state


def test_the_same_state_gives_the_same_event_also_after_its_bytes(events_bundles: Bundles) -> None:
    player = Player(events_bundles["poly"], LOOP)
    _, state = _play(player, 30)
    one, after = player.next(state)
    two, other = player.next(LiveState.from_bytes(state.to_bytes()))
    assert one == two
    assert after.to_bytes() == other.to_bytes()
    assert _play(player, 30, seed=1)[0] != _play(player, 30, seed=2)[0]


@pytest.mark.parametrize("content", ["melody", "drums", "poly"])
def test_it_plays_on_for_ever_and_its_state_never_grows(
    events_bundles: Bundles, content: str
) -> None:
    player = Player(events_bundles[content], LOOP)
    size = len(player.begin().to_bytes())
    events, state = _play(player, 400)
    assert len(state.to_bytes()) == size
    assert events[-1].onset_tick > 96 * 4
    keys = [(one.onset_tick, PARTS.index(one.part), one.pitch) for one in events]
    assert keys == sorted(set(keys))
    bars = {one.onset_tick // 96 for one in events}
    assert bars == set(range(max(bars) + 1))
    for part, most in player.limits.polyphony.items():
        mine = [one for one in events if one.part == part]
        for one in mine:
            length = 0 if part == "drums" else None
            sounding = [
                two
                for two in mine
                if two.onset_tick <= one.onset_tick
                and (
                    two.onset_tick == one.onset_tick
                    or two.onset_tick + (two.dur_tick if length is None else 0) > one.onset_tick
                )
            ]
            assert len(sounding) <= most


def test_what_the_player_reads_is_what_training_reads(events_bundles: Bundles) -> None:
    """Teacher-forced: the player's logits of time are those of the model on the phrase's arrays."""
    bundle = events_bundles["poly"]
    grid = practice_grid(0, 40)
    player = Player(bundle, Scene(grid))
    events, _ = _play(player, 60)
    stream = np.array(
        [
            (one.onset_tick, PARTS.index(one.part), one.pitch, one.dur_tick, one.vel)
            for one in events
        ],
        EVENT,
    )
    phrase = events_of(stream, Ground(grid), length=60)
    torch.manual_seed(2)
    model = Rnn(RnnConfig(**bundle.config)).eval()
    rows = {name: torch.from_numpy(np.asarray(one)[None]).long() for name, one in phrase.items()}
    t = rows["events"].shape[1]
    style, mode = (rows[name][:, None].expand(1, t) for name in ("style", "mode"))
    with torch.no_grad():
        time = model.tell_time(rows["lags"])[:, 1:]
        x = model.tell_event(rows["events"], rows["place"], rows["chords"], style, mode)[:, :-1]
        x = torch.cat((x, time), dim=-1)
        for layer in model.layers:
            x = layer(x)[0]
        expected = model.foretell_time(x, time, rows["lags"][:, 1:, :, 0])[0].numpy()
    state = player.begin()
    for i, event in enumerate(events):
        logits, _, _, _ = player._read_all(state, player.scene)
        assert np.allclose(logits, expected[i], atol=1e-4), i
        state = player.hear(state, event)


def test_what_is_heard_changes_what_comes(events_bundles: Bundles) -> None:
    player = Player(events_bundles["melody"], LOOP, Limits(temperature=0.05))
    _, state = _play(player, 8)
    start = state.onset + 24
    heard = [LiveEvent(onset_tick=start + 12 * k, pitch=50 + 7 * k, dur_tick=12) for k in range(5)]
    event, after = player.next(state, heard=heard)
    assert event is not None
    assert event.onset_tick >= heard[-1].onset_tick
    assert after.n == state.n + 6
    far = LiveEvent(onset_tick=state.onset + 2000, pitch=60)
    assert player.hear(state, far).onset == state.onset + 2000


def test_an_end_is_reached_and_nothing_comes_after_it(events_bundles: Bundles) -> None:
    player = Player(events_bundles["poly"], Scene(practice_grid(0, 3)))
    state = player.begin(seed=5)
    while True:
        event, after = player.next(state)
        if event is None:
            break
        assert event.onset_tick + event.dur_tick <= 288 or event.part == "drums"
        state = after
    assert after is state
    assert state.onset >= 192


def test_range_and_parts_bind(events_bundles: Bundles) -> None:
    few = np.isin(np.arange(128), (60, 64, 67))
    limits = Limits(parts=("bass", "melody"), pitches=lambda _tick, _part: few)
    events, _ = _play(Player(events_bundles["poly"], LOOP, limits), 120)
    assert {one.part for one in events} == {"bass", "melody"}
    assert {one.pitch for one in events} <= {60, 64, 67}


def test_wrong_bundles_parts_and_events_are_refused(
    events_bundles: Bundles, bundle: Bundle, frame: GridScore
) -> None:
    with pytest.raises(BundleError, match="needs one that runs by events"):
        Player(bundle, LOOP)
    with pytest.raises(ParameterError, match="plays melody, not bass"):
        Player(events_bundles["melody"], LOOP, Limits(parts=("bass",)))
    player = Player(events_bundles["melody"], Scene(frame))
    state = replace(player.begin(), onset=50, pitch=60)
    with pytest.raises(ParameterError, match="give events in order"):
        player.hear(state, LiveEvent(onset_tick=3, pitch=60))
    with pytest.raises(ParameterError, match="part is one of"):
        player.hear(state, LiveEvent(onset_tick=60, pitch=60, part="kazoo"))
    assert player.begin().pitch == START
