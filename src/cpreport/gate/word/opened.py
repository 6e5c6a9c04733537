"""A Word file's parts as trees: the texts in it, each with whose it is, and what is said about all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cpreport.gate.word.colours import WHITE, Colours
from cpreport.gate.word.names import MC, R, W
from cpreport.gate.word.styles import Styles
from cpreport.office.foreign import BINARY_WORKBOOK, archive_kind
from cpreport.office.parts import Element, Parts, parsed_root

_EDGES = {f"{W}headerReference": "header", f"{W}footerReference": "footer"}
_PAGES = {"first": "first-page ", "even": "even-page "}
_WITH_MACROS = re.compile(rb"macroEnabled(?:Template)?\.main\+xml")
_NOTES = {"footnotes": "a footnote", "endnotes": "an endnote"}


class Story(NamedTuple):
    """A text of a document: the part's root and name, and whose it is in words, empty for the text itself."""

    root: Element
    part: str
    owner: str = ""


class NotWordError(Exception):
    """Why a package holds no Word document that can be read."""


class WordFile:
    """A Word file. Raises NotWordError where it is none, InputError where a part of it is damaged."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = Parts(parts)
        main = self._parts.related("", "officeDocument")
        if not main.endswith(".xml"):
            raise NotWordError(_without_text(self._parts))
        self.main = main
        self.document = self.root(main)
        if self.document.tag != f"{W}document":
            raise NotWordError(_other_kind(self.document.tag))
        theme, settings = (self.related(main, kind) for kind in ("theme", "settings"))
        self.settings = settings
        mapping = None if settings is None else settings.find(f"{W}clrSchemeMapping")
        named = {} if mapping is None else {key.rpartition("}")[2]: to for key, to in mapping.attrib.items()}
        self.colours = Colours(theme, named)
        self.styles = Styles(self.related(main, "styles"), self.colours)
        self.properties = self.related("", "core-properties")
        page = self.document.find(f"{W}background")
        self.page = WHITE if page is None else self.colours.stated(page, "color") or WHITE

    def stories(self) -> Iterator[Story]:
        """The texts of the document, headers, footers, footnotes and endnotes."""
        yield Story(self.document, self.main)
        owners, targets = self._owners(), self._parts.relations(self.main)
        for id, owner in owners.items():
            if target := targets.get(id):
                yield Story(self.root(target.part), target.part, owner)
        for each in targets.values():
            if each.kind in _NOTES:
                yield Story(self.root(each.part), each.part, _NOTES[each.kind])

    def comments(self) -> Element | None:
        return self.related(self.main, "comments")

    def chart(self, part: str, id: str) -> Element | None:
        """The chart to which a relationship of a part leads; None where there is none."""
        target = self._parts.relations(part).get(id)
        return self.root(target.part) if target else None

    def has_macros(self) -> bool:
        """Whether it is a .docm or .dotm by its content; an embedded workbook's macros are not its own."""
        types = self._parts.content("[Content_Types].xml")
        return bool(_WITH_MACROS.search(types)) or bool(self._parts.related(self.main, "vbaProject"))

    def root(self, name: str) -> Element:
        """A part's root, without what only programs that lack a drawing's kind would show."""
        root = parsed_root(self._parts.content(name), f"its part {name}")
        for each in list(root.iter(f"{MC}AlternateContent")):
            for fallback in each.findall(f"{MC}Fallback") if each.find(f"{MC}Choice") is not None else ():
                each.remove(fallback)
        return root

    def related(self, source: str, kind: str) -> Element | None:
        """The root of the first part of a kind to which another one leads; None where there is none."""
        name = self._parts.related(source, kind)
        return self.root(name) if name else None

    def _owners(self) -> dict[str, str]:
        """Whose the headers and footers are, by the ids of their relationships: the first section that has one."""
        owners: dict[str, str] = {}
        for number, section in enumerate(self.document.iter(f"{W}sectPr"), 1):
            for each in section:
                if what := _EDGES.get(each.tag):
                    page = _PAGES.get(each.get(f"{W}type", ""), "")
                    owners.setdefault(each.get(f"{R}id", ""), f"the {page}{what} of section {number}")
        return owners


_PROGRAMS = {
    "workbook": "an Excel workbook, which cpreport validate checks",
    "presentation": "a PowerPoint presentation",
    "document": "a Strict Open XML document: save it as Word Document (.docx)",
}


def _without_text(parts: Parts) -> str:
    """What a package is that has no main part, or one that is not XML."""
    names = parts.names("")
    if any(name.startswith("word/") for name in names):
        return "the document is damaged: its text is missing"
    is_workbook = BINARY_WORKBOOK in names
    kind = _PROGRAMS["workbook"] if is_workbook else archive_kind(names, parts.content("mimetype"))
    return f"the file is {kind}"


def _other_kind(tag: str) -> str:
    """What a package is whose main part has another root than a Word document's."""
    return f"the file is {_PROGRAMS.get(tag.rpartition('}')[2], 'no Word document')}"
