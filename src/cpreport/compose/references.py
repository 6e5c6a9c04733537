"""References to tables and charts: the numbers of their captions, and links to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cpreport.compose.environment import TemplateMistake
from cpreport.compose.quantity import in_words
from cpreport.model.chart import Chart
from cpreport.model.document import Block, Section, Table
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.rules.template import NAME_TWICE

_WORDS: dict[type, str] = {Table: "Table", Chart: "Figure"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A tag's value: what a caption begins with, such as `Table 2`, and the link to it; empty before both are known."""

    text: str
    link: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class References:
    """`tables` are the numbers of the first tables that show each indicator, by its id; `named` are by their names."""

    tables: Mapping[str, int] = field(default_factory=dict)
    named: Mapping[str, Reference] = field(default_factory=dict)

    def named_by(self, name: object) -> Reference:
        """The reference to what a template has given a name. Raises TemplateMistake if that is nothing."""
        if (found := self.named.get(str(name))) is not None:
            return found
        known = nearest(str(name), self.named) or f"; there are: {', '.join(self.named)}"
        raise TemplateMistake(
            f"no table or chart with a caption has the name {in_words(name)}"
            f"{known if self.named else ': give it one, as in indicator_table(ids, name=…)'}"
        )


class _Captioned(NamedTuple):
    section: Section
    block: Table | Chart
    number: int

    @property
    def words(self) -> str:
        return f"{_WORDS[type(self.block)]} {self.number}"


def link_to(number: int) -> str:
    """The link to a table."""
    return f"#{_anchor(Table, number)}"


def references_to(sections: Iterable[Section]) -> References:
    """The references that a report's texts can print."""
    captioned = [*_captioned(sections)]
    shown = [(id, each.number) for each in captioned if isinstance(each.block, Table) for id in each.block.indicators]
    named = {
        each.block.name: Reference(each.words, f"#{_anchor(type(each.block), each.number)}")
        for each in captioned
        if each.block.name
    }
    return References(dict(reversed(shown)), named)


def named_twice(sections: Iterable[Section], templates: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each name that another table or chart has already; `templates` are those of the sections."""
    first: dict[str, _Captioned] = {}
    for each in _captioned(sections):
        if each.block.name and (other := first.setdefault(each.block.name, each)) is not each:
            place = Place(file=templates[each.section.id], section=each.section.id)
            both = [f"{found.words} in {found.section.id}" for found in (other, each)]
            yield NAME_TWICE.at(place, name=each.block.name, first=both[0], second=both[1])


def with_anchors(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections with an anchor at each table and chart that a text may link to."""
    several = [*sections]
    captioned = _captioned(several)
    for section in several:
        yield replace(section, blocks=tuple(_anchored(block, captioned) for block in section.blocks))


def _captioned(sections: Iterable[Section]) -> Iterator[_Captioned]:
    """The tables that have a caption and the charts, which all have one, each with its number."""
    numbers = Counter[type]()
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Chart) or (isinstance(block, Table) and block.caption):
                numbers[type(block)] += 1
                yield _Captioned(section, block, numbers[type(block)])


def _anchor(kind: type, number: int) -> str:
    return f"{_WORDS[kind].lower()}_{number}"


def _anchored(block: Block, captioned: Iterator[_Captioned]) -> Block:
    if not isinstance(block, Table | Chart) or (isinstance(block, Table) and not block.caption):
        return block
    anchor = _anchor(type(block), next(captioned).number)
    is_shown = isinstance(block, Table) and bool(block.indicators)
    return replace(block, anchor=anchor) if block.name or is_shown else block
