"""What a cell's style says about its value: per cent, a date without its year, a text that is a note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne

from cpreport.inputs.workbook.cells.rich_text import is_noted
from cpreport.inputs.workbook.cells.values import Counts, Trait
from cpreport.office.xml import visit_elements

# Quoted text, colours and locales (but not [h], elapsed hours), escaped, padding and filling characters.
NOT_A_PLACEHOLDER = re.compile(r'"[^"]*"?|\[(?![hms]+\])[^\]]*\]|[\\_*].|am/pm|a/p|general', re.IGNORECASE | re.DOTALL)
UNPRINTED = re.compile(r'"[^"]*"?|[\\_*].|\[(?![<>=hms])[^\]]*\]', re.DOTALL)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)\]")
COMPARES = {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq}
SHOWING = re.compile(r"(?:\A|\])[^\[]*?[0#?@dmyhsgeb]|\[[hms]+\]", re.IGNORECASE)
SECTIONS = ("numFmts", "fonts", "cellStyleXfs", "cellXfs", "dxfs")
YEAR = re.compile("[yeg]|bb")
MOMENT = re.compile(r"[dmyhs\[]")
BUILT_IN = {
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "9": "0%",
    "10": "0.00%",
    "11": "0.00E+00",
    "12": "# ?/?",
    "13": "# ??/??",
    "14": "dd/mm/yyyy",
    "15": "d-mmm-yy",
    "16": "d-mmm",
    "17": "mmm-yy",
    "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM",
    "20": "h:mm",
    "21": "h:mm:ss",
    "22": "dd/mm/yyyy hh:mm",
    "37": "#,##0;-#,##0",
    "38": "#,##0;-#,##0",
    "39": "#,##0.00;-#,##0.00",
    "40": "#,##0.00;-#,##0.00",
    "45": "mm:ss",
    "46": "[h]:mm:ss",
    "47": "mm:ss.0",
    "48": "##0.0E+0",
    "49": "@",
    **dict.fromkeys(("5", "6"), '"£"#,##0;-"£"#,##0'),
    **dict.fromkeys(("7", "8"), '"£"#,##0.00;-"£"#,##0.00'),
    "41": '#,##0;-#,##0;"-"',
    "42": '"£"#,##0;-"£"#,##0;"£-"',
    "43": '#,##0.00;-#,##0.00;"-"',
    "44": '"£"#,##0.00;-"£"#,##0.00;"£-"',
}
"""The number formats that have no code in the file, as Excel shows them in Britain (18.8.30)."""
UNKNOWN = "[unknown]"
GENERAL = ("", "0")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """A number format, with what it and the font say of a cell; UNSHOWN is one that may hide a number."""

    code: str
    trait: Trait
    counts: Counts


GENERAL_STYLE = CellStyle("", Trait(0), Counts.NOTHING)


def cell_styles(styles: bytes) -> list[CellStyle]:
    """The cell styles in styles.xml, in their order; a number format is "" where it is General."""
    codes = dict(BUILT_IN)
    fonts: list[bool] = []
    formats: list[tuple[str, str]] = []
    section = ""

    def visit(name: str, attributes: dict[str, str]) -> None:
        nonlocal section
        if name in SECTIONS:
            section = name
        elif name == "numFmt" and section == "numFmts":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and section == "fonts":
            fonts.append(False)
        elif section == "fonts" and fonts and is_noted(name, attributes.get("val", "")):
            fonts[-1] = True
        elif name == "xf" and section == "cellXfs":
            formats.append((attributes.get("numFmtId", ""), attributes.get("fontId", "")))

    visit_elements(styles, visit)
    noted = {str(number) for number, is_one in enumerate(fonts) if is_one}
    return [_style(codes.get(number, "" if number in GENERAL else UNKNOWN), font in noted) for number, font in formats]


def _style(code: str, is_noted: bool) -> CellStyle:
    trait = (Trait.NOTED if is_noted else Trait(0)) | (Trait.UNSHOWN if may_hide(code) else Trait(0))
    if shows_percent(code):
        trait |= Trait.PERCENT
    elif shows_date_without_year(code):
        trait |= Trait.YEARLESS_DATE
    return CellStyle(code, trait, what_it_counts(code))


def what_it_counts(code: str) -> Counts:
    """What numbers are in a number format, by the first of its sections."""
    found = MOMENT.search(_placeholders(code).partition(";")[0])
    if not found:
        return Counts.NOTHING
    return Counts.ELAPSED if found[0] == "[" else Counts.DAYS


def shows_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred, as an unquoted % does."""
    return "%" in _placeholders(code)


def may_hide(code: str) -> bool:
    """Whether a number format shows some numbers other than 0 as words or not at all: `[<5]"<5";0`, `;;;`."""
    return any(hides(number, code) for number in (1, 1e9, -1e9, *(float(n) for _, n in CONDITION.findall(code))))


def hides(number: float, code: str) -> bool:
    """Whether a number format shows words, or nothing, in a number's place; a 0 may be a dash.

    Of the sections it is the one with the condition that holds, else the first without one; without any condition the
    second is for negative numbers and the third for 0.
    """
    sections = UNPRINTED.sub("", code).split(";")
    conditions = [CONDITION.search(section) for section in sections]
    if any(conditions):
        cases = list(zip(sections, conditions, strict=True))
        holding = (each for each in cases if each[1] is None or COMPARES[each[1][1]](number, float(each[1][2])))
        section, condition = next(holding, cases[-1])
        is_dash = number == 0 and condition is not None and condition[1] == "="
    else:
        at = 1 if number < 0 else 0
        section, is_dash = sections[at] if at < len(sections) else sections[0], number == 0
    return bool(code) and not is_dash and not SHOWING.search(section)


def shows_date_without_year(code: str) -> bool:
    """Whether a number format shows a day or month, but no year."""
    placeholders = _placeholders(code)
    if YEAR.search(placeholders):
        return False
    is_clock = "h" in placeholders or "s" in placeholders
    return "d" in placeholders or "mmm" in placeholders or ("m" in placeholders and not is_clock)


def _placeholders(code: str) -> str:
    return NOT_A_PLACEHOLDER.sub("", code).lower()
