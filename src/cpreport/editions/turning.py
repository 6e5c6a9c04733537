"""Which blocks stand on pages that are turned, and about how high blocks are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from cpreport.editions.columns import Columns
from cpreport.editions.widths import CHART_HEIGHT, Look, Room, height_of, shown_size
from cpreport.model.chart import Chart
from cpreport.model.document import Block, Heading, List, Note, Paragraph, Picture, Table, plain

_TEXT, _GAP = Look(240), 160
"""The look of text, and the space between two paragraphs in twips, by which heights are reckoned."""


def turned(blocks: Iterable[Block], room: Room, columns: Columns) -> list[tuple[tuple[Block, ...], bool]]:
    """The blocks in parts, and whether each is on pages that are turned; `room` is that on pages that are not.

    It is a table that does not fit, with the headings above it and the notes below, and what comes before it where
    that would leave a page nearly empty; charts stay upright.
    """
    parts: list[tuple[list[Block], bool]] = [([], False)]
    for block in blocks:
        part, is_turned = parts[-1]
        is_wide = isinstance(block, Table) and not columns.fits(block, room)
        if is_wide and not is_turned:
            above = len(part)
            while above and isinstance(part[above - 1], Heading):
                above -= 1
            parts.append(([*part[above:], block], True))
            del part[above:]
        elif is_turned and not is_wide and not isinstance(block, Note):
            parts.append(([block], False))
        else:
            part.append(block)
    filled = [(part, is_turned) for part, is_turned in parts if part]
    joined: list[tuple[tuple[Block, ...], bool]] = []
    for number, (part, is_turned) in enumerate(filled, 1):
        is_nearly_empty = number < len(filled) and height(part, room, columns) < room.third
        turn = is_turned or (is_nearly_empty and not any(isinstance(block, Chart) for block in part))
        before = joined.pop()[0] if joined and joined[-1][1] == turn else ()
        joined.append(((*before, *part), turn))
    return joined


def height(blocks: Iterable[Block], room: Room, columns: Columns) -> float:
    """How high blocks are, about, in twips."""
    return sum(
        columns.height(block, room) if isinstance(block, Table) else _other_height(block, room) for block in blocks
    )


def _other_height(block: Heading | Paragraph | Note | List | Chart | Picture, room: Room) -> float:
    if isinstance(block, Chart):
        return CHART_HEIGHT + height_of([block.caption], _TEXT, room.width) + _GAP
    if isinstance(block, Picture):
        return shown_size(block.image, room)[1]
    lines = _lines_of(block) if isinstance(block, List) else [plain(block.text)]
    return height_of(lines, _TEXT, room.width) + _GAP * len(lines)


def _lines_of(block: List) -> list[str]:
    return [line for each in block.entries for line in (plain(each.text), *chain(*map(_lines_of, each.below)))]
