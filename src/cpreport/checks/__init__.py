"""Stage 3: rules over inputs, figures and narratives. Each gives findings; none raises or changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from cpreport.checks import consistency, entries, figures, peers, plausible, scorecard, since
from cpreport.checks.context import CheckContext, rows_of
from cpreport.model.composed import ComposedText, EarlierTexts
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.published import Published
from cpreport.model.revision import RestatedTexts
from cpreport.model.timeline import Figures
from cpreport.model.workbook import Earlier, Workbook

OF_DATA = tuple(
    rule for room in (entries, figures, consistency, peers, plausible, scorecard, since) for rule in room.RULES
)


def check_data(
    workbook: Workbook,
    folder: ReportFolder,
    figures: Figures,
    earlier: Earlier | None = None,
    restated: RestatedTexts = MappingProxyType({}),
) -> list[Finding]:
    """What the rules of data find, rule by rule. `earlier` is the month to compare with, if there is one.

    `restated` are the texts of figures that have changed since.
    """
    month = CheckContext(workbook, folder, figures, rows_of(workbook, folder), earlier, restated=restated)
    return [finding for rule in OF_DATA for finding in rule(month)]


def check_texts(
    published: Published, folder: ReportFolder, texts: Sequence[ComposedText], before: Sequence[EarlierTexts] = ()
) -> list[Finding]:
    """What the rules of texts find in what was composed; they know only what may be published.

    `before` is what earlier reports printed.
    """
    from cpreport.checks import narrative  # only what composes texts pays for it

    workbook, figures, withheld = published.workbook, published.figures, published.withheld
    month = CheckContext(workbook, folder, figures, withheld=withheld, texts=texts, before=before)
    return [finding for rule in narrative.RULES for finding in rule(month)]
