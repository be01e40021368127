"""From an entry of a Fluent file to a pattern, by fluent.syntax.

Of Fluent the catalogues use: texts of several lines, `{ $value }`, `{ "literal" }` and choices
by a value. Messages have neither attributes nor terms, and functions are not called: numbers
and dates are put into words before they get here.
"""

from __future__ import annotations

from fluent.syntax import FluentParser, ast

from reglament.messages.pattern import Choice, Pattern, Reference

_PARSER = FluentParser(with_spans=False)


def read(entry: str) -> Pattern:
    """The pattern of one entry. Raises ValueError for what is not Fluent, or is not used here."""
    message = _PARSER.parse_entry(entry)
    if not isinstance(message, ast.Message) or message.value is None or message.attributes:
        raise ValueError(f"not a message: {entry}")
    return _pattern(message.value)


def _pattern(pattern: ast.Pattern) -> Pattern:
    return tuple(
        part.value if isinstance(part, ast.TextElement) else _placed(part.expression)
        for part in pattern.elements
    )


def _placed(expression: object) -> str | Reference | Choice:
    if isinstance(expression, ast.StringLiteral):
        return str(expression.parse()["value"])
    if isinstance(expression, ast.VariableReference):
        return Reference(expression.id.name)
    if isinstance(expression, ast.SelectExpression):
        return _choice(expression)
    raise ValueError(f"not used here: {type(expression).__name__}")


def _choice(expression: ast.SelectExpression) -> Choice:
    if not isinstance(expression.selector, ast.VariableReference):
        raise ValueError("a choice goes by a value")
    variants = {_key(variant): _pattern(variant.value) for variant in expression.variants}
    default = next(_key(variant) for variant in expression.variants if variant.default)
    return Choice(expression.selector.id.name, variants, default)


def _key(variant: ast.Variant) -> str:
    key = variant.key
    return key.name if isinstance(key, ast.Identifier) else key.value
