"""What stands around a document's text is opened as it is walked: alternatives, content controls, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.elements import ALTERNATIVES, CHANGES, GONE, PROPERTIES, value, words
from cpreport.model.document import REFERENCE

_WORDS_OWN_PROMPT = re.compile(
    r"(?:(?:Click|Tap|Click or tap)(?: here)? to enter (?:text|a date)\.|Choose (?:an item|a building block)\.)?"
)
_MARKED = {"p": ("pPr/rPr/*", "¶"), "tr": ("trPr/*", "a row of a table"), "tc": ("tcPr/*", "a cell")}
"""Where it is said that a part of the text is inserted or deleted, and what that part is called."""


class Opened:
    """The elements of a document with all tracked changes accepted; `prompts` are those of controls by name.

    `changes` are what was done, and with which text, as far as it has been walked; `¶` is the end of a paragraph.
    """

    def __init__(self, prompts: Mapping[str, str]) -> None:
        self.changes: list[tuple[str, str]] = []
        self._prompts = prompts
        self._within: list[str] = []

    def children(self, parent: Iterable[Element]) -> Iterator[Element]:
        """The elements in another one, and in the wrappers in it, to be walked in this order."""
        for child in parent:
            if child.tag == ALTERNATIVES:
                branches = [*child.findall("mc:Fallback"), *child.findall("mc:Choice")]
                fullest = max(branches, key=lambda branch: (len(words(branch)), len(branch) > 0), default=child)
                yield from self.children(fullest)
            elif child.tag == "sdt":
                yield from self.children(self._content(child))
            elif child.tag in CHANGES:
                yield from self._changed(child)
            elif child.tag == "p" or not self.is_deleted(child):
                yield child

    def found(self, parent: Element, *names: str) -> Iterator[Element]:
        """The elements of some names in another one, in whatever they are wrapped but paragraphs and tables."""
        for child in self.children(parent):
            if child.tag in names:
                yield child
            elif child.tag not in ("p", "tbl", *PROPERTIES):
                yield from self.found(child, *names)

    def is_deleted(self, element: Element) -> bool:
        """Whether a row, a cell or the mark of a paragraph is deleted; a change of it is told."""
        path, what = _MARKED.get(element.tag, ("", ""))
        marks = [each.tag for each in element.findall(path) if each.tag in CHANGES] if path else []
        self.changes += ((CHANGES[mark], what) for mark in marks)
        return any(mark in GONE for mark in marks)

    def _changed(self, change: Element) -> Iterator[Element]:
        """What is left of a change, which is told unless it is in another of its kind."""
        if change.tag not in self._within and (text := words(change, is_change=True)):
            self.changes.append((CHANGES[change.tag], text))
        if change.tag not in GONE:
            self._within.append(change.tag)
            yield from self.children(change)
            self._within.pop()

    def _content(self, control: Element) -> Iterable[Element]:
        """A control's content: nothing, but the cells that it has, where it is a prompt or only for the reader."""
        content, properties = control.find("sdtContent"), control.find("sdtPr")
        if content is None:
            return ()
        if value(properties, "tag") != REFERENCE and not self._is_prompt(content, properties):
            return content
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
