"""Reads a report folder: its two TOML files, its templates, glossary and shell."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.inputs.shell import read_shell
from cpreport.inputs.texts import is_inside, is_there, read_bytes, read_text
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import GlossaryTerm, ReportFolder
from cpreport.model.rules import definition as rules

if TYPE_CHECKING:
    from cpreport.inputs.definitions.definitions import Origin
    from cpreport.inputs.definitions.indicators_file import IndicatorsFile
    from cpreport.inputs.definitions.own_report import OwnReport
    from cpreport.inputs.definitions.report_file import ReportFile

PACKAGED = "corporate-parenting"
PACKAGED_PLACE = "packaged: "
"""With what the places of files begin that come with cpreport."""

PAGES = ("page.html", "page.css", "page.typ")
"""The files in a report folder that HTML and PDF are made with."""

COLUMNS = {"term", "description"}
SEPARATORS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "vertical bars"}


def packaged_reports() -> Path:
    """The folder of the report folders that come with cpreport, in a wheel and in an editable install alike."""
    package = Path(__file__).parents[2]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


def find_report(name: str, beside: Path, place: Place) -> Path:
    """The report folder with a name or a path; a path is relative to `beside`.

    Raises InputError where there is none.
    """
    known = sorted(path.parent.name for path in packaged_reports().glob("*/report.toml"))
    if name in known:
        return packaged_reports() / name
    is_share = name.startswith(("\\\\", "//"))
    if not is_share and is_there(beside / name / "report.toml"):
        return beside / name
    raise InputError(rules.NOT_A_REPORT_FOLDER.at(place, name=name, known=known))


def place_from(workbooks: Path, root: Path) -> str:
    """A report folder's path from a folder of workbooks: the same if both are moved together.

    A packaged one is given by its name.
    """
    return paths_from(workbooks, [root])[0] or root.resolve().as_posix()


def paths_from(folder: Path, paths: Sequence[Path]) -> list[str]:
    """Paths as they are seen from a folder; that of a packaged file begins with `packaged: `.

    Empty where it is on another drive.
    """
    packaged, start = packaged_reports().resolve(), folder.resolve()

    def seen(path: Path) -> str:
        if packaged in path.parents:
            return f"{PACKAGED_PLACE}{path.relative_to(packaged).as_posix()}"
        try:
            return Path(os.path.relpath(path, start)).as_posix()
        except ValueError:
            return ""

    return [seen(path.resolve()) for path in paths]


def read_report_folder(root: Path | None, own: OwnReport | None = None) -> tuple[ReportFolder, list[Finding]]:
    """A report folder, with the findings that do not stop the run.

    `own` is what a workbook defines itself: it is joined to the folder, or stands alone where there is none.
    Raises InputError with every mistake in its two TOML files, and EnvironmentFailure for files that cannot be read.
    """
    from cpreport.inputs.definitions.report_file import read_terms  # imported late: pydantic is slow to load

    warnings: list[Finding] = []
    report, indicators = _read_definitions(root, own, warnings)
    root = root or packaged_reports() / PACKAGED
    templates, terms = {}, read_terms(report.terms)
    for name in dict.fromkeys(section.template for section in report.sections):
        templates[name], found = read_text(_or_packaged(root, name), name)
        warnings += found
    pages, own_pages, found = _read_pages(root)
    warnings += found
    glossary, found = _read_glossary(_or_packaged(root, "glossary.csv"))
    defined = {header: tuple(each.to_model() for each in entries) for header, entries in indicators}
    by_id = {key: {each.id: each for each in defined.pop(key)} for key in ("indicators", "series", "breakdowns")}
    folder: ReportFolder = report.to_model(
        **defined,
        **by_id,
        sections=tuple(entry.plan(by_id["indicators"]) for entry in report.sections),
        direction_in_cell=report.direction == "cell",
        offsets=report.periods.offsets(),
        terms=terms,
        ignores=tuple(entry.ignore(terms) for entry in report.ignore),
        templates=templates,
        glossary=glossary,
        tolerance=report.status.tolerance.to_model(),
        words=report.words.printed(),
        scorecard=tuple(report.scorecard.columns),
        first_measures=tuple(report.glance.first),
        cover_fields=tuple(report.cover.fields),
        similarity=report.narratives.similarity,
        shell=read_shell(_or_packaged(root, "shell.docx")),
        root=str(root),
        default_shell=read_bytes(packaged_reports() / PACKAGED / "shell.docx"),
        page_html=pages["page.html"],
        page_css=pages["page.css"],
        page_typ=pages["page.typ"],
        own_pages=own_pages,
    )
    return folder, warnings + found


def _read_definitions(
    root: Path | None, of_workbook: OwnReport | None, warnings: list[Finding]
) -> tuple[ReportFile, IndicatorsFile]:
    """report.toml, and the indicators that it uses, those of the library too, which is only read where one is used."""
    from cpreport.inputs.definitions.definitions import TomlFile, read_toml
    from cpreport.inputs.definitions.indicators_file import IndicatorsFile
    from cpreport.inputs.definitions.library import LIBRARY, names_in, offered, with_library
    from cpreport.inputs.definitions.references import check_indicators, check_report
    from cpreport.inputs.definitions.report_file import read_terms

    folder = root or packaged_reports() / PACKAGED
    report, origin, shared = _read_report(root, of_workbook, warnings)
    written = _read_indicators(root, report, warnings, is_required=of_workbook is None)
    own = of_workbook.indicators.joined(written) if of_workbook else written
    indicators, library, terms = own, IndicatorsFile(), read_terms(report.terms)
    of_indicators = origin.in_file(report.indicators)
    mistakes = [*of_workbook.indicators.defined_twice(names_in(written), report.indicators)] if of_workbook else []
    mistakes = mistakes or [*check_indicators(own, of_indicators, terms)]
    defined = {entry.id for entry in own.indicators} - shared
    if wanted := [name for section in report.sections for name in section.indicators if name not in defined]:
        path = _or_packaged(folder, LIBRARY)
        library = read_toml(path.parent, path.name, IndicatorsFile, warnings)
        indicators = with_library(own, library, wanted, report.library.begins)
        of_both = offered(library, written).keys() & shared
        mistakes += of_workbook.indicators.defined_twice(of_both, LIBRARY) if of_workbook else ()
        mistakes = mistakes or [*check_indicators(indicators, TomlFile(LIBRARY), terms)]
    of_report = check_report(report, indicators, folder, offered(library, own), origin, of_indicators)
    if mistakes := [*mistakes, *of_report]:
        raise InputError(*dict.fromkeys(mistakes))
    return report, indicators


def _read_report(
    root: Path | None, of_workbook: OwnReport | None, warnings: list[Finding]
) -> tuple[ReportFile, Origin, frozenset[str]]:
    """report.toml with what the workbook defines, and the indicators that both of them name."""
    from cpreport.inputs.definitions.definitions import TomlFile, read_toml
    from cpreport.inputs.definitions.references import REPORT
    from cpreport.inputs.definitions.report_file import ReportFile

    packaged = packaged_reports() / PACKAGED
    if of_workbook is None:
        return read_toml(root or packaged, REPORT, ReportFile, warnings), TomlFile(REPORT), frozenset()
    from cpreport.inputs.definitions.own_report import read_joined_report

    report, origin = read_joined_report(of_workbook, root, packaged, warnings)
    warnings += of_workbook.indicators.findings
    return report, origin, origin.shared


def _read_indicators(
    root: Path | None, report: ReportFile, warnings: list[Finding], is_required: bool
) -> IndicatorsFile:
    """A folder's own definitions: none where there is no folder, or where it need not have the file."""
    from cpreport.inputs.definitions.definitions import read_toml
    from cpreport.inputs.definitions.indicators_file import IndicatorsFile

    if root and is_inside(root, report.indicators):
        return read_toml(root, report.indicators, IndicatorsFile, warnings)
    if is_required or "indicators" in report.model_fields_set:
        place = Place(file="report.toml")
        raise InputError(rules.FILE_MISSING.at(place, table="top level", key="indicators", name=report.indicators))
    return IndicatorsFile()


def _or_packaged(root: Path, name: str) -> Path:
    return root / name if is_inside(root, name) else packaged_reports() / PACKAGED / name


def _read_pages(root: Path) -> tuple[dict[str, str], tuple[str, ...], list[Finding]]:
    """The texts of the files for HTML and PDF, and which of them are not as they come with cpreport."""
    texts, own, findings = {}, [], list[Finding]()
    for name in PAGES:
        path, packaged = _or_packaged(root, name), packaged_reports() / PACKAGED / name
        texts[name], found = read_text(path)
        findings += found
        own += [name] if path != packaged and texts[name] != read_text(packaged)[0] else []
    return texts, tuple(own), findings


def _read_glossary(path: Path) -> tuple[tuple[GlossaryTerm, ...], list[Finding]]:
    """A glossary's terms. Other separators are read too, so that they are the only finding."""
    text, findings = read_text(path)
    place = Place(file="glossary.csv")
    sign = _separator(text)
    reader = csv.DictReader(io.StringIO(text), skipinitialspace=True, delimiter=sign)
    terms: list[GlossaryTerm] = []
    lines: dict[str, int] = {}
    try:
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
        if sign != ",":
            reason = f"its columns are separated by {SEPARATORS[sign]}, not by commas"
            findings.append(rules.GLOSSARY.at(place, reason=reason))
        elif text.strip() and not set(reader.fieldnames) >= COLUMNS:
            return (), [*findings, rules.GLOSSARY.at(place, reason="the columns term and description are missing")]
        for row in reader:
            term, description = row["term"].strip(), row["description"]
            if None in row or (description is None and term):
                reason = f"has {'too many' if None in row else 'no'} {SEPARATORS[sign]}"
                findings.append(rules.GLOSSARY_LINE.at(replace(place, line=reader.line_num), reason=reason))
            elif term:
                if (first := lines.setdefault(term.casefold(), reader.line_num)) != reader.line_num:
                    where = replace(place, line=reader.line_num)
                    findings.append(rules.GLOSSARY_TWICE.at(where, term=term, first=first))
                terms.append(GlossaryTerm(term, (description or "").strip()))
    except csv.Error as error:
        return (), [*findings, rules.GLOSSARY.at(place, reason=str(error))]
    return tuple(terms), findings


def _separator(text: str) -> str:
    """The separator of `term` and `description` in a glossary's first line; a comma where they are missing."""
    header = text.partition("\n")[0].lower()
    return next((sign for sign in SEPARATORS if {name.strip(' "') for name in header.split(sign)} >= COLUMNS), ",")
