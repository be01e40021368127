"""From what stops a decision to why it is refused, as people read it."""

from __future__ import annotations

from collections.abc import Mapping

from reglament import reference
from reglament.evaluation.offending_fact import started_from
from reglament.formulas import NumberOutOfRange
from reglament.model.outcomes import RESTS_ON_REFUSED, Refusal
from reglament.model.policy import Version
from reglament.model.problems import Problem
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


ADD_DAYS = Words(
    ru="добавьте дни этого года в календарь, когда их утвердят",
    en="add the days of that year to the calendar once they are decreed",
)
ADD_RULE = Words(
    ru="добавьте правило для такой заявки или `otherwise`",
    en="add a rule for such a request, or `otherwise`",
)
ADD_OVERRIDES = Words(
    ru="скажите в `overrides` одного из них, что оно отменяет другое",
    en="say in `overrides` of one of them that it overrides the other",
)


def refusal_of(
    why: reference.Refusal, version: Version, decision: str, told: Mapping[str, Value]
) -> Refusal:
    """Why there is no outcome: a gap, a conflict, a day out of reach, another refused decision."""
    if isinstance(why, OutsideCalendar):
        fact = started_from(version, decision, told, why)
        return Refusal(Problem("outside-calendar", why.words, hint=ADD_DAYS, fact=fact))
    if isinstance(why, Undecided):
        return Refusal(_undecided(why), why.rules, why.because_of)
    if isinstance(why, NumberOutOfRange):
        return Refusal(Problem("number-out-of-range", NUMBER_OUT_OF_RANGE))
    return Refusal(Problem("date-out-of-range", DATE_OUT_OF_RANGE))


def _undecided(error: Undecided) -> Problem:
    name, rules = error.decision, ", ".join(f"`{rule}`" for rule in error.rules)
    if error.because_of:
        behind = ", ".join(f"`{one}`" for one in error.because_of)
        return Problem(
            RESTS_ON_REFUSED,
            Words(
                ru=f"решение `{name}` зависит от того, что решить нельзя: {behind}",
                en=f"decision `{name}` rests on what cannot be decided: {behind}",
            ),
        )
    if not error.outcomes:
        return Problem(
            "gap",
            Words(
                ru=f"в решении `{name}` пробел: ни одно правило не подходит, а `otherwise` нет",
                en=f"decision `{name}` has a gap: no rule applies and it says no `otherwise`",
            ),
            hint=ADD_RULE,
        )
    return Problem(
        "conflict",
        Words(
            ru=f"в решении `{name}` противоречие: правила {rules} дают разное",
            en=f"decision `{name}` has a conflict: the rules {rules} disagree",
        ),
        hint=ADD_OVERRIDES,
    )
