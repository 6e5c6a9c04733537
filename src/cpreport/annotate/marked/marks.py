"""Fills of cells with findings, as conditional formats: no cell's own format changes, and they can be taken out."""

from __future__ import annotations

from collections.abc import Mapping

from cpreport.annotate.marked.elements import Element, child, children, fragment, put, remove, whole
from cpreport.annotate.marked.styles import number_of
from cpreport.model.finding import Severity
from cpreport.office.addresses import Cell, areas

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


def differences(styles: Element) -> dict[Severity, int]:
    """The look of each severity in the style sheet."""
    return {severity: number_of(styles, "dxfs", _dxf(*look)) for severity, look in _LOOKS.items()}


def mark(sheet: Element, cells: Mapping[Cell, Severity], looks: Mapping[Severity, int]) -> None:
    """Fills these cells of a worksheet; its own conditional formats come after ours.

    They do so in rank, which Excel goes by, and in the file, which LibreOffice goes by.
    """
    added = [
        (severity, part)
        for severity in Severity
        for part in _portions(areas(cell for cell, worst in cells.items() if worst is severity))
    ]
    _shift_priorities(sheet, len(added))
    own = child(sheet, "conditionalFormatting")
    for priority, (severity, part) in enumerate(added, 1):
        format = fragment(conditional_format(part, looks[severity], priority))
        put(sheet, format) if own is None else own.addprevious(format)


def unmark(sheet: Element) -> None:
    """Takes our fills out of a worksheet."""
    for held in children(sheet, "conditionalFormatting"):
        for rule in children(held, "cfRule"):
            if any((formula.text or "").replace(" ", "") == CONDITION for formula in children(rule, "formula")):
                held.remove(rule)
        if not children(held, "cfRule"):
            remove(held)


def conditional_format(sqref: str, look: int, priority: int) -> str:
    """A conditional format that always applies, as XML."""
    rule = f'<cfRule type="expression" dxfId="{look}" priority="{priority}"><formula>{CONDITION}</formula></cfRule>'
    return f'<conditionalFormatting sqref="{sqref}">{rule}</conditionalFormatting>'


def _portions(found: list[str]) -> list[str]:
    return [" ".join(found[start : start + _AREAS_IN_ONE]) for start in range(0, len(found), _AREAS_IN_ONE)]


def _shift_priorities(sheet: Element, ours: int) -> None:
    """Numbers the sheet's own rules, also those of extensions, from behind ours on, in their order."""
    rules = ((whole(rule.get("priority")), rule) for rule in sheet.iter("{*}cfRule"))
    own = [(priority, rule) for priority, rule in rules if priority is not None]
    first = min((priority for priority, _ in own), default=0)
    for priority, rule in own:
        rule.set("priority", str(priority - first + ours + 1))


def _dxf(style: str, line: str, frame: str, pattern: str, foreground: str, background: str) -> str:
    sides = "".join(
        f'<{side} style="{line}"><color rgb="{frame}"/></{side}>' for side in ("left", "right", "top", "bottom")
    )
    return (
        f'<dxf><font>{style}<color rgb="FF000000"/></font><fill><patternFill patternType="{pattern}">'
        f'<fgColor rgb="{foreground}"/><bgColor rgb="{background}"/></patternFill></fill><border>{sides}</border></dxf>'
    )
