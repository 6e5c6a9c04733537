"""The words that the checks of sentences know: lexicon.toml, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

Phrases = dict[str, list[tuple[tuple[str, ...], str, str]]]
"""By its first word: a phrase's words, its kind and its value. `#` in a phrase stands for any number."""


@cache
def table(name: str) -> dict[str, Any]:
    """A table of the lexicon."""
    return tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))[name]  # type: ignore[no-any-return]


@cache
def words(name: str) -> frozenset[str]:
    """A list of single words."""
    return frozenset(table("words")[name].split())


@cache
def numbers() -> dict[str, int]:
    """The numbers that are written as one word."""
    small = {word: number for number, word in enumerate(table("words")["numbers"].split())}
    return small | {"none": 0} | {word: 10 * number for number, word in enumerate(table("words")["tens"].split(), 2)}


def count_of(word: str) -> int:
    """What a word for a small number, or for a place in a row, counts; 1 for any other word."""
    ordinals = table("words")["ordinals"].split()
    return int(word) if word.isdecimal() else ordinals.index(word) + 2 if word in ordinals else numbers().get(word, 1)


@cache
def phrases() -> Phrases:
    """All phrases; verbs of direction are `rise`, `moved` or `rising`, as their form is."""
    found: Phrases = {}
    for kind, values in table("phrases").items():
        for value, text in values.items():
            for form in (form for entry in text.split("|") for form in _forms(entry)):
                add_phrase(found, form, kind, value)
    for value, text in table("moves").items():
        for base, *others in map(_forms, text.split("|")):
            add_phrase(found, base, "rise", value)
            for form in others:
                add_phrase(found, form, "rising" if form.split()[0].endswith("ing") else "moved", value)
    return found


def add_phrase(found: Phrases, text: str, kind: str, value: str) -> None:
    """Adds a phrase, whose words spaces part."""
    several = tuple(text.split())
    found.setdefault(several[0], []).append((several, kind, value))


def _forms(entry: str) -> Iterator[str]:
    """The forms of an entry; of a verb first the base.

    >>> list(_forms("~go/went/gone up")), list(_forms("~ease"))
    (['go up', 'goes up', 'going up', 'went up', 'gone up'], ['ease', 'eases', 'easing', 'eased'])
    """
    if not entry.strip().startswith("~"):
        yield entry.strip()
        return
    verb, _, rest = entry.strip()[1:].partition(" ")
    base, *irregular = verb.split("/")
    third, stem = f"{base}es" if base[-1] in "osh" else f"{base}s", base.rstrip("e")
    for form in (base, third, f"{stem}ing", *(irregular or [f"{stem}ed"])):
        yield f"{form} {rest}".strip()
