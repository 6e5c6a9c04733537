"""The parts of a Word file that matter, each checked before anything parses it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from cpreport.inputs.excel.elements import parse, safe_parser
from cpreport.inputs.excel.foreign import OLE2, SIGNATURES, ZIP
from cpreport.inputs.excel.package import Package, related
from cpreport.inputs.texts import read_bytes
from cpreport.inputs.word.elements import tree
from cpreport.model.errors import InputError

LARGEST_PART = 16 * 2**20
_NOTES = ("comments", "footnotes", "endnotes")


class NotWordError(Exception):
    """Why a file is no Word document that can be read."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A Word file's parts as trees: None where it has no such part.

    `links` are the targets of the relationships by their ids, `notes` the comments, footnotes and endnotes by the name
    of their part and their id.
    """

    body: Element
    styles: Element | None
    numbering: Element | None
    links: dict[str, str]
    notes: dict[tuple[str, str], Element]


def read_parts(path: Path) -> Parts:
    """The parts of a Word file. Raises NotWordError if it is none, EnvironmentFailure if it cannot be read."""
    content = read_bytes(path)
    if reason := _foreign(content):
        raise NotWordError(reason)
    try:
        return _parts(Package(content))
    except (InputError, ParseError, RecursionError) as error:
        raise NotWordError("it is damaged, or is no Word document that Word would write") from error


def _parts(package: Package) -> Parts:
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            parse(safe_parser(), _part(package, name))
    main = next(iter(_relationships(package, "").get("officeDocument", {}).values()), "word/document.xml")
    if main not in package:
        raise NotWordError("it has no Word document in it")
    root = _tree(package, main)
    body = root.find("body") if root.tag == "document" else None
    if body is None:
        raise NotWordError("it has no Word document in it")
    related_parts = _relationships(package, main)
    found = {name: _of_kind(package, name, related_parts, main) for name in ("styles", "numbering", *_NOTES)}
    notes = {(kind, each.get("id", "")): each for kind in _NOTES for each in found[kind] or ()}
    return Parts(body, found["styles"], found["numbering"], related_parts.get("hyperlink", {}), notes)


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
    return tree(_part(package, name))


def _part(package: Package, name: str) -> bytes:
    part = package.part(name)
    if len(part) > LARGEST_PART:
        raise NotWordError(f"it is too large: its part {name} has more than {LARGEST_PART // 2**20} MiB")
    return part


def _foreign(content: bytes) -> str:
    """What a file is that is no zip archive; nothing if it is one."""
    if content.startswith(ZIP):
        return ""
    if not content:
        return "it is empty (0 bytes)"
    if content.startswith(OLE2):
        is_encrypted = "EncryptedPackage\0".encode("utf-16-le") in content
        return "it is protected with a password" if is_encrypted else "it is in the format of Word 97-2003 (.doc)"
    kinds = (kind for signature, kind in SIGNATURES.items() if content.startswith(signature))
    return f"it is {next(kinds, 'something else')}, whatever its name says"
