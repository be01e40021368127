"""From one failed keyword of a schema to what a person is told, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from reglament.frozen import frozen
from reglament.language.syntax.mismatch import kind_of, shown
from reglament.language.syntax.other_words import akin, hint_of, meant_here, types_meant
from reglament.language.syntax.source import Node, Scalar
from reglament.language.syntax.spellings import duration, spelling, time_of_day, written_as
from reglament.language.syntax.suggest import did_you_mean, meaning, short, suggestion
from reglament.messages import ListedWords, Message, Verbatim, Words, any_of, ticked
from reglament.model.values import Kind
from reglament.model.words import Text

_MOST_LISTED = 20
_MOST_NAMED = 6
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.-]")
_NUMBERS = ("number", "integer")


@frozen
class Mistake:
    """What is wrong with a value, or with its key `key`.

    `meant` is the word most likely meant in its place, `lacks` the key that is missing.
    """

    code: str
    message: Words
    hint: Words | None = None
    key: str | None = None
    meant: str | None = None
    lacks: str | None = None


@frozen
class Failure:
    """One failed keyword: what was found, what the keyword asked, and the name it stands under."""

    keyword: str
    asked: Any
    found: Any
    schema: Any
    node: Node
    label: str
    is_key: bool

    @property
    def inside(self) -> Words:
        """In which named part the failure is; nothing at the top of a file."""
        label = short(self.label)
        return Message("in-label", label=label) if label else Verbatim("")


def mistakes_of(failure: Failure) -> Iterator[Mistake]:
    """What is wrong: one mistake, or one for each unknown or missing key."""
    return _CATALOGUE.get(failure.keyword, _other)(failure)


def _other_value(failure: Failure) -> Iterator[Mistake]:
    """The value, or the key, is of another type or form than the schema asks for."""
    wanted, given = _wanted(failure), _given(failure.found)
    if failure.is_key:
        key = short(str(failure.found))
        message = Message("wanted-key", wanted=wanted, key=key)
    else:
        message = Message(
            "wanted-wanted-inside-given", wanted=wanted, inside=failure.inside, given=given
        )
    if failure.keyword == "pattern":
        yield Mistake("wrong-form", message, _spelt(failure) or _odd_letter(failure))
    else:
        meant = _truth_meant(failure)
        hint = _type_hint(failure) if meant is None else meaning(str(failure.found), meant)
        yield Mistake("wrong-type", message, hint, meant=meant)


def _truth_meant(failure: Failure) -> str | None:
    is_text = failure.asked == "boolean" and isinstance(failure.found, str)
    return did_you_mean(failure.found, ("true", "false")) if is_text else None


def _wanted(failure: Failure) -> Words:
    said = failure.schema.get("x-expected")
    if said is not None:
        return Text(**said)
    if failure.keyword == "enum":
        names = ticked(failure.asked)
        return Message("one-names", names=names)
    types = failure.asked if failure.keyword == "type" else "string"
    named = [_TYPES[one] for one in ([types] if isinstance(types, str) else types)]
    return any_of(named)


def _given(value: object) -> Words:
    text = shown(value)
    if isinstance(value, bool):
        return Verbatim(f"`{text}`")
    kind = kind_of(value)
    quoted = "" if text == "…" else f" `{text}`"
    return ListedWords((kind, quoted), "")


def _spelt(failure: Failure) -> Words | None:
    """The user's own day, time or duration as it is written here."""
    wanted = failure.schema.get("x-expected", {}).get("en", "")
    read = next((read for start, read in _SPELLINGS.items() if wanted.startswith(start)), None)
    text = failure.node.raw if isinstance(failure.node, Scalar) else ""
    is_quoted = isinstance(failure.node, Scalar) and failure.node.quoted
    spelt = None
    if read is not None:
        spelt = read(str(failure.found) if failure.is_key or is_quoted else text)
    return None if spelt is None else written_as(spelt)


def _odd_letter(failure: Failure) -> Words | None:
    odd = _NOT_IN_NAMES.search(str(failure.found))
    if odd is None or "[A-Za-z" not in failure.asked or "/" in failure.asked:
        return None
    letter = odd[0]
    if letter.isalpha():
        return Message("letter-not-latin", letter=letter)
    return Message("name-cannot-hold", letter=letter)


def _type_hint(failure: Failure) -> Words | None:
    """How to write what was most likely meant."""
    node, types = failure.node, failure.asked
    if not isinstance(node, Scalar) or node.value is None or failure.keyword != "type":
        return None
    if (spelt := _spelt(failure)) is not None:
        return spelt
    if types == "array":
        return Message("write-node", node=short(node.raw))
    if types == "string":
        return None if "x-expected" in failure.schema else Message("put-quotes-if-text")
    is_due = types == "boolean" or (types in _NUMBERS and any(map(str.isdigit, node.raw)))
    return node.trap if is_due else None


def _unknown_word(failure: Failure) -> Iterator[Mistake]:
    if not isinstance(failure.found, str):
        yield from _other_value(failure)
        return
    known, word = [str(one) for one in failure.asked], short(failure.found)
    message = Message("not-one-options-mistakes", word=word, inside=failure.inside)
    elsewhere = types_meant(failure.found, known) if "boolean" in known else []
    meant = elsewhere[0] if elsewhere else did_you_mean(failure.found, known)
    hint = _listed(known) if meant is None else meaning(failure.found, meant)
    hint = hint_of(elsewhere) or hint
    yield Mistake("unknown-word", message, hint, meant=meant)


def _unknown_key(failure: Failure) -> Iterator[Mistake]:
    for key in unknown_keys(failure.found, failure.schema):
        word, known = short(key), free_keys(failure.found, failure.schema)
        message = Message("unknown-key-mistakes", word=word, inside=failure.inside)
        hint = _key_hint(key, failure.found[key], known)
        elsewhere = meant_here(key, known)
        near = did_you_mean(key, known) if not elsewhere else None
        meant = elsewhere[0] if len(elsewhere) == 1 else near
        yield Mistake("unknown-key", message, hint, key, meant)


def _key_hint(key: str, below: object, known: list[str]) -> Words | None:
    if below is None and " " in key:
        return Message("if-goes-with-text")
    if key in ("is", "equals", "equal", "eq") and "is_not" in known:
        return Message("write-value-alone-name")
    hint = hint_of(meant_here(key, known)) or suggestion(key, known) or _listed(known)
    return hint or hint_of(akin(key, known))


def unknown_keys(found: dict[str, Any], schema: Any) -> list[str]:
    """The keys of the mapping that the schema does not name."""
    return [key for key in found if key not in schema.get("properties", ())]


def free_keys(found: dict[str, Any], schema: Any) -> list[str]:
    """The keys that the schema names and the mapping does not use yet."""
    return [key for key in schema.get("properties", ()) if key not in found]


def _missing_key(failure: Failure) -> Iterator[Mistake]:
    for key in failure.asked:
        if key not in failure.found:
            yield replace(_lacks(failure, f"`{key}`"), lacks=key)


def _missing_beside(failure: Failure) -> Iterator[Mistake]:
    for key, needed in failure.asked.items():
        for other in needed if key in failure.found else ():
            if other not in failure.found:
                yield Mistake("missing-key", Message("needs-beside", key=key, other=other), key=key)


def _one_key_of(failure: Failure) -> Iterator[Mistake]:
    keys = choices(failure.asked)
    present = [key for key in failure.found if key in keys] if keys else []
    if not keys:
        yield from _other(failure)
    elif present:
        one, other = present[:2]
        message = Message("stand-together-keep-one", one=one, other=other, inside=failure.inside)
        yield Mistake("keys-clash", message, key=other)
    else:
        more = ", …" if len(keys) > _MOST_NAMED else ""
        yield _lacks(failure, ticked(keys[:_MOST_NAMED]) + more, is_choice=True)


def choices(branches: Any) -> list[str]:
    """The keys of which one must stand, where that is what the branches say; else none."""
    if not isinstance(branches, list) or not all(set(one) == {"required"} for one in branches):
        return []
    return [key for branch in branches for key in branch["required"]]


def _lacks(failure: Failure, names: str, *, is_choice: bool = False) -> Mistake:
    code = "missing-one-of" if is_choice else "missing-key"
    return Mistake("missing-key", Message(code, names=names, inside=failure.inside))


def _count(failure: Failure) -> Iterator[Mistake]:
    is_few, bound, count = failure.keyword.startswith("min"), failure.asked, len(failure.found)
    unit = _UNITS[failure.keyword[3:]]
    if count == 0:
        message = Message("nothing-inside", inside=failure.inside)
    else:
        code = "too-few" if is_few else "too-many"
        message = Message(code, bound=bound, unit=unit, inside=failure.inside, count=count)
    yield Mistake("too-few" if is_few else "too-many", message)


def _beyond(failure: Failure) -> Iterator[Mistake]:
    least = failure.keyword == "minimum"
    message = Message(
        "less-than",
        found=shown(failure.found),
        inside=failure.inside,
        least=least,
        asked=failure.asked,
    )
    yield Mistake("out-of-range", message)


def _other(failure: Failure) -> Iterator[Mistake]:
    message = Message("schema-does-not-hold", keyword=failure.keyword, inside=failure.inside)
    yield Mistake("wrong-shape", message)


def _listed(known: list[str]) -> Words | None:
    if not known or len(known) > _MOST_LISTED:
        return None
    return Message("may-stand", known=ticked(known))


_TYPES = {
    "object": Message("mapping-key-value"),
    "array": Message("list"),
    "string": Message("text"),
    "number": Message("number"),
    "integer": Message("whole-number"),
    "boolean": Message("true-false"),
    "null": Message("null"),
}
_UNITS = {
    "Items": Message("items"),
    "Properties": Message("keys"),
    "Length": Message("characters"),
}
_SPELLINGS: dict[str, Callable[[str], str | None]] = {
    "a day": lambda text: spelling(text, Kind.DATE),
    "a datetime": lambda text: spelling(text, Kind.DATETIME),
    "a duration": duration,
    "a time of day": time_of_day,
}
_CATALOGUE: dict[str, Callable[[Failure], Iterator[Mistake]]] = {
    "type": _other_value,
    "pattern": _other_value,
    "enum": _unknown_word,
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "dependentRequired": _missing_beside,
    "oneOf": _one_key_of,
    "minItems": _count,
    "minProperties": _count,
    "minLength": _count,
    "maxItems": _count,
    "maxLength": _count,
    "minimum": _beyond,
    "maximum": _beyond,
}
