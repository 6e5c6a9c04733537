"""References to tables and charts: the numbers of their captions, and links to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cpreport.compose.environment import TemplateMistake
from cpreport.compose.quantity import in_words
from cpreport.model.captions import Captions
from cpreport.model.chart import Chart
from cpreport.model.document import Block, Section, Table
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.rules.template import NAME_TWICE


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
    label: str


def link_to(number: int) -> str:
    """The link to a table."""
    return f"#{_anchor(f'Table {number}')}"


def references_to(sections: Iterable[Section]) -> References:
    """The references that a report's texts can print."""
    shown: dict[str, int] = {}
    named: dict[str, Reference] = {}
    for _, block, label in _captioned(sections):
        if isinstance(block, Table):
            shown = dict.fromkeys(block.indicators, int(label.removeprefix("Table "))) | shown
        if block.name:
            named[block.name] = Reference(label, f"#{_anchor(label)}")
    return References(shown, named)


def named_twice(sections: Iterable[Section], templates: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each name that another table or chart has already; `templates` are those of the sections."""
    first: dict[str, _Captioned] = {}
    for each in _captioned(sections):
        if each.block.name and (other := first.setdefault(each.block.name, each)) is not each:
            place = Place(file=templates[each.section.id], section=each.section.id)
            both = [f"{found.label} in {found.section.id}" for found in (other, each)]
            yield NAME_TWICE.at(place, name=each.block.name, first=both[0], second=both[1])


def with_anchors(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections with an anchor at each table and chart that a text may link to."""
    captions = Captions()
    for section in sections:
        yield replace(section, blocks=tuple(_anchored(block, captions.label(block)) for block in section.blocks))


def _captioned(sections: Iterable[Section]) -> Iterator[_Captioned]:
    """The tables that have a caption and the charts, which all have one, each with its label."""
    captions = Captions()
    for section in sections:
        for block in section.blocks:
            if (label := captions.label(block)) and isinstance(block, Table | Chart):
                yield _Captioned(section, block, label)


def _anchor(label: str) -> str:
    return label.lower().replace(" ", "_")


def _anchored(block: Block, label: str) -> Block:
    if not (label and isinstance(block, Table | Chart)):
        return block
    is_shown = isinstance(block, Table) and bool(block.indicators)
    return replace(block, anchor=_anchor(label)) if block.name or is_shown else block
