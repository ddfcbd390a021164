"""Every error of the tree has a reply of its own."""

from __future__ import annotations

import json

import pytest

import motet.errors
from motet.errors import BusyError, MotetError
from motet.server.replies import RETRY_S, reply_error, tell_error

LEAVES = [getattr(motet.errors, name) for name in motet.errors.__all__]


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda one: one.__name__)
def test_every_leaf_has_its_status_and_both_languages(leaf: type[MotetError]) -> None:
    reply = reply_error(leaf("not so", zh="不行", path="a.mid", place="bar 3"))
    body = json.loads(bytes(reply.body))["error"]
    assert reply.status_code == leaf.http_status
    assert body["kind"] == leaf.__name__
    assert "a.mid" in body["en"]
    assert "第 3 小节" in body["zh"]


def test_a_full_server_says_when_to_come_back() -> None:
    assert reply_error(BusyError("full", zh="已满")).headers["retry-after"] == str(RETRY_S)


def test_an_error_may_have_a_status_of_its_own() -> None:
    error = MotetError("gone", zh="没有")
    assert reply_error(error, status=404).status_code == 404
    assert tell_error(error)["place"] == ""
