"""What marks look like: formats in the workbook's style sheet, and fills that change no cell's own format.

The fills are conditional formats, so that they can be taken out again.
"""

from __future__ import annotations

from collections.abc import Mapping

from cpreport.annotate.marked.sheets import child, children, ensured, fragment, put, whole
from cpreport.model.finding import Severity
from cpreport.office.addresses import Cell, areas
from cpreport.office.parts import Element

NO_STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font><sz val="11"/>'
    b'<name val="Calibri"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill '
    b'patternType="gray125"/></fill></fills><borders><border><left/><right/><top/><bottom/></border></borders>'
    b'<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf xfId="0"/></cellXfs></styleSheet>'
)
"""The style sheet of a workbook that has none."""

CONDITION = '"cpreport"="cpreport"'
"""A formula that is always true, and by which our conditional formats are known."""

_AREAS_IN_ONE = 500
_LOOKS = {
    Severity.ERROR: ("<b/>", "thin", "FF9C0006", "solid", "FFFFC7CE", "FFFFC7CE"),
    Severity.WARNING: ("<i/>", "dashed", "FF7F6000", "lightUp", "FFFFD966", "FFFFF2CC"),
    Severity.NOTE: ("", "dotted", "FF1F4E79", "gray125", "FF9DC3E6", "FFDDEBF7"),
}
"""How each severity differs: style of the font, line of the frame and its colour, pattern and its two colours.

Black on the darkest of these colours has a contrast of 11:1.
"""

_SIDE = '<{side} style="{line}"><color rgb="{frame}"/></{side}>'
_LOOK = (
    '<dxf><font>{font}<color rgb="FF000000"/></font><fill><patternFill patternType="{pattern}"><fgColor rgb="{front}"/>'
    '<bgColor rgb="{back}"/></patternFill></fill><border>{sides}</border></dxf>'
)
_FORMAT = (
    '<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" applyFont="1" applyFill="1" applyAlignment="1">'
    "{alignment}</xf>"
)
_FILL = (
    '<conditionalFormatting sqref="{sqref}"><cfRule type="expression" dxfId="{look}" priority="{priority}">'
    f"<formula>{CONDITION}</formula></cfRule></conditionalFormatting>"
)


def looks_of(styles: Element) -> dict[Severity, int]:
    """The number of each severity's look in the style sheet."""
    numbers = {}
    for severity, (font, line, frame, pattern, front, back) in _LOOKS.items():
        sides = "".join(_SIDE.format(side=side, line=line, frame=frame) for side in ("left", "right", "top", "bottom"))
        look = _LOOK.format(font=font, pattern=pattern, front=front, back=back, sides=sides)
        numbers[severity] = _number_of(styles, "dxfs", look)
    return numbers


def cell_format(styles: Element, font: str, fill: str, alignment: str) -> int:
    """The number of a cell format with this font and fill; without one it has that of ordinary cells."""
    if child(styles, "cellXfs/xf") is None:
        _number_of(styles, "cellXfs", "<xf/>")
    fonts, fills = _number_of(styles, "fonts", font), _number_of(styles, "fills", fill) if fill else 0
    return _number_of(styles, "cellXfs", _FORMAT.format(font=fonts, fill=fills, alignment=alignment))


def fills(cells: Mapping[Cell, Severity], looks: Mapping[Severity, int]) -> list[str]:
    """Conditional formats, as XML, that fill these cells always."""
    added = [
        (look, " ".join(found[start : start + _AREAS_IN_ONE]))
        for severity, look in looks.items()
        if (found := areas(cell for cell, worst in cells.items() if worst is severity))
        for start in range(0, len(found), _AREAS_IN_ONE)
    ]
    return [_FILL.format(sqref=sqref, look=look, priority=number) for number, (look, sqref) in enumerate(added, 1)]


def fill(sheet: Element, cells: Mapping[Cell, Severity], looks: Mapping[Severity, int]) -> None:
    """Fills these cells of a worksheet; its own conditional formats come after ours.

    They do so in rank, which Excel goes by, and in the file, which LibreOffice goes by.
    """
    added = fills(cells, looks)
    _shift_priorities(sheet, len(added))
    own = child(sheet, "conditionalFormatting")
    for format in map(fragment, added):
        put(sheet, format) if own is None else own.addprevious(format)


def clear(sheet: Element) -> None:
    """Takes our fills out of a worksheet."""
    for held in children(sheet, "conditionalFormatting"):
        for rule in children(held, "cfRule"):
            if any((formula.text or "").replace(" ", "") == CONDITION for formula in children(rule, "formula")):
                held.remove(rule)
        if child(held, "cfRule") is None:
            sheet.remove(held)


def _shift_priorities(sheet: Element, ours: int) -> None:
    """Numbers the sheet's own rules, also those of extensions, from behind ours on, in their order."""
    rules = ((whole(rule.get("priority")), rule) for rule in sheet.iter("{*}cfRule"))
    own = [(priority, rule) for priority, rule in rules if priority is not None]
    first = min((priority for priority, _ in own), default=0)
    for priority, rule in own:
        rule.set("priority", str(priority - first + ours + 1))


def _number_of(styles: Element, group: str, xml: str) -> int:
    """Where an element stands in a group of the style sheet; it is added if no other says the same."""
    held, wanted = ensured(styles, group), fragment(xml)
    known = list(held.iterchildren("{*}*"))
    number = next((number for number, each in enumerate(known) if _alike(each, wanted)), len(known))
    if number == len(known):
        held.append(wanted)
        held.set("count", str(number + 1))
    return number


def _alike(one: Element, other: Element) -> bool:
    same = (one.tag, dict(one.attrib), len(one)) == (other.tag, dict(other.attrib), len(other))
    return same and all(_alike(*pair) for pair in zip(one, other, strict=True))
