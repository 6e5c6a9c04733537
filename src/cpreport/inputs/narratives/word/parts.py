"""The parts of a Word file that matter, each checked before anything parses it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from cpreport.inputs.narratives.word.elements import NotWordError, tree, value, words
from cpreport.inputs.texts import read_bytes
from cpreport.model.errors import InputError
from cpreport.office.foreign import no_word_archive
from cpreport.office.package import MIB, XML_NAMES, Package
from cpreport.office.xml import parse, safe_parser

LARGEST_TOGETHER = 64 * MIB
MOST_ELEMENTS = 300_000
DEEPEST = 100
MOST_ALTERNATIVES = 8
LONGEST_NAMESPACE = 500
LONGEST_NOTE = 1000
LONGEST_ADDRESS = 2083
"""How long the address of a link is at most, as in Word."""

_NOTES = ("comments", "footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class Parts:
    """A Word file's parts as trees, which are empty where it has no such part.

    `links` are the targets of the relationships by their ids, `notes` the first words of comments, footnotes and
    endnotes by the name of their part and their id, `prompts` those of content controls by their names, `edges` the
    words of the headers and footers.
    """

    body: Element
    styles: Element
    numbering: Element
    links: dict[str, str]
    notes: dict[tuple[str, str], str]
    prompts: dict[str, str]
    edges: tuple[str, ...]


def read_parts(path: Path) -> Parts:
    """The parts of a Word file. Raises NotWordError if it is none, EnvironmentFailure if it cannot be read."""
    content = read_bytes(path)
    if reason := no_word_archive(content):
        raise NotWordError(reason)
    try:
        package = Package(content)
        return _parts(package, _checked(package))
    except (InputError, ParseError, RecursionError) as error:
        raise NotWordError("it is damaged, or is no Word document that Word would write") from error


def _parts(package: Package, xml: Mapping[str, bytes]) -> Parts:
    documents = (each.part for each in package.relations("") if each.kind == "officeDocument")
    main = next(documents, "word/document.xml").lower()
    root = tree(xml[main]) if main in xml else Element("")
    body = root.find("body")
    if root.tag != "document" or body is None:
        raise NotWordError("it has no Word document in it")
    relations = package.relations(main)

    def of_kind(kind: str) -> Element:
        names = [each.part.lower() for each in relations if each.kind == kind]
        names.append(posixpath.join(posixpath.dirname(main), f"{kind.lower()}.xml"))
        return next((tree(xml[name]) for name in names if name in xml), Element(kind))

    prompts = of_kind("glossaryDocument").iter("docPart")
    around = {each.id: each.part.lower() for each in relations if each.kind in ("header", "footer")}
    shown = (each.get("r:id", "") for kind in ("header", "footer") for each in body.iter(f"{kind}Reference"))
    edges = dict.fromkeys(around[id] for id in shown if around.get(id) in xml)
    said = (" ".join(words(tree(xml[name])).split())[:LONGEST_NOTE] for name in edges)
    return Parts(
        body,
        of_kind("styles"),
        of_kind("numbering"),
        {each.id: each.part for each in relations if each.kind == "hyperlink" and len(each.part) <= LONGEST_ADDRESS},
        {(kind, each.get("id", "")): words(each)[:LONGEST_NOTE] for kind in _NOTES for each in of_kind(kind)},
        {name: " ".join(words(each).split()) for each in prompts if (name := value(each, "docPartPr/name"))},
        tuple(dict.fromkeys(filter(None, said))),
    )


def _checked(package: Package) -> dict[str, bytes]:
    """The XML parts by their names in small letters. Raises InputError or NotWordError if one is not sound."""
    parts: dict[str, bytes] = {}
    left = LARGEST_TOGETHER
    for name in package.names:
        if name.endswith(XML_NAMES):
            parts[name] = package.part(name)
            left -= len(parts[name])
            if left < 0:
                raise NotWordError(f"it is too large: its parts have more than {LARGEST_TOGETHER // MIB} MiB")
            _measure(name, parts[name])
    return parts


def _measure(name: str, part: bytes) -> None:
    """Raises NotWordError where a part has more elements, or deeper ones, than any narrative."""
    open_tags: list[bool] = []
    elements = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        open_tags.append(tag.endswith("AlternateContent"))
        if elements > MOST_ELEMENTS:
            raise NotWordError(f"it is too large: its part {name} has more than {MOST_ELEMENTS:,} elements")
        if len(open_tags) > DEEPEST or sum(open_tags) > MOST_ALTERNATIVES:
            raise NotWordError(f"its part {name} is too deep: it may be damaged")
        if any(each.startswith("xmlns") and len(uri) > LONGEST_NAMESPACE for each, uri in attributes.items()):
            raise NotWordError(f"its part {name} has a name that is too long: it may be damaged")

    parser = safe_parser()
    parser.StartElementHandler, parser.EndElementHandler = start, lambda _: open_tags.pop()
    parse(parser, part)
