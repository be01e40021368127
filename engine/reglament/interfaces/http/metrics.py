"""From what is noted of requests to metrics as Prometheus reads them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from reglament.interfaces.http.observing import ELSEWHERE, Came, ObservedCall
from reglament.interfaces.http.shelf import Shelf

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The folder, by its variable, where several processes put what they counted."""
HOLD_SECONDS = 0.5
"""So long after it was answered a request may be missing in what another process tells."""
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
"""Those that are counted by name: a caller may send any word."""
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)


class Metrics:
    """The counters of one process; those of all of them where they share a folder."""

    def __init__(
        self, shelf: Shelf, inside: Callable[[], int], waiting: Callable[[], int] | None = None
    ) -> None:
        self._own = own = CollectorRegistry()
        requests = Counter(
            "reglament_requests", "Requests answered", ("route", "method", "status"), registry=own
        )
        seconds = Histogram(
            "reglament_request_seconds", "Time to answer", ("route",), buckets=SECONDS, registry=own
        )
        decisions = Counter(
            "reglament_decisions", "Decisions made", ("policy", "decision", "status"), registry=own
        )
        # To look up what is counted by its labels takes longer than to count.
        self._requests, self._seconds = cache(requests.labels), cache(seconds.labels)
        self._decisions = cache(decisions.labels)
        self._answered: dict[tuple[str, str, int], int] = {}
        self._came: dict[Came, int] = {}
        self._state = _State(shelf, inside, waiting)
        if SHARED not in os.environ:
            own.register(self._state)
            ProcessCollector(registry=own)

    def watch(self, note: ObservedCall) -> None:
        """Count a request, in the metrics soon."""
        if not self._answered:
            asyncio.get_running_loop().call_later(HOLD_SECONDS, self.flush)
        answered = note.route, note.method, note.status
        self._answered[answered] = self._answered.get(answered, 0) + 1
        self._seconds(note.route).observe(note.seconds)
        for came, count in note.decided.items():
            self._came[came] = self._came.get(came, 0) + count

    def flush(self) -> None:
        """Count what became of requests and decisions, which nearly always is the same."""
        answered, self._answered = self._answered, {}
        for (route, method, code), count in answered.items():
            known = method if method in METHODS else ELSEWHERE
            self._requests(route, known, str(code)).inc(count)
        came, self._came = self._came, {}
        for (policy, names, statuses), count in came.items():
            for name, status in zip(names, statuses, strict=True):
                self._decisions(policy, name, status).inc(count)

    def told(self) -> bytes:
        """The page that Prometheus reads."""
        self.flush()
        if SHARED not in os.environ:
            return generate_latest(self._own)
        every: Any = CollectorRegistry()
        MultiProcessCollector(every)  # type: ignore[no-untyped-call]
        every.register(self._state)
        return generate_latest(every)


class _State(Collector):
    """How things are now: by which text decisions are made, how much waits."""

    def __init__(
        self, shelf: Shelf, inside: Callable[[], int], waiting: Callable[[], int] | None
    ) -> None:
        self.shelf = shelf
        self.inside = inside
        self.waiting = waiting

    def collect(self) -> Iterator[Metric]:
        """The gauges, as of this moment."""
        info = GaugeMetricFamily(
            "reglament_policy_info", "The text by which a policy decides", labels=_INFO
        )
        since = GaugeMetricFamily(
            "reglament_policy_loaded_timestamp_seconds", "Since when it does", labels=["policy"]
        )
        refused = GaugeMetricFamily(
            "reglament_policy_refused", "1 if a newer text was refused", labels=["policy"]
        )
        for name, one in self.shelf.items():
            info.add_metric([name, one.policy.versions[-1].version, one.digest], 1)
            since.add_metric([name], one.since.timestamp())
            refused.add_metric([name], float(one.holder.refused is not None))
        yield from (info, since, refused)
        yield GaugeMetricFamily(
            "reglament_requests_inside", "Requests being answered now", value=self.inside()
        )
        if self.waiting is not None:
            yield GaugeMetricFamily(
                "reglament_log_waiting",
                "Decisions that wait to be written to the log",
                value=self.waiting(),
            )


_INFO = ("policy", "version", "digest")
