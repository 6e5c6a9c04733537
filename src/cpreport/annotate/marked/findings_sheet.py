"""The sheet Findings: every finding in a row, with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from xml.sax.saxutils import quoteattr

from cpreport.annotate.marked.looks import cell_format, fills
from cpreport.annotate.marked.sheets import MAIN, printed
from cpreport.model.finding import Finding, Severity, counted
from cpreport.office.parts import DOCUMENT, Element
from cpreport.office.xml import legal

NAME = "Findings"
MOST_ROWS = 65_000
"""A sheet holds no more links."""

_HEADS = ("Severity", "Code", "Place", "Message", "Fix", "Indicator", "Period", "Section")
_WIDTHS = (9, 22, 16, 31, 31, 11, 9, 15)
"""The columns' widths in characters: on A4 in landscape they print at 9 points or more, in a broad font too."""

_LETTERS = "ABCDEFGH"
_LAST, _PLACE = "H", 2
_MOST_CHARACTERS = 32_000
_LINE, _HIGHEST = 15, 405
_LEGEND = (
    "A finding with a cell is a comment there and fills it: errors bold in a solid frame, warnings italic in a dashed "
    "frame, notes plain in a dotted frame."
)
_TOP = '<alignment vertical="top" wrapText="1"/>'
_FONT = '<font>{}<sz val="{}"/><color rgb="FF{}"/><name val="Calibri"/><family val="2"/></font>'
_BLUE = '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill>'
_FORMATS = {
    "title": (_FONT.format("<b/>", 14, "000000"), "", ""),
    "text": (_FONT.format("", 11, "000000"), "", _TOP),
    "remark": (_FONT.format("", 11, "000000"), "", ""),
    "link": (_FONT.format("<u/>", 11, "0B4F9E"), "", _TOP),
    "head": (_FONT.format("<b/>", 11, "FFFFFF"), _BLUE, _TOP),
}
_COLUMN = '<col min="{0}" max="{0}" width="{1}" customWidth="1"/>'
_ROW = '<row r="{number}"{height}>{cells}</row>'
_CELL = '<c r="{at}" s="{format}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
_LINK = '<hyperlink ref="C{number}" location={cell} display={cell}/>'
_SHEET = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{DOCUMENT}">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{end}"/>'
    '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
    '<pane ySplit="{head}" topLeftCell="A{first}" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="A{first}" sqref="A{first}"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
    '<autoFilter ref="A{head}:{end}"/>{fills}{links}'
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
)
_NAMES = {
    'name="_xlnm._FilterDatabase" hidden="1"': f"$A${{head}}:${_LAST}${{last}}",
    'name="_xlnm.Print_Titles"': "${head}:${head}",
}
"""What Excel defines for a sheet with a filter and repeated rows."""


def findings_sheet(
    file: str,
    findings: Sequence[tuple[Finding, str]],
    remarks: Sequence[str],
    styles: Element,
    looks: Mapping[Severity, int],
    titles: Mapping[str, str],
) -> tuple[bytes, dict[str, str]]:
    """The sheet, and the cells of the names to be defined for it, by their attributes.

    `findings` come each with the cell that it leads to, '' if none; `remarks` are sentences on the copy; `looks` the
    conditional formats' looks by severity, `titles` those of sections by their ids.
    """
    formats = {name: cell_format(styles, *look) for name, look in _FORMATS.items()}
    intro = [f"Findings of cpreport in {file}: {counted([finding for finding, _ in findings])}", _LEGEND, *remarks]
    head = len(intro) + 1
    listed = list(enumerate(findings[:MOST_ROWS], head + 1))
    last = head + len(listed)
    rows = [_row(n, [text], [formats["remark" if n > 1 else "title"]]) for n, text in enumerate(intro, 1)]
    rows.append(_row(head, _HEADS, [formats["head"]] * len(_HEADS)))
    for number, (finding, cell) in listed:
        texts = _texts(finding, file, titles)
        looked = [formats["link" if column == _PLACE and cell else "text"] for column in range(len(texts))]
        rows.append(_row(number, texts, looked, _height(texts)))
    links = [_LINK.format(number=number, cell=quoteattr(legal(cell))) for number, (_, cell) in listed if cell]
    content = _SHEET.format(
        head=head,
        first=head + 1,
        end=f"{_LAST}{last}",
        columns="".join(_COLUMN.format(number, width) for number, width in enumerate(_WIDTHS, 1)),
        rows="".join(rows),
        fills="".join(fills({(number, 1): finding.severity for number, (finding, _) in listed}, looks)),
        links=f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
    )
    return content.encode(), {name: cells.format(head=head, last=last) for name, cells in _NAMES.items()}


def _texts(finding: Finding, file: str, titles: Mapping[str, str]) -> list[str]:
    """A row's texts. A place in the workbook is without the workbook's name, in any other file with it.

    A fix is followed by the row of accepted.csv that accepts the finding, if one can.
    """
    place = finding.place
    where = str(place) or place.file if place.file in ("", file) else f"{place.file} {place}".strip()
    fix = finding.hint
    if finding.quote and finding.quote.row:
        fix += f"\nRow for accepted.csv: {finding.quote.row}"
    texts = [finding.severity.value, finding.code, where, finding.message, fix]
    return [*texts, place.indicator, place.period, titles.get(place.section, place.section)]


def _row(number: int, texts: Sequence[str], formats: Sequence[int], height: str = "") -> str:
    cells = (
        _CELL.format(at=f"{letter}{number}", format=format, text=printed(text[:_MOST_CHARACTERS]))
        for letter, text, format in zip(_LETTERS, texts, formats, strict=False)
        if text
    )
    return _ROW.format(number=number, height=height, cells="".join(cells))


def _height(texts: Sequence[str]) -> str:
    """A row's height in points, as its texts wrap in their columns: not every program finds it out by itself."""
    lines = (
        sum(max(ceil(len(line) / (width - 1)), 1) for line in text.split("\n"))
        for text, width in zip(texts, _WIDTHS, strict=True)
    )
    return f' ht="{min(max(lines) * _LINE, _HIGHEST)}" customHeight="1"'
