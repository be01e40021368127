"""The picture of working time: how far its hours reach."""

from __future__ import annotations

from datetime import date

from reglament.rendering.pictures.log_pictures import Scale
from support.shipped import shipped


def test_the_hours_begin_an_hour_before_the_first_shift_however_many_days_there_are() -> None:
    hours = shipped("technical-support").versions[-1].hours["support_hours"]
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)

    assert Scale.of(hours, [friday]) == Scale.of(hours, [friday, monday]) == Scale(9, 20)
