"""Small workbooks and report folders for tests: everything a test needs is seen whole in it."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from lxml import etree
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, to_excel

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.checks import check_data, check_texts
from cpreport.commands.benchmarks import made_from
from cpreport.compose.report import compose_narratives
from cpreport.gate.document import check_document
from cpreport.inputs.definitions.indicators_file import IndicatorsFile
from cpreport.inputs.definitions.report_file import PeriodsDefinition
from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.inputs.workbook.data import read_data
from cpreport.inputs.workbook.layouts import Names
from cpreport.inputs.workbook.meaning import read_amount
from cpreport.model.errors import InputError
from cpreport.model.figure import Benchmark, CellRef, Entry, Figure
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.indicator import Part
from cpreport.model.period import TERMS
from cpreport.model.period_text import parse_period
from cpreport.model.timeline import Figures
from cpreport.model.workbook import About, Marks, Workbook
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_editions

from .example_month import (
    DFE,
    DFE_FILES,
    EARLIER,
    FILES,
    HIDDEN_SHEET,
    INDICATORS,
    MERGED,
    NAME,
    PERIOD,
    REPORT,
    SHEET,
    SHEETS,
    TEMPLATE,
    Added,
    Change,
    Document,
    Formula,
    Replaced,
    Rows,
    Shown,
    Word,
)

Sheets = Mapping[str, Rows]
NO_ROWS = "<sheetData/>"
FORMATS: Mapping[type, str] = {
    date: "yyyy-mm-dd",
    datetime: "yyyy-mm-dd h:mm:ss",
    time: "h:mm:ss",
    timedelta: "[hh]:mm:ss",
}
"""What a value is shown as unless a cell says otherwise."""


def write_report(folder: Path, indicators: str = INDICATORS, **files: str) -> Path:
    """A report folder with one section, `care`, of all these indicators; `files` are others, by their stem."""
    listed = [entry["id"] for entry in tomllib.loads(indicators).get("indicators", [])]
    texts = {"report": REPORT.format(listed=listed), "indicators": indicators, "care": TEMPLATE, **files}
    folder.mkdir(parents=True, exist_ok=True)
    for stem, text in texts.items():
        (folder / f"{stem}.{'md' if stem == 'care' else 'toml'}").write_text(text, encoding="utf-8")
    return folder


def write_workbook(path: Path, sheets: Sheets, epoch_1904: bool = False) -> Path:
    """A workbook of these sheets, as openpyxl saves it but sooner; None is a blank cell."""
    formats = {"General": 0}
    epoch = MAC_EPOCH if epoch_1904 else WINDOWS_EPOCH
    filled = {f"xl/worksheets/sheet{n}.xml": _filled(rows, formats, epoch) for n, rows in enumerate(sheets.values(), 1)}
    frame = _frame(tuple(sheets), tuple(formats), epoch_1904)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in frame.items():
            archive.writestr(name, text.replace(NO_ROWS, filled.get(name, "")))
    return path


@cache
def _frame(sheets: Sequence[str], formats: Sequence[str], epoch_1904: bool) -> Mapping[str, str]:
    """The parts of a workbook of sheets without rows; a format's place is the number of its style."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    if epoch_1904:
        book.epoch = MAC_EPOCH
    first, *_ = [book.create_sheet(name) for name in sheets]
    for row, format in enumerate(formats, 1):
        first.cell(row, 1).number_format = format
    file = BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    return {
        name: re.sub(r"<dimension.*?/>", "", re.sub(r"<sheetData>.*</sheetData>", NO_ROWS, text))
        for name, text in parts.items()
    }


def _filled(rows: Rows, formats: dict[str, int], epoch: datetime) -> str:
    """The rows in XML; `formats` gets those that are new."""
    filled = (
        f'<row r="{number}">{cells}</row>'
        for number, row in enumerate(rows, 1)
        if (cells := "".join(_cell(f"{get_column_letter(n)}{number}", v, formats, epoch) for n, v in enumerate(row, 1)))
    )
    return f"<sheetData>{''.join(filled)}</sheetData>"


def _cell(address: str, value: object, formats: dict[str, int], epoch: datetime) -> str:
    format = value.format if isinstance(value, Shown) else FORMATS.get(value.__class__, "General")
    value = value.value if isinstance(value, Shown) else value
    style = formats.setdefault(format, len(formats))
    if value is None and not style:
        return ""
    type, content = _content(value, epoch)
    attributes = {"s": style or "", "t": type}
    given = "".join(f' {name}="{value}"' for name, value in attributes.items() if value)
    return f'<c r="{address}"{given}>{content}</c>'


def _content(value: object, epoch: datetime) -> tuple[str, str]:
    """The type and the content of a cell."""
    match value:
        case None:
            return "n", ""
        case Formula(text, result):
            return "", f"<f>{escape(text)}</f><v>{'' if result is None else repr(result)}</v>"
        case CellRichText():
            return "inlineStr", etree.tostring(value.to_tree(), encoding="unicode")
        case str() if value.startswith("=") and len(value) > 1:
            return "", f"<f>{escape(value[1:])}</f><v></v>"
        case str() if value in ERROR_CODES:
            return "e", f"<v>{value}</v>"
        case str():
            text = escape(value, {"\r": "&#13;"})
            return "inlineStr", f'<is><t xml:space="preserve">{text}</t></is>' if value else ""
        case bool():
            return "b", f"<v>{value:d}</v>"
        case date() | time() | timedelta():
            value = to_excel(value, epoch)
    return "n", f"<v>{f'{value:.16g}' if isinstance(value, float) else value}</v>"


def changed(sheets: Sheets, cells: Mapping[str, object]) -> dict[str, list[list[object]]]:
    """The sheets with other values in some cells, named as `Data!C2`; sheets, rows and columns grow as needed."""
    copy = {name: [list(row) for row in rows] for name, rows in sheets.items()}
    for address, value in cells.items():
        name, cell = address.rsplit("!", 1)
        row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
        rows = copy.setdefault(name, [])
        rows.extend([] for _ in range(row - len(rows)))
        rows[row - 1].extend([None] * (column - len(rows[row - 1])))
        rows[row - 1][column - 1] = value
    return copy


def example_month(folder: Path, change: Change) -> list[Finding]:
    """All findings of the example month after a change; those of `cpreport benchmarks` if it is one of DfE's files.

    Those of `cpreport check` if it is a document, and of a PDF too if it is page.typ.
    """
    if documents := [(each.content, name) for name, each in change.items() if isinstance(each, Document)]:
        return [finding for content, name in documents for finding in check_document(content, name)]
    path = write_example(folder, change)
    try:
        if _is_of_dfe(change):
            return made_from([folder / DFE], "Kirklees", folder / "neighbours.csv", path)[1]
        against = folder / EARLIER if EARLIER in change else None
        period = parse_period(str(change[PERIOD])) if PERIOD in change else None
        sheet = str(change.get(SHEET, ""))
        month = load_workbook(path, against=against, period=period, sheet=sheet)
        if "page.typ" in change:
            build_editions(month, {"pdf": folder / "report.pdf"})
        return list(month.findings)
    except InputError as error:
        return list(error.findings)


def write_example(folder: Path, change: Change) -> Path:
    """The example month's workbook after a change, with its report folder, narratives and other workbooks."""
    name = change.get(NAME, NAME)
    path = folder / (name if isinstance(name, str) else NAME)
    _write_files(folder, change)
    _write_changed(path, change)
    for other, cells in change.items():
        if isinstance(cells, Mapping):
            _write_changed(folder / other, cells)
            if other == EARLIER:
                _write_files((folder / other).parent, cells)
    if isinstance(name, bytes):
        path.write_bytes(name)
    return path


def _is_of_dfe(change: Change) -> bool:
    return not DFE_FILES.keys().isdisjoint(change)


def _write_files(folder: Path, change: Change) -> None:
    """The report folder and the narrative files; one that is not UTF-8 is given as bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {**FILES, **DFE_FILES} if _is_of_dfe(change) else FILES
    for file in [*files, *(key for key in change if "!" not in key and key not in (NAME, PERIOD, SHEET, *files))]:
        text = change.get(file, files.get(file))
        if isinstance(text, Added):
            text = files[file] + text.text
        elif isinstance(text, Replaced):
            assert text.old in files[file], text.old
            text = files[file].replace(text.old, text.new, 1)
        if isinstance(text, Word):
            write_word(folder / file, text.text)
        elif isinstance(text, str | bytes):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1021" w:right="1021"/></w:sectPr>'
_WORD_MARKS = re.compile(r"\[([-+?])(.*?)\1\]")


def write_word(path: Path, text: str) -> Path:
    """A Word file with a paragraph a line, in the notation of `Word`."""
    comments: list[str] = []
    body = "".join(_word_paragraph(line, comments) for line in text.split("\n"))
    notes = "".join(f'<w:comment w:id="{n}">{_word_run(text)}</w:comment>' for n, text in enumerate(comments))
    return write_docx(path, body + _PAGE, comments=notes)


def write_docx(path: Path, body: str, **parts: str) -> Path:
    """A Word file with this body, and with other parts such as `styles` by their content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    spaces = f'xmlns:w="{WORDML}"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _content_types(["document.main", *parts]))
        archive.writestr("_rels/.rels", _relationships({"officeDocument": "word/document.xml"}))
        archive.writestr("word/_rels/document.xml.rels", _relationships({name: f"{name}.xml" for name in parts}))
        archive.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {spaces}>{content}</w:{name}>")
    return path


def _content_types(names: Sequence[str]) -> str:
    space, word = f"{_PACKAGE}/content-types", "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{name.split(".")[0]}.xml" ContentType="{word}.{name}+xml"/>' for name in names
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return f'<Types xmlns="{space}"><Default Extension="rels" ContentType="{rels}"/>{types}</Types>'


def _relationships(targets: Mapping[str, str]) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    each = "".join(f'<Relationship Id="{k}" Type="{office}/{k}" Target="{target}"/>' for k, target in targets.items())
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _word_paragraph(line: str, comments: list[str]) -> str:
    sign, _, rest = line.partition(" ")
    style = {"#": "Heading1", "-": "ListBullet"}.get(sign)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    parts = _WORD_MARKS.split(rest if style else line)
    return f"<w:p>{properties}{''.join(_word_parts(parts, comments))}</w:p>"


def _word_parts(parts: Sequence[str], comments: list[str]) -> Iterator[str]:
    yield _word_run(parts[0])
    for sign, marked, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if sign == "?":
            yield f'<w:r><w:commentReference w:id="{len(comments)}"/></w:r>'
            comments.append(marked)
        else:
            name, text = ("ins", "t") if sign == "+" else ("del", "delText")
            yield f"<w:{name}>{_word_run(marked, text)}</w:{name}>"
        yield _word_run(after)


def _word_run(text: str, name: str = "t") -> str:
    return f'<w:r><w:{name} xml:space="preserve">{escape(text)}</w:{name}></w:r>' if text else ""


def _write_changed(path: Path, change: Change) -> None:
    """The example month's workbook after a change of its cells and sheets."""
    whole = {key[:-1]: change[key] for key in change if key.endswith("!")}
    cells = {key: value for key, value in change.items() if "!" in key and not key.endswith("!")}
    kept = {name: rows for name, rows in SHEETS.items() if whole.get(name, "") is not None}
    write_workbook(path, changed(kept, cells))
    if made := {name: str(how) for name, how in whole.items() if how is not None}:
        book = openpyxl.load_workbook(path)
        for name, how in made.items():
            if how == HIDDEN_SHEET:
                book[name].sheet_state = "hidden"
            else:
                book[name].merge_cells(how.removeprefix(MERGED))
        book.save(path)


def month_of(folder: Path, sheets: Sheets, indicators: str = INDICATORS, name: str = "july-2023.xlsx") -> Month:
    """A month's workbook with a report folder of its own, read, computed and checked."""
    write_report(folder, indicators)
    return load_workbook(write_workbook(folder / name, sheets))


def data_of(folder: Path, rows: Rows, indicators: str = INDICATORS, name: str = "july-2023.xlsx") -> Month:
    """A month's workbook with nothing but a Data sheet."""
    return month_of(folder, {"Data": rows}, indicators, name)


def entries_of(folder: Path, sheets: Sheets, *names: str, **more: bool) -> tuple[list[Entry], list[Finding]]:
    """The entries of Data sheets that know these indicators, and the findings."""
    book = read_spreadsheet(write_workbook(folder / "book.xlsx", sheets, **more))
    read = read_data(book, Names(frozenset(names), frozenset()), TERMS)
    return read.entries, read.findings


def computed(
    indicators: str,
    given: Mapping[str, Mapping[str, float | str]],
    period: str = "Jul 23",
    offsets: Mapping[str, list[int]] | None = None,
    data_as_at: str = "",
) -> Figures:
    """Figures from rows such as `rate numerator`, each with its amounts by period, without any file."""
    return compute_figures(*unread(indicators, given, period, offsets, data_as_at))


def unread(
    indicators: str,
    given: Mapping[str, Mapping[str, float | str]],
    period: str = "Jul 23",
    offsets: Mapping[str, list[int]] | None = None,
    data_as_at: str = "",
    marks: Marks | None = None,
    benchmarks: Sequence[Benchmark] = (),
) -> tuple[Workbook, ReportFolder]:
    """A month's workbook and report folder without any file; the rows stand below each other from row 2 on."""
    file = IndicatorsFile.model_validate(tomllib.loads(indicators))
    known = {entry.id: entry.to_model() for entry in file.indicators}
    now = parse_period(period)
    folder = ReportFolder(
        title="Report",
        sections=(SectionPlan("care", "Care", "care.md", indicators=tuple(known)),),
        indicators=known,
        series={entry.id: entry.to_model() for entry in file.series},
        offsets=PeriodsDefinition.model_validate(offsets or {}).offsets(),
    )
    entries = [
        Entry(row.split()[0], Part(row.split()[1]), parse_period(when), read_amount(amount)[0], CellRef("Data", r, c))
        for r, (row, amounts) in enumerate(given.items(), 2)
        for c, (when, amount) in enumerate(amounts.items(), 3)
    ]
    as_at = date.fromisoformat(data_as_at) if data_as_at else now.end
    workbook = Workbook("book.xlsx", now, as_at, About(), tuple(entries), tuple(benchmarks), marks or {})
    return workbook, folder


def warnings_of(workbook: Workbook, folder: ReportFolder) -> list[tuple[str, str]]:
    """What the rules find in a month, by code and cell."""
    return told(checked(workbook, folder))


def checked(workbook: Workbook, folder: ReportFolder) -> list[Finding]:
    """What the rules find in a month."""
    figures = compute_figures(workbook, folder)
    texts = check_texts(publish(workbook, folder, figures), folder, compose_narratives(workbook, folder, figures))
    return [*check_data(workbook, folder, figures), *texts]


def findings_of(folder: Path, sheets: Sheets, indicators: str = INDICATORS) -> list[tuple[str, str]]:
    """Code and place of every finding."""
    try:
        return told(month_of(folder, sheets, indicators).findings)
    except InputError as error:
        return told(error.findings)


def told(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in findings]


def figure(month: Month, indicator: str, period: str) -> Figure:
    return month.figures.timelines[indicator].at(parse_period(period))


def texts(month: Month, indicator: str) -> dict[str, str]:
    """What the report prints for an indicator, by the headings of its periods."""
    rows = [row for row in month.rows() if row.indicator == indicator]
    return {row.comparator or row.period: row.text for row in rows}


def directions(month: Month, indicator: str) -> dict[str, str]:
    """Directions of travel by period, where there is an arrow at all."""
    rows = [row for row in month.rows() if row.indicator == indicator]
    return {row.period: row.direction for row in rows if row.direction}
