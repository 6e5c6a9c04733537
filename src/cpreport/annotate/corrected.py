"""Narratives with tags in the place of typed numbers, in the files that they stand in. What is not changed stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cpreport.annotate.marked.sheets import Tabs, shown, whole
from cpreport.model.correction import BY_FORMULA, NOT_IN_ENCODING, TOO_LONG, Correction, by_hand
from cpreport.model.errors import EnvironmentFailure, UsageError
from cpreport.model.finding import in_sheet
from cpreport.office.addresses import Cell, area_of, cell_at
from cpreport.office.package import archived
from cpreport.office.parts import Element, Parts, etree, parsed_root

LONGEST_TEXT = 32_767
"""How many characters, in UTF-16, a cell of Excel holds."""

_LINE_END = re.compile(r"(\r\n|\r|\n)")
_ONE_BY_ONE = "surrogateescape"
_UNREADABLE = re.compile("[\udc80-\udcff]")
"""Bytes that the encoding does not know: each is one character, and one byte again when it is written."""

_OF_MANY_CELLS = ("array", "dataTable")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Corrected = tuple[bytes, Sequence[Correction], Sequence[str]]
"""A file's content after its corrections, these with what is left to be done by hand, and sentences on what is lost."""


def correct_text(content: bytes, file: str, encoding: str, corrections: Sequence[Correction]) -> Corrected:
    """A text file with these corrections; line ends, byte order mark and encoding stay.

    Raises EnvironmentFailure if it no longer has a passage where that was read.
    """
    text = content.decode(encoding, _ONE_BY_ONE if encoding == "cp1252" else "replace")
    is_sound = text.encode(encoding, _ONE_BY_ONE) == content
    parts, judged = _LINE_END.split(text), []
    for correction in corrections:
        kept = (
            each if is_sound and _can_write(each.tag, encoding) else by_hand(each, NOT_IN_ENCODING)
            for each in correction.replacements
        )
        judged.append(replace(correction, replacements=tuple(kept)))
        passage, first = correction.passage.text, 2 * (correction.passage.place.line - 1)
        lines = slice(first, first + 2 * passage.count("\n") + 1, 2)
        held = "\n".join(parts[lines])
        if _UNREADABLE.sub("\ufffd", held) != passage:
            raise _changed(file)
        parts[lines] = judged[-1].applied_to(held).split("\n")
    return "".join(parts).encode(encoding, _ONE_BY_ONE), judged, []


def _can_write(tag: str, encoding: str) -> bool:
    return tag.encode(encoding, errors="ignore").decode(encoding) == tag


def correct_sheet(
    parts: Mapping[str, bytes], file: str, held: Mapping[str, str], corrections: Sequence[Correction]
) -> Corrected:
    """A workbook with the corrections of one of its sheets; a cell with a formula is left alone.

    `held` is what the passages' cells hold, by address. Raises UsageError if the workbook is one that cannot be
    changed, InputError if it is damaged, EnvironmentFailure if it does not have these cells.
    """
    changed = Parts(parts)
    tabs = Tabs(changed, file)
    if changed.is_signed:
        raise UsageError(f"{file} cannot be changed: it is digitally signed, and the signature would no longer hold")
    name = corrections[0].passage.place.sheet
    sheet = changed.root(next((tab.part for tab in tabs.worksheets() if tab.name == name), ""), with_rows=True)
    found = dict(cells_in(sheet))
    areas = [area_of(each.get("ref", "")) for each in sheet.iter("{*}f") if each.get("t") in _OF_MANY_CELLS]
    strings = changed.related(tabs.main, "sharedStrings")
    rich = rich_strings(changed.content(strings)) if strings else set()
    judged, lost = [], []
    for correction in corrections:
        address = correction.passage.place.cell
        at = cell_at(address) or (0, 0)
        if at not in found:
            raise _changed(file)
        text, element = correction.applied_to(held[address]), found[at]
        if element.find("{*}f") is not None or any(_is_within(area, at) for area in areas):
            correction = correction.left(BY_FORMULA)
        elif len(text.encode("utf-16-le")) > 2 * LONGEST_TEXT:
            correction = correction.left(TOO_LONG)
        elif correction.done:
            lost += [in_sheet(name, address)] if _is_rich(element, rich) else []
            put_text(element, text)
        judged.append(correction)
    loss = f"{file}: bold, colours and other formats of single words are lost in {', '.join(lost)}"
    return archived(changed.contents()), judged, [loss] if lost else []


def cells_in(sheet: Element) -> Iterator[tuple[Cell, Element]]:
    """A worksheet's cells. Rows and cells that say no address follow the ones before them."""
    row = 0
    for line in sheet.iter("{*}row"):
        row, column = whole(line.get("r")) or row + 1, 0
        for element in line.iterchildren("{*}c"):
            row, column = cell_at(element.get("r", "")) or (row, column + 1)
            yield (row, column), element


def rich_strings(part: bytes) -> set[int]:
    """The numbers of the shared strings that have formats of their own within their text."""
    strings = parsed_root(part).iterchildren("{*}si") if part else ()
    return {number for number, string in enumerate(strings) if string.find("{*}r") is not None}


def _changed(file: str) -> EnvironmentFailure:
    return EnvironmentFailure(f"{file} was changed while it was read: run this again")


def _is_within(area: tuple[Cell, Cell] | None, cell: Cell) -> bool:
    return area is not None and all(first <= at <= last for first, at, last in zip(area[0], cell, area[1], strict=True))


def _is_rich(cell: Element, rich: set[int]) -> bool:
    """Whether words of the cell's text have formats of their own."""
    is_shared = cell.get("t") == "s" and whole((cell.findtext("{*}v") or "").strip()) in rich
    return is_shared or cell.find(".//{*}r") is not None


def put_text(cell: Element, text: str) -> None:
    """Gives a cell a text of its own instead of what it shows; its format stays."""
    prefix = cell.tag.removesuffix("c")
    cell[:] = [etree.Element(f"{prefix}is")]
    cell.set("t", "inlineStr")
    etree.SubElement(cell[0], f"{prefix}t", {_SPACE: "preserve"}).text = "_x000D_".join(map(shown, text.split("\r")))
