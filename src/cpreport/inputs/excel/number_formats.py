"""What a cell's number format says about its value: per cent, or a date without its year."""

from __future__ import annotations

import re

from cpreport.inputs.excel.elements import visit_elements

# Quoted text, colours and locales (but not [h], elapsed hours), escaped, padding and filling characters.
NOT_A_PLACEHOLDER = re.compile(r'"[^"]*"?|\[(?![hms]+\])[^\]]*\]|[\\_*].|am/pm|a/p|general', re.IGNORECASE | re.DOTALL)
SECTIONS = ("numFmts", "cellStyleXfs", "cellXfs", "dxfs")
YEAR = re.compile("[yeg]|bb")
BUILT_IN = {"9": "0%", "10": "0.00%", "16": "d-mmm"}


def cell_formats(styles: bytes) -> list[str]:
    """The number format of each cell style in styles.xml, in their order; nothing for a built-in one of no interest."""
    codes = dict(BUILT_IN)
    formats: list[str] = []
    section = ""

    def visit(name: str, attributes: dict[str, str]) -> None:
        nonlocal section
        if name in SECTIONS:
            section = name
        elif name == "numFmt" and section == "numFmts":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and section == "cellXfs":
            formats.append(attributes.get("numFmtId", ""))

    visit_elements(styles, visit)
    return [codes.get(number, "") for number in formats]


def shows_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred, as an unquoted % does."""
    return "%" in _placeholders(code)


def shows_date_without_year(code: str) -> bool:
    """Whether a number format shows a day or month, but no year."""
    placeholders = _placeholders(code)
    if YEAR.search(placeholders):
        return False
    is_clock = "h" in placeholders or "s" in placeholders
    return "d" in placeholders or "mmm" in placeholders or ("m" in placeholders and not is_clock)


def _placeholders(code: str) -> str:
    return NOT_A_PLACEHOLDER.sub("", code).lower()
