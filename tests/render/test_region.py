import pytest

from motet.render.region import Modulator, Region, build_region


def make_region(
    instrument: dict[int, int],
    preset: dict[int, int] | None = None,
    *,
    instrument_modulators: tuple[Modulator, ...] = (),
    preset_modulators: tuple[Modulator, ...] = (),
) -> Region:
    return build_region(
        sample=0,
        instrument=instrument,
        preset=preset or {},
        keys=(0, 127),
        velocities=(0, 127),
        instrument_modulators=instrument_modulators,
        preset_modulators=preset_modulators,
        sample_root=60,
        sample_correction=-3,
        sample_frames=1000,
        sample_loop=(100, 900),
    )


def test_defaults_are_those_of_the_specification() -> None:
    region = make_region({})
    assert region.filter_cents == 13500
    assert region.volume.sustain == 0.0
    assert region.modulation.sustain == 1.0
    assert region.volume.attack_s == 0.0
    assert (region.root_key, region.tune_cents, region.cents_per_key) == (60, -3.0, 100.0)
    assert len(region.modulators) == 3


def test_preset_offsets_are_added_but_not_to_addresses() -> None:
    region = make_region({34: 0, 52: 10, 54: 1, 58: 64}, {34: -1200, 52: 5, 54: 3, 58: 1})
    assert region.volume.attack_s == 0.5
    assert region.tune_cents == 12.0
    assert (region.loop, region.root_key) == (1, 64)


def test_addresses_move_and_stay_inside() -> None:
    region = make_region({0: 10, 2: 5, 3: -5, 45: 0, 54: 1})
    assert (region.start, region.loop_start, region.loop_end) == (10, 105, 895)
    assert make_region({2: 795, 54: 1}).loop == 0
    assert make_region({1: -32000}).start == 0


def test_modulators_override_defaults_and_presets_add() -> None:
    louder = Modulator(0x0502, 48, 400, 0)
    region = make_region({}, instrument_modulators=(louder,))
    assert [one.amount for one in region.modulators if one.destination == 48] == [400]
    region = make_region(
        {}, instrument_modulators=(louder,), preset_modulators=(Modulator(0x0502, 48, 100, 0),)
    )
    assert [one.amount for one in region.modulators if one.destination == 48] == [500]
    silent = make_region({}, instrument_modulators=(Modulator(0x0502, 48, 0, 0),))
    assert not [one for one in silent.modulators if one.destination == 48]


@pytest.mark.parametrize(("key", "velocity", "inside"), [(60, 64, True), (128, 64, False)])
def test_holds(key: int, velocity: int, inside: bool) -> None:
    assert make_region({}).holds(key, velocity) is inside
