"""Number formats: their codes in tokens, and what a cell's style says about its value (ECMA-376, part 1, 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from cpreport.inputs.workbook.cells.values import Trait, is_noted
from cpreport.model.document import Align
from cpreport.office.xml import visit_elements

Token = tuple[str, str]
"""Its kind and its text. `number`, `general`, `moment`, `era`, `elapsed`, `half`, `%` and `@` stand for a value.

A `literal` is printed; one of the comparisons is a condition on numbers, with the number; any other kind is not known.
"""
Section = Sequence[Token]

_COLOURS = r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*[0-9]{1,2})\]"
_TOKEN = re.compile(
    rf"""(?P<end>;)|\[(?P<compare><=|>=|<>|<|>|=)\s*(?P<limit>-?[0-9]+(?:\.[0-9]+)?)\]|(?P<elapsed>\[(?:h+|m+|s+)\])
    |(?P<nothing>{_COLOURS}|\*.)|(?P<space>_.)|\[\$(?P<currency>[^\]-]*)(?:-[0-9A-Z-]+)?\]|(?P<general>general)
    |(?P<half>am/pm)|"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<number>[0#?][0#?,.]*|\.[0#?]+)
    |(?P<moment>y+|m+|d+|h+|s+)|(?P<era>e+|g+|b+)|(?P<sign>[-+$£€/():!^&'~{{}}<>=\ ,%@.])
    |(?P<unknown>"[^"]*|\[[^\]]*\]|.)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_COMPARES = {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq}
_SHOWING = {"number", "general", "moment", "era", "elapsed", "half", "@"}
_STYLE_PARTS = ("numFmts", "fonts", "fills", "cellStyleXfs", "cellXfs", "dxfs")
_POUNDS, _PENCE = '"£"#,##0;-"£"#,##0', '"£"#,##0.00;-"£"#,##0.00'
_RUNS = {
    1: (
        *("0", "0.00", "#,##0", "#,##0.00", _POUNDS, _POUNDS, _PENCE, _PENCE, "0%", "0.00%", "0.00E+00", "# ?/?"),
        *("# ??/??", "dd/mm/yyyy", "d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss"),
        "dd/mm/yyyy hh:mm",
    ),
    37: (
        *("#,##0;-#,##0", "#,##0;-#,##0", "#,##0.00;-#,##0.00", "#,##0.00;-#,##0.00", '#,##0;-#,##0;"-"'),
        *(f'{_POUNDS};"£-"', '#,##0.00;-#,##0.00;"-"', f'{_PENCE};"£-"', "mm:ss", "[h]:mm:ss", "mm:ss.0", "##0.0E+0"),
        "@",
    ),
}
_BUILT_IN = {str(number): code for first, run in _RUNS.items() for number, code in enumerate(run, first)}
"""The number formats that have no code in the file, as Excel shows them in Britain (18.8.30)."""
_UNKNOWN = "[unknown]"
_GENERAL = ("", "0")
_ALIGNS = {align.value: align for align in (Align.LEFT, Align.RIGHT)} | {"center": Align.CENTRE}


class CellStyle(NamedTuple):
    """A number format, with what it and the font say of a cell. `may_hide`: it shows words or nothing for a number.

    `counts` is the kind of token, `moment` or `elapsed`, that makes a number days or elapsed time; "" where none does.
    `align` is None where the cell's value says on which side it stands. `fill` is its colour as six hexadecimal digits;
    "" for none, and for those of the workbook's theme.
    """

    code: str
    trait: Trait
    counts: str
    may_hide: bool
    align: Align | None = None
    fill: str = ""


GENERAL_STYLE = CellStyle("", Trait(0), "", may_hide=False)


def cell_styles(styles: bytes) -> list[CellStyle]:
    """The cell styles in styles.xml, in their order; a number format is "" where it is General."""
    codes = dict(_BUILT_IN)
    noted: list[bool] = []
    formats: list[tuple[str, str]] = []
    fills: list[str] = []
    filled: list[str] = []
    aligns: dict[int, Align] = {}
    part = ""

    def visit(name: str, attributes: dict[str, str]) -> None:
        nonlocal part
        if name in _STYLE_PARTS:
            part = name
        elif name == "numFmt" and part == "numFmts":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and part == "fonts":
            noted.append(False)
        elif part == "fonts" and noted and is_noted(name, attributes.get("val", "")):
            noted[-1] = True
        elif name == "fill" and part == "fills":
            fills.append("")
        elif name == "fgColor" and part == "fills" and fills:
            fills[-1] = attributes.get("rgb", "")[-6:]
        elif name == "xf" and part == "cellXfs":
            formats.append((attributes.get("numFmtId", ""), attributes.get("fontId", "")))
            filled.append(attributes.get("fillId", ""))
        elif name == "alignment" and part == "cellXfs" and (align := _ALIGNS.get(attributes.get("horizontal", ""))):
            aligns[len(formats) - 1] = align

    visit_elements(styles, visit)
    fonts = {str(number) for number, is_one in enumerate(noted) if is_one}
    made = (
        _style(codes.get(number, "" if number in _GENERAL else _UNKNOWN), font in fonts) for number, font in formats
    )
    colours = {str(number): colour for number, colour in enumerate(fills) if colour}
    return [
        style._replace(align=aligns.get(at), fill=colours.get(fill, "")) if at in aligns or fill in colours else style
        for at, (style, fill) in enumerate(zip(made, filled, strict=True))
    ]


@lru_cache(maxsize=256)
def sections(code: str) -> tuple[Section, ...]:
    """The tokens of each section of a number format's code."""
    found: list[list[Token]] = [[]]
    for token in _TOKEN.finditer(code):
        kind = token.lastgroup or "currency"
        if kind == "end":
            found.append([])
        elif kind == "limit":
            found[-1].append((token["compare"], token["limit"]))
        elif kind in ("currency", "quoted", "escaped", "space"):
            found[-1].append(("literal", " " if kind == "space" else token[kind]))
        elif kind == "sign":
            found[-1].append((token[0] if token[0] in "%@" else "literal", token[0]))
        elif kind != "nothing":
            found[-1].append((kind, token[0].lower()))
    return tuple(map(tuple, found))


@lru_cache(maxsize=256)
def _style(code: str, is_noted: bool) -> CellStyle:
    found = sections(code)
    tokens = [token for section in found for token in section]
    letters = " ".join(text for kind, text in tokens if kind in ("moment", "era", "elapsed"))
    is_clock = "h" in letters or "s" in letters
    is_date = "d" in letters or "mmm" in letters or ("m" in letters and not is_clock)
    trait = Trait.NOTED if is_noted else Trait(0)
    if any(kind == "%" for kind, _ in tokens):
        trait |= Trait.PERCENT
    elif is_date and not re.search("[yeg]|bb", letters):
        trait |= Trait.YEARLESS_DATE
    counts = next((kind for kind, _ in found[0] if kind in ("moment", "elapsed")), "")
    limits = [float(text) for kind, text in tokens if kind in _COMPARES]
    return CellStyle(code, trait, counts, any(hides(number, code) for number in (1, 1e9, -1e9, *limits)))


def hides(number: float, code: str) -> bool:
    """Whether a number format shows words, or nothing, in a number's place; a 0 may be a dash.

    Of the sections it is the one with the condition that holds, else the first without one; without any condition the
    second is for negative numbers and the third for 0.
    """
    cases = [(next((each for each in section if each[0] in _COMPARES), None), section) for section in sections(code)]
    if any(condition for condition, _ in cases):
        holding = (each for each in cases if each[0] is None or _COMPARES[each[0][0]](number, float(each[0][1])))
        condition, section = next(holding, cases[-1])
        is_dash = number == 0 and condition is not None and condition[0] == "="
    else:
        section, is_dash = cases[1 if number < 0 and len(cases) > 1 else 0][1], number == 0
    return bool(code) and not is_dash and not any(kind in _SHOWING for kind, _ in section)
