"""The document as a file: its properties, the digest of its text, and the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from cpreport.editions.shell import SECTIONS_AS_XML
from cpreport.editions.wordml import attribute
from cpreport.office.digests import ORIGIN_PROPERTY, PARTS_PROPERTY, PROPERTY, digest_of_parts, digest_of_text
from cpreport.office.package import Package, archived

_CUSTOM = "/docProps/custom.xml"
_RECORDED = (PROPERTY, PARTS_PROPERTY, ORIGIN_PROPERTY)
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def sealed(document: Document, whole: bool = False, origin: str = "", text: Sequence[bytes] = ()) -> bytes:
    """The .docx with the digest of its own text in it, and with that of all its parts if it is sealed as a `whole`.

    `origin` is recorded too, if there is one. `text` is the XML, in pieces, that comes in place of the mark for
    sections, so that a long text is never a tree of elements.
    """
    custom = _custom_properties(document).partname.lstrip("/")
    stream = BytesIO()
    document.save(stream)
    parts = Package(stream.getvalue()).stored()
    main = document.part.partname.lstrip("/")
    if text:
        before, after = SECTIONS_AS_XML.split(parts[main])
        parts[main] = b"".join([before, *text, after])
    recorded = {PROPERTY: digest_of_text(parts)}
    if whole:
        recorded[PARTS_PROPERTY] = digest_of_parts(parts)
    if origin:
        recorded[ORIGIN_PROPERTY] = origin
    return archived({**parts, custom: _recording(parts[custom], recorded)})


def _custom_properties(document: Document) -> Part:
    package = document.part.package
    try:
        known: Part = package.part_related_by(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
        return known
    except KeyError:
        part = Part(PackURI(_CUSTOM), _CUSTOM_TYPE, f'<Properties xmlns="{_CUSTOM_SPACE}"/>'.encode(), package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
        return part


def _recording(custom: bytes, recorded: Mapping[str, str]) -> bytes:
    """The custom properties with what cpreport records, by the names of properties."""
    root = parse_xml(custom)
    for known in [each for each in root if each.get("name") in _RECORDED]:
        root.remove(known)
    first = max((int(each.get("pid", 1)) for each in root), default=1) + 1
    for number, (name, text) in enumerate(recorded.items(), first):
        root.append(
            parse_xml(
                f'<property xmlns="{_CUSTOM_SPACE}" xmlns:vt="{_VALUES_SPACE}" fmtid="{_FORMAT_ID}" pid="{number}" '
                f"name={attribute(name)}><vt:lpwstr>{text}</vt:lpwstr></property>"
            )
        )
    return serialize_part_xml(root)
