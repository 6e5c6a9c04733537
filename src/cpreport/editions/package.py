"""Word files as packages: a shell opened, and a document made a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from cpreport.editions.shell import SECTIONS_AS_XML, SHELL, values_of_shell
from cpreport.model.errors import InputError
from cpreport.model.rules.definition import SHELL_NOT_WORD
from cpreport.office.digests import CUSTOM, PARTS_PROPERTY, PROPERTY, recording
from cpreport.office.package import Package, archived, relation
from cpreport.office.parts import DOCUMENT, Element, Parts

_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NEEDED = ("officeDocument", "header", "footer", "footnotes", "endnotes", "styles", "numbering", "chart", "aFChunk")
"""The kinds of parts without which something of the document would be missing."""

_MAY_LACK_IT = ("hyperlink", "imagedata")
"""The elements that may be without their r:id."""


def open_shell(shell: bytes) -> Document:
    """The shell's document. Raises InputError if it is no Word document."""
    reason = "it is not a Word document"
    try:
        parts = Parts(Package(shell).parts())
        if missing := "; ".join(filter(None, [_mend(parts, name) for name in parts.names(".rels")])):
            reason = f"it is damaged: {missing}"
            raise ValueError(reason)
        document = docx.Document(BytesIO(archived(parts.contents())))
    except Exception as mistake:  # whatever a file from anywhere makes python-docx stumble over
        raise InputError(SHELL_NOT_WORD.at(SHELL, reason=reason)) from mistake
    document.part.partname = PackURI("/word/document.xml")
    return document


@dataclass(frozen=True, slots=True)
class Rendered:
    """A Word document that is not sealed yet: its parts by their names, and what it records of its report folder."""

    parts: Mapping[str, bytes]
    origin: str = ""

    @values_of_shell()
    def sealed(self, audit: str = "", whole: bool = False) -> bytes:
        """The .docx with the digest of its own text in it, and with that of all its parts if it is sealed as a `whole`.

        `audit` is the digest of its audit file, recorded too if there is one. The same content gives the same bytes.
        """
        digests = [PROPERTY, PARTS_PROPERTY] if whole else [PROPERTY]
        return recording(self.parts, *digests, origin=self.origin, audit=audit)


def rendered(document: Document, origin: str = "", text: Sequence[bytes] = ()) -> Rendered:
    """A document that is complete.

    `text` is the XML, in pieces, that comes in place of the mark for sections, so that a long text is never a tree of
    elements.
    """
    package, stream = document.part.package, BytesIO()
    if all(known.reltype != RELATIONSHIP_TYPE.CUSTOM_PROPERTIES for known in package.rels.values()):
        custom = Part(
            PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, f'<Properties xmlns="{CUSTOM}"/>'.encode(), package
        )
        package.relate_to(custom, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    document.save(stream)
    parts = Package(stream.getvalue()).parts()
    main = document.part.partname.lstrip("/")
    if text:
        before, after = SECTIONS_AS_XML.split(parts[main])
        parts[main] = b"".join([before, *text, after])
    return Rendered(parts, origin)


def _mend(parts: Parts, relations: str) -> str:
    """Takes out relationships to parts that are missing, which Word passes over and python-docx does not.

    What is wrong where Word would miss something too, '' if it would not.
    """
    root, source = parts.root(relations), relations.replace("_rels/", "").removesuffix(".rels")
    lost = set()
    for each in list(root):
        if any(each.get(name) is None for name in ("Id", "Type", "Target")):
            return f"its part {relations} lacks an Id, Type or Target"
        known = relation(source, each.attrib)
        if not known.is_external and known.part not in parts:
            if known.kind in _NEEDED:
                return f"its part {known.part} is missing"
            root.remove(each)
            lost.add(known.id)
    if lost and source in parts:
        _remove_references(parts.root(source), lost)
    return ""


def _remove_references(root: Element, lost: set[str]) -> None:
    prefix = f"{{{DOCUMENT}}}"
    for element in list(root.iter("{*}*")):
        for name in [name for name, id in element.items() if name.startswith(prefix) and id in lost]:
            if name == f"{prefix}id" and not element.tag.endswith(_MAY_LACK_IT):
                element.getparent().remove(element)
                break
            del element.attrib[name]
