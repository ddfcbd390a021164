"""What the description promises holds for requests that nobody thought of: schemathesis over every operation.

Few examples each, so that it stays quick; `MOTET_SCHEMA_EXAMPLES=200` looks longer.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from motet.server.app import create_app
from motet.server.settings import Settings

with warnings.catch_warnings():  # of the next version of httpx, and of pytest in the tool itself
    warnings.simplefilter("ignore")
    import schemathesis
    from fastapi.testclient import TestClient
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

CHECKS = (status_code_conformance, content_type_conformance, response_schema_conformance)
N_EXAMPLES = int(os.environ.get("MOTET_SCHEMA_EXAMPLES", "3"))
FINE = {200, 201, 202, 204, 400, 404, 405, 409, 413, 422, 503}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    told = Settings(folder=tmp_path_factory.mktemp("studio"), queue_limit=2, deadline_s=5)
    with TestClient(
        create_app(told), base_url="http://localhost", raise_server_exceptions=False
    ) as found:
        yield found


schema = schemathesis.openapi.from_dict(create_app(Settings(folder=Path("unused"))).openapi())


@schema.parametrize()
@settings(
    max_examples=N_EXAMPLES, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_no_request_is_answered_with_a_fault(case: Any, client: Any) -> None:
    kwargs = case.as_transport_kwargs()
    kwargs.pop("cookies", None)
    if isinstance(kwargs.get("data"), bytes):
        kwargs["content"] = kwargs.pop("data")
    reply = client.request(**{**kwargs, "url": case.formatted_path})
    assert reply.status_code in FINE, reply.text
    case.validate_response(reply, checks=CHECKS)
    if reply.status_code >= 400:
        told = reply.json()["error"]
        assert told["en"]
        assert told["zh"]
