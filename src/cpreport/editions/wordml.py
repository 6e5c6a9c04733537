"""Pieces of WordprocessingML as text: what is printed is escaped here, once, and the whole is parsed strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nspfxmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.office.parts import etree
from cpreport.office.xml import legal

NAMESPACES = nsdecls("w", "r")
"""The declarations of the prefixes used here."""

_DECLARATIONS = f" {NAMESPACES}".encode()
_OWN_SPACES = nspfxmap("w", "r")
_BREAK, _HYPHEN = (f'</w:t><w:{tag}/><w:t xml:space="preserve">' for tag in ("br", "noBreakHyphen"))


def printed(text: str) -> str:
    """What stands in a w:t so that Word prints `text`; breaks, and hyphens that do not break, are Word's own."""
    return escape(legal(text)).replace("\t", " ").replace("\n", _BREAK).replace("\u2011", _HYPHEN)


def attribute(value: str) -> str:
    """The value in its quotes, on one line."""
    return f'"{escape(" ".join(legal(value).split()))}"'


def run(text: str, style_id: str = "", script: str = "") -> str:
    """A w:r in a character style, or in none; `script` is that of a span."""
    look = f'<w:rStyle w:val="{style_id}"/>' if style_id else ""
    look += f'<w:vertAlign w:val="{script}"/>' if script else ""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{printed(text)}</w:t></w:r>'


def paragraph(style_id: str, content: str, keep_next: bool = False, numbering: str = "") -> str:
    """A w:p in a paragraph style; `content` and `numbering` (w:numPr) are XML."""
    keep = "<w:keepNext/>" if keep_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{keep}{numbering}</w:pPr>{content}</w:p>'


def field(instruction: str, result: str) -> str:
    """A field with the result that is shown until Word computes it anew."""
    return f"<w:fldSimple w:instr={attribute(instruction)}>{run(result)}</w:fldSimple>"


def caption_words(label: str, caption: str) -> str:
    """The words of a caption, whose label is such as `Table 3`: its number is a field that Word computes anew."""
    kind, _, number = label.partition(" ")
    counted = field(f" SEQ {kind} \\* ARABIC ", number)
    return run(f"{kind} ") + counted + (run(f": {caption}") if caption else "")


def bookmark(name: str, number: int, content: str) -> str:
    """The content within a bookmark; `number` is unique in the document."""
    start = f'<w:bookmarkStart w:id="{number}" w:name={attribute(name)}/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def parsed(xml: str) -> list[BaseOxmlElement]:
    """The elements of a piece of a document's body."""
    return list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"))


def serialised(elements: Iterable[BaseOxmlElement], declared: Mapping[str | None, str]) -> bytes:
    """The XML of elements for a document that has `declared` namespaces by their prefixes."""
    needed = b"" if declared.items() >= _OWN_SPACES.items() else _DECLARATIONS
    written = (etree.tostring(element, encoding="UTF-8", with_tail=False) for element in elements)
    return b"".join(xml.replace(_DECLARATIONS, needed, 1) for xml in written)


def is_on(element: BaseOxmlElement | None) -> bool:
    """Whether a property such as w:b or w:vanish is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off")


def value(element: BaseOxmlElement | None, name: str = "w:val") -> str:
    """An attribute of an element, '' where either is missing."""
    return "" if element is None else str(element.get(qn(name), ""))
