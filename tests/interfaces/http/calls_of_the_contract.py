"""What Schemathesis makes of the contract, one test for each call; `test_openapi` runs them."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import engine
from schemathesis.specs.openapi import checks

from support.service import at_once, caller

CONTRACT = "/v1/policies/library-fees/openapi.json"
# What a policy knows and no schema can say is refused with 422: a day before its first version,
# a day outside a calendar, an outcome that a decision does not have.
BEYOND_SCHEMAS = [checks.positive_data_acceptance]

# It asks for requests that tell all facts twice, which the contract forbids: to give up on each
# after 458 tries took nine tenths of the time.
engine.INVALID_THRESHOLD_BASE = 45
contract = schemathesis.openapi.from_asgi(CONTRACT, caller(apart=at_once).service.application())


@contract.parametrize()
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_contract_tells(case: Any) -> None:
    # In a batch each item is answered for itself, a wrong one by its problem document.
    is_batch = case.operation.path.endswith("/batch")
    lenient = [checks.negative_data_rejection] if is_batch else []
    case.call_and_validate(excluded_checks=[*BEYOND_SCHEMAS, *lenient])
