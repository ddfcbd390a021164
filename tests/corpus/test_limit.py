"""Time limits interrupt, and leave the clock as it was."""

import signal
import threading
import time

import pytest

from motet.corpus.limit import TookTooLongError, time_limit


def test_what_takes_too_long_is_interrupted() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TookTooLongError), time_limit(0.02):
        time.sleep(5)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_what_is_quick_is_not() -> None:
    with time_limit(30):
        pass
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_threads_have_no_limit() -> None:
    done = []

    def work() -> None:
        with time_limit(0.001):
            time.sleep(0.01)
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]
