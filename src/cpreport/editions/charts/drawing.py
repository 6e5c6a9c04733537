"""A chart in a Word document: its part, the workbook in that, and the drawing and caption that show it."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import nsdecls

from cpreport.editions.charts.completing import REFERENCE
from cpreport.editions.charts.layout import layout_of
from cpreport.editions.charts.native import native_chart
from cpreport.editions.styles import Styles
from cpreport.editions.widths import EMU_PER_TWIP, Room
from cpreport.editions.wordml import attribute, caption_words, paragraph, run
from cpreport.model.captions import Captions
from cpreport.model.chart import Chart

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DECLARED = f'{nsdecls("wp", "a")} xmlns:c="{_CHART}"'


class Charts:
    """Draws charts in a document. `numbers` are free ones for drawings, `captions` number those of charts."""

    def __init__(self, document: Document, styles: Styles, numbers: Iterator[int], captions: Captions) -> None:
        self._part, self._styles = document.part, styles
        self._numbers, self._captions = numbers, captions
        self._look = styles.look("Table Text", "Plain Table", "")._replace(bold=False)

    def chart(self, chart: Chart, room: Room) -> str:
        """The caption, the chart below it, as wide as the text, and remarks on it."""
        drawing = self._drawing(chart, room.width, self._added(chart, room.width))
        words = caption_words(self._captions.label(chart), chart.caption)
        caption = paragraph(self._styles.id("Caption"), words, keep_next=True)
        note = paragraph(self._styles.id("Note"), run(chart.remarks)) if chart.remarks else ""
        return caption + paragraph(self._styles.id("Table Text"), f"<w:r>{drawing}</w:r>", keep_next=bool(note)) + note

    def _added(self, chart: Chart, width: int) -> str:
        """The relationship to the chart, which is now a part of the document."""
        package = self._part.package
        xml, workbook = native_chart(chart, width, self._look)
        name = package.next_partname("/word/embeddings/chart%d.xlsx")
        embedded = Part(name, CONTENT_TYPE.SML_SHEET, workbook, package)
        part = Part(package.next_partname("/word/charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, xml, package)
        part.load_rel(RELATIONSHIP_TYPE.PACKAGE, embedded, REFERENCE)
        return self._part.relate_to(part, RELATIONSHIP_TYPE.CHART)

    def _drawing(self, chart: Chart, width: int, relationship: str) -> str:
        number = next(self._numbers)
        height = layout_of(chart, width, self._look).height
        title, described = attribute(chart.caption), attribute(chart.description)
        return (
            f'<w:drawing><wp:inline {_DECLARED} distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width * EMU_PER_TWIP}" cy="{height * EMU_PER_TWIP}"/>'
            f'<wp:docPr id="{number}" name="Chart {number}" descr={described} title={title}/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{relationship}"/></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
