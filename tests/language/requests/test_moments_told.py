"""Every way to write a moment that nobody misreads is read; any other is refused by name."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglament import Policy, Refused
from reglament.events.event_reader import read_event
from reglament.language.requests.told_moments import read_datetime
from reglament.language.syntax.mismatch import TypeMismatch
from support.cli_runner import run
from support.laws import LETTER, sample

MOSCOW = ZoneInfo("Europe/Moscow")
AT = "request.created_at"


HALF_PAST = datetime(2026, 11, 20, 18, 30, tzinfo=MOSCOW)
FINE = HALF_PAST.replace(second=5, microsecond=120000)
READ = {
    "2026-11-20T18:30": HALF_PAST,
    "2026-11-20 18:30": HALF_PAST,
    "2026-11-20t18:30": HALF_PAST,
    "2026-11-20T18:30:00": HALF_PAST,
    "2026-11-20T15:30Z": HALF_PAST,
    "2026-11-20t15:30:00z": HALF_PAST,
    "2026-11-20 15:30:00z": HALF_PAST,
    "2026-11-20T15:30:00-00:00": HALF_PAST,
    "2026-11-20T18:30:00+03:00": HALF_PAST,
    "2026-11-20T18:30:00+0300": HALF_PAST,
    "2026-11-20t18:30+0300": HALF_PAST,
    "2026-11-20T10:00:00-05:30": HALF_PAST,
    "2026-11-20T10:00:00-0530": HALF_PAST,
    "2026-11-20T18:30:05.1200+03:00": FINE,
    "2026-11-20T18:30:05.12": FINE,
    "2026-11-20T18:30:05.120000": FINE,
    # .NET and Java write more digits than there are; these are exact.
    "2026-11-20T18:30:05.1200000+03:00": FINE,
    "2026-11-20T15:30:05.120000000z": FINE,
}


@pytest.mark.parametrize("text", READ)
def test_a_moment_is_read_however_it_is_written(policy: Policy, text: str) -> None:
    line = {"id": "e", "subject": "request/1", "event": "created", "at": text, "facts": {AT: text}}
    event, _ = read_event(policy, json.dumps(line))

    assert policy.decide({AT: text}).facts[AT] == READ[text]
    assert policy.decide({"request": {"created_at": text}}).facts[AT] == READ[text]
    assert (event.at, event.facts[AT]) == (READ[text], READ[text])
    assert policy.moment(text) == READ[text]


@pytest.mark.parametrize("text", READ)
def test_that_a_zone_was_assumed_is_noted_where_none_was_told(policy: Policy, text: str) -> None:
    tells = text[-1] in "zZ" or text[-5] in "+-" or text[-6] in "+-"

    noted = [note.code for note in policy.decide({AT: text}).notes]

    assert noted == ([] if tells else ["no-offset"])


REFUSED = {
    "2026-11-20T18:30:05.123456789Z": ("nanoseconds", "microseconds"),
    "2026-11-20T18:30:05.1234567": ("nanoseconds", "microseconds"),
    "2016-12-31T23:59:60Z": ("leap-second", "`2016-12-31T23:59:59Z`"),
    "2016-12-31t23:59:60.5+03:00": ("leap-second", "`2016-12-31T23:59:59+03:00`"),
    "2026-11-20T24:00": ("hour-24", "00:00 of the next day"),
    "2026-11-20T24:00:00Z": ("hour-24", "00:00 of the next day"),
    "2026-11-20T18:30:05,12": ("wrong-type", "write `2026-11-20T18:30:05.12`"),
    "2026-11-20T18:30+03": ("wrong-type", "write `2026-11-20T18:30+03:00`"),
    "2026-11-20T18:30:00,5-03": ("wrong-type", "write `2026-11-20T18:30:00.5-03:00`"),
    "2026-02-30T10:00": ("no-such-date", ""),
    "2026-11-20T25:00": ("wrong-type", ""),
    "2026-11-20T18:60": ("wrong-type", ""),
    "2026-11-20T18:30:61": ("wrong-type", ""),
    "2026-11-20T18:30+24:00": ("wrong-type", ""),
    "2026-11-20T18:30+0360": ("wrong-type", ""),
    "2026-11-20T18:30+0300:30": ("wrong-type", ""),
    "2026-11-20T1830": ("wrong-type", ""),
    "20261120T183000Z": ("wrong-type", ""),
    "2026-W47-5T18:30": ("wrong-type", ""),
    "2026-324T18:30": ("wrong-type", ""),
    "2026-11-20_18:30": ("wrong-type", ""),
    "2026-11-20T 18:30": ("wrong-type", ""),
    " 2026-11-20T18:30": ("wrong-type", ""),
    "2026-11-20T18:30\n": ("wrong-type", ""),
    "2026-11-20T18:30:05.": ("wrong-type", ""),
    "２０２６-11-20T18:30": ("wrong-type", ""),
    "2026-11-20": ("wrong-type", "2026-11-20T00:00"),
}


@pytest.mark.parametrize("text", sample(REFUSED, 9))
def test_a_moment_that_is_none_is_refused_by_name(policy: Policy, text: str) -> None:
    code, hint = REFUSED[text]
    for told in ({AT: text}, {"request": {"created_at": text}}):
        with pytest.raises(Refused) as refused:
            policy.decide(told)
        (problem,) = refused.value.problems
        assert problem.code == code
        assert hint in (problem.hint.to("en") if problem.hint else "")
    done = run("decide", "-", "--lang", "ru", stdin=json.dumps({AT: text}))
    assert (done.exit_code, done.stdout) == (2, "")


OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = st.datetimes(
    datetime(1951, 1, 1), datetime(2199, 12, 30), timezones=st.just(UTC) | OFFSETS
)


@given(MOMENTS, st.sampled_from("Tt "), st.sampled_from(["", ":"]), st.integers(0, 3))
def test_a_moment_is_read_back_from_every_spelling(
    moment: datetime, between: str, colon: str, zeros: int
) -> None:
    offset = moment.strftime("%z")
    text = f"{moment:%Y-%m-%d}{between}{moment:%H:%M:%S.%f}{'0' * zeros}"
    ends = [f"{offset[:3]}{colon}{offset[3:]}"] + ["Z", "z"] * (moment.tzinfo is UTC)

    for end in ends:
        assert read_datetime(text + end, MOSCOW) == moment


@given(
    st.from_regex(
        r"20[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ,_][0-9:.,]{4,16}[Zz+-]?[0-9:]{0,8}",
        fullmatch=True,
        alphabet=LETTER,
    )
)
def test_what_is_read_is_what_python_reads(text: str) -> None:
    try:
        found = read_datetime(text, MOSCOW)
    except TypeMismatch:
        return
    upper = text.upper()
    expected = datetime.fromisoformat(upper)
    assert found == (expected if expected.tzinfo else expected.replace(tzinfo=MOSCOW))
