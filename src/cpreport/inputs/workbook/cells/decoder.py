"""Cell values, decoded by python-calamine.

It is given a package made anew from the parts that were checked, so that it meets neither a part that was not, nor the
rest of a workbook, which may be broken without harm to its cells.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

from cpreport.model.errors import InputError
from cpreport.model.finding import Place
from cpreport.model.rules.file import DAMAGED

CellValue = str | int | float | bool | date | datetime | time | timedelta
MergedArea = tuple[int, int, int, int]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

FAR_NUMBER = rb"<(?:\w+:)?v\b[^<>]*>\s*[-+]?(?:[0-9]{10}|inf|[0-9.]+e\+?0*[1-9][0-9]|[0-9]{5}[0-9.]*e\+?0*[1-9])"
FAR_OUT = re.compile(FAR_NUMBER, re.IGNORECASE)
STYLE_FAR_OUT = re.compile(
    rb"""(<(?:\w+:)?c\s[^<>]{0,200}?)\ss\s*=\s*["'][0-9]*["']"""
    rb"""(?=[^<>/]{0,200}>(?:(?!</?(?:\w+:)?c[\s>]).){0,9000}?""" + FAR_NUMBER + rb")",
    re.DOTALL | re.IGNORECASE,
)
ERROR_TYPE = re.compile(rb"""(<(?:\w+:)?c\s[^<>]{0,200}?\bt\s*=\s*)["']e["']""")
VERBATIM = b"<![CDATA["
CLOSING = {VERBATIM: b"]]>", b"<!--": b"-->", b"<?": b"?>"}
OPENING = re.compile(b"|".join(map(re.escape, CLOSING)))
REFERENCE = re.compile(rb"&#(?:x0{0,9}([0-9A-Fa-f]{1,6})|0{0,9}([0-9]{1,7}));")


class Decoder:
    """Decodes worksheets, given as XML parts, one at a time. Raises InputError at what it cannot decode."""

    def __init__(
        self, sheets: Sequence[bytes], *, styles: bytes, shared_strings: bytes, epoch_is_1904: bool = False
    ) -> None:
        parts = {f"sheet{number}": ("worksheet", _decodable(part)) for number, part in enumerate(sheets)}
        if styles:
            parts["styles"] = "styles", _plain(styles)
        if shared_strings:
            parts["sharedStrings"] = "sharedStrings", _plain(shared_strings)
        with _failures_as_findings():
            self._workbook = CalamineWorkbook.from_filelike(_package(parts, len(sheets), epoch_is_1904))

    def decoded(self, number: int) -> tuple[list[list[CellValue]], tuple[MergedArea, ...]]:
        """A sheet's rows from A1 on, equally long, "" where blank, errors as text; and its merged areas."""
        with _failures_as_findings():
            sheet = self._workbook.get_sheet_by_index(number)
            merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
            return sheet.to_python(skip_empty_area=False), merged


def _decodable(sheet: bytes) -> bytes:
    """The sheet without what calamine drops or gives it up for.

    Errors become texts: it drops those it knows and fails at others (`#SPILL!`). Numbers beyond all dates lose their
    style: it fails at one that is shown as a date or a time.
    """
    plain = _plain(sheet)
    if b'"e"' in plain or b"'e'" in plain:
        plain = ERROR_TYPE.sub(rb'\1"str"', plain)
    return STYLE_FAR_OUT.sub(rb"\1", plain) if FAR_OUT.search(plain) else plain


def _plain(part: bytes) -> bytes:
    """The part without what calamine takes for the end of a value: comments, CDATA sections, references to letters.

    It stops at a first one that never ends: that is damage.
    """
    pieces: list[bytes] = []
    read = 0
    if b"<!" in part or part.find(b"<?", 1) > 0:
        while (found := OPENING.search(part, read)) and (end := part.find(CLOSING[found[0]], found.end())) >= 0:
            text = part[found.end() : end] if found[0] == VERBATIM else b""
            pieces += part[read : found.start()], text.replace(b"&", b"&amp;").replace(b"<", b"&lt;")
            read = end + len(CLOSING[found[0]])
    plain = b"".join([*pieces, part[read:]]) if pieces else part
    return REFERENCE.sub(_referred, plain) if b"&#" in plain else plain


def _referred(found: re.Match[bytes]) -> bytes:
    """The letter, digit or sign that a reference means; one that XML or a text would take otherwise stays as it is."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return bytes([number]) if 32 < number < 127 and number not in b"<>&\"'" else found[0]


def _package(parts: dict[str, tuple[str, bytes]], sheet_count: int, epoch_is_1904: bool) -> io.BytesIO:
    sheets = "".join(f'<sheet name="{n}" sheetId="{n + 1}" r:id="sheet{n}"/>' for n in range(sheet_count))
    epoch = f'<workbookPr date1904="{int(epoch_is_1904)}"/>'
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{epoch}<sheets>{sheets}</sheets></workbook>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("_rels/.rels", _relationships({"officeDocument": "officeDocument"}, "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", workbook)
        kinds = {name: kind for name, (kind, _) in parts.items()}
        archive.writestr("xl/_rels/workbook.xml.rels", _relationships(kinds, "{}.xml"))
        for name, (_, part) in parts.items():
            archive.writestr(f"xl/{name}.xml", part)
    file.seek(0)
    return file


def _relationships(kinds: dict[str, str], target: str) -> str:
    each = (
        f'<Relationship Id="{name}" Type="{DOCUMENT}/{kind}" Target="{target.format(name)}"/>'
        for name, kind in kinds.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(each)}</Relationships>'


@contextmanager
def _failures_as_findings() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise _undecodable(error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a failed assertion of calamine's becomes
            raise
        raise _undecodable(error) from error


def _undecodable(error: BaseException) -> InputError:
    return InputError(DAMAGED.at(Place(), reason=f"its cells cannot be decoded ({error})"))
