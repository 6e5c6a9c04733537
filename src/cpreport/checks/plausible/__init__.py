"""What is possible but not likely: warnings, with thresholds in report.toml."""

from __future__ import annotations

from cpreport.checks.plausible import ages, cells, standstill, units

RULES = (*cells.RULES, *standstill.RULES, *units.RULES, *ages.RULES)
