"""Pictures in a Word document: their files as parts, and the drawings that show them with their alternative text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from cpreport.editions.styles import Styles
from cpreport.editions.widths import EMU_PER_TWIP, Room, shown_size
from cpreport.editions.wordml import attribute, paragraph
from cpreport.model.document import Picture, plain

_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
_DECLARED = nsdecls("wp", "a", "pic")
_VECTOR = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/></a:ext></a:extLst>'
)
_APART = '<w:spacing w:before="120" w:after="120"/>'


class Pictures:
    """Shows pictures in a document. `numbers` are free ones for drawings."""

    def __init__(self, document: Document, styles: Styles, numbers: Iterator[int]) -> None:
        self._styles, self._numbers = styles, numbers
        self._relationship = cache(lambda content, extension: _added(document, content, extension))

    def picture(self, picture: Picture, room: Room) -> str:
        """A paragraph with the picture."""
        number, image = next(self._numbers), picture.image
        width, height = (side * EMU_PER_TWIP for side in shown_size(image, room))
        described = attribute(plain(picture.description))
        size = f'cx="{width}" cy="{height}"'
        vector = _VECTOR.format(self._relationship(image.vector, "svg")) if image.vector else ""
        blip = f'<a:blip r:embed="{self._relationship(image.content, image.extension)}">{vector}</a:blip>'
        drawing = (
            f'<w:drawing><wp:inline {_DECLARED} distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name="Picture {number}" descr={described}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr={described}/><pic:cNvPicPr/>'
            f"</pic:nvPicPr><pic:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
        return paragraph(self._styles.id("Table Text"), f"<w:r>{drawing}</w:r>", numbering=_APART)


def _added(document: Document, content: bytes, extension: str) -> str:
    """The relationship to a file, which is now a part of the document."""
    package = document.part.package
    taken = {part.partname for part in package.iter_parts()}
    name = next(name for number in range(1, len(taken) + 2) if (name := _name(number, extension)) not in taken)
    part = Part(name, _TYPES[extension], content, package)
    return document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def _name(number: int, extension: str) -> PackURI:
    return PackURI(f"/word/media/picture{number}.{extension}")
