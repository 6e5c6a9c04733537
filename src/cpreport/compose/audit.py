"""What a report prints and was made from, for its audit file: only what is published."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cpreport.compose.definitions import definition_of
from cpreport.compose.formulas import cells_of, formula
from cpreport.compose.listing import Facts, facts_of
from cpreport.compose.workings import YEAR_TO_DATE
from cpreport.model.audit import Audit, AuditedFigure, AuditedFinding, AuditedIndicator, AuditedText
from cpreport.model.composed import Composed, ComposedText
from cpreport.model.document import Section, shown_in
from cpreport.model.figure import CellRef
from cpreport.model.finding import Finding, Ignored, in_sheet
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.timeline import Figures, Timeline
from cpreport.model.working import Basis, ShownFigure

OVERRIDDEN = "status.overridden"
"""What an audit calls a status that an officer gives instead of the computed one."""

STATUS_SHEET = "overridden by the sheet Status"

Named = Callable[[str], str]
"""How a file is called in the audit, by the name that a cell or a finding gives it."""


def audit_of(
    audit: Audit,
    composed: Composed,
    folder: ReportFolder,
    figures: Figures,
    findings: Sequence[Finding],
    ignored: Sequence[Ignored],
    file: str,
    named: Named = str,
) -> Audit:
    """An audit with all that its report prints: findings as they may be published, and those that are not reported.

    `file` is the name of the month's own workbook.
    """
    every = [*findings, *(each.finding for each in ignored)]
    return replace(
        audit,
        indicators=tuple(audited_indicators(folder, figures)),
        figures=tuple(audited_figures(composed.report.sections, folder, figures, every, file, named)),
        texts=tuple(audited_texts(composed.texts, folder)),
        findings=(*audited_findings(findings, ignored, named), *overridden_statuses(figures, file)),
    )


def audited_figures(
    sections: Iterable[Section],
    folder: ReportFolder,
    figures: Figures,
    findings: Iterable[Finding],
    file: str,
    named: Named = str,
) -> Iterator[AuditedFigure]:
    """Every figure that the sections print, each once a section; `findings` are those about them.

    `file` is the name of the month's own workbook.
    """
    report = _Known(folder, _codes(findings), file, named)
    for section in sections:
        timelines = figures.as_in(section.id).timelines
        for each in {_told_apart(each): each for each in shown_in(section.blocks)}.values():
            yield _audited(each, section.id, timelines, report)


def _told_apart(shown: ShownFigure) -> Hashable:
    working = shown.basis.working
    return shown.key, working and working.value


class _Known(NamedTuple):
    """What is known of all figures of a report."""

    folder: ReportFolder
    codes: Mapping[tuple[str, ...], list[str]]
    file: str
    named: Named


def _audited(shown: ShownFigure, section: str, timelines: Mapping[str, Timeline], report: _Known) -> AuditedFigure:
    text, basis = shown
    working, period = basis.working, str(basis.period)
    cells = basis.cells or (cells_of(working) if working else ())
    places = [_key(cell, report.file) for cell in cells if isinstance(cell, CellRef)]
    about = places if basis.comparator else [(basis.subject, period), *places]
    return AuditedFigure(
        section=section,
        subject=basis.subject,
        title=_title(basis.subject, report.folder),
        text=text,
        value=working.value if working else None,
        state=basis.state.value,
        period=period,
        comparator=basis.comparator,
        category=basis.category,
        what=basis.what,
        formula=formula(working),
        cells=tuple(cell if isinstance(cell, str) else _cell_text(cell, report.named) for cell in cells),
        **_facts(basis, timelines)._asdict(),
        rules=tuple(dict.fromkeys(code for place in about for code in report.codes.get(place, ()))),
    )


def _title(subject: str, folder: ReportFolder) -> str:
    known = folder.indicators.get(subject) or folder.breakdowns.get(subject)
    return known.title if known else ""


def _facts(basis: Basis, timelines: Mapping[str, Timeline]) -> Facts:
    """What `cpreport figures` says of a figure, if it is one of ours in a period."""
    timeline = timelines.get(basis.subject)
    is_ours = not (basis.comparator or basis.category) and basis.what in ("", YEAR_TO_DATE)
    if timeline is None or not is_ours or not isinstance(basis.period, Period):
        return Facts()
    return facts_of(timeline, basis.period)


def _codes(findings: Iterable[Finding]) -> Mapping[tuple[str, ...], list[str]]:
    """The codes of findings by the indicator and period that they are about, and by their cells."""
    codes = defaultdict[tuple[str, ...], list[str]](list)
    for finding in findings:
        place = finding.place
        if place.indicator:
            codes[place.indicator, place.period].append(finding.code)
        if place.cell:
            codes[place.file, place.sheet, place.cell].append(finding.code)
    return codes


def _key(cell: CellRef, file: str) -> tuple[str, str, str]:
    return cell.file or file, cell.sheet, cell.a1


def _cell_text(cell: CellRef, named: Named) -> str:
    if cell.file and cell.sheet:
        return in_sheet(cell.sheet, cell.a1, named(cell.file))
    return str(cell._replace(file=named(cell.file))) if cell.file else str(cell)


def audited_indicators(folder: ReportFolder, figures: Figures) -> Iterator[AuditedIndicator]:
    """The report's indicators with their definitions, and what is said of their newest figures."""
    for id, indicator in folder.indicators.items():
        timeline = figures.timelines[id]
        direction, target, status, _ = facts_of(timeline, timeline.newest.period)
        newest = timeline.newest.period.label
        yield AuditedIndicator(id, indicator.title, definition_of(indicator), newest, direction, target, status)


def audited_texts(texts: Iterable[ComposedText], folder: ReportFolder) -> Iterator[AuditedText]:
    """The narratives, each with the digest of its words as they are printed, one line below the other."""
    titles = {(section.id, slot.id): slot.title for section in folder.sections for slot in section.every_slot}
    for text in texts:
        if text.slot:
            words = "\n".join(line.words for line in text.lines).encode(errors="backslashreplace")
            title = titles.get((text.section, text.slot), "")
            yield AuditedText(text.section, text.slot, title, hashlib.sha256(words).hexdigest())


def audited_findings(
    findings: Iterable[Finding], ignored: Iterable[Ignored], named: Named = str
) -> Iterator[AuditedFinding]:
    """Every finding, then those that are not reported, with who decided so and why."""
    decided = [*((finding, "") for finding in findings), *ignored]
    for finding, why in decided:
        place = finding.place
        yield AuditedFinding(
            severity=finding.severity.value,
            code=finding.code,
            message=finding.message,
            file=named(place.file),
            place=str(place),
            indicator=place.indicator,
            period=place.period,
            section=place.section,
            decided=why,
        )


def overridden_statuses(figures: Figures, file: str) -> Iterator[AuditedFinding]:
    """The statuses of newest figures that an officer gives instead of the computed ones, with the reason."""
    for id, timeline in figures.timelines.items():
        if said := timeline.status.said:
            period = timeline.newest.period.label
            message = f"the status is '{said.word.value}'; computed: '{timeline.status.computed.value}'"
            decided = f"{STATUS_SHEET}: {said.reason}"
            yield AuditedFinding("note", OVERRIDDEN, message, file, str(said.cell), id, period, decided=decided)
