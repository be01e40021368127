"""A page as a browser without scripts sees it: its form, its links, its words."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlencode


class SeenPage(HTMLParser):
    """The fields that would be sent, the buttons, the links, the words of each heading."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.action = ""
        self.hidden: list[tuple[str, str]] = []
        self.choices: dict[str, str] = {}
        self.checked: list[str] = []
        self.texts: dict[str, str] = {}
        self.buttons: list[tuple[str, str]] = []
        self.links: dict[str, str] = {}
        self.targets: list[str] = []
        self.headings: list[str] = []
        self.words: list[str] = []
        self.tags: set[str] = set()
        self._link = ""
        self._within: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self._within = (
            [*self._within, tag] if tag in ("h1", "a", "label", "style") else self._within
        )
        if tag == "a":
            self._link = told.get("href", "")
            self.targets += [self._link] if self._link.startswith("/") else []
        if tag == "form":
            self.action = told["action"]
        elif tag == "button":
            self.buttons.append((told.get("name", ""), told.get("value", "")))
        elif tag == "input":
            self._input(told)

    def _input(self, told: dict[str, str]) -> None:
        if told["type"] == "hidden":
            self.hidden.append((told["name"], told["value"]))
        elif told["type"] in ("radio", "checkbox"):
            self.choices[told["value"]] = ""
            self.checked += [told["value"]] if "checked" in told else []
        else:
            self.texts[told["name"]] = told["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            self._within.remove(tag)

    def handle_data(self, data: str) -> None:
        if "style" in self._within:
            return
        self.words.append(data)
        if "h1" in self._within:
            self.headings.append(data.strip())
        if "a" in self._within:
            self.links[data.strip()] = self._link
        if self._within == ["label"] and self.choices:
            last = list(self.choices)[-1]
            self.choices[last] = self.choices[last] or data

    @property
    def said(self) -> str:
        """All its words, parted by single spaces."""
        return " ".join(" ".join(self.words).split())

    def sent(self, *fields: tuple[str, str]) -> str:
        """The address that the browser asks for when the form is sent with these fields."""
        return f"{self.action}?{urlencode([*self.hidden, *fields])}"
