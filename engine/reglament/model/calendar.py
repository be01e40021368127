"""What the model asks of working hours; `reglament.worktime` computes with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, Protocol

from reglament.messages import Message, Words
from reglament.model.words import Text

Tie = Literal["closing", "next_opening"]


class OutsideCalendar(Exception):
    """A calendar was asked about `day`, which it does not cover: an answer would be a guess."""

    def __init__(self, calendar: str, day: date, first_day: date, last_day: date) -> None:
        self.calendar = calendar
        self.day = day
        self.first_day = first_day
        self.last_day = last_day
        super().__init__(calendar, day, first_day, last_day)

    @property
    def words(self) -> Words:
        """Which calendar, the year asked for, and what is covered."""
        name, year, day = f"`{self.calendar}`", self.day.year, self.day.isoformat()
        first, last = self.first_day.isoformat(), self.last_day.isoformat()
        return Message(
            "calendar-does-not-cover", name=name, year=year, day=day, first=first, last=last
        )

    def __str__(self) -> str:
        return self.words.to("en")


class NamedDay(Protocol):
    """A day that breaks its weekday's habit."""

    @property
    def works(self) -> bool: ...
    @property
    def name(self) -> Words: ...


class WorkingDays(Protocol):
    """The working days of a period."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...
    @property
    def special(self) -> Mapping[date, NamedDay]: ...
    @property
    def sources(self) -> tuple[str, ...]: ...
    def is_working(self, day: date) -> bool: ...
    def is_short(self, day: date) -> bool: ...
    def name_of(self, day: date) -> Words | None: ...


class CountedTime(Protocol):
    """Working time counted on one day."""

    @property
    def day(self) -> date: ...
    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def worked(self) -> timedelta: ...


class OpenWindow(Protocol):
    """A stretch of a day in which work is done, counted on the clock from midnight."""

    @property
    def opens(self) -> timedelta: ...
    @property
    def closes(self) -> timedelta: ...


class WorkingHours(Protocol):
    """Opening hours on the working days of a calendar.

    Days and ledgers are told in `zone`, moments that answer in the zone `answers_in`.
    """

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def calendar(self) -> WorkingDays: ...
    @property
    def zone(self) -> str: ...
    @property
    def answers_in(self) -> str: ...
    @property
    def covered(self) -> tuple[datetime, datetime]: ...
    @property
    def windows(self) -> Sequence[OpenWindow]: ...
    @property
    def edges(self) -> Sequence[time]: ...
    @property
    def readings(self) -> tuple[str, ...]: ...
    @property
    def clauses(self) -> tuple[str, ...]: ...
    def shifts(self, day: date) -> Sequence[tuple[datetime, datetime]]: ...
    def is_open(self, moment: datetime) -> bool: ...
    def next_open(self, moment: datetime) -> datetime: ...
    def next_closed(self, moment: datetime) -> datetime: ...
    def due_at(
        self, moment: datetime, minutes: int | Decimal, tie: Tie = "closing"
    ) -> datetime: ...
    def due_after(self, moment: datetime, work: timedelta, tie: Tie = "closing") -> datetime: ...
    def worked_between(self, start: datetime, end: datetime) -> timedelta: ...
    def ledger(self, moment: datetime, due: datetime) -> Sequence[CountedTime]: ...
