"""The sheet Findings: every finding in a row, with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import ceil
from xml.sax.saxutils import quoteattr

from cpreport.annotate.marked.elements import DOCUMENT, MAIN, printed
from cpreport.annotate.marked.marks import conditional_format
from cpreport.annotate.marked.styles import Styles
from cpreport.model.finding import Finding, Place, Severity, counted
from cpreport.office.xml import legal

NAME = "Findings"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

_COLUMNS = {
    "Severity": 11,
    "Code": 36,
    "Place": 28,
    "Message": 64,
    "Mend": 66,
    "Indicator": 22,
    "Period": 19,
    "Section": 28,
}
_LAST = "ABCDEFGH"[len(_COLUMNS) - 1]
MOST_ROWS = 1_000_000
_MOST_CHARACTERS = 32_000
_MOST_LINKS = 65_000
_LINE, _HIGHEST = 15, 405
_LEGEND = (
    "A finding with a cell is a comment there and fills it: errors bold in a solid frame, warnings italic in a dashed "
    "frame, notes plain in a dotted frame."
)
_TOP = '<alignment vertical="top" wrapText="1"/>'
_FONT = '<name val="Calibri"/><family val="2"/>'


class FindingsSheet:
    """The sheet's content. `remarks` are sentences on the copy; `cells` the cell that each finding leads to, if any.

    `looks` are the conditional formats' looks by severity.
    """

    def __init__(
        self,
        file: str,
        findings: Sequence[Finding],
        remarks: Sequence[str],
        cells: Sequence[str],
        styles: Styles,
        looks: Mapping[Severity, int],
    ) -> None:
        self._file = file
        self._findings = findings
        self._intro = [f"Findings of cpreport in {file}: {counted(findings)}", _LEGEND, *remarks]
        self._cells = cells
        self._looks = looks
        self._title = styles.cell_format(f'<font><b/><sz val="14"/><color rgb="FF000000"/>{_FONT}</font>')
        self._text = styles.cell_format(f'<font><sz val="11"/><color rgb="FF000000"/>{_FONT}</font>', "", _TOP)
        self._remark = styles.cell_format(f'<font><sz val="11"/><color rgb="FF000000"/>{_FONT}</font>')
        self._link = styles.cell_format(f'<font><u/><sz val="11"/><color rgb="FF0B4F9E"/>{_FONT}</font>', "", _TOP)
        self._head = styles.cell_format(
            f'<font><b/><sz val="11"/><color rgb="FFFFFFFF"/>{_FONT}</font>',
            '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill>',
            _TOP,
        )

    @property
    def local_names(self) -> dict[str, str]:
        """The names that Excel defines for a sheet with a filter and repeated rows, and the cells they name."""
        head = self._header_row
        return {
            "_xlnm._FilterDatabase": f"$A${head}:${_LAST}${self._last_row}",
            "_xlnm.Print_Titles": f"${head}:${head}",
        }

    def content(self) -> bytes:
        """The worksheet part."""
        head = self._header_row
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(_COLUMNS.values(), 1)
        )
        pane = f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        selection = f'<selection pane="bottomLeft" activeCell="A{head + 1}" sqref="A{head + 1}"/>'
        xml = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{DOCUMENT}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{_LAST}{self._last_row}"/>'
            f'<sheetViews><sheetView tabSelected="1" workbookViewId="0">{pane}{selection}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{self._rows()}</sheetData>'
            f'<autoFilter ref="A{head}:{_LAST}{self._last_row}"/>{self._fills()}{self._links()}'
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
        )
        return xml.encode("utf-8")

    @property
    def _header_row(self) -> int:
        return len(self._intro) + 1

    @property
    def _last_row(self) -> int:
        return self._header_row + min(len(self._findings), MOST_ROWS)

    def _rows(self) -> str:
        intro = [
            _row(number, [(text, self._remark if number > 1 else self._title)])
            for number, text in enumerate(self._intro, 1)
        ]
        head = _row(self._header_row, [(title, self._head) for title in _COLUMNS])
        rows = (self._finding_row(*each) for each in self._numbered())
        return "".join([*intro, head, *rows])

    def _numbered(self) -> list[tuple[int, Finding, str]]:
        first = self._header_row + 1
        return [(first + n, *pair) for n, pair in enumerate(zip(self._findings[:MOST_ROWS], self._cells, strict=False))]

    def _finding_row(self, number: int, finding: Finding, cell: str) -> str:
        values = self._values(finding, cell)
        return _row(number, values, _height(text for text, _ in values))

    def _values(self, finding: Finding, cell: str) -> list[tuple[str, int]]:
        place = finding.place
        texts = [finding.severity.value, finding.code, self._place(place), finding.message, finding.hint]
        texts += [place.indicator, place.period, place.section]
        return [(text, self._link if n == 2 and cell else self._text) for n, text in enumerate(texts)]

    def _place(self, place: Place) -> str:
        """A place in the workbook without the workbook's name; in any other file with it."""
        return str(place) or place.file if place.file in ("", self._file) else f"{place.file} {place}".strip()

    def _fills(self) -> str:
        """The severities look like the cells that they fill, so that this column is their legend."""
        formats: list[str] = []
        for severity, group in groupby(self._numbered(), lambda each: each[1].severity):
            rows = [number for number, _, _ in group]
            priority = len(formats) + 1
            formats.append(conditional_format(f"A{rows[0]}:A{rows[-1]}", self._looks[severity], priority))
        return "".join(formats)

    def _links(self) -> str:
        links = [
            f'<hyperlink ref="C{number}" location={quoteattr(legal(cell))} display={quoteattr(legal(cell))}/>'
            for number, _, cell in self._numbered()
            if cell
        ]
        return f"<hyperlinks>{''.join(links[:_MOST_LINKS])}</hyperlinks>" if links else ""


def _row(number: int, cells: Sequence[tuple[str, int]], height: str = "") -> str:
    written = (
        f'<c r="{letter}{number}" s="{format}" t="inlineStr"><is><t xml:space="preserve">'
        f"{printed(text[:_MOST_CHARACTERS])}</t></is></c>"
        for letter, (text, format) in zip("ABCDEFGH", cells, strict=False)
        if text
    )
    return f'<row r="{number}"{height}>{"".join(written)}</row>'


def _height(texts: Iterable[str]) -> str:
    """A row's height in points, as its texts wrap in their columns: not every program finds it out by itself."""
    lines = max(
        sum(max(ceil(len(line) / (width - 1)), 1) for line in text.split("\n"))
        for text, width in zip(texts, _COLUMNS.values(), strict=True)
    )
    return f' ht="{min(lines * _LINE, _HIGHEST)}" customHeight="1"'
