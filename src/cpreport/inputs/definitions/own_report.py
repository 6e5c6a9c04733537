"""The report of a workbook with an Indicators sheet: alone with what About says, or joined to a report folder."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from cpreport.inputs.definitions.definitions import (
    Origin,
    Spot,
    TomlFile,
    invalid,
    read_table,
    reason_of,
    toml_mistake,
    validated,
)
from cpreport.inputs.definitions.indicators_rows import WANTED, OwnIndicators, OwnSection, one_line, read_indicators
from cpreport.inputs.definitions.references import REPORT
from cpreport.inputs.definitions.report_file import ReportFile
from cpreport.inputs.workbook.cells.spreadsheet import Sheet, Spreadsheet
from cpreport.model.figure import cell_place
from cpreport.model.finding import Finding
from cpreport.model.workbook import About

_FROM_PACKAGED = ("title", "language", "direction", "periods", "comparators")
"""The settings that a report without a folder takes from the packaged one."""

_SETTINGS = ("title", "comparators")
"""The keys of report.toml that About gives where there is no report folder."""

_LONGEST_ID = 60
Table = dict[str, Any]


class OwnReport(NamedTuple):
    """What a workbook says of its own report."""

    indicators: OwnIndicators
    about: About

    def setting(self, key: str) -> Spot | None:
        """Where About says something; None where it does not."""
        cell = self.about.cell(key) if self.about.text(key) else None
        return Spot(cell_place(self.indicators.table.book.file, cell), "About", key.capitalize()) if cell else None


def read_own_report(book: Spreadsheet, sheet: Sheet, about: About) -> OwnReport:
    """What a workbook says of its own report. Raises InputError with every mistake in its Indicators sheet."""
    return OwnReport(read_indicators(book, sheet), about)


class OwnOrigin(NamedTuple):
    """A workbook's own report, and a file of its report folder for what it does not say.

    `made` are the sections that only the sheet has, by id; `shared` the ids of its indicators that sections of the
    folder list. About's settings count only where the report has no folder.
    """

    own: OwnReport
    file: TomlFile
    made: Mapping[str, OwnSection] = MappingProxyType({})
    shared: frozenset[str] = frozenset()
    has_folder: bool = True

    def spot(self, table: str, entry: str, key: str = "", within: str = "") -> Spot:
        return self._own(table, entry, within or key) or self.file.spot(table, entry, key, within)

    def in_file(self, name: str) -> Origin:
        return self._replace(file=TomlFile(name))

    def _own(self, table: str, entry: str, key: str = "") -> Spot | None:
        section = self.made.get(entry.removeprefix("of "))
        if section and table in ("sections", "sections.slots"):
            of_slots = self.own.setting("slots") if table == "sections.slots" else None
            return of_slots or Spot(section.place, section.place.sheet, "Section")
        is_setting = table in _SETTINGS and not self.has_folder
        return self.own.setting(table) if is_setting else self.own.indicators.spot(table, entry, key)

    def mistake(self, table: Table, details: Any) -> Finding:
        """One of pydantic's errors in the report, where it is written."""
        header, *path = map(str, details["loc"] or ("",))
        entry: Any = table.get(header)
        entry = entry[int(path[0])] if isinstance(entry, list) and path else None
        name = str(entry.get("id", "")) if isinstance(entry, dict) else ""
        at = self._own("sections.slots", f"of {name}") if "slots" in path else self._own(header, name)
        if at is None:
            return toml_mistake(REPORT, table, ReportFile, details)
        if path[-1:] == ["id"] and not details["input"]:
            section = self.made.get(name)
            shown = section.title if section and "slots" not in path else self.own.about.text(at.key)
            return invalid(at, shown, "it must have a letter or a digit")
        return invalid(at, details["input"], reason_of(details, WANTED))


def read_joined_report(
    own: OwnReport, folder: Path | None, packaged: Path, warnings: list[Finding]
) -> tuple[ReportFile, OwnOrigin]:
    """The report of a folder with the sheet's sections; without one, that of the sheet and About alone.

    Raises InputError with every mistake.
    """
    standard = read_table(packaged, REPORT, [])
    table = read_table(folder, REPORT, warnings) if folder else _settings(own.about, standard)
    typed = table.get("sections", [])
    sections = [dict(each) for each in typed if isinstance(each, dict)] if isinstance(typed, list) else []
    made, shared = _add_sections(sections, own.indicators.sections, _slots(own.about, standard))
    origin = OwnOrigin(own, TomlFile(REPORT), made, shared, has_folder=folder is not None)
    is_readable = isinstance(typed, list) and all(isinstance(each, dict) for each in typed)
    joined = {**table, "sections": sections if is_readable else typed}
    return validated(joined, ReportFile, partial(origin.mistake, joined)), origin


def _add_sections(
    sections: list[Table], own: Sequence[OwnSection], slots: object
) -> tuple[dict[str, OwnSection], frozenset[str]]:
    """Adds the sheet's sections; of one title or id they are one. The added ones, and the indicators listed already."""
    made, shared = dict[str, OwnSection](), set[str]()
    theirs = [*sections]
    for each in own:
        name = _id(each.title)
        known = next((section for section in theirs if {each.title.casefold(), name} & _titles(section)), None)
        if known is None:
            sections.append({"id": name, "title": each.title, "indicators": each.indicators, "slots": slots})
            made[name] = each
        elif isinstance(listed := known.get("indicators", []), list):
            known["indicators"] = [*listed, *(name for name in each.indicators if name not in listed)]
            shared |= {*each.indicators} & {*map(str, listed)}
    return made, frozenset(shared)


def _titles(section: Table) -> set[str]:
    return {one_line(section.get(key, "")).casefold() for key in ("id", "title")}


def _settings(about: About, standard: Table) -> Table:
    """What report.toml would hold, but for the sections."""
    settings = {key: standard[key] for key in _FROM_PACKAGED} | {"standing_glossary": True}
    if title := about.text("title"):
        settings["title"] = title
    if listed := _listed(about.text("comparators")):
        known = {each["id"].casefold(): each for each in standard["comparators"]}
        settings["comparators"] = [_comparator(text, known) for text in listed]
    return settings


def _comparator(text: str, known: Mapping[str, Table]) -> Table:
    """`SN: Statistical neighbours`, or a name that stands for all; a packaged one of the same id gives the rest."""
    name, sign, meaning = (part.strip() for part in text.partition(":"))
    return {
        "id": name,
        "heading": name,
        "name": name,
        **known.get(name.casefold(), {}),
        **({"name": meaning} if sign else {}),
    }


def _slots(about: About, standard: Table) -> list[Table]:
    """About's slots, or the packaged ones, which have their ids wherever they are named; none is required."""
    packaged = [{key: slot[key] for key in ("id", "title")} for slot in standard["sections"][0]["slots"]]
    known = {slot["title"].casefold(): slot for slot in packaged}
    listed = _listed(about.text("slots"))
    return [known.get(title.casefold(), {"id": _id(title), "title": title}) for title in listed] or packaged


def _listed(text: str) -> list[str]:
    return [part for part in map(one_line, re.split("[;\n]", text)) if part]


def _id(title: str) -> str:
    """An id, which may name a file: a title in small letters, with hyphens."""
    whole = re.sub(r"[\W_]+", "-", title.casefold()).strip("-")
    return whole if len(whole) <= _LONGEST_ID else whole[: _LONGEST_ID + 1].rpartition("-")[0] or whole[:_LONGEST_ID]
