"""What charts and pictures have in common as drawings of a Word document."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document

from cpreport.office.parts import parsed_root

_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def drawing_numbers(document: Document) -> Iterator[int]:
    """The numbers of the drawings that are there, in whatever part of the document."""
    for part in document.part.package.iter_parts():
        if part.partname.endswith(".xml"):
            yield from (int(each.get("id") or 0) for each in parsed_root(part.blob).iter(_PROPERTIES))
