"""Which indicator a text is about: by its words, weighed by how well they tell indicators apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from math import log

from cpreport.checks.narrative.quoted.words import lexicon, words
from cpreport.model.folder import GlossaryTerm
from cpreport.model.indicator import Indicator, Measure

_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"(?<!\w)([A-Z&]{2,6})s?(?!\w)")
_REFERENCE = re.compile(r"(?<![\w.])[\w-]*\d(?:[\w.-]*\w)?")
_CAPITALISED = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")
_HEAD = re.compile(r"[^:;.(]*")
_PER = re.compile(r"\bper [\d,]+\b.*")
_AVERAGE = re.compile(r"\b(?:on average|average (?!of \d)\w+|average of|per child|each child)\b", re.IGNORECASE)

_PERSON, _UNIQUE, _STRONG, _SHARE, _MARGIN = 0.4, 3.5, 2.3, 0.15, 1.2
_AS_AVERAGE, _NO_AVERAGE = 1.4, 0.7
_HEAD_WORDS = 6


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """What words of one meaning share; all who are counted as persons have the same."""
    return "child" if word in words("persons") else _stemmer()(lexicon()["same"].get(word, word))


@cache
def _stemmer() -> Callable[[str], str]:
    from snowballstemmer import stemmer  # type: ignore[import-untyped]  # only a month with narratives pays for it

    return stemmer("english").stemWord  # type: ignore[no-any-return]


class Subjects:
    """The indicators of a report with the stems of their titles; a stem that is in few titles weighs most."""

    def __init__(self, indicators: Iterable[Indicator], glossary: Iterable[GlossaryTerm]) -> None:
        self.indicators = tuple(indicators)
        self._meanings = {short: words for each in self.indicators for short, words in _initials(each.title)}
        self._meanings |= {term.term: (_HEAD.match(term.description) or [""])[0] for term in glossary}
        self._heads = {each.id: self.stems(" ".join(each.title.split()[:_HEAD_WORDS])) for each in self.indicators}
        self._titles = {each.id: self.stems(_PER.sub("", each.title)) for each in self.indicators}
        counts = Counter(word for title in self._titles.values() for word in title)
        most = log(len(self.indicators) + 2)
        self._weights = {word: _UNIQUE * (1 - log(count) / most) for word, count in counts.items()}
        self._weights["child"] = _PERSON
        self._named: dict[str, list[tuple[float, Indicator]]] = {}

    def stems(self, text: str) -> frozenset[str]:
        """The stems of a text's telling words, and of what its abbreviations stand for."""
        meanings = (self._meanings.get(name, "") for name in _ABBREVIATION.findall(text))
        said = [word.lower() for word in _WORD.findall(" ".join([text, *meanings]))]
        said += [more for word in said for more in lexicon()["meanings"].get(word, "").split()]
        return frozenset(stem(word) for word in said if word not in words("little"))

    def clear(self, text: str, section: Iterable[str]) -> Indicator | None:
        """The one indicator of a section that a text is clearly about; None where none is, or several are."""
        several = self.named(text)
        own = [each for each in several if each[1].id in set(section)]
        is_clear = own and own[0][0] >= several[0][0] and (len(own) == 1 or own[0][0] >= _MARGIN * own[1][0])
        return own[0][1] if is_clear else None

    def named(self, text: str) -> list[tuple[float, Indicator]]:
        """All indicators that a text may be about, each with how much its words speak for it; the likeliest first."""
        if text not in self._named:
            self._named[text] = self._weighed(text)
        return self._named[text]

    def _weighed(self, text: str) -> list[tuple[float, Indicator]]:
        said, names = self.stems(text), set(_REFERENCE.findall(text))
        is_average = bool(_AVERAGE.search(text))
        meant = [self.stems(self._meanings[name]) for name in _ABBREVIATION.findall(text) if name in self._meanings]
        meant = [stems for stems in meant if stems & self._weights.keys() - {"child"}]
        scores = ((self._score(each, said, names, meant, is_average), each) for each in self.indicators)
        return sorted((pair for pair in scores if pair[0]), key=lambda pair: -pair[0])

    def _score(
        self, indicator: Indicator, said: frozenset[str], names: set[str], meant: list[frozenset[str]], is_average: bool
    ) -> float:
        """0 where a text's words cannot tell that it is about an indicator; its reference or id settles it."""
        if {indicator.reference, indicator.id} & names:
            return 10 * _UNIQUE
        title = self._titles[indicator.id]
        shared = title & said
        matched, whole = (sum(self._weights[word] for word in several) for several in (shared, title))
        is_head = bool(shared & self._heads[indicator.id] - {"child"}) and matched >= _SHARE * whole
        is_told = matched >= _STRONG and (len(shared - {"child"}) > 1 or is_head)
        is_other = shared <= {"child"} or any(not title & stems for stems in meant)
        if is_other or not (is_told or shared == title):
            return 0
        factor = 1.0
        if indicator.measure is Measure.AVERAGE:
            factor = _AS_AVERAGE if is_average else _NO_AVERAGE
        return factor * matched * (1 + matched / whole) / 2


def _initials(title: str) -> Iterator[tuple[str, str]]:
    """`CP` with `Child Protection`: the initials of all runs of two to four capitalised words."""
    for run in _CAPITALISED.findall(title):
        several = run.split()
        for size in range(2, min(4, len(several)) + 1):
            for start in range(len(several) - size + 1):
                chosen = several[start : start + size]
                yield "".join(word[0] for word in chosen), " ".join(chosen)
