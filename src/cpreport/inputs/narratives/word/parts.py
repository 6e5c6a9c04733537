"""The parts of a Word file that matter, each checked before anything parses it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from cpreport.inputs.narratives.word.elements import NotWordError, tree, value, words
from cpreport.inputs.texts import read_bytes
from cpreport.model.errors import InputError
from cpreport.office.foreign import no_word_archive
from cpreport.office.package import Package, related
from cpreport.office.xml import parse, safe_parser

LARGEST_PART = 16 * 2**20
LARGEST_TOGETHER = 64 * 2**20
MOST_ELEMENTS = 300_000
DEEPEST = 100
MOST_ALTERNATIVES = 8
LONGEST_NAMESPACE = 500
LONGEST_NOTE = 1000
LONGEST_ADDRESS = 2083
"""How long the address of a link is at most, as in Word."""

_ALTERNATIVES = "AlternateContent"
_NOTES = ("comments", "footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class Parts:
    """A Word file's parts as trees: None where it has no such part.

    `links` are the targets of the relationships by their ids, `notes` the first words of comments, footnotes and
    endnotes by the name of their part and their id, `prompts` those of content controls by their names, `edges` the
    words of the headers and footers.
    """

    body: Element
    styles: Element | None
    numbering: Element | None
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
        return _parts(Package(content))
    except (InputError, ParseError, RecursionError) as error:
        raise NotWordError("it is damaged, or is no Word document that Word would write") from error


def _parts(package: Package) -> Parts:
    _check(package)
    main = next(iter(_relationships(package, "").get("officeDocument", {}).values()), "word/document.xml")
    if main not in package:
        raise NotWordError("it has no Word document in it")
    root = _tree(package, main)
    body = root.find("body") if root.tag == "document" else None
    if body is None:
        raise NotWordError("it has no Word document in it")
    related_parts = _relationships(package, main)
    found = {name: _of_kind(package, name, related_parts, main) for name in ("styles", "numbering", *_NOTES)}
    notes = {(kind, each.get("id", "")): words(each)[:LONGEST_NOTE] for kind in _NOTES for each in found[kind] or ()}
    links = {id: link for id, link in related_parts.get("hyperlink", {}).items() if len(link) <= LONGEST_ADDRESS}
    edges = [_tree(package, name) for name in _edges(body, related_parts) if name in package]
    prompts = _prompts(_of_kind(package, "glossaryDocument", related_parts, main))
    said = tuple(dict.fromkeys(text for edge in edges if (text := " ".join(words(edge).split())[:LONGEST_NOTE])))
    return Parts(body, found["styles"], found["numbering"], links, notes, prompts, said)


def _edges(body: Element, relationships: dict[str, dict[str, str]]) -> list[str]:
    """The parts of the headers and footers that are shown."""
    targets = {**relationships.get("header", {}), **relationships.get("footer", {})}
    kinds = ("headerReference", "footerReference")
    shown = (each.get("r:id", "") for kind in kinds for each in body.iter(kind))
    return list(dict.fromkeys(targets[id] for id in shown if id in targets))


def _prompts(glossary: Element | None) -> dict[str, str]:
    parts = glossary.iter("docPart") if glossary is not None else ()
    return {name: " ".join(words(each).split()) for each in parts if (name := value(each, "docPartPr/name"))}


def _check(package: Package) -> None:
    """Raises InputError or NotWordError if an XML part is not well-formed, or all are too large."""
    left = LARGEST_TOGETHER
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            part = _part(package, name)
            left -= len(part)
            if left < 0:
                raise NotWordError(f"it is too large: its parts have more than {LARGEST_TOGETHER // 2**20} MiB")
            parse(safe_parser(), part)


def _relationships(package: Package, source: str) -> dict[str, dict[str, str]]:
    """By kind, such as `styles`, the targets by their ids; names of parts, or addresses of links as they are."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    targets: dict[str, dict[str, str]] = {}
    for each in _tree(package, part) if part in package else ():
        kind, target = posixpath.basename(each.get("Type", "")), each.get("Target", "")
        is_part = kind != "hyperlink" and each.get("TargetMode") != "External"
        targets.setdefault(kind, {})[each.get("Id", "")] = related(source, target) if is_part else target
    return targets


def _of_kind(package: Package, kind: str, relationships: dict[str, dict[str, str]], main: str) -> Element | None:
    named = relationships.get(kind, {}).values()
    names = [*named, posixpath.join(posixpath.dirname(main), f"{kind}.xml")]
    return next((_tree(package, name) for name in names if name in package), None)


def _tree(package: Package, name: str) -> Element:
    part = _part(package, name)
    parser, measure = safe_parser(), _Measure(name)
    parser.StartElementHandler, parser.EndElementHandler = measure.start, measure.end
    parse(parser, part)
    return tree(part)


class _Measure:
    """Counts a part's elements, and how deep they are; raises NotWordError where no narrative has so many."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._elements = 0
        self._depth = 0
        self._alternatives = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        self._alternatives += tag.endswith(_ALTERNATIVES)
        if self._elements > MOST_ELEMENTS:
            raise NotWordError(f"it is too large: its part {self._name} has more than {MOST_ELEMENTS:,} elements")
        if self._depth > DEEPEST or self._alternatives > MOST_ALTERNATIVES:
            raise NotWordError(f"its part {self._name} is too deep: it may be damaged")
        if any(name.startswith("xmlns") and len(uri) > LONGEST_NAMESPACE for name, uri in attributes.items()):
            raise NotWordError(f"its part {self._name} has a name that is too long: it may be damaged")

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._alternatives -= tag.endswith(_ALTERNATIVES)


def _part(package: Package, name: str) -> bytes:
    part = package.part(name)
    if len(part) > LARGEST_PART:
        raise NotWordError(f"it is too large: its part {name} has more than {LARGEST_PART // 2**20} MiB")
    return part
