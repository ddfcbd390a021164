"""The table of the recurrent network: it is fuller than a chain's, and says where it is not."""

from __future__ import annotations

import pytest

from motet.suite import Request
from motet.suite.rnn import measure_rnn, write_rnn


@pytest.mark.slow
def test_the_look_back_helps_and_every_row_is_there(small_request: Request) -> None:
    facts = measure_rnn(small_request)
    found = facts["contents"]["melody"]
    nats = found["nats"]
    assert nats["RNN"] < nats["RNN, look-back hidden"]
    text = write_rnn(facts)
    assert "| people (held out) |" in text
    assert "Further from people than the chain in:" in text


def test_without_bundles_it_says_so() -> None:
    assert write_rnn({"seed": 0, "contents": {}}).startswith("No bundle")
