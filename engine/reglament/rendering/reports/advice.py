"""From the code of a finding to what to avoid, what to prefer, and why."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent, indent

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


def _advice(title: Words, why: Words, avoid: str, prefer: str) -> Advice:
    return Advice(title, why, dedent(avoid).strip(), dedent(prefer).strip())


ADVICE: Mapping[str, Advice] = {
    "conflict": _advice(
        Message("rules-apply-together-disagree-advice"),
        Message("order-rules-means-nothing"),
        """
        - {id: member, when: {member: true}, then: free}
        - {id: late, when: {late: true}, then: fine}
        """,
        """
        - {id: member, when: {member: true}, then: free}
        - {id: late, when: {late: true}, then: fine, overrides: [member]}
        """,
    ),
    "gap": _advice(
        Message("no-rule-applies"),
        Message("request-rules-silent-refused"),
        """
        rules:
          - {id: adult, when: {age: {at_least: 18}}, then: full}
        """,
        """
        rules:
          - {id: adult, when: {age: {at_least: 18}}, then: full}
        otherwise: {then: not_regulated, because: {ru: текст молчит, en: the text is silent}}
        """,
    ),
    "dated-hole": _advice(
        Message("some-days-no-value"),
        Message("version-holds-days-no"),
        """
        holds_from: 2024-01-01
        parameters:
          fee: {type: integer, values: {2024-03-01: 100}}
        """,
        """
        holds_from: 2024-01-01
        parameters:
          fee: {type: integer, values: {2024-01-01: 90, 2024-03-01: 100}}
        """,
    ),
    "rule-never-decides": _advice(
        Message("rule-never-decides"),
        Message("condition-cannot-hold-another"),
        """
        - {id: child, when: {age: {less_than: 7, at_least: 14}}, then: half}
        """,
        """
        - {id: child, when: {age: {at_least: 7, less_than: 14}}, then: half}
        """,
    ),
    "rule-changes-nothing": _advice(
        Message("without-rule-all-stays"),
        Message("other-rules-say-same"),
        """
        - {id: paid, when: {tier: paid}, then: yes, clauses: [c1]}
        - {id: paid-in-may, when: {tier: paid, month: may}, then: yes, clauses: [c1]}
        """,
        """
        - {id: paid, when: {tier: paid}, then: yes, clauses: [c1]}
        """,
    ),
    "test-always-true": _advice(
        Message("test-always-holds"),
        Message("other-conditions-rule-say"),
        """
        when: {age: {at_least: 18}, age_known: true, any: [{age: {more_than: 17}}]}
        """,
        """
        when: {age: {at_least: 18}, age_known: true}
        """,
    ),
    "test-always-false": _advice(
        Message("test-never-holds"),
        Message("wherever-could-matter-test"),
        """
        when: {any: [{age: {at_least: 18}}, {age: {at_least: 21}}]}
        """,
        """
        when: {age: {at_least: 18}}
        """,
    ),
    "outcome-never-reached": _advice(
        Message("no-request-reaches-outcome"),
        Message("outcome-declared-no-request"),
        """
        outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}, ask: {ru: спросить, en: ask}}
        rules: [{id: adult, when: {adult: true}, then: yes}]
        otherwise: {then: no}
        """,
        """
        outcomes: {yes: {ru: да, en: yes}, no: {ru: нет, en: no}}
        rules: [{id: adult, when: {adult: true}, then: yes}]
        otherwise: {then: no}
        """,
    ),
    "fact-never-read": _advice(
        Message("nobody-reads-fact"),
        Message("what-decides-nothing-need"),
        """
        facts:
          shoe_size: {type: integer, label: {ru: размер обуви, en: shoe size}}
        """,
        """
        facts: {}   # or a rule that reads shoe_size
        """,
    ),
    "parameter-never-used": _advice(
        Message("parameter-not-used"),
        Message("rule-probably-repeats-value"),
        """
        parameters: {limit: {type: integer, value: 5, label: {ru: предел, en: limit}}}
        rules: [{id: over, when: {items: {more_than: 5}}, then: no}]
        """,
        """
        parameters: {limit: {type: integer, value: 5, label: {ru: предел, en: limit}}}
        rules: [{id: over, when: {items: {more_than: limit}}, then: no}]
        """,
    ),
    "clause-never-cited": _advice(
        Message("nothing-cites-clause-advice"),
        Message("clause-text-no-rule"),
        """
        clauses:
          p4: {where: "4", summary: {ru: …, en: …}, fingerprint: "sha256:…"}
        """,
        """
        clauses:
          p4: {where: "4", summary: {ru: …, en: …}, fingerprint: "sha256:…",
               no_rule: {ru: "только вводит слова", en: "only introduces words"}}
        """,
    ),
    "clause-cited-though-no-rule": _advice(
        Message("no-rule-clause-cited"),
        Message("clause-said-need-no"),
        """
        clauses: {p1: {…, no_rule: {ru: заголовок, en: a heading}}}
        rules: [{id: r, then: yes, clauses: [p1]}]
        """,
        """
        clauses: {p1: {…}}
        rules: [{id: r, then: yes, clauses: [p1]}]
        """,
    ),
    "reading-without-effect": _advice(
        Message("reading-decides-nothing"),
        Message("with-other-alternative-every"),
        """
        readings: {weekend: {…, chosen: strict, alternatives: {strict: …, kind: …}}}
        rules: [{id: r, then: no, readings: [weekend]}]
        """,
        """
        rules:
          - {id: r-strict, under: {weekend: strict}, then: no}
          - {id: r-kind, under: {weekend: kind}, then: yes}
        """,
    ),
    "word-not-declared": _advice(
        Message("rule-names-unknown-word"),
        Message("open-choice-takes-any"),
        """
        channel: {type: choice, open: true, options: {portal: {ru: портал, en: portal}}}
        - {id: by-portal, when: {channel: protal}, then: accepted}
        """,
        """
        channel: {type: choice, open: true, options: {portal: {ru: портал, en: portal}}}
        - {id: by-portal, when: {channel: portal}, then: accepted}
        """,
    ),
    "word-never-heard": _advice(
        Message("no-rule-names-option"),
        Message("rules-name-other-options"),
        """
        options: {book: …, disc: …, map: …, game: …}
        - {id: week, when: {kind: [book, map]}, then: 7}
        - {id: day, when: {kind: disc}, then: 1}
        """,
        """
        options: {book: …, disc: …, map: …, game: …}
        - {id: week, when: {kind: [book, map]}, then: 7}
        - {id: day, when: {kind: [disc, game]}, then: 1}
        """,
    ),
    "word-or-name": _advice(
        Message("word-is-name-too-advice"),
        Message("bare-word-rule"),
        """
        facts: {city: {type: text}, places: {type: list, item: {type: text}}}
        - {id: served, when: {places: {includes: city}}, then: yes}
        """,
        """
        facts: {city: {type: text}, places: {type: list, item: {type: text}}}
        - {id: served, when: {places: {includes: {same_as: city}}}, then: yes}
        """,
    ),
    "message-missing": _advice(
        Message("text-missing-one-language"),
        Message("readers-language-will-see"),
        """
        because: {ru: "Срок до {free_until}.", en: "The period is over."}
        """,
        """
        because: {ru: "Срок до {free_until}.", en: "The period lasts until {free_until}."}
        """,
    ),
    "reason-number-differs": _advice(
        Message("reason-number-differs"),
        Message("number-changed-in-one-place"),
        """
        - {id: partner, when: {tier: partner}, then: 16, because: Within 8 working hours.}
        """,
        """
        - {id: partner, when: {tier: partner}, then: 16, because: "Within {response_hours}."}
        """,
    ),
    "calendar-ends-soon": _advice(
        Message("calendar-ends-soon"),
        Message("not-answer-about-days"),
        """
        covers: {from: 2019-01-01, until: 2026-12-31}   # checked in November 2026
        """,
        """
        covers: {from: 2019-01-01, until: 2027-12-31}
        """,
    ),
    "example-names-no-rule": _advice(
        Message("worked-example-names-rule"),
        Message("rule-row-table-otherwise"),
        """
        rules:
          - {id: full-for-adults, when: {age: {at_least: 18}}, then: full}
        # an example: expect: {ticket: {outcome: full, rules: [adults-pay]}}
        """,
        """
        rules:
          - {id: full-for-adults, when: {age: {at_least: 18}}, then: full}
        # an example: expect: {ticket: {outcome: full, rules: [full-for-adults]}}
        """,
    ),
    "example-proves-nothing": _advice(
        Message("worked-example-proves-nothing"),
        Message("example-expects-nothing-repeats"),
        """
        - {name: an adult, facts: {age: 18}, expect: {}}
        """,
        """
        - {name: an adult, facts: {age: 18}, expect: {ticket: full}}
        """,
    ),
    "not-analysed": _advice(
        Message("not-analysed"),
        Message("diagram-decision-outgrew-budget-so"),
        """
        decisions: {everything: {rules: [… hundreds of independent tests …]}}
        """,
        """
        decisions:
          eligible: {rules: […]}
          fee: {rules: [{id: r, when: {eligible: yes}, then: …}]}
        """,
    ),
}
