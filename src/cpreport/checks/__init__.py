"""Stage 3: rules over inputs, figures and narratives. Each gives findings; none raises or changes anything."""

from __future__ import annotations

from cpreport.checks import (
    abbreviations,
    benchmarks,
    bullets,
    consistency,
    entries,
    figures,
    narratives,
    restated,
)
from cpreport.checks.examined import Examined
from cpreport.model.figure import Figures
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.workbook import Earlier, Workbook

RULES = (
    *(*entries.RULES, *figures.RULES, *consistency.RULES, *restated.RULES, *benchmarks.RULES),
    *(*narratives.RULES, *bullets.RULES, *abbreviations.RULES),
)


def check(workbook: Workbook, folder: ReportFolder, computed: Figures, earlier: Earlier | None = None) -> list[Finding]:
    """What every rule finds, rule by rule. `earlier` is the month to compare with, if there is one."""
    month = Examined(workbook, folder, computed, earlier)
    return [finding for rule in RULES for finding in rule(month)]
