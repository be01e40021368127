"""Random policies, each with a few rows of requests: for laws that hold of every cell."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from support import random_policies, random_ranges, whole_language
from support.laws import examples

of_the_whole_language = given(
    whole_language.policies(),
    st.lists(whole_language.requests(most_missing=2), min_size=8, max_size=16),
)
with_facts_that_bound_each_other = given(
    random_policies.policies(), st.lists(random_policies.requests(), min_size=8, max_size=24)
)

with_formulas_that_lack_facts = given(random_ranges.policies(), random_ranges.tables())


def few(count: int) -> settings:
    """So many tables, none of which is made smaller where it fails: that would take too long."""
    return settings(
        examples(count),
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
