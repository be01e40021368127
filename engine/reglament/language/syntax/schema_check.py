"""From a placed tree and the name of a schema to one problem for each mistake in its shape.

The schemas are the same that editors use. What a value should have been stands in them as
`x-expected`, in every language, so that a message can say it in the language's own terms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reglament.frozen import frozen
from reglament.language.syntax.bundled import SchemaName, schema_text
from reglament.language.syntax.fitting import Fits, Fitting
from reglament.language.syntax.mending import Mend, mended
from reglament.language.syntax.schema_mistakes import (
    Failure,
    Mistake,
    choices,
    free_keys,
    mistakes_of,
    unknown_keys,
)
from reglament.language.syntax.source import MappingNode, Node, Scalar, Source, at, key_at, plain
from reglament.language.syntax.suggest import short, suggestion
from reglament.messages import Message
from reglament.model.problems import Place, Problem

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

# A value that fails one of these is explained by the first of them; the rest would repeat it.
_EXPLAINS_ALL = ("type", "enum", "const", "pattern", "minLength", "maxLength")
_LACKS = frozenset({"required", "oneOf", "anyOf", "dependentRequired"})
_ONE_OF = frozenset({"oneOf", "anyOf"})
# Where the reader of YAML refused the value already, its type is no news.
_OF_VALUES = frozenset({"wrong-type", "wrong-form", "unknown-word"})
_MOST_ROUNDS = 8
_SAYS_NOTHING = frozenset({"$ref", "title", "description", "examples"})
_TOO_DEEP = Message("nested-too-deep")


def check_shape(
    node: Node, schema_name: SchemaName, problems: list[Problem], source: Source
) -> Node:
    """Add to `problems` each thing in `node` that the schema does not allow, in written order.

    The tree as it was most likely meant: what was misspelt is read on as the near word.
    """
    told = {problem.place for problem in problems}
    found: list[Problem] = []
    mends: list[Mend] = []
    for _ in range(_MOST_ROUNDS):
        try:
            errors = _errors(schema_name, plain(node))
        except RecursionError:
            problems.append(source.problem("nested-too-deep", _TOO_DEEP, node.place))
            return node
        if not errors:
            break
        placed = [one for error in _telling(map(_closest, errors)) for one in _placed(node, error)]
        placed = _without_renamed(_without_raised(placed), node, _validator(schema_name))
        fresh = [placed_error for placed_error in placed if not _hangs_on(placed_error.path, mends)]
        found += [
            source.problem(one.mistake.code, one.mistake.message, one.place, one.mistake.hint)
            for one in fresh
        ]
        further = [mend for placed_error in fresh if (mend := placed_error.mend) is not None]
        if not further:
            break
        node = mended(node, further)
        mends += further
    kept = (one for one in found if one.code not in _OF_VALUES or one.place not in told)
    problems += sorted(dict.fromkeys(kept), key=_standing)
    return node


def _hangs_on(path: tuple[str | int, ...], mends: Iterable[Mend]) -> bool:
    """Whether what is wrong at the path may follow from a word that was not the one meant."""
    return any(mend.path and path[: len(mend.path)] == mend.path for mend in mends)


def _errors(schema_name: SchemaName, value: Any) -> list[ValidationError]:
    fits = _fits(schema_name)
    return [] if fits(value) else list(_validator(schema_name).iter_errors(value))


@cache
def _fits(schema_name: SchemaName) -> Fits:
    schema = _schema(schema_name)
    return Fitting(schema["$defs"]).fits(schema)


@cache
def _validator(schema_name: SchemaName) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # late: it costs more than all else at start

    return Draft202012Validator(_schema(schema_name))


@cache
def _schema(schema_name: SchemaName) -> dict[str, Any]:
    return _dereferenced(json.loads(schema_text(schema_name)))


def _dereferenced(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with its definitions in the places that name them.

    To look them up anew at every value is two fifths of the time that a check takes.
    """
    definitions = schema.get("$defs", {})
    found: dict[str, dict[str, Any]] = {name: {} for name in definitions}  # they name each other

    def told(part: Any) -> Any:
        if isinstance(part, list):
            return [told(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part and part.keys() <= _SAYS_NOTHING:
            return found[part["$ref"].removeprefix("#/$defs/")]
        return {key: told(one) for key, one in part.items()}

    for name, definition in definitions.items():
        found[name] |= {key: told(one) for key, one in definition.items()}
    return {**told(schema), "$defs": definitions}


def _closest(error: ValidationError) -> ValidationError:
    """Of the ways in which alternatives failed, the one that was most likely meant."""
    from jsonschema.exceptions import best_match

    if not error.context or choices(error.validator_value):
        return error
    return best_match([error]) or error


def _telling(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """The errors without those that others explain, at the same spot or at a key above."""
    told = list(errors)
    wrong_keys = {(*error.absolute_path, error.instance) for error in told if _is_key(error)}
    under_right_keys = [error for error in told if not _is_below(error, wrong_keys)]
    for _, same_spot in groupby(sorted(under_right_keys, key=_spot), key=_spot):
        together = list(same_spot)
        explaining = [error for error in together if error.validator in _EXPLAINS_ALL]
        if explaining:
            yield min(explaining, key=lambda error: _EXPLAINS_ALL.index(error.validator))
        else:
            yield from _without_echoes(together)


def _is_below(error: ValidationError, keys: set[tuple[Any, ...]]) -> bool:
    path = tuple(error.absolute_path)
    return any(path[:length] in keys for length in range(1, len(path) + 1))


def _without_echoes(together: list[ValidationError]) -> Iterator[ValidationError]:
    """Where a key is misspelt, that the right one is missing goes without saying."""
    is_misspelt = any(map(_holds_misspelt, together))
    has_unknown = any(error.validator == "additionalProperties" for error in together)
    is_short = any(error.validator in _LACKS for error in together)
    for error in together:
        may_be_meant = is_misspelt or (has_unknown and error.validator in _ONE_OF)
        is_echo = (may_be_meant and error.validator in _LACKS) or (
            is_short and error.validator == "minProperties"
        )
        if not is_echo:
            yield error


def _holds_misspelt(error: Any) -> bool:
    if error.validator != "additionalProperties":
        return False
    known = free_keys(error.instance, error.schema)
    return any(suggestion(key, known) for key in unknown_keys(error.instance, error.schema))


def _spot(error: ValidationError) -> tuple[str, ...]:
    key = str(error.instance) if _is_key(error) else ""
    return (*map(str, error.absolute_path), "\0" + key)


def _is_key(error: ValidationError) -> bool:
    return "propertyNames" in list(error.absolute_schema_path)[-2:-1]


@frozen
class _PlacedError:
    """A mistake, the path of the mapping or value that it is in, and where it is told."""

    mistake: Mistake
    path: tuple[str | int, ...]
    place: Place
    schema: Any = None
    is_too_deep: bool = False

    @property
    def mend(self) -> Mend | None:
        """What makes the tree the one that was meant; None where no near word is known."""
        key, meant = self.mistake.key, self.mistake.meant
        if self.is_too_deep and key is not None:
            return Mend(self.path, key, key, above=True)
        return None if meant is None else Mend(self.path, key, meant)


def _placed(root: Node, error: ValidationError) -> Iterator[_PlacedError]:
    path = list(error.absolute_path)
    spot = at(root, path)
    failure = Failure(
        str(error.validator),
        error.validator_value,
        error.instance,
        error.schema,
        spot,
        _label(path, spot),
        _is_key(error),
    )
    for mistake in mistakes_of(failure):
        name = str(error.instance) if failure.is_key else mistake.key
        key = None if name is None else key_at(root, [*path, name])
        place = failure.node.place if key is None else key.place
        yield _PlacedError(mistake, tuple(path), place, error.schema)


def _without_raised(placed: list[_PlacedError]) -> list[_PlacedError]:
    """Where a key that one mapping lacks stands one level deeper, that is told, and told once."""
    lacked = {
        (*error.path, error.mistake.lacks) for error in placed if error.mistake.lacks is not None
    }
    raised = {
        (*error.path[:-1], error.mistake.key): error
        for error in placed
        if error.mistake.code == "unknown-key" and (*error.path[:-1], error.mistake.key) in lacked
    }
    kept = [error for error in placed if (*error.path, error.mistake.lacks) not in raised]
    return [_too_deep(error) if error in raised.values() else error for error in kept]


def _too_deep(error: _PlacedError) -> _PlacedError:
    beside = short(str(error.path[-1]))
    hint = Message("indented-too-deep-key", beside=beside)
    return replace(error, mistake=replace(error.mistake, hint=hint, meant=None), is_too_deep=True)


def _without_renamed(
    placed: list[_PlacedError], root: Node, validator: Draft202012Validator
) -> list[_PlacedError]:
    """Where one key is missing and the value of the one unknown key would do for it, one mistake.

    However far the words are apart: it has another name here.
    """
    kept = list(placed)
    for path in dict.fromkeys(error.path for error in placed):
        here = [error for error in placed if error.path == path]
        lacking = {error.mistake.lacks: error for error in here if error.mistake.lacks is not None}
        unknown = {
            error.mistake.key: error for error in here if error.mistake.code == "unknown-key"
        }
        if len(lacking) != 1 or len(unknown) != 1:
            continue
        ((missing, lacks),), ((key, other),) = lacking.items(), unknown.items()
        # What is asked by an `if` of the schema names no properties; the unknown key's own does.
        properties = lacks.schema.get("properties") or other.schema.get("properties", {})
        wanted = properties.get(missing)
        if other.mistake.meant is not None or key is None or wanted is None:
            continue
        if validator.evolve(schema=wanted).is_valid(plain(at(root, [*path, key]))):
            kept = [_renamed(error, missing) if error is other else error for error in kept]
            kept = [error for error in kept if error.path != path or error.mistake.lacks != missing]
    return kept


def _renamed(error: _PlacedError, missing: str) -> _PlacedError:
    hint = Message("missing-here-did-you-mean", missing=missing)
    return replace(error, mistake=replace(error.mistake, hint=hint, meant=missing))


def _label(path: list[Any], spot: Node) -> str:
    """How its author calls the spot: by its id or name in a list, else by the nearest key."""
    if path and isinstance(path[-1], int) and isinstance(spot, MappingNode):
        told = spot.get("id") or spot.get("name")
        if isinstance(told, Scalar) and isinstance(told.value, str):
            return told.value
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _standing(problem: Problem) -> tuple[int, int]:
    place = problem.place
    return (0, 0) if place is None else (place.line, place.column)
