"""A Word file without relationships to parts that it lacks: Word passes over most of them, python-docx over none."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap
from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.office.package import Package, archived

_NEEDED = ("officeDocument", "header", "footer", "footnotes", "endnotes", "styles", "numbering", "chart", "aFChunk")
"""The kinds of parts without which something of the document would be missing."""

_MAY_LACK_IT = ("hyperlink", "imagedata")
"""The elements that may be without their r:id."""


class DamagedError(ValueError):
    """A part or a relationship is missing that Word would miss too."""


def intact(docx: bytes) -> bytes:
    """The file without relationships that lead nowhere and what they are of. Raises DamagedError, InputError."""
    parts = Package(docx).stored()
    changed = dict(part for name in parts if name.endswith(".rels") for part in _mended(name, parts))
    return archived({**parts, **changed}) if changed else docx


def _mended(relations: str, parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The relationships and their source, without those that lead nowhere; nothing where all lead somewhere."""
    root = parse_xml(parts[relations])
    source = relations.replace("_rels/", "").removesuffix(".rels")
    if any(each.get(name) is None for each in root for name in ("Id", "Type", "Target")):
        raise DamagedError(f"its part {relations} lacks an Id, Type or Target")
    lost = [each for each in root if each.get("TargetMode") != "External" and _target(source, each) not in parts]
    for each in lost:
        if posixpath.basename(each.get("Type", "")) in _NEEDED:
            raise DamagedError(f"its part {_target(source, each)} is missing")
        root.remove(each)
    if lost:
        yield relations, serialize_part_xml(root)
        if source in parts:
            yield source, _without_references(parts[source], {each.get("Id", "") for each in lost})


def _target(source: str, relation: BaseOxmlElement) -> str:
    path = posixpath.join("/", posixpath.dirname(source), unquote(relation.get("Target", "")))
    return posixpath.normpath(path).lstrip("/")


def _without_references(xml: bytes, lost: set[str]) -> bytes:
    root = parse_xml(xml)
    prefix = f"{{{nsmap['r']}}}"
    for element in list(root.iter("{*}*")):
        for name in [name for name, id in element.items() if name.startswith(prefix) and id in lost]:
            if name == f"{prefix}id" and not element.tag.endswith(_MAY_LACK_IT):
                element.getparent().remove(element)
                break
            del element.attrib[name]
    return serialize_part_xml(root)
