"""From the code of a finding to what to avoid, what to prefer, and why."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from textwrap import indent

from reglament.frozen import frozen
from reglament.messages import Language, Message, Words

AVOID = Message("avoid")
PREFER = Message("prefer")


@frozen
class Advice:
    """What a code means: a title, why it matters, what to write instead of what (YAML)."""

    title: Words
    why: Words
    avoid: str
    prefer: str

    def to_text(self, language: Language) -> str:
        """For a terminal: the title, the reason, and both examples indented."""
        parts = (
            self.title.to(language),
            f"{Message('why').to(language)}: {self.why.to(language)}",
            f"{AVOID.to(language)}:\n{indent(self.avoid, '    ')}",
            f"{PREFER.to(language)}:\n{indent(self.prefer, '    ')}",
        )
        return "\n\n".join(parts)

    def to_markdown(self, language: Language) -> str:
        """The reason, and both examples as blocks of YAML."""
        avoid = f"**{AVOID.to(language)}**\n\n```yaml\n{self.avoid}\n```"
        prefer = f"**{PREFER.to(language)}**\n\n```yaml\n{self.prefer}\n```"
        return f"{self.why.to(language)}\n\n{avoid}\n\n{prefer}"


# Of each finding the codes of its title and of why it matters.
_SAID: Mapping[str, tuple[str, str]] = {
    "conflict": ("rules-apply-together-disagree-advice", "order-rules-means-nothing"),
    "gap": ("no-rule-applies", "request-rules-silent-refused"),
    "dated-hole": ("some-days-no-value", "version-holds-days-no"),
    "rule-never-decides": ("rule-never-decides", "condition-cannot-hold-another"),
    "rule-changes-nothing": ("without-rule-all-stays", "other-rules-say-same"),
    "test-always-true": ("test-always-holds", "other-conditions-rule-say"),
    "test-always-false": ("test-never-holds", "wherever-could-matter-test"),
    "outcome-never-reached": ("no-request-reaches-outcome", "outcome-declared-no-request"),
    "fact-never-read": ("nobody-reads-fact", "what-decides-nothing-need"),
    "parameter-never-used": ("parameter-not-used", "rule-probably-repeats-value"),
    "clause-never-cited": ("nothing-cites-clause-advice", "clause-text-no-rule"),
    "clause-cited-though-no-rule": ("no-rule-clause-cited", "clause-said-need-no"),
    "reading-without-effect": ("reading-decides-nothing", "with-other-alternative-every"),
    "word-not-declared": ("rule-names-unknown-word", "open-choice-takes-any"),
    "word-never-heard": ("no-rule-names-option", "rules-name-other-options"),
    "word-or-name": ("word-is-name-too-advice", "bare-word-rule"),
    "message-missing": ("text-missing-one-language", "readers-language-will-see"),
    "reason-number-differs": ("reason-number-differs", "number-changed-in-one-place"),
    "calendar-ends-soon": ("calendar-ends-soon", "not-answer-about-days"),
    "example-names-no-rule": ("worked-example-names-rule", "rule-row-table-otherwise"),
    "example-proves-nothing": ("worked-example-proves-nothing", "example-expects-nothing-repeats"),
    "not-analysed": ("not-analysed", "diagram-decision-outgrew-budget-so"),
}


def _examples() -> dict[str, str]:
    """The examples of `advice.yaml`, by the line before each."""
    path = os.path.join(os.path.dirname(__file__), "advice.yaml")
    with open(path, encoding="utf-8") as file:
        _, *parts = re.split(r"^#= (.+)\n", file.read(), flags=re.MULTILINE)
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


def _advice() -> Iterator[tuple[str, Advice]]:
    examples = _examples()
    for code, (title, why) in _SAID.items():
        avoid, prefer = (examples[f"{code}: {one}"] for one in ("avoid", "prefer"))
        yield code, Advice(Message(title), Message(why), avoid, prefer)


ADVICE: Mapping[str, Advice] = dict(_advice())
