"""What stands around a document's text: alternatives, content controls, drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from xml.etree.ElementTree import Element

from cpreport.inputs.word.elements import expand, value, words
from cpreport.inputs.word.parts import Parts
from cpreport.model.document import REFERENCE

LEFT_OUT = "left-out"
"""The tag of what stands in the place of something that no narrative prints, with its kind and its text."""


class Kind(Enum):
    """What of a Word file no narrative prints."""

    PICTURE = "picture, chart or drawing", "pictures, charts or drawings"
    TEXT_BOX = "text box", "text boxes"
    COMMENT = "comment", "comments"
    NOTE = "footnote or endnote", "footnotes or endnotes"
    HIDDEN = "piece of hidden text", "pieces of hidden text"
    STRUCK = "piece of struck-through text", "pieces of struck-through text"
    FILE = "inserted file", "inserted files"

    @property
    def one(self) -> str:
        return self.value[0]

    @property
    def several(self) -> str:
        return self.value[1]


_REFERENCES = {
    "commentReference": ("comments", Kind.COMMENT),
    "footnoteReference": ("footnotes", Kind.NOTE),
    "endnoteReference": ("endnotes", Kind.NOTE),
}


def open_containers(parts: Parts) -> None:
    """Leaves one of each alternatives, the content of content controls, and a sign for whatever is not printed."""
    expand(parts.body, _chosen)
    expand(parts.body, _content)
    expand(parts.body, lambda element: _left_out(element, parts))


def left_out(kind: Kind, text: str = "") -> Element:
    """A sign for what is left out."""
    return Element(LEFT_OUT, {"kind": kind.name, "text": " ".join(text.split())})


def _chosen(element: Element) -> Iterable[Element] | None:
    """Of alternatives the one that says most; if they say the same, that for older programs."""
    if element.tag != "mc:AlternateContent":
        return None
    branches = [*element.findall("mc:Fallback"), *element.findall("mc:Choice")]
    return list(max(branches, key=lambda branch: (len(words(branch)), len(branch) > 0), default=[]))


def _content(element: Element) -> Iterable[Element] | None:
    """A control's content: nothing, but the cells that it has, where it is a placeholder or only for the reader."""
    if element.tag != "sdt":
        return None
    content, properties = element.find("sdtContent"), element.find("sdtPr")
    is_placeholder = properties is not None and properties.find("showingPlcHdr") is not None
    if content is None:
        return []
    if is_placeholder or value(properties, "tag") == REFERENCE:
        return [_emptied(cell) for cell in content.findall("tc")]
    return list(content)


def _emptied(cell: Element) -> Element:
    cell[:] = cell.findall("tcPr")
    return cell


def _left_out(element: Element, parts: Parts) -> Iterable[Element] | None:
    match element.tag:
        case "drawing" | "pict" | "object":
            return list(_of_drawing(element))
        case "altChunk":
            return [left_out(Kind.FILE)]
        case "commentReference" | "footnoteReference" | "endnoteReference":
            part, kind = _REFERENCES[element.tag]
            note = parts.notes.get((part, element.get("id", "")), "")
            return [left_out(kind, note)]
    return None


def _boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == "txbxContent":
            yield child
        else:
            yield from _boxes(child)


def _of_drawing(drawing: Element) -> Iterator[Element]:
    """Its text boxes, else itself; a line across the page is nothing."""
    boxes = list(_boxes(drawing))
    for box in boxes:
        yield left_out(Kind.TEXT_BOX, words(box))
    if not boxes and not any(each.get("o:hr") for each in drawing.iter()):
        yield left_out(Kind.PICTURE)
