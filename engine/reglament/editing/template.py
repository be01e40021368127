"""From the name of a regulation to its first, smallest text: valid, commented, ready to edit."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reglament.messages import Language
from reglament.model.regulation import Version
from reglament.model.words import Text, stand_in

FILES_SCHEMA = "files.schema.json"
REQUEST_SCHEMA = "request.schema.json"
"""Beside the versions of a policy: the schemas of their files and of its requests."""

_FILES = ("policy.yaml", "facts.yaml", "decisions.yaml", "examples/answer.yaml")
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
    return {path: _schema_line(path) + _filled(f"first_texts/{path}", known) for path in _FILES}


def based_text(base: Version, day: date, known: date, schema_line: str) -> str:
    """The text of a version that differs from `base` in its dates, with what it may say besides."""
    words = {"DAY": day.isoformat(), "KNOWN": known.isoformat(), "BASE": base.version}
    return schema_line + _filled("next_text.yaml", words)


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


def _filled(path: str, known: dict[str, str]) -> str:
    """The text of a file that stands beside this one, its `<WORD>`s filled in."""
    text = (Path(__file__).parent / path).read_text("utf-8")
    for word, value in known.items():
        text = text.replace(f"<{word}>", value)
    return text


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
