"""A month's workbook as other programs write it: the same figures, texts and findings, whatever its XML looks like."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from cpreport.pipeline import Month, load_workbook

from .example_month import FILES, SHEETS
from .test_spreadsheet import DOCUMENT, MAIN
from .workbooks import write_workbook

EXAMPLE = Path(__file__).parents[1] / "examples"
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*?)(?: t="(\w+)")?>(?:<v>|<is>)(.*?)(?:</v>|</is>)</c>')
TEXT = re.compile(r"(<t(?: [^>]*)?>)([^<]+)(</t>)")

Parts = dict[str, str]
Rewrite = Callable[[Parts], Parts]


@pytest.fixture
def month(tmp_path: Path) -> Month:
    return written(tmp_path / "original", lambda parts: parts)


def written(folder: Path, rewrite: Rewrite, epoch_1904: bool = False, encoding: str = "", mark: str = "") -> Month:
    """The example month, its workbook's parts rewritten; in another encoding, declared as `mark`, if they are given."""
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = write_workbook(folder / "july-2023.xlsx", SHEETS, epoch_1904=epoch_1904)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    parts = with_texts_in_cells(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in rewrite(parts).items():
            declared = f"<?xml version='1.0' encoding='{mark}' standalone='yes'?>" if mark else ""
            archive.writestr(name, (declared + text).encode(encoding or "utf-8", "xmlcharrefreplace"))
    return load_workbook(path)


def with_texts_in_cells(parts: Parts) -> Parts:
    """The parts without shared strings, which openpyxl writes or not."""
    shared = [entry[2] for entry in TEXT.finditer(parts.get("xl/sharedStrings.xml", ""))]

    def cell(found: re.Match[str]) -> str:
        column, row, style, kind, value = found.groups()
        text = f' t="inlineStr"><is><t>{shared[int(value)]}</t></is></c>' if kind == "s" else ""
        return f'<c r="{column}{row}"{style}{text}' if text else found[0]

    return in_cells(cell)(parts)


def in_sheets(change: Callable[[str], str]) -> Rewrite:
    return lambda parts: {name: change(text) if "/sheet" in name else text for name, text in parts.items()}


def in_all(change: Callable[[str], str]) -> Rewrite:
    return lambda parts: {name: change(text) for name, text in parts.items()}


def in_cells(change: Callable[[re.Match[str]], str]) -> Rewrite:
    return in_sheets(lambda sheet: CELL.sub(change, sheet))


def shared_strings(parts: Parts) -> Parts:
    """Each text once, in a part of its own."""
    shared: list[str] = []

    def cell(found: re.Match[str]) -> str:
        if found[4] != "inlineStr":
            return found[0]
        shared.append(f"<si>{found[5]}</si>")
        return f'<c r="{found[1]}{found[2]}"{found[3]} t="s"><v>{len(shared) - 1}</v></c>'

    related = f'<Relationship Type="{DOCUMENT}/sharedStrings" Target="strings.xml" Id="strings"/></Relationships>'
    relationships = parts["xl/_rels/workbook.xml.rels"].replace("</Relationships>", related)
    sheets = in_cells(cell)(parts)
    table = f'<sst xmlns="{MAIN}">{"".join(shared)}</sst>'
    return {**sheets, "xl/_rels/workbook.xml.rels": relationships, "xl/strings.xml": table}


def texts(change: Callable[[re.Match[str]], str]) -> Rewrite:
    return in_all(lambda part: TEXT.sub(change, part))


def results(found: re.Match[str]) -> str:
    """Every cell a formula that was saved with its result."""
    if found[4] == "inlineStr":
        text = TEXT.search(found[5])
        return f'<c r="{found[1]}{found[2]}" t="str"><f>T("x")</f><v>{text[2] if text else ""}</v></c>'
    return found[0].replace("<v>", "<f>1*1</f><v>")


def rich(found: re.Match[str]) -> str:
    text = unescape(found[2])
    runs = (text[: len(text) // 2], text[len(text) // 2 :])
    escaped = (run.replace("&", "&amp;").replace("<", "&lt;") for run in runs)
    return "".join(f'<r><rPr><b/></rPr><t xml:space="preserve">{run}</t></r>' for run in escaped)


def verbatim(found: re.Match[str]) -> str:
    return f"{found[1]}<![CDATA[{unescape(found[2])}]]>{found[3]}"


def without_addresses(sheet: str) -> str:
    """Rows and cells that say no address; the gaps are empty cells."""

    def row(found: re.Match[str]) -> str:
        filled, column = "", 0
        for cell in CELL.finditer(found[1]):
            gap = ord(cell[1]) - ord("A") - column
            filled += "<c/>" * gap + cell[0].replace(f' r="{cell[1]}{cell[2]}"', "")
            column += gap + 1
        return f"<row>{filled}</row>"

    return re.sub(r"<row [^>]*>(.*?)</row>", row, sheet)


def prefixed(part: str) -> str:
    if "spreadsheetml/2006/main" not in part:
        return part
    named = re.sub(r"<(/?)(?=\w+[ />])(?!\w+:)", r"<\1x:", part)
    return named.replace('xmlns="', 'xmlns:x="', 1)


def with_remarks(part: str) -> str:
    return re.sub(r"(</(?:row|c|si|sheet)>)", r"\1<!-- a remark: <c r='A1'><v>1</v></c> -->\n <?pi?>", part)


def numbers(change: Callable[[str], str]) -> Rewrite:
    return in_cells(
        lambda found: found[0].replace(f"<v>{found[5]}<", f"<v>{change(found[5])}<") if found[4] == "n" else found[0]
    )


def iso_dates(found: re.Match[str]) -> str:
    if not found[3] or found[4] == "s":
        return found[0]
    day = date(1899, 12, 30) + timedelta(int(found[5]))
    return f'<c r="{found[1]}{found[2]}"{found[3]} t="d"><v>{day}</v></c>'


DIALECTS: dict[str, Rewrite] = {
    "shared strings": shared_strings,
    "formulas with saved results": in_cells(results),
    "rich text": texts(rich),
    "rich shared strings": lambda parts: texts(rich)(shared_strings(parts)),
    "kept spaces": texts(lambda found: f'<t xml:space="preserve"> {found[2]}\n</t>'),
    "verbatim sections": texts(verbatim),
    "verbatim shared strings": lambda parts: texts(verbatim)(shared_strings(parts)),
    "no addresses": in_sheets(without_addresses),
    "prefixes": in_all(prefixed),
    "remarks and white space": in_all(with_remarks),
    "absolute targets": in_all(
        lambda part: re.sub('Target="(?=worksheets|sharedS|styles|theme)', 'Target="/xl/', part)
    ),
    "relative targets": in_all(lambda part: part.replace('Target="/xl/', 'Target="../xl/./')),
    "scientific notation": numbers(lambda number: f"{float(number):.14E}"),
    "superfluous decimals": numbers(lambda number: f"{float(number):.10f}"),
    "numbers without a type": in_cells(lambda found: found[0].replace(' t="n"', "")),
    "single quotes": in_all(lambda part: part.replace('"', "'")),
    "ISO dates": in_cells(iso_dates),
    "other capitals": lambda parts: {name.replace("sheet", "SHEET"): text for name, text in parts.items()},
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_same_is_read_in_every_dialect(tmp_path: Path, month: Month, dialect: str) -> None:
    same(written(tmp_path / "other", DIALECTS[dialect]), month)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        *(("utf-16", mark) for mark in ("", "UTF-16", "utf-16")),
        *((name, "UTF-16") for name in ("utf-16-le", "utf-16-be")),
        *(("utf-8-sig", mark) for mark in ("", "UTF-8")),
        *((name, name) for name in ("utf-8", "US-ASCII", "iso-8859-1", "windows-1252")),
    ],
)
def test_the_same_is_read_in_every_encoding(tmp_path: Path, month: Month, encoding: str, declared: str) -> None:
    same(written(tmp_path / "other", lambda parts: parts, encoding=encoding, mark=declared), month)


def test_the_same_is_read_where_days_count_from_1904(tmp_path: Path, month: Month) -> None:
    same(written(tmp_path / "other", lambda parts: parts, epoch_1904=True), month)


def same(other: Month, month: Month) -> None:
    assert other.findings == month.findings
    assert [row.record() for row in other.rows()] == [row.record() for row in month.rows()]
    assert other.report == month.report
