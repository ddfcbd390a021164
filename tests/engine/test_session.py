"""The session: cached and not, one row and many, back and forth."""

from __future__ import annotations

import numpy as np
import pytest

from motet.engine.bundle import Bundle
from motet.engine.session import Session
from motet.errors import ParameterError

IDS = np.random.default_rng(0).integers(0, 1400, 600)


def test_rows_of_any_number_give_the_same_logits(bundle: Bundle) -> None:
    rows = {}
    for n_rows in (1, 2, 5):
        session = Session(bundle, n_rows=n_rows, n_threads=1)
        found = [session.prefill(IDS[:90])[-1].copy()]
        found += [session.step(np.full(n_rows, one))[-1].copy() for one in IDS[90:110]]
        rows[n_rows] = np.array(found)
    assert np.array_equal(rows[1], rows[2])
    assert np.array_equal(rows[1], rows[5])


def test_a_prompt_read_in_pieces_is_the_same_prompt(bundle: Bundle) -> None:
    whole, pieces = Session(bundle), Session(bundle)
    expected = whole.prefill(IDS)
    pieces.prefill(IDS[:7])
    pieces.prefill(IDS[7:400])
    got = pieces.prefill(IDS[400:])
    assert pieces.length == whole.length == 600
    assert np.abs(got - expected).max() < 0.05  # other groups of ids, other rounding to 8 bits


@pytest.mark.parametrize("n_threads", [1, 2])
def test_however_a_prompt_is_cut_the_logits_are_the_same(bundle: Bundle, n_threads: int) -> None:
    expected = Session(bundle, n_threads=1).prefill(IDS)
    for size in (2, 3, 17, 250):  # two ids or more
        session = Session(bundle, n_threads=n_threads)
        found = [session.prefill(IDS[at : at + size]) for at in range(0, len(IDS), size)]
        assert np.array_equal(found[-1], expected)


def test_ids_read_at_once_and_one_by_one_give_nearly_the_same_logits(bundle: Bundle) -> None:
    at_once, stepped = Session(bundle), Session(bundle)
    for session in (at_once, stepped):
        session.prefill(IDS[:200])
    expected = at_once.prefill(IDS[200:260])
    for one in IDS[200:260]:
        found = stepped.step(np.array([one]))
    assert np.abs(found - expected).max() < 0.02
    assert np.abs(expected).max() > 0.2  # so that the bound means something


def test_a_slow_machine_reads_fewer_ids_at_once_and_the_same_logits(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = Session(bundle).prefill(IDS)
    asked = {}
    for patience_s in (0.0, 1e9):
        monkeypatch.setattr("motet.engine.session._PATIENCE_S", patience_s)
        session, calls = Session(bundle), []
        found = session.prefill(IDS, is_cancelled=lambda calls=calls: bool(calls.append(1)))  # type: ignore[misc]
        assert np.array_equal(found, expected)
        asked[patience_s] = len(calls)
    assert asked[1e9] == 10  # 600 ids in runs of 64
    assert asked[0.0] > 60


def test_rows_may_hold_different_documents(bundle: Bundle) -> None:
    session = Session(bundle, n_rows=2)
    session.prefill(IDS[:50], row=0)
    session.prefill(IDS[100:120], row=1)
    assert session.lengths.tolist() == [50, 20]
    got = session.step(np.array([3, 4])).copy()
    alone = Session(bundle)
    alone.prefill(IDS[100:120])
    assert np.array_equal(got[1], alone.step(np.array([4]))[0])


def test_a_prompt_for_each_row(bundle: Bundle) -> None:
    session = Session(bundle, n_rows=2)
    got = session.prefill(np.stack([IDS[:9], IDS[9:18]]))
    alone = Session(bundle)
    assert np.array_equal(got[1], alone.prefill(IDS[9:18])[0])


def test_rewinding_forgets(bundle: Bundle) -> None:
    session = Session(bundle, n_rows=2)
    session.prefill(IDS[:30])
    expected = session.step(np.array([5, 6])).copy()
    session.step(np.array([7, 8]))
    session.rewind(30)
    assert np.array_equal(session.step(np.array([5, 6])), expected)


def test_an_idle_row_stays_as_it_is(bundle: Bundle) -> None:
    session = Session(bundle, n_rows=2)
    session.prefill(IDS[:30])
    for one in (9, 10, 11):
        session.step(np.array([one, 0]), active=np.array([True, False]))
    assert session.lengths.tolist() == [33, 30]
    got = session.step(np.array([1, 5]))[1].copy()
    alone = Session(bundle)
    alone.prefill(IDS[:30])
    assert np.array_equal(got, alone.step(np.array([5]))[0])


def test_fewer_rows_than_the_session_has(bundle: Bundle) -> None:
    session, alone = Session(bundle, n_rows=3), Session(bundle)
    session.prefill(IDS[:30])
    alone.prefill(IDS[:30])
    assert np.array_equal(session.step(np.array([4])), alone.step(np.array([4])))
    assert session.lengths.tolist() == [31, 30, 30]


def test_a_common_beginning_is_not_read_again(bundle: Bundle) -> None:
    session = Session(bundle)
    session.prefill(IDS[:40])
    session.step(np.array([77]))
    assert session.resume(np.concatenate([IDS[:25], [1, 2, 3]]), row=0) == 25
    got = session.prefill(np.array([1, 2, 3]))
    alone = Session(bundle)
    alone.prefill(IDS[:25])
    assert np.abs(got - alone.prefill(np.array([1, 2, 3]))).max() < 0.05
    assert session.resume(np.concatenate([IDS[:25], [1, 2, 3]]), row=0) == 27  # one is left to read


def test_ids_that_were_written_one_by_one_are_read_anew(bundle: Bundle) -> None:
    session = Session(bundle)
    session.prefill(IDS[:10])
    for one in IDS[10:20]:
        session.step(np.array([one]))
    assert session.resume(IDS[:30], row=0) == 10
    session.prefill(IDS[10:29])
    assert session.resume(IDS[:31], row=0) == 28  # no id is left to itself


def test_reading_stops_when_it_is_cancelled(bundle: Bundle) -> None:
    session = Session(bundle)
    asked = iter([False, True])
    session.prefill(IDS, is_cancelled=lambda: next(asked))
    assert 0 < session.length < 600


def test_what_does_not_fit_is_refused(bundle: Bundle) -> None:
    session = Session(bundle, n_rows=2, max_length=20)
    with pytest.raises(ParameterError, match="at most 20 tokens, 30"):
        session.prefill(IDS[:30])
    session.prefill(IDS[:20])
    with pytest.raises(ParameterError, match="at most 20"):
        session.step(np.array([1, 1]))
    with pytest.raises(ParameterError, match="shape"):
        session.prefill(np.zeros((2, 0), dtype=np.int64))
    with pytest.raises(ParameterError, match="needs 2 rows"):
        session.prefill(np.zeros((3, 4), dtype=np.int64))
    session.rewind(5, row=1)
    with pytest.raises(ParameterError, match="different tokens"):
        session.prefill(IDS[:3])
    with pytest.raises(ParameterError, match="n_rows must be 1 to"):
        Session(bundle, n_rows=0)
