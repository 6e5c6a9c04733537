"""Links to tables: their numbers, which are those of their captions, and their anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from cpreport.model.document import Block, Section, Table

_ANCHOR = "table_{}"


def link_to(number: int) -> str:
    """The link to a table."""
    return f"#{_ANCHOR.format(number)}"


def table_numbers(sections: Iterable[Section]) -> dict[str, int]:
    """The number of the first table that shows each indicator, by its id; tables without caption have none."""
    blocks = (block for section in sections for block in section.blocks)
    tables = (block for block in blocks if isinstance(block, Table) and block.caption)
    numbered = [(name, number) for number, table in enumerate(tables, 1) for name in table.indicators]
    return dict(reversed(numbered))


def with_anchors(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections with an anchor at each table that shows indicators."""
    numbers = count(1)
    for section in sections:
        yield replace(section, blocks=tuple(_anchored(block, numbers) for block in section.blocks))


def _anchored(block: Block, numbers: Iterator[int]) -> Block:
    if not (isinstance(block, Table) and block.caption):
        return block
    number = next(numbers)
    return replace(block, anchor=_ANCHOR.format(number)) if block.indicators else block
