"""What a report says of the changes since the last one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cpreport.compose.printed import Blocks
from cpreport.model.audit import Audit
from cpreport.model.composed import ComposedText
from cpreport.model.document import Paragraph, Section, Span
from cpreport.model.folder import ReportFolder
from cpreport.model.timeline import Figures
from cpreport.model.workbook import Workbook


class SinceLastReport:
    """The changes since the last report, whose audit is `last`; None where there is none."""

    def __init__(self, workbook: Workbook, folder: ReportFolder, figures: Figures, last: Audit | None = None) -> None:
        self._workbook, self._folder, self._figures = workbook, folder, figures
        self._last = last
        self._now: Audit | None = None

    def compare(self, sections: Iterable[Section], texts: Iterable[ComposedText]) -> None:
        """Notes what this report prints. Before, only the introduction is known."""
        from cpreport.compose.audit import audited_figures, audited_indicators, audited_texts  # only if it compares

        if self._last:
            folder, file = self._folder, self._workbook.file
            self._now = replace(
                self._last,
                period=self._workbook.period.label,
                indicators=tuple(audited_indicators(folder, self._figures)),
                figures=tuple(audited_figures(sections, folder, self._figures, (), file)),
                texts=tuple(audited_texts(texts, folder)),
            )

    def blocks(self) -> Blocks:
        """What has changed, or one sentence where nothing has or there is no last report."""
        from cpreport.compose.changes import change_blocks, changes_between, in_words, report_named

        says, last, now = self._folder.sentence, self._last, self._now
        if last is None:
            return Blocks((Paragraph((Span(says("no_last_report")),)),))
        report = report_named(last, says, self._folder.terms)
        sections = {plan.id: plan.title for plan in self._folder.sections}
        listed = in_words(changes_between(last, now) if now else (), says, self._folder.words, sections)
        nothing = says("no_changes", report=report)
        return Blocks(tuple(change_blocks(listed, says("changes_since", report=report), nothing)))
