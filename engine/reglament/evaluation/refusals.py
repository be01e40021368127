"""From what stops a decision to the refusal that people read."""

from __future__ import annotations

from collections.abc import Mapping

from reglament.evaluation.starts import started_from
from reglament.formulas import NumberOutOfRange
from reglament.model.policy import Version
from reglament.model.problems import Problem, Refused, refusal
from reglament.model.values import LARGEST, Value
from reglament.model.words import Words
from reglament.reference import Undecided
from reglament.worktime import OutsideCalendar

DATE_OUT_OF_RANGE = Words(
    ru="вычисленная дата вне лет с 1 по 9999",
    en="a computed date is outside the years 1 to 9999",
)
NUMBER_OUT_OF_RANGE = Words(
    ru=f"вычисленное число больше {LARGEST:,} по модулю".replace(",", " "),
    en=f"a computed number is beyond {LARGEST:,} either way",
)


def refused(error: Exception, version: Version, told: Mapping[str, Value]) -> Refused:
    """Why there is no decision: a gap, a conflict, or what cannot be reckoned with."""
    if isinstance(error, OutsideCalendar):
        fact = started_from(version, told, error)
        return Refused([Problem("outside-calendar", error.words, fact=fact)])
    if isinstance(error, Undecided):
        return _undecided(error)
    if isinstance(error, NumberOutOfRange):
        return refusal("number-out-of-range", NUMBER_OUT_OF_RANGE)
    return refusal("date-out-of-range", DATE_OUT_OF_RANGE)


def _undecided(error: Undecided) -> Refused:
    name, rules = error.decision, ", ".join(f"`{rule}`" for rule in error.rules)
    if not error.outcomes:
        return refusal(
            "gap",
            Words(
                ru=f"в решении `{name}` пробел: ни одно правило не подходит, а `otherwise` нет",
                en=f"decision `{name}` has a gap: no rule applies and it says no `otherwise`",
            ),
        )
    return refusal(
        "conflict",
        Words(
            ru=f"в решении `{name}` противоречие: правила {rules} дают разное",
            en=f"decision `{name}` has a conflict: the rules {rules} disagree",
        ),
    )
