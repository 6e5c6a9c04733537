"""What a web page says, in order: what it is compared by with the one that is computed."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from cpreport.office.digests import Cell, Said
from cpreport.office.parts import Element

_INLINE = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup", "tspan"}
"""The elements whose words belong to those around them."""

_UNSAID = ("style", "script", "svg")
_NOWHERE = Cell(0, 0, 0)


def words_on(page: Element) -> list[Said]:
    """The words between the beginnings and ends of paragraphs, cells and the like, as `words_said` has a document's.

    Pictures count by their alternative texts; the numbers of charts stand in tables too.
    """
    return [*_said(page)]


def _said(page: Element) -> Iterator[Said]:
    tables, cell, parts, unsaid = 0, _NOWHERE, list[str](), 0
    for event, element in etree.iterwalk(page, events=("start", "end")):
        tag, is_start = element.tag, event == "start"
        if tag not in _INLINE and (words := " ".join("".join(parts).split())):
            yield Said(words, cell)
        if tag not in _INLINE:
            parts.clear()
        unsaid += (tag in _UNSAID) * (1 if is_start else -1)
        tables += is_start and tag == "table"
        cell = _entered(tag, cell, tables) if is_start else _left(tag, cell)
        if not unsaid:
            parts.append((element.text or element.get("alt") if is_start else element.tail) or "")


def _entered(tag: str, cell: Cell, table: int) -> Cell:
    """Where the words are after the start of an element."""
    if tag == "tr":
        return Cell(table, cell.row + 1, 0)
    return cell._replace(table=table, column=cell.column + 1) if tag in ("th", "td") else cell


def _left(tag: str, cell: Cell) -> Cell:
    return _NOWHERE if tag == "table" else cell
