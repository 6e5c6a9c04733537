"""Texts in runs, some of them raised, lowered or struck through: a note or a correction beside what is meant."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from cpreport.inputs.texts import without_unseen
from cpreport.inputs.workbook.cells.values import TRUE, RichText, unescaped
from cpreport.office.xml import NAMESPACE_END, gather, parse, safe_parser

_ORDINALS = ("st", "nd", "rd", "th")
_SPACE = f"http://www.w3.org/XML/1998/namespace{NAMESPACE_END}space"


def is_noted(name: str, value: str) -> bool:
    """Whether a font's element with such a value (empty: none) strikes its text through, raises or lowers it."""
    if name == "vertAlign":
        return value != "baseline"
    return name == "strike" and value in ("", *TRUE)


def shared_strings(part: bytes) -> list[str]:
    """The texts in a part of shared strings, if there is one."""
    texts: list[str] = []
    parser = safe_parser(namespaces=True)

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "si":
            gather(parser, name, attributes, lambda element: texts.append(text_in(element)))

    if part:
        parser.StartElementHandler = start
        parse(parser, part)
    return texts


def text_in(element: Element) -> str:
    """The text of an `si` or `is` element: rich if some of it is no part of what is meant."""
    runs = list(_runs(element))
    whole = without_unseen("".join(text for text, _ in runs))
    plain = ""
    for text, is_note in runs:
        is_ordinal = plain[-1:].isdigit() and text.strip().lower() in _ORDINALS
        plain += "" if is_note and not is_ordinal else text
    return whole if without_unseen(plain).split() == whole.split() else RichText.of(whole, plain)


def _runs(element: Element) -> Iterator[tuple[str, bool]]:
    """Texts, and whether they are raised, lowered or struck through. Pronunciations are none of them.

    Spaces around a text count only where it says so.
    """
    for child in element:
        name = local(child.tag)
        if name == "t":
            text = child.text or ""
            yield unescaped(text if child.get(_SPACE) == "preserve" else text.strip(" \t\n\r")), False
        elif name == "r":
            is_note = any(is_noted(local(each.tag), each.get("val", "")) for each in child.iter())
            yield "".join(text for text, _ in _runs(child)), is_note


def local(name: str) -> str:
    """An element's name without its namespace."""
    return name.rpartition(NAMESPACE_END)[2]
