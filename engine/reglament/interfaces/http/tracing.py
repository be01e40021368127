"""From decisions to spans and counters of OpenTelemetry, by its API alone (the extra `otel`).

Where no SDK is set up (before the service is made) the API does nothing; where the API is not
installed, neither does this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from reglament.policy import Decided

try:
    from opentelemetry import metrics, trace
    from opentelemetry.propagate import extract
except ImportError:  # it is an extra
    HAS_API = False
else:
    HAS_API = True

NAME = "reglament"
OWN = ("opentelemetry.trace", "opentelemetry.metrics")
Tell = Callable[[Decided, Mapping[str, Any]], None]


def is_received() -> bool:
    """Whether an SDK is set up: if not, what the API gives is its own and does nothing."""
    if not HAS_API:
        return False
    given = trace.get_tracer_provider(), metrics.get_meter_provider()
    return not all(type(one).__module__.startswith(OWN) for one in given)


@contextmanager
def deciding(headers: Mapping[str, str]) -> Iterator[Tell]:
    """A span about one decision, below that of the caller; it is told what was decided."""
    tracer = trace.get_tracer(NAME)
    is_traced = any(name in headers for name in ("traceparent", "b3"))
    with tracer.start_as_current_span(
        "reglament.decide",
        context=extract(headers) if is_traced else None,
        record_exception=False,  # its words may repeat what was told
        set_status_on_exception=False,
    ) as span:

        def tell(decided: Decided, made: Mapping[str, Any]) -> None:
            counter, policy = _counter(), decided.version.policy
            for name, one in made["decisions"].items():
                counter.add(1, _labels(policy, name, one["status"]))
            if span.is_recording():
                span.set_attributes(_attributes(decided, made))

        try:
            yield tell
        except Exception as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(trace.StatusCode.ERROR)
            raise


@cache
def _counter() -> metrics.Counter:
    return metrics.get_meter(NAME).create_counter("reglament.decisions", "{decision}")


@cache
def _labels(policy: str, decision: str, status: str) -> Mapping[str, str]:
    told = {"policy.id": policy, "decision": decision, "status": status}
    return {f"reglament.{key}": value for key, value in told.items()}


def _attributes(decided: Decided, made: Mapping[str, Any]) -> dict[str, Any]:
    """What a span says: never a fact, nor an outcome."""
    version, explain = decided.version, decided.version.explain
    names = list(made["decisions"])
    if explain is not None and explain.answer in names:
        names = [explain.answer]
    return {
        "reglament.policy.id": version.policy,
        "reglament.policy.version": version.version,
        "reglament.policy.digest": version.digest,
        "reglament.decision": names,
        "reglament.status": [made["decisions"][name]["status"] for name in names],
        "reglament.missing": len({fact for name in names for fact in decided[name].needs}),
    }
