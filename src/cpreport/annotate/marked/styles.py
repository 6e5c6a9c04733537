"""The workbook's style sheet: what the marks look like is added to it; what is there already is used again."""

from __future__ import annotations

from cpreport.annotate.marked.elements import Element, child, ensured, fragment

EMPTY = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders><border><left/><right/><top/><bottom/></border></borders>'
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf xfId="0"/></cellXfs></styleSheet>'
)
"""A style sheet for a workbook that has none."""


def number_of(styles: Element, group: str, xml: str) -> int:
    """Where an element stands in a group of the style sheet; it is added if no other says the same."""
    held, wanted = ensured(styles, group), fragment(xml)
    known = list(held.iterchildren("{*}*"))
    number = next((number for number, each in enumerate(known) if _alike(each, wanted)), len(known))
    if number == len(known):
        held.append(wanted)
        held.set("count", str(number + 1))
    return number


def cell_format(styles: Element, font: str, fill: str, alignment: str) -> int:
    """The number of a cell format with this font and fill; without one it has that of ordinary cells."""
    if child(styles, "cellXfs/xf") is None:
        number_of(styles, "cellXfs", "<xf/>")
    font_id, fill_id = number_of(styles, "fonts", font), number_of(styles, "fills", fill) if fill else 0
    return number_of(
        styles,
        "cellXfs",
        f'<xf numFmtId="0" fontId="{font_id}" fillId="{fill_id}" borderId="0" applyFont="1" applyFill="1" '
        f'applyAlignment="1">{alignment}</xf>',
    )


def _alike(one: Element, other: Element) -> bool:
    return (
        one.tag == other.tag
        and dict(one.attrib) == dict(other.attrib)
        and len(one) == len(other)
        and all(_alike(*pair) for pair in zip(one, other, strict=True))
    )
