"""From the name of a regulation to its first, smallest text: valid, commented, ready to edit."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

from reglament.messages import Language
from reglament.model.regulation import Version
from reglament.model.words import Text, stand_in

FILES_SCHEMA = "files.schema.json"
REQUEST_SCHEMA = "request.schema.json"
"""Beside the versions of a policy: the schemas of their files and of its requests."""

_PLAIN = re.compile(r"\w[\w .'-]*\w")


def first_texts(name: str, day: date, languages: Sequence[Language]) -> dict[str, str]:
    """The files of a new policy, by their paths inside a version's folder.

    It decides one thing by two rules, and its examples reach both of them and `otherwise`.
    Its texts are in `languages`; in those that are not known here, English stands in.
    """
    known = {
        "NAME": name,
        "DAY": day.isoformat(),
        "NEXT_DAY": f"{day.isoformat()}T12:00:00",
        "LANGUAGES": f"[{', '.join(languages)}]",
        "TEXT": _in_languages(Text(**dict.fromkeys(languages, "…"))),
        **{word: _in_languages(_translated(text, languages)) for word, text in _WORDS.items()},
    }
    return {path: _schema_line(path) + _filled(text, known) for path, text in _FILES.items()}


def based_text(base: Version, day: date, known: date, schema_line: str) -> str:
    """The text of a version that differs from `base` in its dates, with what it may say besides."""
    words = {"DAY": day.isoformat(), "KNOWN": known.isoformat(), "BASE": base.version}
    return schema_line + _filled(_BASED, words)


def _schema_line(path: str) -> str:
    """What names the schema to an editor, from a file of a version."""
    up = "../" * (path.count("/") + 1)
    return f"# yaml-language-server: $schema={up}{FILES_SCHEMA}\n"


def _translated(text: Text, languages: Sequence[Language]) -> Text:
    said = dict(text)
    return Text(**{language: said[stand_in(language, said)] for language in languages})


def _in_languages(text: Text) -> str:
    """Plain text where there is one language, else `{ru: …, en: …}`."""
    written = [(language, _quoted(said)) for language, said in text]
    if len(written) == 1:
        return written[0][1]
    return "{" + ", ".join(f"{language}: {said}" for language, said in written) + "}"


def _quoted(text: str) -> str:
    return text if text == "…" or _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _filled(text: str, known: dict[str, str]) -> str:
    for word, value in known.items():
        text = text.replace(f"<{word}>", value)
    return text.lstrip("\n")


_WORDS = {
    "title": Text(ru="Новый регламент", en="A new regulation", de="Ein neues Regelwerk"),
    "moment": Text(ru="момент заявки", en="moment of the request", de="Zeitpunkt der Anfrage"),
    "when": Text(
        ru="Когда подана заявка?",
        en="When was the request made?",
        de="Wann wurde die Anfrage gestellt?",
    ),
    "question": Text(ru="вопрос", en="question", de="Frage"),
    "complaint": Text(ru="жалоба", en="complaint", de="Beschwerde"),
    "kind": Text(ru="вид заявки", en="kind of request", de="Art der Anfrage"),
    "which": Text(
        ru="Какого вида заявка?",
        en="What kind of request is it?",
        de="Welcher Art ist die Anfrage?",
    ),
    "answer": Text(ru="ответ на заявку", en="answer", de="Antwort"),
    "accept": Text(ru="принять", en="accept", de="annehmen"),
    "refer": Text(ru="передать человеку", en="refer to a person", de="einem Menschen vorlegen"),
    "refuse": Text(ru="отказать", en="refuse", de="ablehnen"),
    "accepted": Text(
        ru="На вопросы отвечают.", en="Questions are answered.", de="Fragen werden beantwortet."
    ),
    "referred": Text(
        ru="Жалобу читает человек.",
        en="A person reads complaints.",
        de="Beschwerden liest ein Mensch.",
    ),
    "silent": Text(
        ru="О таких заявках регламент не говорит.",
        en="The regulation says nothing of such requests.",
        de="Von solchen Anfragen sagt das Regelwerk nichts.",
    ),
}

_POLICY = """
# Who this regulation is, and from when it holds. Files of one folder are one text:
# split it as you like.
language: 1                 # the version of the language that this is written in
languages: <LANGUAGES>
policy: <NAME>
version: "<DAY>"
title: <title>
holds_from: <DAY>           # the first day on which the text holds
known_from: <DAY>           # the day on which it became known
chosen_by: request.created_at    # the fact that picks the version in force
time_zone: Europe/Moscow

# Where the text is open: the question, the answer chosen, what else it could be. Rules name
# a reading by `readings: [id]`, or stand `under: {id: alternative}`.
#
# readings:
#   an-open-question:
#     question: <TEXT>
#     chosen: one-way
#     alternatives:
#       one-way: <TEXT>
#       another-way: <TEXT>
#     because: <TEXT>

# Each clause of the text: where it stands, what it says in your own words, and, if you like,
# the fingerprint of its wording, by which `check --source` notices a changed text.
#
# clauses:
#   requests.who:
#     where: "Section / 1"
#     summary: <TEXT>
#     fingerprint: "sha256:…"
"""

_BASED = """
# What differs from the version that this one is based on; all else is as it says there.
version: "<DAY>"
based_on: "<BASE>"
holds_from: <DAY>
known_from: <KNOWN>

# An entry that stands there too is changed in what is written here. A later number:
#
# parameters:
#   a-parameter: {value: 4}
# decisions:
#   a-decision:
#     rules:
#       - {id: a-rule, then: an-outcome}
#
# What is no more, by name or id:
#
# without: {rules: [a-rule], examples: [the name of an example]}
"""

_FACTS = """
# What a request may tell. A fact is told, told to be null (only where `null_means` says
# what that tells), or missing: not known yet.
facts:
  request.created_at:
    type: datetime
    label: <moment>
    question: <when>
    can_change: false

  request.kind:
    type: choice
    open: true              # any other word may be told too
    options:
      question: <question>
      complaint: <complaint>
    label: <kind>
    question: <which>
"""

_DECISIONS = """
# The questions that the regulation answers. The order of rules means nothing: two that
# apply together must agree, or one says `overrides: [the-other]`.
decisions:
  answer:
    label: <answer>
    outcomes:
      accept: <accept>
      refer: <refer>
      refuse: <refuse>
    rules:
      - id: answer-question-accepted
        when: {request.kind: question}
        then: accept
        because: <accepted>
      - id: answer-complaint-referred
        when: {request.kind: complaint}
        then: refer
        because: <referred>
    otherwise:
      then: refuse
      because: <silent>
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

_FILES = {
    "policy.yaml": _POLICY,
    "facts.yaml": _FACTS,
    "decisions.yaml": _DECISIONS,
    "examples/answer.yaml": _EXAMPLES,
}
