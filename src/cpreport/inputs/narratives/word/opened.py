"""What stands around a document's words: alternatives, content controls, tracked changes, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word import parts
from cpreport.model.document import REFERENCE

MOST_OPEN = 100
"""How deep fields may be in each other; in Word it is 20."""

LONGEST_ADDRESS = 2083
"""How long the address of a link is at most, as in Word."""

_CHANGES = {
    "ins": "inserted",
    "cellIns": "inserted",
    "moveTo": "moved here",
    "del": "deleted",
    "cellDel": "deleted",
    "moveFrom": "moved away",
}
_GONE = ("del", "moveFrom", "cellDel")
"""The tracked changes, and those of them that leave nothing."""

_MARKED = {"p": ("pPr/rPr/*", "¶"), "tr": ("trPr/*", "a row of a table"), "tc": ("tcPr/*", "a cell")}
"""Where it is said that a part of the text is inserted or deleted, and what that part is called."""

_OF_FIELDS = (*parts.WORDS, *parts.DROPPED, "sym", "instrText")
_LINKED = ("http://", "https://", "mailto:")
_NOT_IN_ADDRESS = re.compile('[\\s<>"`|{}\x00-\x1f\x7f]')
_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]+))', re.IGNORECASE)
_WORDS_OWN_PROMPT = re.compile(
    r"(?:(?:Click|Tap|Click or tap)(?: here)? to enter (?:text|a date)\.|Choose (?:an item|a building block)\.)?"
)


class Opened:
    """The elements of a document with all tracked changes accepted; `prompts` are those of controls by name.

    `changes` are what was done, and with which text, as far as it has been walked; `¶` is the end of a paragraph.
    """

    def __init__(self, prompts: Mapping[str, str]) -> None:
        self.changes: list[tuple[str, str]] = []
        self._prompts = prompts
        self._within: list[str] = []

    def children(self, parent: Iterable[Element]) -> Iterator[Element]:
        """The elements in another one, and in what is around them in it, to be walked in this order."""
        for child in parent:
            if child.tag == parts.ALTERNATIVES:
                branches = [*child.findall("mc:Fallback"), *child.findall("mc:Choice")]
                fullest = max(branches, key=lambda branch: (len(parts.words(branch)), len(branch) > 0), default=child)
                yield from self.children(fullest)
            elif child.tag == "sdt":
                yield from self.children(self._content(child))
            elif child.tag in _CHANGES:
                yield from self._changed(child)
            elif child.tag not in parts.PROPERTIES and (child.tag == "p" or not self.is_deleted(child)):
                yield child

    def found(self, parent: Element, *names: str) -> Iterator[Element]:
        """The elements of some names in another one, in whatever they are wrapped but paragraphs and tables."""
        for child in self.children(parent):
            if child.tag in names:
                yield child
            elif child.tag not in ("p", "tbl"):
                yield from self.found(child, *names)

    def is_deleted(self, element: Element) -> bool:
        """Whether a row, a cell or the mark of a paragraph is deleted; a change of it is reported."""
        path, what = _MARKED.get(element.tag, ("", ""))
        marks = [each.tag for each in element.findall(path) if each.tag in _CHANGES] if path else []
        self.changes += ((_CHANGES[mark], what) for mark in marks)
        return any(mark in _GONE for mark in marks)

    def _changed(self, change: Element) -> Iterator[Element]:
        """What is left of a change, which is reported unless it is in another of its kind."""
        if change.tag not in self._within and (text := parts.words(change, is_change=True)):
            self.changes.append((_CHANGES[change.tag], text))
        if change.tag not in _GONE:
            self._within.append(change.tag)
            yield from self.children(change)
            self._within.pop()

    def _content(self, control: Element) -> Iterable[Element]:
        """A control's content: nothing, but the cells that it has, where it is a prompt or only for the reader.

        Some programs keep the flag of a prompt in a control that is filled.
        """
        content = control.findall("sdtContent/*")
        is_prompt = False
        if control.find("sdtPr/showingPlcHdr") is not None:
            text, own = parts.in_one_line(control), parts.value(control, "sdtPr/placeholder/docPart") or ""
            is_prompt = text == self._prompts.get(own) or bool(_WORDS_OWN_PROMPT.fullmatch(text))
        if parts.value(control, "sdtPr/tag") != REFERENCE and not is_prompt:
            return content
        cells = [each for each in content if each.tag == "tc"]
        for cell in cells:
            cell[:] = cell.findall("tcPr")
        return cells


def read_fields(body: Element, links: Mapping[str, str]) -> None:
    """Turns codes of fields into elements that say nothing; words of a link get it, what is chosen is text.

    `links` are targets by their ids. A field without an end is none. Raises NotWordError.
    """
    seen: list[Element] = []
    begun: list[list[int]] = []  # where the code of each open field begins, and its result
    for element in body.iter():
        kind = element.get("fldCharType")
        if kind or element.tag in _OF_FIELDS:
            seen.append(element)
        if element.tag in ("hyperlink", "fldSimple"):
            _link(element.iter(), _target(element, links))
        elif kind == "begin":
            if len(begun) >= MOST_OPEN:
                raise parts.NotWordError("its fields are too deep in each other")
            begun.append([len(seen)])
        elif begun and kind == "separate":
            begun[-1].append(len(seen))
        elif begun and kind == "end":
            start, result, *_ = *begun.pop(), len(seen)
            mark, coded = seen[start - 1], seen[start:result]
            mark.tag, mark.text = "t", _chosen(mark)
            _link(seen[result:], _in_code("".join(each.text or "" for each in coded if each.tag == "instrText")))
            for each in coded:
                each.tag = "code"


def _link(elements: Iterable[Element], address: str) -> None:
    for each in elements if address else ():
        each.attrib.setdefault(parts.LINK, address)


def _target(link: Element, links: Mapping[str, str]) -> str:
    target, mark = links.get(link.get("r:id", ""), ""), link.get("anchor", "")
    whole = f"{target}#{mark}" if mark and "#" not in target else target
    return _in_code(link.get("instr", "")) or _linked(whole)


def _in_code(code: str) -> str:
    found = _LINK.match(code)
    return _linked(found[1] or found[2] or "") if found else ""


def _linked(target: str) -> str:
    """A target that a report can link to, as an address is written; empty for any other."""
    if len(target) > LONGEST_ADDRESS or not target.lower().startswith(_LINKED):
        return ""
    return _NOT_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target.strip())


def _chosen(mark: Element) -> str:
    """What is ticked or chosen in a form."""
    if (box := mark.find("ffData/checkBox")) is not None:
        switches = [switch for name in ("checked", "default") for switch in box.findall(name)]
        return "☒" if switches and parts.is_on(switches[0]) else "☐"
    options = mark.find("ffData/ddList")
    chosen = parts.number(parts.value(options, "result") or parts.value(options, "default"))
    return "".join(each.get("val", "") for each in mark.findall("ffData/ddList/listEntry")[chosen : chosen + 1])
