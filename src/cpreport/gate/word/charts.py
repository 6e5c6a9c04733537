"""The words of charts: how large they are, and how well they stand out from what is behind them."""

from __future__ import annotations

from cpreport.gate.contrast import contrast, needed
from cpreport.gate.word.boxes import plain_fill
from cpreport.gate.word.colours import WHITE, Colours
from cpreport.gate.word.gathered import Gathered
from cpreport.gate.word.names import A, C, is_true, number
from cpreport.model.rules import document as rules
from cpreport.office.parts import Element

_LEAST = 1000
"""The least size of a chart's words, in hundredths of a point."""


def check_chart(root: Element, where: str, colours: Colours, gathered: Gathered) -> None:
    """What is wrong with the words of a chart, which is named in words."""
    words = [each for each in root.iter(f"{A}defRPr", f"{A}rPr") if not _is_deleted(each)]
    smallest = min((size for each in words if (size := number(each.get("sz")))), default=_LEAST)
    if smallest < _LEAST:
        gathered.add(rules.SMALL_TEXT, f"{where} ({smallest / 100:g} pt)")
    behind = _fill(root.find(f"{C}spPr"), colours)
    for each in words if behind else ():
        if next(each.iterancestors(f"{C}dLbls"), None) is not None:
            continue  # stands on a column or beside a line
        points = (number(each.get("sz")) or _LEAST) / 100
        colour = plain_fill(each, colours)
        if colour and contrast(colour, behind) < needed(points, is_true(each.get("b"))):
            gathered.add(rules.LOW_CONTRAST, f"{where} (#{colour} on #{behind})")
            return


def _is_deleted(words: Element) -> bool:
    """Whether words are those of an axis that is not shown."""
    axes = words.iterancestors(f"{C}catAx", f"{C}valAx", f"{C}dateAx")
    deleted = (each.find(f"{C}delete") for each in axes)
    return any(each is not None and is_true(each.get("val", "1")) for each in deleted)


def _fill(properties: Element | None, colours: Colours) -> str:
    """The colour of a fill, white where there is none; empty for patterns, pictures and shades."""
    fills = (
        [] if properties is None else [each for each in properties.iterchildren("{*}*") if each.tag.endswith("Fill")]
    )
    if not fills or fills[0].tag == f"{A}noFill":
        return WHITE
    return plain_fill(properties, colours)
