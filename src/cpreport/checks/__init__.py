"""Stage 3: rules over inputs, figures and narratives. Each gives findings; none raises or changes anything."""

from __future__ import annotations

from cpreport.checks import consistency, entries, figures, missing, narrative, plausible, since
from cpreport.checks.examined import Examined, Print, rows_of, untagged
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.history import Figures
from cpreport.model.workbook import Earlier, Workbook

RULES = tuple(
    rule for room in (entries, figures, missing, consistency, plausible, since, narrative) for rule in room.RULES
)


def check(
    workbook: Workbook,
    folder: ReportFolder,
    computed: Figures,
    earlier: Earlier | None = None,
    printed: Print = untagged,
) -> list[Finding]:
    """What every rule finds, rule by rule.

    `earlier` is the month to compare with, if there is one; `printed` what reports print for narratives with tags.
    """
    month = Examined(workbook, folder, computed, rows_of(workbook, folder), earlier, printed)
    return [finding for rule in RULES for finding in rule(month)]
