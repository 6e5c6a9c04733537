"""Which findings are told: all but those that report.toml or the command line sets aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cpreport.model.finding import Finding, Ignored, Place
from cpreport.model.folder import Ignore, ReportFolder
from cpreport.model.period import long_date
from cpreport.model.rules.definition import IGNORE_EXPIRED

Split = tuple[list[Finding], list[Ignored]]


def by_report(findings: Iterable[Finding], folder: ReportFolder, day: date) -> Split:
    """The findings without those that report.toml's ignore list holds on a day, and with those of its expired entries.

    Errors are never set aside: a wrong figure stays wrong.
    """
    in_force = [entry for entry in folder.ignores if entry.until >= day]
    kept: list[Finding] = []
    ignored: list[Ignored] = []
    for finding in findings:
        entry = next((entry for entry in in_force if _is_meant(entry, finding)), None)
        if entry is None:
            kept.append(finding)
        else:
            ignored.append(Ignored(finding, f"report.toml, until {long_date(entry.until)}: {entry.reason}"))
    return kept + list(_expired(folder, day)), ignored


def by_code(findings: Iterable[Finding], only: Sequence[str], ignore: Sequence[str]) -> Split:
    """The findings of some codes or areas (`data`), or without them."""
    kept: list[Finding] = []
    ignored: list[Ignored] = []
    for finding in findings:
        if only and not any(names(name, finding.code) for name in only):
            ignored.append(Ignored(finding, "left out by --only"))
        elif any(names(name, finding.code) for name in ignore):
            ignored.append(Ignored(finding, "left out by --ignore"))
        else:
            kept.append(finding)
    return kept, ignored


def names(name: str, code: str) -> bool:
    """Whether a name is a code or the area it belongs to, as `data` or `data.*`."""
    return code == name or code.startswith(name.removesuffix("*").removesuffix(".") + ".")


def _is_meant(entry: Ignore, finding: Finding) -> bool:
    place = finding.place
    pairs = ((entry.indicator, place.indicator), (entry.period, place.period), (entry.section, place.section))
    return not finding.is_error and finding.code == entry.code and all(wanted in ("", found) for wanted, found in pairs)


def _expired(folder: ReportFolder, day: date) -> Iterator[Finding]:
    for entry in folder.ignores:
        if entry.until < day:
            place = Place(file="report.toml", indicator=entry.indicator, section=entry.section)
            yield IGNORE_EXPIRED.at(place, code=entry.code, until=long_date(entry.until), day=long_date(day))
