"""Which indicator a sentence is about: by its words, weighed by how well they tell indicators apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from cpreport.checks.narrative.quoted.words import EVERYDAY, OF_MANY, PERSONS, is_alike, telling, words_of
from cpreport.model.folder import GlossaryTerm
from cpreport.model.indicator import Indicator, Measure

_ABBREVIATION = re.compile(r"(?<!\w)([A-Z&]{2,6})s?(?!\w)")
_REFERENCE = re.compile(r"\b[\w.-]*\d[\w.-]*")
_HEAD = re.compile(r"[^:;.(]*")
_LOOKED_AFTER = re.compile(r"\b(?i:look(?:ed|ing) after)\b|\b(?:CLA|LAC|CIC)\b")
_IN_CARE = re.compile(r"\bin (?:(?:our|the council's|local authority) )?care\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The telling words of the indicators' titles, each word with its weight; a word that is in few titles weighs most.

    `heads` are the words of each title for what is counted; `meanings` those that glossary terms stand for.
    `alike` and `heard` keep what was looked up for words and texts.
    """

    titles: Mapping[str, Sequence[str]]
    heads: Mapping[str, Sequence[str]]
    weights: Mapping[str, float]
    meanings: Mapping[str, str]
    alike: dict[str, frozenset[str]] = field(default_factory=dict)
    heard: dict[str, frozenset[str]] = field(default_factory=dict)

    def spelled_out(self, text: str) -> str:
        """The text with the meaning of its abbreviations behind it; to be looked after is to be in care."""
        names = dict.fromkeys(_ABBREVIATION.findall(text))
        care = ["in care"] if _LOOKED_AFTER.search(text) else []
        return " ".join([text, *care, *(self.meanings[name] for name in names if name in self.meanings)])

    def weight(self, indicator: Indicator, text: str) -> float:
        """How much a text's words speak for an indicator, from 0; its reference or id settles it."""
        if {indicator.reference, indicator.id} & self._title_words(text):
            return DECISIVE
        return sum(self.weights[word] for word in self._said(indicator, text))

    def is_whole_title(self, indicator: Indicator, text: str) -> bool:
        """Whether a text says every telling word of an indicator's title; of `care` alone, that children are in it."""
        said = self._said(indicator, text)
        is_told = not set(said) <= OF_MANY or bool(_IN_CARE.search(self.spelled_out(text)))
        return is_told and len(said) == len(self.titles[indicator.id])

    def is_told(self, indicator: Indicator, text: str) -> bool:
        """Whether the words that a text has of a title can tell that it is about it.

        Words that many titles may have, as `care leavers`, cannot where the title says more; nor can an everyday word.
        """
        said = self._said(indicator, text)
        if self.weight(indicator, text) == DECISIVE or len(said) == len(self.titles[indicator.id]):
            return True
        return any(word not in OF_MANY for word in said) and not (len(said) == 1 and said[0] in EVERYDAY)

    def counts(self, indicator: Indicator, words: Iterable[str]) -> bool:
        """Whether one of some words is for what an indicator counts."""
        said = list(words)
        return any(is_alike(word, other) for other in said for word in self.heads[indicator.id])

    def counts_persons(self, indicator: Indicator) -> bool:
        """Whether it is persons that an indicator counts."""
        return indicator.measure is not Measure.NUMBER or bool(PERSONS & set(self.heads[indicator.id]))

    def _said(self, indicator: Indicator, text: str) -> list[str]:
        said = self._title_words(text)
        return [word for word in self.titles[indicator.id] if word in said]

    def _title_words(self, text: str) -> frozenset[str]:
        """The words of any title that a text has, or has one like; and what may be references."""
        if text not in self.heard:
            words = dict.fromkeys(telling(self.spelled_out(text)))
            names = (name.rstrip(".") for name in _REFERENCE.findall(text))
            self.heard[text] = frozenset((*names, *(title for word in words for title in self._alike(word))))
        return self.heard[text]

    def _alike(self, word: str) -> frozenset[str]:
        if word not in self.alike:
            self.alike[word] = frozenset(title for title in self.weights if is_alike(title, word))
        return self.alike[word]


STRONG = 2.4
"""The weight from where on a sentence's words leave no doubt which indicator it is about."""

UNIQUE, DECISIVE = 3.5, 20.0
"""The weights of a word that a single title has, and of an indicator's own reference or id."""


def vocabulary(indicators: Iterable[Indicator], glossary: Iterable[GlossaryTerm]) -> Vocabulary:
    """The vocabulary of indicators; the glossary wins over what initials in titles seem to stand for."""
    several = list(indicators)
    meanings = {initials: words for indicator in several for initials, words in _initials(indicator.title)}
    meanings |= {term.term: (_HEAD.match(term.description) or [""])[0] for term in glossary}
    spelled = Vocabulary({}, {}, {}, meanings)
    whole = {indicator.id: spelled.spelled_out(_PER.sub("", indicator.title)) for indicator in several}
    titles = {id: tuple(_apart(telling(title))) for id, title in whole.items()}
    heads = {indicator.id: tuple(_heads(indicator.title)) for indicator in several}
    weights = {word: _weight(word, titles.values()) for title in titles.values() for word in title}
    return Vocabulary(titles, heads, weights, meanings)


def _initials(title: str) -> Iterator[tuple[str, str]]:
    """`CP` with `Child Protection`: the initials of all runs of two to four capitalised words."""
    for run in _CAPITALISED.findall(title):
        words = run.split()
        for size in range(2, min(4, len(words)) + 1):
            for start in range(len(words) - size + 1):
                several = words[start : start + size]
                yield "".join(word[0] for word in several), " ".join(several)


_CAPITALISED = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")
_PER = re.compile(r"\bper [\d,]+\b.*")
_QUALIFIED = re.compile(r"\s[–—-]\s")
_SEVERAL = re.compile(r":|\s[–—-]\s")
_NUMBER_OF = re.compile(
    r"^\s*(?:(?:the|average|mean|total) )*(?:number|percentage|proportion|rate|share|count) of ", re.IGNORECASE
)
_AFTER_HEAD = re.compile(r"\b(?:of|with|who|whom|whose|within|per|as|that|for|from|at|between|in(?!-)|aged|up)\b")


def _heads(title: str) -> Iterator[str]:
    """The words for what is counted; the plural ones where there are any."""
    for main in _mains(_QUALIFIED.split(title, maxsplit=1)[0]):
        words = words_of(main)
        yield from [word for word in words if word.endswith("s") or word in PERSONS] or words
        yield from map(str.lower, _ABBREVIATION.findall(main))


def _mains(title: str) -> Iterator[str]:
    """The parts of a title before `of`, `with` and the like."""
    for part in _SEVERAL.split(title):
        yield _AFTER_HEAD.split(_NUMBER_OF.sub("", part), maxsplit=1)[0]


def _apart(words: Iterable[str]) -> list[str]:
    """Words without those like an earlier one."""
    kept: list[str] = []
    for word in words:
        if not any(is_alike(word, other) for other in kept):
            kept.append(word)
    return kept


def _weight(word: str, titles: Iterable[Sequence[str]]) -> float:
    several = list(titles)
    holding = sum(any(is_alike(word, other) for other in title) for title in several)
    return UNIQUE * log((len(several) + 2) / holding) / log(len(several) + 2)
