"""Texts of a policy, in the languages that it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reglament.frozen import frozen
from reglament.messages import SOURCE, Language, Words

LANGUAGES: tuple[Language, ...] = ("ru", "en")
"""The languages of a message in JSON where no policy says which ones it has."""


@frozen(eq=False)
class Text:
    """One text of a policy in each of its languages, in their order: `Text(ru="да", en="yes")`."""

    said: tuple[tuple[Language, str], ...]

    def __init__(self, **said: str) -> None:
        object.__setattr__(self, "said", tuple(said.items()))

    def to(self, language: Language) -> str:
        """The text in `language`.

        Where the policy has no such language, in English or else in the policy's first one,
        with the tag of that behind it: `accepted [en]`.
        """
        said = dict(self.said)
        own = stand_in(language, said)
        return tagged(language, said[own], own)

    def __iter__(self) -> Iterator[tuple[Language, str]]:
        return iter(self.said)

    def __eq__(self, other: object) -> bool:
        # In whichever order the policy names its languages.
        return isinstance(other, Text) and dict(self.said) == dict(other.said)

    def __hash__(self) -> int:
        return hash(frozenset(self.said))


def stand_in(language: Language, known: Iterable[Language]) -> Language:
    """The language itself where it is known, else English or the first that is."""
    languages = tuple(known)
    return next((one for one in (language, SOURCE, *languages) if one in languages), SOURCE)


def tagged(language: Language, text: str, own: Language) -> str:
    """The text, with the tag of its `own` language where the reader's is another one.

    What holds no letter reads the same in every language.
    """
    is_read = language == own or not any(map(str.isalpha, text))
    return text if is_read else f"{text} [{own}]"


def translations(words: Words, languages: Iterable[Language] = LANGUAGES) -> dict[Language, str]:
    """The words as JSON has them: a text of a policy in its own languages, a message in these."""
    return dict(words) if isinstance(words, Text) else {one: words.to(one) for one in languages}
