"""Jobs as a page sees them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from motet.server.schemas.job import JobView

EXAMPLE = JobView.model_config["json_schema_extra"]["examples"][0]  # type: ignore[index, call-overload]


def test_the_example_is_a_job() -> None:
    assert JobView.model_validate(EXAMPLE).progress == 0.4


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"progress": 1.5}, {"position": -1}])
def test_what_no_job_can_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        JobView.model_validate({**EXAMPLE, **wrong})
