"""From the name of a regulation to its first, smallest text: valid, commented, ready to edit."""

from __future__ import annotations

from datetime import date


def first_texts(name: str, day: date) -> dict[str, str]:
    """The files of a new policy, by their paths inside a version's folder.

    It decides one thing by two rules, and its examples reach both of them and `otherwise`.
    """
    known = {"NAME": name, "DAY": day.isoformat(), "NEXT_DAY": f"{day.isoformat()}T12:00:00"}
    return {path: _filled(text, known) for path, text in _TEXTS.items()}


def _filled(text: str, known: dict[str, str]) -> str:
    for word, value in known.items():
        text = text.replace(f"<{word}>", value)
    return text.lstrip("\n")


_POLICY = """
# Who this regulation is, and from when it holds. Files of one folder are one text:
# split it as you like.
policy: <NAME>
version: "<DAY>"
title:
  ru: Новый регламент
  en: A new regulation
holds_from: <DAY>           # the first day on which the text holds
known_from: <DAY>           # the day on which it became known
chosen_by: request.created_at    # the fact that picks the version in force
time_zone: Europe/Moscow

# Where the text is open: the question, the answer chosen, what else it could be. Rules name
# a reading by `readings: [id]`, or stand `under: {id: alternative}`.
#
# readings:
#   an-open-question:
#     question: {ru: "…?", en: "…?"}
#     chosen: one-way
#     alternatives:
#       one-way: {ru: …, en: …}
#       another-way: {ru: …, en: …}
#     because: {ru: …, en: …}

# Each clause of the text: where it stands, what it says in your own words, and the fingerprint
# of its wording, by which a changed text is noticed.
#
# clauses:
#   requests.who:
#     where: "Section / 1"
#     summary: {ru: …, en: …}
#     fingerprint: "sha256:…"
"""

_FACTS = """
# What a request may tell. A fact is told, told to be null (only where `null_means` says
# what that tells), or missing: not known yet.
facts:
  request.created_at:
    type: datetime
    label: {ru: момент заявки, en: moment of the request}
    question: {ru: "Когда подана заявка?", en: "When was the request made?"}
    can_change: false

  request.kind:
    type: choice
    open: true              # any other word may be told too
    options:
      question: {ru: вопрос, en: question}
      complaint: {ru: жалоба, en: complaint}
    label: {ru: вид заявки, en: kind of request}
    question: {ru: "Какого вида заявка?", en: "What kind of request is it?"}
"""

_DECISIONS = """
# The questions that the regulation answers. The order of rules means nothing: two that
# apply together must agree, or one says `overrides: [the-other]`.
decisions:
  answer:
    label: {ru: ответ на заявку, en: answer}
    outcomes:
      accept: {ru: принять, en: accept}
      refer: {ru: передать человеку, en: refer to a person}
      refuse: {ru: отказать, en: refuse}
    rules:
      - id: answer-question-accepted
        when: {request.kind: question}
        then: accept
        because:
          ru: На вопросы отвечают.
          en: Questions are answered.
      - id: answer-complaint-referred
        when: {request.kind: complaint}
        then: refer
        because:
          ru: Жалобу читает человек.
          en: A person reads complaints.
    otherwise:
      then: refuse
      because:
        ru: О таких заявках регламент не говорит.
        en: The regulation says nothing of such requests.
"""

_EXAMPLES = """
# Worked examples: what a request tells, and what must be decided. Try them with
# `reglament test`; `--mutate` shows the mistakes that they would not notice.
examples:
  - name: a question is accepted
    facts:
      request.created_at: <NEXT_DAY>
      request.kind: question
    expect:
      answer: {outcome: accept, rules: [answer-question-accepted]}

  - name: a complaint goes to a person
    facts:
      request.created_at: <NEXT_DAY>
      request.kind: complaint
    expect:
      answer: {outcome: refer, rules: [answer-complaint-referred]}

  - name: any other request is refused
    facts:
      request.created_at: <NEXT_DAY>
      request.kind: invitation
    expect:
      answer: {outcome: refuse, rules: [answer-otherwise]}

  - name: without its kind the request stays open
    facts:
      request.created_at: <NEXT_DAY>
    expect:
      answer: {status: undetermined, possible: [accept, refer, refuse], needs: [request.kind]}
"""

_TEXTS = {
    "policy.yaml": _POLICY,
    "facts.yaml": _FACTS,
    "decisions.yaml": _DECISIONS,
    "examples/answer.yaml": _EXAMPLES,
}
