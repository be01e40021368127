"""From decisions to spans and counters of OpenTelemetry, by its API alone (the extra `otel`).

Where no SDK is set up the API does nothing; where the API is not installed, neither does this.
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
Tell = Callable[[Decided, Mapping[str, Any]], None]


@contextmanager
def deciding(headers: Mapping[str, str]) -> Iterator[Tell]:
    """A span about one decision, below that of the caller; it is told what was decided."""
    if not HAS_API:
        yield lambda decided, made: None
        return
    tracer = trace.get_tracer(NAME)
    is_traced = any(name in headers for name in ("traceparent", "b3"))
    with tracer.start_as_current_span(
        "reglament.decide",
        context=extract(headers) if is_traced else None,
        record_exception=False,  # its words may repeat what was told
        set_status_on_exception=False,
    ) as span:

        def tell(decided: Decided, made: Mapping[str, Any]) -> None:
            counter = _counter()
            for name, one in made["decisions"].items():
                about = {"policy.id": decided.version.policy, "decision": name}
                told = about | {"status": one["status"]}
                counter.add(1, {f"reglament.{key}": value for key, value in told.items()})
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
