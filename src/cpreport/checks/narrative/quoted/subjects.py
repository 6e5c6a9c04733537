"""What sentences are held against, and which indicator they are about: by its words, the rarest weighing most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from math import log

from cpreport.checks.context import CheckContext
from cpreport.checks.narrative.quoted import facts
from cpreport.checks.narrative.quoted.words import add_phrase, lexicon, phrases_of_lexicon, tokens_of, words
from cpreport.model.folder import GlossaryTerm, SectionPlan
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.tags import with_plain_tags
from cpreport.model.timeline import Timeline

_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"(?<!\w)([A-Z&]{2,6})s?(?!\w)")
_REFERENCE = re.compile(r"(?<![\w.])[\w-]*\d(?:[\w.-]*\w)?")
_CALLED = re.compile(r"""\bbreakdown\w*\(\s*["']([^"']+)["']""")
_CAPITALISED = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")
_AVERAGE = re.compile(r"\b(?:on average|average (?!of \d)\w+|average of|per child|each child)\b", re.IGNORECASE)

_PERSON, _UNIQUE, _STRONG, _MARGIN, _HEAD_WORDS = 0.4, 3.5, 2.3, 1.2, 6
_AS_AVERAGE, _NO_AVERAGE = 1.4, 0.7


@cache
def stem(word: str) -> str:
    """What words of one meaning share; all who are counted as persons have the same."""
    from snowballstemmer import stemmer  # type: ignore[import-untyped]  # only a month with narratives pays for it

    same = lexicon()["same"].get(word, word)
    return "child" if word in words("persons") else stemmer("english").stemWord(same)


class Subjects:
    """The indicators of a report with the stems of their titles; a stem that is in few titles weighs most.

    `named` gives all that a text may be about, each with how much its words speak for it; the likeliest first. `stems`
    gives the stems of a text's telling words, and of what its abbreviations stand for.
    """

    def __init__(self, indicators: Iterable[Indicator], glossary: Iterable[GlossaryTerm]) -> None:
        self.indicators, self.named, self.stems = tuple(indicators), cache(self._named), cache(self._stems)
        spaced = sorted({each.reference for each in self.indicators if " " in each.reference}, key=len, reverse=True)
        self._spaced = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spaced))})(?!\w)") if spaced else None
        self._meanings = {short: words for each in self.indicators for short, words in _initials(each.title)}
        self._meanings |= {term.term: re.split("[:;.(]", term.description)[0] for term in glossary}
        titles = {each.id: re.sub(r"\bper [\d,]+\b.*", "", each.title) for each in self.indicators}
        self._heads = {name: self.stems(" ".join(title.split()[:_HEAD_WORDS])) for name, title in titles.items()}
        self._titles = {name: self.stems(title) for name, title in titles.items()}
        counts = Counter(word for title in self._titles.values() for word in title)
        most = log(len(self.indicators) + 2)
        self._weights = {word: _UNIQUE * (1 - log(count) / most) for word, count in counts.items()}
        self._weights["child"] = _PERSON

    def _stems(self, text: str) -> frozenset[str]:
        meanings = (self._meanings.get(name, "") for name in _ABBREVIATION.findall(text))
        said = [word.lower() for word in _WORD.findall(" ".join([text, *meanings]))]
        said += [more for word in said for more in lexicon()["meanings"].get(word, "").split()]
        return frozenset(stem(word) for word in said if word not in words("little"))

    def _named(self, text: str) -> list[tuple[float, Indicator]]:
        said, is_average = self.stems(text), bool(_AVERAGE.search(text))
        names = {*_REFERENCE.findall(text), *(self._spaced.findall(text) if self._spaced else ())}
        meant = [self.stems(self._meanings.get(name, "")) for name in _ABBREVIATION.findall(text)]
        meant = [stems for stems in meant if stems & self._weights.keys() - {"child"}]
        scores, telling = [], said - {"child"}
        for each in self.indicators:
            is_by_name = bool({each.reference, each.id} & names)
            if not is_by_name and self._titles[each.id].isdisjoint(telling):
                continue
            is_other = any(not self._titles[each.id] & stems for stems in meant)
            score = 10 * _UNIQUE if is_by_name else 0 if is_other else self._score(each.id, said)
            as_average = (_AS_AVERAGE if is_average else _NO_AVERAGE) if each.measure is Measure.AVERAGE else 1
            scores.append((score * as_average, each))
        return sorted((pair for pair in scores if pair[0]), key=lambda pair: -pair[0])

    def _score(self, name: str, said: frozenset[str]) -> float:
        """How much words speak for an indicator; 0 where they cannot tell that they are about it."""
        title = self._titles[name]
        shared = title & said
        matched, whole = (sum(self._weights[word] for word in several) for several in (shared, title))
        is_head = bool(shared & self._heads[name] - {"child"})
        is_told = matched >= _STRONG and (len(shared - {"child"}) > 1 or is_head)
        is_telling = not shared <= {"child"} and (is_told or shared == title)
        return matched * (1 + matched / whole) / 2 if is_telling else 0


def _initials(title: str) -> Iterator[tuple[str, str]]:
    """`CP` with `Child Protection`: the initials of all runs of two to four capitalised words."""
    for run in _CAPITALISED.findall(title):
        several = run.split()
        for size in range(2, min(4, len(several)) + 1):
            for start in range(len(several) - size + 1):
                chosen = several[start : start + size]
                yield "".join(word[0] for word in chosen), " ".join(chosen)


class Room(Subjects):
    """What all sentences of a month are held against.

    `facts` gives an indicator's by its id, `categories` has those of what it is broken down by. `printed` are the
    breakdowns that a section prints: the indicator of each, its title and its categories.
    """

    def __init__(self, month: CheckContext) -> None:
        self.month, folder = month, month.folder
        self.timelines = {each.indicator.id: each for each in month.reported()}
        super().__init__((each.indicator for each in self.timelines.values()), folder.glossary)
        self.sections = {plan.id: plan.indicators for plan in folder.sections}
        self.comments = {(plan.id, slot.id): slot.indicator for plan in folder.sections for slot in plan.comments}
        self.facts = cache(lambda name: facts.figures_of(self.timelines[name]))
        self.phrases = phrases_of_lexicon()
        self._add((each.reference for each in self.indicators if " " in each.reference), "no figure", "")
        for number, term in enumerate(folder.terms, 1):
            self._add((term.name, f"{term.name} term"), "term", str(number))
        kinds = {each.id: _kind(each.name.lower()) for each in folder.comparators}
        for each in folder.comparators:
            name = re.sub(r"\b(?:the )?average\b", "", each.name, flags=re.IGNORECASE)
            is_alone = list(kinds.values()).count(kinds[each.id]) == 1
            others = lexicon()["comparators"][kinds[each.id]].split("|") if is_alone else ()
            self._add((each.id, each.heading.rstrip("."), name, *others), "comparator", each.id)
        self.categories: dict[str, dict[str, list[facts.Fact]]] = {}
        self.printed: dict[str, list[tuple[Timeline, str, list[str]]]] = {}
        named = {plan.id: _named_breakdowns(plan, month) for plan in folder.sections}
        for breakdown in folder.breakdowns.values():
            if breakdown.of and (timeline := self.timelines.get(breakdown.of.name)):
                counts = [each for each in month.workbook.breakdowns if each.breakdown == breakdown.id]
                of = facts.of_categories(counts, month.workbook.period)
                for name, several in of.items():
                    self.categories.setdefault(timeline.indicator.id, {}).setdefault(name, []).extend(several)
                for section in (section for section, names in named.items() if breakdown.id in names):
                    self.printed.setdefault(section, []).append((timeline, breakdown.title, [*of]))

    def _add(self, names: Iterable[str], kind: str, value: str) -> None:
        """Makes names known that have two letters at least."""
        spelled = (" ".join(token.word for token in tokens_of(name)) for name in names if len(name.strip()) > 1)
        for text in sorted(set(filter(None, spelled))):
            add_phrase(self.phrases, text, kind, value)

    def among(self, section: str, slot: str) -> list[Timeline]:
        """What sentences may be about: a comment's indicator, those of a section, or all where it has none."""
        comment = self.comments.get((section, slot))
        names = (comment,) if comment else self.sections.get(section) or tuple(self.timelines)
        return [self.timelines[name] for name in names if name in self.timelines]

    def clear(self, text: str, among: Iterable[Timeline]) -> Timeline | None:
        """What of some indicators a text is clearly about; None where it is about none of them, or about several."""
        several, names = self.named(text), {each.indicator.id for each in among}
        own = [each for each in several if each[1].id in names]
        is_clear = own and own[0][0] >= several[0][0] and (len(own) == 1 or own[0][0] >= _MARGIN * own[1][0])
        return self.timelines[own[0][1].id] if is_clear else None

    def fits(self, text: str, timeline: Timeline) -> bool:
        """Whether a text that should be about an indicator is not rather about another one."""
        scores = {each.id: score for score, each in self.named(text)}
        return max(scores.values(), default=0) <= _MARGIN * scores.get(timeline.indicator.id, 0)


def _named_breakdowns(plan: SectionPlan, month: CheckContext) -> set[str]:
    """The breakdowns that a section's template and narratives name, in tables, charts and texts."""
    own = (text for (section, _), text in month.workbook.narratives.items() if section == plan.id)
    passages = (with_plain_tags(passage.text) for text in own for passage in text.passages)
    return {
        name for text in (month.folder.templates.get(plan.template, ""), *passages) for name in _CALLED.findall(text)
    }


def _kind(name: str) -> str:
    """What kind of comparator it is by its name; any one without a known word is a region."""
    return next((kind for kind in lexicon()["comparators"] if re.search(kind, name)), "region")
