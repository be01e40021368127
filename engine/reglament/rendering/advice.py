"""From the code of a finding to what to avoid, what to prefer, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent, indent

from reglament.model.words import Language, Words

WHY = Words(ru="Почему", en="Why")
AVOID = Words(ru="Избегайте", en="Avoid")
PREFER = Words(ru="Лучше", en="Prefer")


@dataclass(frozen=True, slots=True)
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
            f"{WHY.to(language)}: {self.why.to(language)}",
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
        Words(
            ru="правила подходят вместе и говорят разное", en="rules apply together and disagree"
        ),
        Words(
            ru="Порядок правил ничего не значит, поэтому у такой заявки нет ответа: решать "
            "откажутся. Скажите, какое правило важнее, или разведите условия.",
            en="The order of rules means nothing, so such a request has no answer and is refused. "
            "Say which rule goes before the other, or part their conditions.",
        ),
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
        Words(ru="ни одно правило не подходит", en="no rule applies"),
        Words(
            ru="Заявку, о которой правила молчат, решать откажутся. Если текст правда молчит, "
            "скажите это словами: `otherwise` с причиной.",
            en="A request on which the rules are silent is refused. If the text is silent indeed, "
            "say so: an `otherwise` with its reason.",
        ),
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
        Words(ru="есть дни без значения", en="some days have no value"),
        Words(
            ru="Версия действует и в дни, на которые нет ни значения, ни правила: заявки этих "
            "дней решать откажутся.",
            en="The version holds on days for which no value and no rule is given: requests of "
            "those days are refused.",
        ),
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
        Words(ru="правило не решает никогда", en="a rule never decides"),
        Words(
            ru="Условие правила невыполнимо, или всюду, где оно подходит, его отменяет другое. "
            "Читатель думает, что правило действует, а оно нет.",
            en="Its condition cannot hold, or another rule overrides it wherever it applies. "
            "Readers believe that it works, and it does not.",
        ),
        """
        - {id: child, when: {age: {less_than: 7, at_least: 14}}, then: half}
        """,
        """
        - {id: child, when: {age: {at_least: 7, less_than: 14}}, then: half}
        """,
    ),
    "rule-changes-nothing": _advice(
        Words(ru="без правила решалось бы так же", en="without the rule all stays the same"),
        Words(
            ru="Другие правила говорят то же и ссылаются на те же пункты. При правке легко "
            "поправить одно из двух и не получить ничего. Правило, которое ссылается на свой "
            "пункт, лишним не считается.",
            en="Other rules say the same and cite the same clauses. An edit of one of the two then "
            "has no effect. A rule that cites a clause of its own is not counted as idle.",
        ),
        """
        - {id: paid, when: {tier: paid}, then: yes, clauses: [c1]}
        - {id: paid-in-may, when: {tier: paid, month: may}, then: yes, clauses: [c1]}
        """,
        """
        - {id: paid, when: {tier: paid}, then: yes, clauses: [c1]}
        """,
    ),
    "test-always-true": _advice(
        Words(ru="проверка всегда выполняется", en="a test always holds"),
        Words(
            ru="Остальные условия правила уже говорят это, или иначе не бывает. Либо проверка "
            "лишняя, либо в ней ошибка: граница, имя, знак.",
            en="The other conditions of the rule say it already, or it cannot be otherwise. Either "
            "the test is superfluous or it is mistaken: a bound, a name, a sign.",
        ),
        """
        when: {age: {at_least: 18}, age_known: true, any: [{age: {more_than: 17}}]}
        """,
        """
        when: {age: {at_least: 18}, age_known: true}
        """,
    ),
    "test-always-false": _advice(
        Words(ru="проверка никогда не выполняется", en="a test never holds"),
        Words(
            ru="Там, где от проверки что-то зависит, она не выполняется: её ветвь не работает.",
            en="Wherever it could matter the test fails, so its branch never works.",
        ),
        """
        when: {any: [{age: {at_least: 18}}, {age: {at_least: 21}}]}
        """,
        """
        when: {age: {at_least: 18}}
        """,
    ),
    "outcome-never-reached": _advice(
        Words(ru="исход недостижим", en="no request reaches an outcome"),
        Words(
            ru="Исход объявлен, но его не получает ни одна заявка: правило потеряно или условие "
            "неверно. Если исход не нужен, уберите его.",
            en="The outcome is declared and no request gets it: a rule is missing or its condition "
            "is wrong. Remove the outcome if it is not meant.",
        ),
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
        Words(ru="факт никто не читает", en="nobody reads a fact"),
        Words(
            ru="О том, что ничего не решает, незачем спрашивать: это лишний труд и лишние данные.",
            en="What decides nothing need not be asked: it is work, and data, for nothing.",
        ),
        """
        facts:
          shoe_size: {type: integer, label: {ru: размер обуви, en: shoe size}}
        """,
        """
        facts: {}   # or a rule that reads shoe_size
        """,
    ),
    "parameter-never-used": _advice(
        Words(ru="параметр не используется", en="a parameter is not used"),
        Words(
            ru="Правило, должно быть, повторяет его значение числом: поправят параметр, а "
            "решения не изменятся.",
            en="A rule probably repeats its value as a number: the parameter will be edited and "
            "no decision will change.",
        ),
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
        Words(ru="на пункт не ссылается ничто", en="nothing cites a clause"),
        Words(
            ru="Пункт текста остался без правила. Либо правило забыто, либо надо сказать, почему "
            "оно не нужно.",
            en="A clause of the text has no rule. Either the rule was forgotten, or say why none "
            "is needed.",
        ),
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
        Words(
            ru="`no_rule` у пункта, на который ссылаются", en="`no_rule` on a clause that is cited"
        ),
        Words(
            ru="Пункту будто бы не нужно правило, а на него ссылаются: что-то одно неверно.",
            en="The clause is said to need no rule, and rules cite it: one of the two is wrong.",
        ),
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
        Words(ru="прочтение ничего не решает", en="a reading decides nothing"),
        Words(
            ru="С другим вариантом каждая заявка решается так же. Либо правило забыто (`under`), "
            "либо вопрос праздный.",
            en="With the other alternative every request is decided the same. Either a rule was "
            "forgotten (`under`), or the question is idle.",
        ),
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
        Words(ru="правило называет слово, которого нет у факта", en="a rule names an unknown word"),
        Words(
            ru="К открытому выбору подходит любое слово, поэтому опечатка в правиле не ошибка: "
            "правило просто не сработает. Исправьте слово или добавьте его в `options`.",
            en="An open choice takes any word, so a slip in a rule is no mistake: the rule just "
            "never applies. Mend the word, or add it to `options`.",
        ),
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
        Words(ru="значение не называет ни одно правило", en="no rule names an option"),
        Words(
            ru="Правила называют другие значения, а это забыли: с ним решается так же, как с "
            "любым другим. Назовите его в правиле, хотя бы рядом с тем, с чем оно совпадает.",
            en="Rules name the other options, and this one was forgotten: it is decided as any "
            "other word is. Name it in a rule, if only beside the one that it is like.",
        ),
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
    "message-missing": _advice(
        Words(ru="текста нет на одном языке", en="a text is missing in one language"),
        Words(
            ru="Читатель этого языка увидит пустое место, чужой язык или фразу без значения.",
            en="Readers of that language will see a blank, the other language, or a phrase "
            "without its value.",
        ),
        """
        because: {ru: "Срок до {free_until}.", en: "The period is over."}
        """,
        """
        because: {ru: "Срок до {free_until}.", en: "The period lasts until {free_until}."}
        """,
    ),
    "calendar-ends-soon": _advice(
        Words(ru="календарь скоро кончится", en="a calendar ends soon"),
        Words(
            ru="О днях за концом календаря ответа нет: сроки на них не считаются. Год "
            "добавляют, как только издан документ о нём.",
            en="There is no answer about days past a calendar's end: no deadline there can be "
            "reckoned. Add the year as soon as its decree is out.",
        ),
        """
        covers: {from: 2019-01-01, until: 2026-12-31}   # checked in November 2026
        """,
        """
        covers: {from: 2019-01-01, until: 2027-12-31}
        """,
    ),
    "example-names-no-rule": _advice(
        Words(
            ru="пример называет правило, которого нет",
            en="a worked example names a rule that is not there",
        ),
        Words(
            ru="Правило, строку таблицы или `otherwise` убрали или переименовали, а пример "
            "ждёт их по-прежнему: пройти он не может.",
            en="The rule, the row of a table or the `otherwise` was taken off or renamed, and the "
            "example still expects it: it cannot pass.",
        ),
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
        Words(ru="пример ничего не доказывает", en="a worked example proves nothing"),
        Words(
            ru="Пример ничего не ожидает или повторяет другой: новой проверки в нём нет.",
            en="The example expects nothing, or repeats another: it adds no check of the rules.",
        ),
        """
        - {name: an adult, facts: {age: 18}, expect: {}}
        """,
        """
        - {name: an adult, facts: {age: 18}, expect: {ticket: full}}
        """,
    ),
    "not-analysed": _advice(
        Words(ru="не проверено", en="not analysed"),
        Words(
            ru="Диаграмма решения больше отведённого предела, и о нём не сказано ничего. "
            "Разделите его на несколько решений, каждое со своим вопросом.",
            en="The diagram of the decision outgrew its budget, so nothing is said about it. "
            "Part it into several decisions, each with a question of its own.",
        ),
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
