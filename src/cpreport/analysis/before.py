"""The months before: what narratives of earlier periods could print when they were written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cpreport.analysis.figures import compute_figures
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.published import Published
from cpreport.model.tags import opens_tag
from cpreport.model.workbook import Earlier, Narratives


def months_before(published: Published, folder: ReportFolder, earlier: Sequence[Earlier]) -> list[Earlier]:
    """The months of the last three periods, and of the first of `earlier`, that have narratives, with their figures.

    Those of a period without a workbook are the newest workbook's, as they would have been then.
    """
    now = Earlier(published.workbook, folder, published.figures)
    known = {each.workbook.period: each for each in (*reversed(earlier), now)}
    oldest = now.workbook.period.shift(-3)
    read = dict(now.workbook.earlier_narratives)
    for then in (each.workbook for each in earlier if each is earlier[0] or each.workbook.period >= oldest):
        read[then.period] = {**then.narratives, **read.get(then.period, {})}
    return [_month_of(period, narratives, known.get(period, now)) for period, narratives in read.items()]


def _month_of(period: Period, narratives: Narratives, month: Earlier) -> Earlier:
    """`month` is the period's own, or the newest, which has its figures too: only tags need them."""
    workbook = replace(month.workbook, narratives=narratives)
    if period == workbook.period:
        return month._replace(workbook=workbook)
    workbook = replace(workbook, period=period, data_as_at=period.end)
    needs_figures = any(opens_tag(each.text) for narrative in narratives.values() for each in narrative.passages)
    figures = compute_figures(workbook, month.folder) if needs_figures else month.figures
    return Earlier(workbook, month.folder, figures)
