"""What stands around a document's text: alternatives, content controls, drawings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import expand, value, words
from cpreport.inputs.narratives.word.equations import equation
from cpreport.inputs.narratives.word.parts import Parts
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
    SIGN = "sign of a symbol font", "signs of symbol fonts"
    EDGE = "header or footer", "headers or footers"

    @property
    def one(self) -> str:
        return self.value[0]

    @property
    def several(self) -> str:
        return self.value[1]


_WORDS_OWN_PROMPT = re.compile(
    r"(?:(?:Click|Tap|Click or tap)(?: here)? to enter (?:text|a date)\.|Choose (?:an item|a building block)\.)?"
)
_REFERENCES = {
    "commentReference": ("comments", Kind.COMMENT),
    "footnoteReference": ("footnotes", Kind.NOTE),
    "endnoteReference": ("endnotes", Kind.NOTE),
}


def open_containers(parts: Parts) -> None:
    """Leaves one of each alternatives, what controls and equations say, and a sign for whatever is not printed."""
    expand(parts.body, _chosen)
    expand(parts.body, lambda element: _content(element, parts.prompts))
    expand(parts.body, equation)
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


def _content(element: Element, prompts: Mapping[str, str]) -> Iterable[Element] | None:
    """A control's content: nothing, but the cells that it has, where it is a prompt or only for the reader."""
    if element.tag != "sdt":
        return None
    content, properties = element.find("sdtContent"), element.find("sdtPr")
    if content is None:
        return []
    if value(properties, "tag") == REFERENCE or _is_prompt(content, properties, prompts):
        return [_emptied(cell) for cell in content.findall("tc")]
    return list(content)


def _is_prompt(content: Element, properties: Element | None, prompts: Mapping[str, str]) -> bool:
    """Whether a control says that it shows its prompt, and does: some programs keep the flag of one that is filled."""
    if properties is None or properties.find("showingPlcHdr") is None:
        return False
    text, own = " ".join(words(content).split()), value(properties, "placeholder/docPart") or ""
    return text == prompts.get(own) or bool(_WORDS_OWN_PROMPT.fullmatch(text))


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
        described = next((each.get("descr") for each in drawing.iter() if each.get("descr")), "")
        yield left_out(Kind.PICTURE, described or "")
