"""What those who watch the service see of it: metrics, spans, lines of JSON; never a fact."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families

from reglament.interfaces.http.access import Access, Caller
from reglament.interfaces.http.json_log import RequestLines, SparingFormatter
from reglament.interfaces.http.metrics import Metrics
from support.service import Caller as Asking
from support.service import caller
from support.technical_support import PARTNER

VISIT = {**PARTNER, "request.service": "onsite_visit"}


@pytest.fixture
def watched() -> tuple[Asking, io.StringIO]:
    """A service that is measured and writes lines."""
    asking, stream = caller(), io.StringIO()
    service, lines = asking.service, RequestLines(stream)
    metrics = Metrics(service.shelf, lambda: service.gate.inside, lambda: 0)
    service.metrics = metrics.told
    service.watchers += [metrics.watch, lines.watch, lambda _: lines.flush()]
    return asking, stream


def measured(asking: Asking) -> dict[tuple[str, ...], float]:
    """Each sample by its name and labels."""
    text = asking.ask("GET", "/metrics").text
    return {
        (one.name, *(one.labels[name] for name in sorted(one.labels))): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_requests_and_decisions_are_counted(watched: tuple[Asking, io.StringIO]) -> None:
    asking, _ = watched
    asking.post("/decide", {"facts": VISIT, "only": ["answer", "scope"], "explain": "outcomes"})
    asking.post("/decide/batch", [{"facts": {}, "only": "answer"}, {"facts": VISIT}, {"x": 1}])
    asking.post("/decide", "{")
    asking.ask("GET", "/nowhere")
    found = measured(asking)
    route = "/v1/policies/{policy}/decide"
    assert found["reglament_requests_total", "POST", route, "200"] == 1
    assert found["reglament_requests_total", "POST", route, "400"] == 1
    assert found["reglament_requests_total", "GET", "-", "404"] == 1
    assert found["reglament_request_seconds_count", route] == 2
    by = "reglament_decisions_total"
    assert found[by, "answer", "technical-support", "determined"] == 2
    assert found[by, "answer", "technical-support", "undetermined"] == 1
    policy = asking.service.shelf["technical-support"]
    version = policy.policy.versions[-1].version
    assert found["reglament_policy_info", policy.digest, "technical-support", version] == 1
    assert found["reglament_policy_refused", "technical-support"] == 0
    assert found["reglament_log_waiting",] == 0
    assert found["reglament_requests_inside",] == 1, "the one that asks"


def test_metrics_are_for_known_callers_and_only_where_they_are_kept() -> None:
    assert caller().ask("GET", "/metrics").status_code == 404
    closed = caller(access=Access({"0" * 64: Caller("desk", frozenset())}))
    assert closed.ask("GET", "/metrics").status_code == 401


def test_a_line_says_what_was_asked_for_and_no_fact(watched: tuple[Asking, io.StringIO]) -> None:
    asking, stream = watched
    asking.post("/decide", {"facts": VISIT, "id": "req-1", "only": "answer"})
    asking.post("/decide", {"facts": {"requester.kind": "boss-of-all"}})
    asking.ask("GET", "/ask/technical-support?request.service=onsite_visit&requester.kind=user")
    first, second, third = map(json.loads, stream.getvalue().splitlines())
    assert first["route"] == "/v1/policies/{policy}/decide"
    assert (first["status"], first["id"], first["decisions"]) == (200, "req-1", 1)
    assert first["digest"] == asking.service.shelf["technical-support"].digest
    assert (second["status"], second["code"], second["level"]) == (422, "unknown-word", "info")
    assert (third["route"], third["caller"]) == ("/ask/{policy}", "local")
    for told in ("onsite_visit", "boss-of-all", "certified_partner"):
        assert told not in stream.getvalue()


@pytest.mark.parametrize("is_json", [True, False])
def test_an_error_is_told_without_its_message(is_json: bool) -> None:
    try:
        raise ValueError("the passport is 4509-123456-X")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "failed", (), told)
    line = SparingFormatter(is_json).format(record)
    assert "ValueError" in line
    assert "test_observing.py" in line
    assert "4509-" not in line
    if is_json:
        assert json.loads(line)["level"] == "error"


@pytest.fixture(scope="module")
def provider() -> TracerProvider:
    made = TracerProvider()
    trace.set_tracer_provider(made)
    return made


@pytest.fixture
def spans(provider: TracerProvider) -> Iterator[InMemorySpanExporter]:
    """Where the spans of a test go."""
    found = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(found))
    yield found
    found.shutdown()


def test_a_span_says_what_was_decided_below_that_of_the_caller(spans: Any) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    caller().post("/decide", {"facts": VISIT}, traceparent=parent)
    caller().post("/decide", {"facts": {}, "only": "tier"})
    known, open_ = spans.get_finished_spans()
    assert f"{known.context.trace_id:032x}" == parent.split("-")[1]
    assert known.name == "reglament.decide"
    assert known.attributes["reglament.policy.id"] == "technical-support"
    assert known.attributes["reglament.decision"] == ("answer",)
    assert known.attributes["reglament.status"] == ("determined",)
    assert known.attributes["reglament.missing"] == 0
    assert open_.attributes["reglament.decision"] == ("tier",)
    assert open_.attributes["reglament.status"] == ("undetermined",)
    assert open_.attributes["reglament.missing"] > 0
    told = json.dumps([dict(one.attributes) for one in (known, open_)], default=list)
    assert "onsite_visit" not in told
    assert "certified_partner" not in told


def test_a_refusal_leaves_no_words_in_a_span(spans: Any) -> None:
    caller().post("/decide", {"facts": {"requester.kind": "boss-of-all"}})
    (found,) = spans.get_finished_spans()
    assert "boss-of-all" not in found.to_json()
    assert found.attributes["error.type"] == "Refused"
