"""A text as tokens, what lexicon.toml knows of them, and which numbers among them may be figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from cpreport.model.number import rounded_units

Phrases = dict[str, list[tuple[tuple[str, ...], str, str]]]
"""By its first word: a phrase's words, its kind and its value. `#` in a phrase stands for any number."""

_LARGE = 13


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters, a number or a sign, from `start` to `end` of its text. `value`: what a number is."""

    start: int
    end: int
    word: str
    value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What the lexicon, or the report, says of the tokens from `first` up to, without, `end`."""

    first: int
    end: int
    kind: str
    value: str


class Unit(Enum):
    """What is typed behind a number."""

    PLAIN = ""
    PERCENT = "percent"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Number:
    """A number, of the tokens from `first` up to `end`.

    `value` is exact as typed; `bound` is `about`, `over` or `under` where the text says that it is not exact.
    """

    first: int
    end: int
    value: Fraction
    decimals: int
    unit: Unit
    bound: str

    @property
    def is_telling(self) -> bool:
        """Whether the number is hardly another's by chance: a small count may be anything's."""
        return self.decimals > 0 or self.unit is not Unit.PLAIN or self.value >= _LARGE

    def says(self, value: Fraction, unit: Unit) -> bool:
        """Whether a value, rounded to as many decimals, is this number; signs do not matter."""
        is_of_unit = unit is self.unit or {unit, self.unit} == {Unit.POINTS, Unit.PERCENT}
        return is_of_unit and rounded_units(abs(value), self.decimals) == rounded_units(self.value, self.decimals)


@cache
def lexicon() -> dict[str, dict[str, Any]]:
    """The tables of the lexicon."""
    return tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """A list of single words of the lexicon."""
    return frozenset(lexicon()["words"][name].split())


@cache
def number_words() -> dict[str, int]:
    """The numbers that are written as one word."""
    small, tens = (lexicon()["words"][name].split() for name in ("numbers", "tens"))
    return (
        {word: at for at, word in enumerate(small)} | {word: 10 * at for at, word in enumerate(tens, 2)} | {"none": 0}
    )


def count_of(word: str) -> int:
    """What a word for a small number, or for a place in a row, counts; 1 for any other word."""
    places = {name: at for at, name in enumerate(lexicon()["words"]["ordinals"].split(), 2)}
    return int(word) if word.isdecimal() else (number_words() | places).get(word, 1)


def phrases_of_lexicon() -> Phrases:
    """All phrases, to be added to; verbs of direction are `rise`, `moved` or `rising`, as their form is."""
    return {word: [*several] for word, several in _phrases().items()}


@cache
def _phrases() -> Phrases:
    found: Phrases = {}
    for kind, values in (*lexicon()["phrases"].items(), ("", lexicon()["moves"])):
        for entry, value in ((entry, value) for value, text in values.items() for entry in text.split("|")):
            for at, form in enumerate(_forms(entry)):
                moves = "rise" if not at else "rising" if form.split()[0].endswith("ing") else "moved"
                add_phrase(found, form, kind or moves, value)
    return found


def add_phrase(found: Phrases, text: str, kind: str, value: str) -> None:
    """Adds a phrase, whose words spaces part."""
    several = tuple(text.split())
    found.setdefault(several[0], []).append((several, kind, value))


def _forms(entry: str) -> list[str]:
    """The forms of an entry; of a verb first the base.

    >>> _forms("~go/went/gone up"), _forms("~ease")
    (['go up', 'goes up', 'going up', 'went up', 'gone up'], ['ease', 'eases', 'easing', 'eased'])
    """
    verb, _, rest = entry.strip().partition(" ")
    base, *irregular = verb.removeprefix("~").split("/")
    third, stem = f"{base}es" if base[-1] in "osh" else f"{base}s", base.rstrip("e")
    several = [base, third, f"{stem}ing", *(irregular or [f"{stem}ed"])]
    return [f"{form} {rest}".strip() for form in several] if verb.startswith("~") else [entry.strip()]


@cache
def _pattern() -> re.Pattern[str]:
    """Names with digits in them, numbers, words, signs; a hyphen within a word is none."""
    return re.compile(
        r"(?P<name>[a-z]+-(?:in|up|down|out|on|off)s?\b(?!-)|https?://\S+|\S+@\S+|[£$€] ?\d[\d.,]*(?:k|m|bn)?|24/7"
        r"|0\d[\d ]{5,}|\d+/\d+/\d+|\d+(?:-\d+)+|\d+:\d\d|\d+[.:]\d\d ?[ap]m\b|\d+(?:\.\d+){2,}\w*|\d+(?!pp)[a-z]\w*"
        r"|[a-z]+\d[\w.]*|(?:19|20)\d\d\b(?![.%]\d|%)|\A\s*\d+\.\d+\.?(?=\s+(?-i:[A-Z])))"
        r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        r"|(?<=\w)-(?=\w)|(?P<word>[^\W\d_]+?(?:n't)?(?='s\b|\b|_|\d)|'s\b|[^\s\w])",
        re.IGNORECASE,
    )


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text; `fifty-three` is one."""
    found: list[Token] = []
    for match in (match for match in _pattern().finditer(text) if match.lastgroup):
        word, last = match[0].lower(), (found or [Token(0, 0, "")])[-1]
        typed = number_words().get(word) if match["word"] else word.replace(",", "") if match["number"] else None
        value = None if typed is None else Fraction(typed)
        if match["word"] and value and last.word in number_words() and (last.value or 0) >= 20 and value < 10:
            found[-1] = Token(last.start, match.end(), f"{last.word} {word}", (last.value or 0) + value)
            continue
        is_part = word == "one" or (text[match.end() :][:1] == "-" and word in number_words() and (value or 0) < 20)
        found.append(Token(*match.span(), word, None if is_part else value))
    return found


def marks_of(tokens: Sequence[Token], phrases: Phrases) -> list[Mark]:
    """What phrases there are, in order; none within a longer one of its kind, or within an idiom."""
    found, kept = list[Mark](), list[Mark]()
    said = [(token.word, "#" if token.value is not None else token.word) for token in tokens]
    for first in range(len(said)):
        for several, kind, value in (phrase for key in dict.fromkeys(said[first]) for phrase in phrases.get(key, ())):
            here = said[first : first + len(several)]
            if len(here) == len(several) and all(word in pair for word, pair in zip(several, here, strict=True)):
                found.append(Mark(first, first + len(several), kind, value))
    for mark in sorted(found, key=lambda mark: mark.first - mark.end):
        around = (other.kind for other in kept if other.first <= mark.first and mark.end <= other.end)
        if not {mark.kind, "idiom"} & set(around):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.first)


def numbers_of(tokens: Sequence[Token], marks: Sequence[Mark], dates: set[int]) -> Iterator[Number]:
    """The numbers that may be figures: ages, distances, money, times and names with a number in them are none."""
    hidden = dates | {at for mark in marks if mark.kind == "no figure" for at in range(mark.first, mark.end)}
    begins = {(mark.first, mark.kind): mark for mark in marks}
    ends = {(mark.end, mark.kind): mark for mark in marks}
    for at, token in enumerate(tokens):
        if token.value is not None and at not in hidden:
            unit = begins.get((at + 1, "unit"))
            end = unit.end if unit else at + 1
            bound = ends.get((at, "about")) or begins.get((end, "open"))
            decimals = len(token.word.partition(".")[2])
            kind = Unit(unit.value) if unit else Unit.PLAIN
            yield Number(at, end, token.value, decimals, kind, bound.value if bound else "")
