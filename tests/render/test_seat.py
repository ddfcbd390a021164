from motet.render.seat import KIT_PANS, seat_pan


def test_kick_snare_and_bass_are_in_the_middle() -> None:
    assert [seat_pan(128, 0, key) for key in (35, 36, 38, 40)] == [0.0] * 4
    assert seat_pan(0, 33, 28) == 0.0


def test_toms_go_from_right_to_left_as_they_get_lower() -> None:
    pans = [seat_pan(128, 0, key) for key in (50, 48, 47, 45, 43, 41)]
    assert pans == sorted(pans, reverse=True)
    assert {seat_pan(128, 0, key) for key in (42, 44, 46)} == {0.28}


def test_keyboards_run_from_left_to_right_within_bounds() -> None:
    pans = [seat_pan(0, 0, key) for key in range(128)]
    assert pans == sorted(pans)
    assert max(map(abs, [*pans, *KIT_PANS.values()])) <= 0.5
