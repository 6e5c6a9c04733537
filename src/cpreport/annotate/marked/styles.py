"""The workbook's style sheet: what the marks look like is added to it; what is there already is used again."""

from __future__ import annotations

from cpreport.annotate.marked.elements import Element, children, ensured, fragment

EMPTY = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts><font><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders><border><left/><right/><top/><bottom/></border></borders>'
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf xfId="0"/></cellXfs></styleSheet>'
)
"""A style sheet for a workbook that has none."""


class Styles:
    """A style sheet that grows. Everything is given as XML and known by its number."""

    def __init__(self, root: Element) -> None:
        self._root = root

    def difference(self, xml: str) -> int:
        """The number of a `dxf`, as conditional formats name it."""
        return self._number("dxfs", xml)

    def cell_format(self, font: str = "", fill: str = "", alignment: str = "") -> int:
        """The number of a cell format with this font and fill (those of ordinary cells where not given)."""
        if not children(ensured(self._root, "cellXfs"), "xf"):
            self._number("cellXfs", "<xf/>")
        font_id = self._number("fonts", font) if font else 0
        fill_id = self._number("fills", fill) if fill else 0
        return self._number(
            "cellXfs",
            f'<xf numFmtId="0" fontId="{font_id}" fillId="{fill_id}" borderId="0" applyFont="1" applyFill="1" '
            f'applyAlignment="1">{alignment}</xf>',
        )

    def _number(self, group: str, xml: str) -> int:
        """Where an element stands in its group; it is added if no other says the same."""
        held, wanted = ensured(self._root, group), fragment(xml)
        known = list(held.iterchildren("{*}*"))
        number = next((number for number, each in enumerate(known) if _alike(each, wanted)), len(known))
        if number == len(known):
            held.append(wanted)
            held.set("count", str(number + 1))
        return number


def _alike(one: Element, other: Element) -> bool:
    return (
        one.tag == other.tag
        and dict(one.attrib) == dict(other.attrib)
        and len(one) == len(other)
        and all(_alike(*pair) for pair in zip(one, other, strict=True))
    )
