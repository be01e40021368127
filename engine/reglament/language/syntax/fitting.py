"""Whether a value fits a JSON Schema: yes or no, by functions that the schema is made into once.

What is wrong with a value that does not fit is told by `jsonschema`, which takes ten times as long
to find that nothing is. Each keyword means here what it means there, in JSON Schema 2020-12;
`fastjsonschema`, which makes functions too, knows drafts up to 07 alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, TypeAlias

Fits: TypeAlias = Callable[[Any], bool]
Schema: TypeAlias = "dict[str, Any] | bool"

# What asks nothing of a value; and what `if` reads beside itself.
_ASK_NOTHING: Final = frozenset(
    ("$schema", "$id", "$defs", "title", "description", "examples", "default", "x-expected")
)
_READ_BESIDE: Final = frozenset(("then", "else"))
_NUMBERS: Final = (int, float, Decimal)
_CLASSES: Final[dict[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "number": _NUMBERS,
    "integer": (int,),
}


class Fitting:
    """Makes each part of a schema into a function, once: parts may hold themselves.

    Values are plain dicts, lists, text, numbers, bool and None. Raises KeyError for a keyword that
    no schema shipped with the engine uses.
    """

    def __init__(self, definitions: dict[str, Any]) -> None:
        self._definitions = definitions
        self._made: dict[int, Fits] = {}

    def fits(self, schema: Schema) -> Fits:
        """The function that says whether a value fits the schema."""
        if isinstance(schema, bool):
            return lambda value: schema
        if id(schema) not in self._made:
            asked: list[Fits] = []
            self._made[id(schema)] = lambda value: all(fits(value) for fits in asked)
            for keyword, said in schema.items():
                if keyword not in _ASK_NOTHING and keyword not in _READ_BESIDE:
                    asked.append(self._asked(keyword, said, schema))
        return self._made[id(schema)]

    def _asked(self, keyword: str, said: Any, schema: dict[str, Any]) -> Fits:
        if keyword in _OF_ANY:
            return _OF_ANY[keyword](self, said, schema)
        classes, made = _OF_SOME[keyword]
        fits = made(self, said, schema)
        return lambda value: value.__class__ not in classes or fits(value)

    def _all(self, schemas: list[Schema]) -> list[Fits]:
        return [self.fits(schema) for schema in schemas]

    def _ref(self, said: str, schema: Schema) -> Fits:
        return self.fits(self._definitions[said.removeprefix("#/$defs/")])

    def _any_of(self, said: list[Schema], schema: Schema) -> Fits:
        ways = self._all(said)
        return lambda value: any(fits(value) for fits in ways)

    def _all_of(self, said: list[Schema], schema: Schema) -> Fits:
        ways = self._all(said)
        return lambda value: all(fits(value) for fits in ways)

    def _one_of(self, said: list[Schema], schema: Schema) -> Fits:
        ways = self._all(said)
        return lambda value: sum(fits(value) for fits in ways) == 1

    def _not(self, said: Schema, schema: Schema) -> Fits:
        fits = self.fits(said)
        return lambda value: not fits(value)

    def _if(self, said: Schema, schema: dict[str, Any]) -> Fits:
        fits, then, otherwise = self._all(
            [said, schema.get("then", True), schema.get("else", True)]
        )
        return lambda value: then(value) if fits(value) else otherwise(value)

    def _type(self, said: str | list[str], schema: Schema) -> Fits:
        names = [said] if isinstance(said, str) else said
        classes = tuple(one for name in names for one in _CLASSES[name])
        is_whole = "integer" in names and "number" not in names

        def is_one(value: Any) -> bool:
            return value.__class__ in classes or (
                is_whole and value.__class__ is float and value.is_integer()
            )

        return is_one

    def _enum(self, said: list[Any], schema: Schema) -> Fits:
        known = set(map(_hashed, said))
        return lambda value: _hashed(value) in known

    def _properties(self, said: dict[str, Schema], schema: Schema) -> Fits:
        found = {name: self.fits(one) for name, one in said.items()}
        return lambda value: all(found[key](value[key]) for key in value if key in found)

    def _pattern_properties(self, said: dict[str, Schema], schema: Schema) -> Fits:
        found = [(re.compile(pattern).search, self.fits(one)) for pattern, one in said.items()]
        return lambda value: all(
            fits(below) for search, fits in found for key, below in value.items() if search(key)
        )

    def _additional(self, said: Schema, schema: dict[str, Any]) -> Fits:
        known, fits = schema.get("properties", {}), self.fits(said)
        patterns = "|".join(schema.get("patternProperties", {}))
        search = re.compile(patterns).search if patterns else lambda key: None
        return lambda value: all(
            fits(value[key]) for key in value if key not in known and not search(key)
        )

    def _names(self, said: Schema, schema: Schema) -> Fits:
        fits = self.fits(said)
        return lambda value: all(map(fits, value))

    def _dependent(self, said: dict[str, list[str]], schema: Schema) -> Fits:
        return lambda value: all(
            other in value for key, others in said.items() if key in value for other in others
        )

    def _required(self, said: list[str], schema: Schema) -> Fits:
        return lambda value: all(key in value for key in said)

    def _items(self, said: Schema, schema: dict[str, Any]) -> Fits:
        before, fits = len(schema.get("prefixItems", ())), self.fits(said)
        return lambda value: all(map(fits, value[before:] if before else value))

    def _first_items(self, said: list[Schema], schema: Schema) -> Fits:
        first = self._all(said)
        return lambda value: all(fits(one) for fits, one in zip(first, value, strict=False))


def _hashed(value: Any) -> Any:
    """What is equal for equal values alone, and has a hash; true is not 1."""
    if isinstance(value, dict):
        return dict, frozenset((key, _hashed(below)) for key, below in value.items())
    if isinstance(value, list):
        return list, tuple(map(_hashed, value))
    return (bool, value) if isinstance(value, bool) else value


_Make: TypeAlias = Callable[[Fitting, Any, Any], Fits]
_OF_ANY: Final[dict[str, _Make]] = {
    "$ref": Fitting._ref,
    "type": Fitting._type,
    "enum": Fitting._enum,
    "const": lambda made, said, schema: made._enum([said], schema),
    "allOf": Fitting._all_of,
    "anyOf": Fitting._any_of,
    "oneOf": Fitting._one_of,
    "not": Fitting._not,
    "if": Fitting._if,
}
_OBJECT, _ARRAY, _STRING = (dict,), (list,), (str,)
# Keywords that ask something of values of these classes alone.
_OF_SOME: Final[dict[str, tuple[tuple[type, ...], _Make]]] = {
    "required": (_OBJECT, Fitting._required),
    "properties": (_OBJECT, Fitting._properties),
    "patternProperties": (_OBJECT, Fitting._pattern_properties),
    "additionalProperties": (_OBJECT, Fitting._additional),
    "propertyNames": (_OBJECT, Fitting._names),
    "dependentRequired": (_OBJECT, Fitting._dependent),
    "minProperties": (_OBJECT, lambda _, said, __: lambda value: len(value) >= said),
    "maxProperties": (_OBJECT, lambda _, said, __: lambda value: len(value) <= said),
    "items": (_ARRAY, Fitting._items),
    "prefixItems": (_ARRAY, Fitting._first_items),
    "minItems": (_ARRAY, lambda _, said, __: lambda value: len(value) >= said),
    "maxItems": (_ARRAY, lambda _, said, __: lambda value: len(value) <= said),
    "uniqueItems": (
        _ARRAY,
        lambda _, said, __: lambda value: not said or len(set(map(_hashed, value))) == len(value),
    ),
    "pattern": (_STRING, lambda _, said, __: lambda value: bool(re.search(said, value))),
    "minLength": (_STRING, lambda _, said, __: lambda value: len(value) >= said),
    "maxLength": (_STRING, lambda _, said, __: lambda value: len(value) <= said),
    "minimum": (_NUMBERS, lambda _, said, __: lambda value: value >= said),
    "maximum": (_NUMBERS, lambda _, said, __: lambda value: value <= said),
}
