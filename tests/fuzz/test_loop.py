"""The loop itself must be able to find something."""

import time

from fuzz_loop import Target, fuzz, read_or_tell

from motet.errors import FormatError


def target(answer):
    return Target("toy", lambda _: [b"abc"], lambda data, *_: data, answer)


def test_a_crash_and_a_slow_answer_are_found():
    def slow(_data):
        until = time.process_time() + 0.05
        while time.process_time() < until:
            pass
        return "ok"

    assert fuzz(target(slow), count=2, limit_s=0.01).failures[0].startswith("file 0: 0.0")
    outcome = fuzz(target(lambda _: "crash: it fell"), count=3)
    assert len(outcome.failures) == 3
    assert fuzz(target(lambda _: "refused"), count=3).failures == []


def test_what_reading_gave_is_told():
    def refuse(_data):
        raise FormatError("no", zh="否")

    def fall(_data):
        raise KeyError("x")

    assert read_or_tell(refuse, b"", str) == "refused"
    assert read_or_tell(fall, b"", str).startswith("crash: reading raised")
    assert read_or_tell(len, b"abc", fall).startswith("crash: using what was read raised")
    assert read_or_tell(len, b"abc", str) == "3"
