"""What stands around a document's text is opened: alternatives, content controls, drawings, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import ALTERNATIVES, expand, value, words
from cpreport.inputs.narratives.word.equations import equation
from cpreport.inputs.narratives.word.parts import Parts
from cpreport.model.document import REFERENCE

LEFT_OUT = "left-out"
"""The tag of what stands in the place of something that no narrative prints, with its kind and its text."""

JOINS_NEXT = "joins-next"
"""The attribute of a paragraph whose mark is deleted."""


class Kind(Enum):
    """What of a Word file no narrative prints, one and several of it."""

    PICTURE = "picture, chart or drawing", "pictures, charts or drawings"
    TEXT_BOX = "text box", "text boxes"
    COMMENT = "comment", "comments"
    NOTE = "footnote or endnote", "footnotes or endnotes"
    HIDDEN = "piece of hidden text", "pieces of hidden text"
    STRUCK = "piece of struck-through text", "pieces of struck-through text"
    FILE = "inserted file", "inserted files"
    SIGN = "sign of a symbol font", "signs of symbol fonts"
    EDGE = "header or footer", "headers or footers"


Change = tuple[str, str]
"""What was done, and with which text; `¶` is the end of a paragraph."""

_WORDS_OWN_PROMPT = re.compile(
    r"(?:(?:Click|Tap|Click or tap)(?: here)? to enter (?:text|a date)\.|Choose (?:an item|a building block)\.)?"
)
_REFERENCES = {
    "commentReference": ("comments", Kind.COMMENT),
    "footnoteReference": ("footnotes", Kind.NOTE),
    "endnoteReference": ("endnotes", Kind.NOTE),
}
_DONE = {"ins": "inserted", "moveTo": "moved here", "del": "deleted", "moveFrom": "moved away"}
_GONE = ("del", "moveFrom")
_PARTS_OF_TABLES = {
    "tr": ("trPr/*", {"ins": "inserted", "del": "deleted"}, "a row of a table"),
    "tc": ("tcPr/*", {"cellIns": "inserted", "cellDel": "deleted"}, "a cell"),
}
_OF_LOOKS = (
    *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"),
    *("tblGridChange", "tblPrExChange", "numberingChange"),
)
_TOLD = "told"


def open_containers(parts: Parts) -> None:
    """Leaves one of each alternatives, what controls and equations say, and a sign for whatever is not printed."""

    def opened(element: Element) -> Iterable[Element] | None:
        match element.tag:
            case "mc:AlternateContent":
                branches = [*element.findall("mc:Fallback"), *element.findall("mc:Choice")]
                return max(branches, key=lambda branch: (len(words(branch)), len(branch) > 0), default=[])
            case "sdt":
                return _content(element, parts.prompts)
            case "m:oMath":
                expand(element, opened)
                return equation(element)
            case "drawing" | "pict" | "object":
                return _of_drawing(element)
            case "altChunk":
                return [_left_out(Kind.FILE)]
        if element.tag in _REFERENCES:
            part, kind = _REFERENCES[element.tag]
            return [_left_out(kind, parts.notes.get((part, element.get("id", "")), ""))]
        return None

    expand(parts.body, opened)


def accept_changes(body: Element) -> list[Change]:
    """Makes the document what it is with all tracked changes accepted, and gives the changes in order."""
    changes: list[Change] = []

    def accepted(element: Element) -> Iterable[Element] | None:
        if element.tag in _DONE:
            changes.extend(_told(element))
            return [] if element.tag in _GONE else list(element)
        if element.tag in _PARTS_OF_TABLES:
            path, done, what = _PARTS_OF_TABLES[element.tag]
            told = [done[each.tag] for each in element.findall(path) if each.tag in done]
            changes.extend((each, what) for each in told)
            return [] if "deleted" in told else None
        marks = element.findall("pPr/rPr/*") if element.tag == "p" else ()
        for mark in (each.tag for each in marks if each.tag in _DONE):
            changes.append((_DONE[mark], "¶"))
            if mark in _GONE:
                element.set(JOINS_NEXT, "")
        return [] if element.tag in _OF_LOOKS else None

    expand(body, accepted)
    return changes


def _told(element: Element) -> Iterator[Change]:
    """A change that is in no other of its kind."""
    if element.get(_TOLD) is None:
        if text := words(element, "delText"):
            yield _DONE[element.tag], text
        for within in element.iter(element.tag):
            within.set(_TOLD, "")


def _left_out(kind: Kind, text: str = "") -> Element:
    return Element(LEFT_OUT, {"kind": kind.name, "text": " ".join(text.split())})


def _content(control: Element, prompts: Mapping[str, str]) -> list[Element]:
    """A control's content: nothing, but the cells that it has, where it is a prompt or only for the reader."""
    content, properties = control.find("sdtContent"), control.find("sdtPr")
    if content is None:
        return []
    if value(properties, "tag") != REFERENCE and not _is_prompt(content, properties, prompts):
        return list(content)
    cells = content.findall("tc")
    for cell in cells:
        cell[:] = cell.findall("tcPr")
    return cells


def _is_prompt(content: Element, properties: Element | None, prompts: Mapping[str, str]) -> bool:
    """Whether a control says that it shows its prompt, and does: some programs keep the flag of one that is filled."""
    if properties is None or properties.find("showingPlcHdr") is None:
        return False
    text, own = " ".join(words(content).split()), value(properties, "placeholder/docPart") or ""
    return text == prompts.get(own) or bool(_WORDS_OWN_PROMPT.fullmatch(text))


def _of_drawing(drawing: Element) -> Iterator[Element]:
    """Its text boxes, else itself; a line across the page is nothing."""
    boxes = list(_boxes(drawing))
    for box in boxes:
        yield _left_out(Kind.TEXT_BOX, words(box))
    if not boxes and not any(each.get("o:hr") for each in drawing.iter()):
        yield _left_out(
            Kind.PICTURE, next((each.get("descr") or "" for each in drawing.iter() if each.get("descr")), "")
        )


def _boxes(element: Element) -> Iterator[Element]:
    if element.tag == ALTERNATIVES:
        element = max(element, key=lambda branch: len(words(branch)), default=element)
    for child in element:
        if child.tag == "txbxContent":
            yield child
        else:
            yield from _boxes(child)
