"""Which indicator a sentence is about: by its words, weighed by how well they tell indicators apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from cpreport.checks.narrative.quoted.words import is_alike, telling, words_of
from cpreport.model.folder import GlossaryTerm
from cpreport.model.indicator import Indicator

_ABBREVIATION = re.compile(r"(?<!\w)([A-Z&]{2,6})s?(?!\w)")
_REFERENCE = re.compile(r"\b[\w.-]*\d[\w.-]*")
_HEAD = re.compile(r"[^:;.(]*")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The telling words of the indicators' titles, each word with its weight; a word that is in few titles weighs most.

    `heads` are the words of each title that say what is counted; `meanings` those that glossary terms stand for.
    `alike` and `heard` keep what was looked up for words and texts.
    """

    titles: Mapping[str, Sequence[str]]
    heads: Mapping[str, Sequence[str]]
    weights: Mapping[str, float]
    meanings: Mapping[str, str]
    alike: dict[str, frozenset[str]] = field(default_factory=dict)
    heard: dict[str, frozenset[str]] = field(default_factory=dict)

    def spelled_out(self, text: str) -> str:
        """The text with the meaning of its abbreviations behind it."""
        names = dict.fromkeys(_ABBREVIATION.findall(text))
        return " ".join([text, *(self.meanings[name] for name in names if name in self.meanings)])

    def weight(self, indicator: Indicator, text: str) -> float:
        """How much a text's words speak for an indicator, from 0; its reference or id settles it."""
        if {indicator.reference, indicator.id} & self._title_words(text):
            return DECISIVE
        return sum(self.weights[word] for word in self._said(indicator, text))

    def is_whole_title(self, indicator: Indicator, text: str) -> bool:
        """Whether a text says every telling word of an indicator's title."""
        return len(self._said(indicator, text)) == len(self.titles[indicator.id])

    def counts(self, indicator: Indicator, text: str) -> bool:
        """Whether a text has a word for what an indicator counts."""
        words = words_of(text)
        return any(is_alike(word, said) for said in words for word in self.heads[indicator.id])

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


DECISIVE = 20.0
"""The weight of an indicator's own reference or id."""


def vocabulary(indicators: Iterable[Indicator], glossary: Iterable[GlossaryTerm]) -> Vocabulary:
    meanings = {term.term: (_HEAD.match(term.description) or [""])[0] for term in glossary}
    spelled = Vocabulary({}, {}, {}, meanings)
    whole = {indicator.id: spelled.spelled_out(_PER.sub("", indicator.title)) for indicator in indicators}
    titles = {id: tuple(_apart(telling(title))) for id, title in whole.items()}
    heads = {id: tuple(word for part in _PARTS.split(title) for word in _head(part)) for id, title in whole.items()}
    weights = {word: _weight(word, titles.values()) for title in titles.values() for word in title}
    return Vocabulary(titles, heads, weights, meanings)


_PER = re.compile(r"\bper [\d,]+\b.*")
_PARTS = re.compile(r"[:–—]| - ")
_AFTER_HEAD = re.compile(r"\b(?:of|with|who|whom|whose|within|per|as|that|for|from|at|between|in(?!-)|aged|up)\b")


def _head(part: str) -> list[str]:
    """The words of a title's part before `of`, `with` and the like; the plural ones where there are any."""
    words = words_of(_AFTER_HEAD.split(part, maxsplit=1)[0])
    return [word for word in words if word.endswith("s")] or words


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
    return log((len(several) + 2) / holding)
