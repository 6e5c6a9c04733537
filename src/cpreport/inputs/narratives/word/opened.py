"""A body made plain: what stands around its words is opened, and all tracked changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.parts import (
    ALTERNATIVES,
    DROPPED,
    PROPERTIES,
    WORDS,
    NotWordError,
    Parts,
    is_on,
    number,
    value,
    words,
)
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

_KEPT = ("p", "tbl", "tr", "tc", "r")
_ON_ITS_OWN = (*WORDS, *DROPPED, "sym")
_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]+))', re.IGNORECASE)
_LINKED = ("http://", "https://", "mailto:")
_NOT_IN_ADDRESS = re.compile('[\\s<>"`|{}\x00-\x1f\x7f]')
_WORDS_OWN_PROMPT = re.compile(
    r"(?:(?:Click|Tap|Click or tap)(?: here)? to enter (?:text|a date)\.|Choose (?:an item|a building block)\.)?"
)


@dataclass(slots=True)
class _Field:
    """`address` is that of the innermost link around what comes next in it; `code` is None in its result."""

    address: str
    code: list[str] | None


class Opened:
    """Opens a file's body in place, from front to back.

    Paragraphs, tables, rows, cells, runs and equations stay, each right in the one it belongs to; words have a `link`.
    A paragraph that `joins` the next one has lost its end. `changes` are what was done, and with which text. Raises
    NotWordError.
    """

    def __init__(self, parts: Parts) -> None:
        self.changes: list[tuple[str, str]] = []
        self._links, self._prompts = parts.links, parts.prompts
        self._within: list[str] = []
        self._fields: list[_Field] = []
        self._never_end = _endless(parts.body)
        self._open(parts.body, "")

    def _open(self, parent: Element, link: str) -> None:
        parent[:] = list(self._opened(parent, link))

    def _opened(self, parent: Iterable[Element], link: str) -> Iterator[Element]:
        """What stays of the elements in another one, in a link or none."""
        for child in parent:
            tag = child.tag
            if tag in _ON_ITS_OWN:
                if all(each.code is None for each in self._fields):
                    child.set("link", link or (self._fields[-1].address if self._fields else ""))
                    yield child
            elif tag in PROPERTIES:
                yield child
            elif tag in _KEPT or tag.startswith("m:"):
                is_deleted = self._is_deleted(child)
                if is_deleted and tag == "p":
                    child.set("joins", "the next")
                if tag == "p" or not is_deleted:
                    self._open(child, link)
                    yield child
            elif tag in ("fldChar", "instrText"):
                yield from self._shown(child, link)
            elif tag in _CHANGES:
                yield from self._changed(child, link)
            else:
                yield from self._opened(self._inside(child), self._target(child) or link)

    def _inside(self, wrapper: Element) -> Iterable[Element]:
        """What a wrapper holds: the fullest of alternatives, the content of a control.

        A control that is a prompt or only for the reader holds nothing, but the cells that it has.
        """
        if wrapper.tag == ALTERNATIVES:
            branches = [*wrapper.findall("mc:Fallback"), *wrapper.findall("mc:Choice")]
            return max(branches, key=lambda branch: (len(words(branch)), len(branch) > 0), default=())
        if wrapper.tag != "sdt":
            return wrapper
        properties, content = wrapper.find("sdtPr"), wrapper.find("sdtContent")
        if content is None or not (value(properties, "tag") == REFERENCE or self._is_prompt(content, properties)):
            return content or ()
        cells = content.findall("tc")
        for cell in cells:
            cell[:] = cell.findall("tcPr")
        return cells

    def _is_prompt(self, content: Element, properties: Element | None) -> bool:
        """Whether a control says that it shows its prompt, and does: some programs keep the flag of a filled one."""
        if properties is None or properties.find("showingPlcHdr") is None:
            return False
        text, own = " ".join(words(content).split()), value(properties, "placeholder/docPart") or ""
        return text == self._prompts.get(own) or bool(_WORDS_OWN_PROMPT.fullmatch(text))

    # Tracked changes

    def _changed(self, change: Element, link: str) -> Iterator[Element]:
        """What is left of a change, which is told unless it is in another of its kind."""
        if change.tag not in self._within and (text := words(change, is_change=True)):
            self.changes.append((_CHANGES[change.tag], text))
        if change.tag not in _GONE:
            self._within.append(change.tag)
            yield from self._opened(change, link)
            self._within.pop()

    def _is_deleted(self, element: Element) -> bool:
        """Whether a row, a cell or the end of a paragraph is deleted; a change of it is told."""
        path, what = _MARKED.get(element.tag, ("", ""))
        marks = [each.tag for each in element.findall(path) if each.tag in _CHANGES] if path else []
        self.changes += ((_CHANGES[mark], what) for mark in marks)
        return any(mark in _GONE for mark in marks)

    # Fields and links

    def _shown(self, mark: Element, link: str) -> Iterator[Element]:
        """Takes a `fldChar` or `instrText`; gives what a form shows in its place."""
        kind, last = mark.get("fldCharType"), self._fields[-1] if self._fields else None
        if kind == "begin" and mark not in self._never_end:
            if len(self._fields) >= MOST_OPEN:
                raise NotWordError("its fields are too deep in each other")
            chosen = Element("t")
            chosen.text = _chosen(mark)
            yield from self._opened([chosen], link)
            self._fields.append(_Field(last.address if last else "", []))
        elif last and kind == "end":
            self._fields.pop()
        elif last and last.code is not None:
            last.code.append(mark.text or "")
            if kind == "separate":
                last.address = _address("".join(last.code)) or last.address
                last.code = None

    def _target(self, wrapper: Element) -> str:
        """The address of a link; empty for any other element."""
        if code := wrapper.get("instr"):
            return _address(code)
        target, mark = self._links.get(wrapper.get("r:id", ""), ""), wrapper.get("anchor", "")
        return _linked(f"{target}#{mark}" if mark and "#" not in target else target)


def _endless(body: Element) -> set[Element]:
    """The beginnings of fields that have no end."""
    begun: list[Element] = []
    for mark in body.iter("fldChar"):
        if mark.get("fldCharType") == "begin":
            begun.append(mark)
        elif mark.get("fldCharType") == "end" and begun:
            begun.pop()
    return set(begun)


def _chosen(mark: Element) -> str:
    """What is ticked or chosen in a form."""
    box, options = mark.find("ffData/checkBox"), mark.find("ffData/ddList")
    if box is not None:
        said = [switch for name in ("checked", "default") for switch in box.findall(name)]
        return "☒" if said and is_on(said[0]) else "☐"
    chosen = number(value(options, "result") or value(options, "default"))
    entries = mark.findall("ffData/ddList/listEntry")[chosen : chosen + 1]
    return "".join(each.get("val", "") for each in entries)


def _address(code: str) -> str:
    """The address in the code of a link; empty for any other field."""
    found = _LINK.match(code)
    return _linked(found[1] or found[2] or "") if found else ""


def _linked(target: str) -> str:
    """A target that a report can link to, as an address is written; empty for any other."""
    if len(target) > LONGEST_ADDRESS or not target.lower().startswith(_LINKED):
        return ""
    return _NOT_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target.strip())
