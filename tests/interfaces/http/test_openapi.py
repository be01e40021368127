"""The contract of the service is kept: Schemathesis sends what it allows, and what it forbids."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from support.service import caller

schemathesis = pytest.importorskip("schemathesis", reason="the extra `contract` is not there")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")
pytestmark = pytest.mark.slow
CONTRACT = "/v1/policies/library-fees/openapi.json"
contract = schemathesis.openapi.from_asgi(CONTRACT, caller().service.application())
# What a policy knows and no schema can say is refused with 422: a day before its first version,
# a day outside a calendar, an outcome that a decision does not have.
BEYOND_SCHEMAS = [checks.positive_data_acceptance]


@contract.parametrize()
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_contract_tells(case: Any) -> None:
    # In a batch each item is answered for itself, a wrong one by its problem document.
    is_batch = case.operation.path.endswith("/batch")
    lenient = [checks.negative_data_rejection] if is_batch else []
    case.call_and_validate(excluded_checks=[*BEYOND_SCHEMAS, *lenient])
