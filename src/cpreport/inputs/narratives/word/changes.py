"""Tracked changes: accepted as they stand, and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import expand, words

_DONE = {"ins": "inserted", "moveTo": "moved here", "del": "deleted", "moveFrom": "moved away"}
_GONE = ("del", "moveFrom")
_OF_LOOKS = (
    *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"),
    *("tblGridChange", "tblPrExChange", "numberingChange"),
)
JOINS_NEXT = "joins-next"
"""The attribute of a paragraph whose mark is deleted."""
_TOLD = "told"


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: what was done, and with which text; `¶` is the end of a paragraph."""

    done: str
    text: str


def accept(body: Element) -> list[Change]:
    """Makes the document what it is with all changes accepted, and gives the changes in order."""
    changes: list[Change] = []
    expand(body, lambda element: _accepted(element, changes))
    return changes


def _accepted(element: Element, changes: list[Change]) -> Iterable[Element] | None:
    match element.tag:
        case "ins" | "moveTo" | "del" | "moveFrom":
            _tell_text(element, changes)
            return [] if element.tag in _GONE else list(element)
        case "p":
            _tell_mark(element, changes)
        case "tr":
            return _tell_part(element, "trPr", {"ins": "inserted", "del": "deleted"}, "a row of a table", changes)
        case "tc":
            return _tell_part(element, "tcPr", {"cellIns": "inserted", "cellDel": "deleted"}, "a cell", changes)
    return [] if element.tag in _OF_LOOKS else None


def _tell_text(element: Element, changes: list[Change]) -> None:
    """Tells a change that is in no other of its kind."""
    if element.get(_TOLD) is not None:
        return
    if text := words(element, "delText"):
        changes.append(Change(_DONE[element.tag], text))
    for within in element.iter(element.tag):
        within.set(_TOLD, "")


def _tell_mark(paragraph: Element, changes: list[Change]) -> None:
    for mark in paragraph.findall("pPr/rPr/*"):
        if mark.tag in _DONE:
            changes.append(Change(_DONE[mark.tag], "¶"))
        if mark.tag in _GONE:
            paragraph.set(JOINS_NEXT, "")


def _tell_part(
    element: Element, properties: str, done: dict[str, str], what: str, changes: list[Change]
) -> Iterable[Element] | None:
    """Nothing in place of a deleted row or cell."""
    told = [done[each.tag] for each in element.findall(f"{properties}/*") if each.tag in done]
    changes.extend(Change(each, what) for each in told)
    return [] if "deleted" in told else None
